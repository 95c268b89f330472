"""A file becomes a checked list: reading → tables → columns → people → verdict."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from db.collecting import collector_paused
from db.errors import Refused
from db.intake.checks.day_order import doubtful_days, month_first, slashed_dates
from db.intake.checks.doubts import (
    ask_about_hidden_columns,
    ask_if_mostly_wrong,
    may_be_put_right,
    pieces,
    stop_if_hopeless,
    without_rows,
)
from db.intake.checks.file_notes import notes_on
from db.intake.checks.plausibility import unlikely_ages
from db.intake.checks.repeats import repeated_people, without_twins
from db.intake.checks.titles import commune_in_title
from db.intake.fields.names import FIELDS, IGNORED
from db.intake.files.opening import read
from db.intake.files.sheets import Sheet, SourceFile
from db.intake.people.birth_cells import years_old
from db.intake.people.plain_rows import plain_rows
from db.intake.people.reader import PeopleReader
from db.intake.people.terms import Terms
from db.intake.places.addresses import place_in_address
from db.intake.places.finder import Address, CommuneFinder
from db.intake.tables.columns import Assignment, assign
from db.intake.tables.row_kinds import PersonRow, joined, person_rows
from db.intake.tables.sheet_choice import KEEP, SKIP, STOP, chosen_tables
from db.intake.tables.tables import Table
from db.intake.told.checked import (
    CellProblem,
    CheckedList,
    ListRow,
    Remembered,
    Source,
    row_in_sheet,
)
from db.intake.told.conversation import Conversation
from db.intake.told.findings import Findings
from db.intake.told.sentences import problem, refusal
from db.reference.places import communes_by_code

NAME_COLUMNS = ("full_name", "family_name", "middle_name", "given_name")
PLACE_COLUMNS = ("commune_code", "province", "district", "address")
BIRTH_COLUMNS = ("birth", "birth_year", "male", "female")
BY_AGE, ONE_BY_ONE = "by_age", "one_by_one"
PROOF_COLUMNS = ("birth", "birth_year", "male", "female", "cccd", "bhxh", "hi_card")


def check(
    content: bytes,
    file_name: str,
    *,
    year: int,
    today: date,
    communes: frozenset[str] | None = None,
    commune_code: str | None = None,
    mapping: Mapping[int | str, str] | None = None,
    corrections: Mapping[tuple[int, str], str] | None = None,
    answers: Mapping[str, str] | None = None,
    remembered: Mapping[str, Remembered] | None = None,
) -> CheckedList:
    """Everything the upload screen says about a file; writes nothing and never raises.

    `communes` are the codes the office may list (None: all), `commune_code` the list's own
    commune, for rows that name none. `mapping` sets columns by index (from 0) or header text to a
    field of `COLUMN_CHOICES`; `corrections` replace cells by (row as Excel shows it, field);
    `answers` answer questions by their code; `remembered` says what folded headers held before.
    """
    request = _Request(
        file_name=file_name,
        sha256=hashlib.sha256(content).hexdigest(),
        year=year,
        today=today,
        communes=communes,
        commune_code=commune_code,
        mapping=mapping or {},
        corrections=corrections or {},
        remembered=remembered or {},
        conversation=Conversation(answers or {}),
    )
    try:
        with collector_paused():
            return _checked(read(content), request)
    except Refused as refused:
        return request.rejected(refused.code, refused.details)


@dataclass(frozen=True, slots=True)
class _Request:
    file_name: str
    sha256: str
    year: int
    today: date
    communes: frozenset[str] | None
    commune_code: str | None
    mapping: Mapping[int | str, str]
    corrections: Mapping[tuple[int, str], str]
    remembered: Mapping[str, Remembered]
    conversation: Conversation

    def rejected(self, code: str, details: Mapping[str, object]) -> CheckedList:
        return CheckedList(
            self.file_name,
            self.sha256,
            self.year,
            "reject",
            reason=code,
            message=refusal(code, details),
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """One table of the list with its columns and people."""

    table: Table
    assigned: Assignment
    people: list[PersonRow]


def _checked(file: SourceFile, request: _Request) -> CheckedList:
    conversation = request.conversation
    columns = _Columns(request)
    tables, copies = chosen_tables(file, columns.hold_people, columns.hold_names, conversation)
    parts = [columns.part(table) for table in tables]
    fields = parts[0].assigned.fields
    if fields.keys().isdisjoint(NAME_COLUMNS) and not conversation.due:
        raise Refused("no_name_column")
    rows_read = sum(len(part.people) for part in parts)
    if not rows_read:
        raise Refused("no_data_rows")
    own = _own_commune(parts[0].table, request)
    for code in ("hidden_rows", "struck_rows", "removed_rows"):
        parts = _without(parts, code, conversation)
    rows, findings = _read_people(parts, request, own)
    warnings, twins = repeated_people(rows)
    findings.warnings += warnings
    findings.warnings += unlikely_ages(rows, request.today)
    rows = without_twins(rows, twins, conversation)
    ask_if_mostly_wrong(findings, rows_read, conversation)
    findings.warnings += notes_on(
        tables, copies, fields, [p for part in parts for p in part.people]
    )
    return _result(file, parts, request, rows_read=rows_read, rows=rows, findings=findings)


class _Columns:
    """The columns of each table, told apart once."""

    def __init__(self, request: _Request) -> None:
        self._request = request
        self._told: dict[int, Assignment] = {}

    def of(self, table: Table) -> Assignment:
        key = id(table.columns)  # a table that is moved down keeps its columns
        if key not in self._told:
            self._told[key] = self._tell_apart(table)
        return self._told[key]

    def part(self, table: Table) -> _Part:
        """A table of the list, with what must be asked about its columns asked."""
        assigned, conversation = self.of(table), self._request.conversation
        ask_about_hidden_columns(table, assigned.fields, conversation)
        for each in assigned.questions:
            conversation.repeat(each)
        return _Part(table, assigned, list(_people(table, assigned)))

    def hold_people(self, table: Table) -> bool:
        """Whether rows stand for people; a person may have said that none holds their names."""
        assigned = self.of(table)
        if self._request.mapping and assigned.fields.keys().isdisjoint(NAME_COLUMNS):
            return True
        try:
            return any(_people(table, assigned))
        except Refused:
            return False

    def hold_names(self, table: Table) -> bool:
        return not self.of(table).fields.keys().isdisjoint(NAME_COLUMNS)

    def _tell_apart(self, table: Table) -> Assignment:
        request = self._request
        answers = request.conversation.answers
        left_out: Mapping[int | str, str] = {}
        if answers.get("hidden_columns") == SKIP:
            left_out = dict.fromkeys(table.sheet.hidden_columns, IGNORED)
        return assign(table, {**request.mapping, **left_out}, answers, request.remembered)


def _people(table: Table, assigned: Assignment) -> Iterable[PersonRow]:
    fields = assigned.fields
    names = tuple(fields[name] for name in NAME_COLUMNS if name in fields)
    proofs = tuple(fields[name] for name in PROOF_COLUMNS if name in fields)
    same = tuple(fields[name] for name in (*PROOF_COLUMNS, "benefit") if name in fields)
    people = person_rows(table, names, proofs, fields.get("order"))
    return joined(people, table, names, same)


def _own_commune(table: Table, request: _Request) -> str | None:
    """The list's commune; a title that names another one is asked about, it may be a wrong file."""
    named = commune_in_title(table, CommuneFinder(request.communes))
    given = request.commune_code
    if given is None or named in (None, given):
        return given or named
    names = {"named": communes_by_code()[named].name, "given": communes_by_code()[given].name}
    if request.conversation.answer("other_commune", (KEEP, STOP), **names) == STOP:
        raise Refused("other_commune")
    return given


