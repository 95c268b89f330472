"""A file becomes a checked list: reading → table → columns → people → verdict."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from db.errors import Refused
from db.intake.checked import CellProblem, CheckedList, ListRow, Question, Source
from db.intake.columns import NO_COLUMN, Assignment, assign
from db.intake.day_order import doubtful_days, month_first
from db.intake.fields import FIELDS
from db.intake.findings import Findings
from db.intake.people import PeopleReader, Terms
from db.intake.places import CommuneFinder
from db.intake.reading import read
from db.intake.repeats import repeated_people
from db.intake.row_kinds import PersonRow, person_rows
from db.intake.sentences import problem, question, refusal
from db.intake.sheets import Sheet, SourceFile
from db.intake.tables import Table, find_table
from db.intake.titles import commune_in_title
from db.reference.places import communes_by_code

NAME_COLUMNS = ("full_name", "family_name", "given_name")
PROOF_COLUMNS = ("birth", "birth_year", "male", "female", "cccd", "bhxh", "hi_card")
KEEP, SKIP, STOP = "keep", "skip", "stop"


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
) -> CheckedList:
    """Everything the upload screen says about a file; writes nothing and never raises.

    `communes` are the codes the office may list (None: all), `commune_code` the list's own
    commune, for rows that name none. `mapping` sets columns by index (from 0) or header text to a
    field of `COLUMN_CHOICES`; `corrections` replace cells by (row as Excel shows it, field);
    `answers` answer questions by their code.
    """
    request = _Request(
        file_name,
        hashlib.sha256(content).hexdigest(),
        year,
        today,
        CommuneFinder(communes),
        commune_code,
        mapping or {},
        corrections or {},
        answers or {},
    )
    try:
        return _checked(read(content), request)
    except Refused as refused:
        return request.rejected(refused.code, refused.details)


@dataclass(frozen=True, slots=True)
class _Request:
    file_name: str
    sha256: str
    year: int
    today: date
    communes: CommuneFinder
    commune_code: str | None
    mapping: Mapping[int | str, str]
    corrections: Mapping[tuple[int, str], str]
    answers: Mapping[str, str]

    def rejected(self, code: str, details: Mapping[str, object]) -> CheckedList:
        return CheckedList(
            self.file_name,
            self.sha256,
            self.year,
            "reject",
            reason=code,
            message=refusal(code, details),
        )


def _checked(file: SourceFile, request: _Request) -> CheckedList:
    tables = [table for sheet in file.sheets if (table := find_table(sheet))]
    if not tables:
        raise Refused("no_header")
    peopled = [table for table in tables if _has_people(table)]
    if not peopled:
        raise Refused("no_data_rows")
    questions: list[Question] = []
    table = _chosen_table(peopled, request.answers, questions)
    assigned = assign(table, request.mapping, request.answers)
    questions += assigned.questions
    if not any(name in assigned.fields for name in NAME_COLUMNS) and not assigned.questions:
        raise Refused("no_name_column")

    people = list(_people(table, assigned))
    if not people:
        raise Refused("no_data_rows")
    own = _own_commune(table, request, questions)
    people = _without_rows(people, table.sheet.hidden_rows, "hidden_rows", request, questions)
    people = _without_rows(people, table.sheet.struck_rows, "struck_rows", request, questions)
    rows, findings = _read_people(people, table.sheet, assigned, request, own, questions)
    return _result(file, table, assigned, request, people, rows, findings, questions)


def _has_people(table: Table) -> bool:
    return any(_people(table, assign(table, None, {"column_birth": NO_COLUMN})))


def _chosen_table(
    tables: list[Table], answers: Mapping[str, str], questions: list[Question]
) -> Table:
    """The one sheet with people; a person says which when there are several."""
    if len(tables) == 1:
        return tables[0]
    for table in tables:
        if answers.get("sheet") == table.sheet.name:
            return table
    names = tuple(table.sheet.name for table in tables)
    questions.append(Question("sheet", question("sheet"), names))
    return tables[0]


def _people(table: Table, assigned: Assignment) -> Iterable[PersonRow]:
    fields = assigned.fields
    names = tuple(fields[name] for name in NAME_COLUMNS if name in fields)
    proofs = tuple(fields[name] for name in PROOF_COLUMNS if name in fields)
    return person_rows(table, names, proofs, fields.get("order"))


def _own_commune(table: Table, request: _Request, questions: list[Question]) -> str | None:
    """The list's commune; a title that names another one is asked about, it may be a wrong file."""
    named = commune_in_title(table, request.communes)
    given = request.commune_code
    if given is None or named in (None, given):
        return given or named
    answer = request.answers.get("other_commune")
    if answer == STOP:
        raise Refused("other_commune")
    if answer != KEEP:
        places = communes_by_code()
        text = question("other_commune", named=places[named].name, given=places[given].name)
        questions.append(Question("other_commune", text, (KEEP, STOP)))
    return given