def _without(parts: list[_Part], code: str, conversation: Conversation) -> list[_Part]:
    """The parts without the rows that a person left out."""
    doubtful = {row for part in parts for row in _doubtful(part, code)}
    if not doubtful:
        return parts
    everybody = [person for part in parts for person in part.people]
    taken = without_rows(everybody, doubtful, code, conversation)
    numbers = {person.number for person in taken}
    return [
        _Part(part.table, part.assigned, [p for p in part.people if p.number in numbers])
        for part in parts
    ]


def _doubtful(part: _Part, code: str) -> Iterable[int]:
    if code == "removed_rows":
        return (person.number for person in part.people if person.removed)
    sheet = part.table.sheet
    return sheet.hidden_rows if code == "hidden_rows" else sheet.struck_rows


def _read_people(
    parts: list[_Part], request: _Request, own_commune: str | None
) -> tuple[list[ListRow], Findings]:
    rows: list[ListRow] = []
    findings, conversation = Findings(), request.conversation
    different = _without_repeats(parts, findings)
    communes = CommuneFinder(request.communes, _addresses(parts), own_commune)
    for part, people in zip(parts, different, strict=True):
        births = part.assigned.fields.get("birth")
        dates = slashed_dates(part.people, births)
        terms = Terms(
            today=request.today,
            fields=part.assigned.fields,
            communes=communes,
            commune_code=own_commune,
            corrections=request.corrections,
            month_first=births is not None and month_first(dates, conversation),
            doubtful_days=doubtful_days(part.people, dates, part.table.sheet, births, conversation),
            by_age=_births_by_age(part, request),
        )
        rows += _read(people, part.table.sheet, terms, findings, conversation)
    return rows, findings


def _births_by_age(part: _Part, request: _Request) -> bool:
    """A list that tells nothing but ages is asked about once, and read as it is likely meant."""
    fields = part.assigned.fields
    column = fields.get("age")
    if column is None or not fields.keys().isdisjoint(BIRTH_COLUMNS):
        return False
    texts = (person.cells[column] for person in part.people if column < len(person.cells))
    count = sum(years_old(text) is not None for text in texts)
    if not count:
        return False
    answer = request.conversation.answer(
        "ages", (BY_AGE, ONE_BY_ONE), count=count, year=request.today.year
    )
    return answer != ONE_BY_ONE


def _read(
    people: list[PersonRow],
    sheet: Sheet,
    terms: Terms,
    findings: Findings,
    conversation: Conversation,
) -> Iterator[ListRow]:
    """The people without a cell to correct: plain rows at one go, the others one by one."""
    reader = PeopleReader(sheet, terms, findings)
    first_passed = 0
    for start, piece in pieces(people):
        rows, told = plain_rows(piece, sheet, terms)
        for place, plain in enumerate(rows, start):
            if plain is None:
                row = reader.read(people[place], people[first_passed:place])
                first_passed = place + 1
            else:
                row = plain
                for noted in told.get(place - start, ()):
                    findings.note(plain.row, *noted)
            if row:
                yield row
        if not may_be_put_right(conversation):
            stop_if_hopeless(findings, start + len(piece), len(people))


def _without_repeats(parts: list[_Part], findings: Findings) -> list[list[PersonRow]]:
    """The people of each part without those whose row says, word for word, what an earlier says."""
    seen: dict[tuple[object, ...], int] = {}
    different = []
    for part in parts:
        order = part.assigned.fields.get("order")
        people = []
        for person in part.people:
            said = (_without_order(person.cells, order), person.hamlet, person.category)
            earlier = seen.setdefault((*said, person.commune), person.number)
            if earlier == person.number:
                people.append(person)
            else:
                findings.warnings.append(_same_row(person.number, earlier))
        different.append(people)
    return different


def _addresses(parts: list[_Part]) -> Iterable[Address]:
    """What the rows say of their places, as the prior for each of them."""
    for part in parts:
        columns = [part.assigned.fields.get(name) for name in PLACE_COLUMNS]
        if columns.count(None) == len(columns) and not any(each.commune for each in part.people):
            continue
        for person in part.people:
            cells, width = person.cells, len(person.cells)
            commune, province, district, address = (
                cells[at] if at is not None and at < width else "" for at in columns
            )
            place = commune or person.commune or place_in_address(address, province, district)
            yield place, province, district


def _without_order(cells: tuple[str, ...], order: int | None) -> tuple[str, ...]:
    if order is not None and order < len(cells):
        cells = (*cells[:order], *cells[order + 1 :])
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return cells[:width]


def _same_row(number: int, earlier: int) -> CellProblem:
    message = problem("same_row_twice", "", None, {"other_row": str(row_in_sheet(earlier))})
    return CellProblem(number, "full_name", "same_row_twice", "", message)


def _result(
    file: SourceFile,
    parts: list[_Part],
    request: _Request,
    *,
    rows_read: int,
    rows: list[ListRow],
    findings: Findings,
) -> CheckedList:
    questions = request.conversation.due
    table, assigned = parts[0].table, parts[0].assigned
    headers = {column.index: column.header for column in table.columns}
    width = max(headers, default=-1) + 1
    return CheckedList(
        request.file_name,
        request.sha256,
        request.year,
        "ask_user" if questions else "import_with_errors" if findings.errors else "import",
        questions=questions,
        source=Source(
            encoding=file.encoding,
            delimiter=file.delimiter,
            sheets=tuple(sheet.name for sheet in file.sheets if sheet.name),
            sheet=table.sheet.name or None,
            header_rows=table.header_rows,
            first_data_row=table.first_data_row,
        ),
        columns=_columns(assigned, headers),
        field_columns=dict(assigned.fields),
        guesses=assigned.guesses,
        header=tuple(headers.get(index, "") for index in range(width)),
        raw={person.number: person.cells for part in parts for person in part.people},
        rows=tuple(rows),
        to_correct=tuple(findings.to_correct),
        rows_read=rows_read,
        errors=tuple(findings.errors),
        warnings=tuple(sorted(findings.settled_warnings(rows_read), key=lambda found: found.row)),
    )


def _columns(assigned: Assignment, headers: Mapping[int, str]) -> dict[str, str]:
    """Fields in the order of the contract, then the helping columns."""
    order = {name: place for place, name in enumerate(FIELDS)}
    ranked = sorted(assigned.fields.items(), key=lambda item: (order.get(item[0], 99), item[1]))
    return {name: headers[index] for name, index in ranked}