def _without_rows(
    people: list[PersonRow],
    doubtful: frozenset[int],
    code: str,
    request: _Request,
    questions: list[Question],
) -> list[PersonRow]:
    """Hidden or struck-out rows are taken or left as a person says."""
    numbers = [person.number for person in people if person.number in doubtful]
    if not numbers:
        return people
    answer = request.answers.get(code)
    if answer == SKIP:
        return [person for person in people if person.number not in doubtful]
    if answer != KEEP:
        text = question(code, count=len(numbers), rows=_short(numbers))
        questions.append(Question(code, text, (KEEP, SKIP)))
    return people


def _short(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:5]))
    return f"{shown}…" if len(numbers) > 5 else shown


def _read_people(
    people: list[PersonRow],
    sheet: Sheet,
    assigned: Assignment,
    request: _Request,
    own_commune: str | None,
    questions: list[Question],
) -> tuple[list[ListRow], Findings]:
    births = assigned.fields.get("birth")
    terms = Terms(
        request.today,
        assigned.fields,
        request.communes,
        own_commune,
        request.corrections,
        month_first(people, births, request.answers, questions),
        doubtful_days(people, sheet, births),
    )
    reader = PeopleReader(sheet, terms)
    rows: list[ListRow] = []
    seen: dict[tuple[str, ...], int] = {}
    for person in people:
        earlier = seen.setdefault(_without_order(person.cells, assigned), person.number)
        if earlier != person.number:
            reader.findings.warnings.append(_same_row(person.number, earlier))
        elif row := reader.read(person):
            rows.append(row)
    return rows, reader.findings


def _without_order(cells: tuple[str, ...], assigned: Assignment) -> tuple[str, ...]:
    order = assigned.fields.get("order")
    if order is not None and order < len(cells):
        cells = (*cells[:order], *cells[order + 1 :])
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return cells[:width]


def _same_row(number: int, earlier: int) -> CellProblem:
    message = problem("same_row_twice", "", None, {"other_row": str(earlier)})
    return CellProblem(number, "full_name", "same_row_twice", "", message)


def _result(
    file: SourceFile,
    table: Table,
    assigned: Assignment,
    request: _Request,
    people: list[PersonRow],
    rows: list[ListRow],
    findings: Findings,
    questions: list[Question],
) -> CheckedList:
    warnings = sorted([*findings.warnings, *repeated_people(rows)], key=lambda found: found.row)
    headers = {column.index: column.header for column in table.columns}
    width = max(headers, default=-1) + 1
    return CheckedList(
        request.file_name,
        request.sha256,
        request.year,
        "ask_user" if questions else "import_with_errors" if findings.errors else "import",
        questions=tuple(questions),
        source=Source(
            file.encoding,
            file.delimiter,
            tuple(sheet.name for sheet in file.sheets if sheet.name),
            table.sheet.name or None,
            table.header_rows,
            table.first_data_row,
        ),
        columns=_columns(assigned, headers),
        field_columns=dict(assigned.fields),
        guesses=assigned.guesses,
        header=tuple(headers.get(index, "") for index in range(width)),
        raw={person.number: person.cells for person in people},
        rows=tuple(rows),
        to_correct=tuple(findings.to_correct),
        rows_read=len(people),
        errors=tuple(findings.errors),
        warnings=tuple(warnings),
    )


def _columns(assigned: Assignment, headers: Mapping[int, str]) -> dict[str, str]:
    """Fields in the order of the contract, then the helping columns."""
    order = {name: place for place, name in enumerate(FIELDS)}
    ranked = sorted(assigned.fields.items(), key=lambda item: (order.get(item[0], 99), item[1]))
    return {name: headers[index] for name, index in ranked}
