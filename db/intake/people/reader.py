"""One pass over the rows of a table: each cell read, each problem named."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from db.intake.fields.names import TICK
from db.intake.files.sheets import Sheet
from db.intake.people import person_cells
from db.intake.people.birth_cells import BirthCells
from db.intake.people.commune_cells import PLACE_FIELDS, Noted, SaidPlaces, commune_of
from db.intake.people.person_cells import Understood, Value
from db.intake.people.row_texts import RowTexts
from db.intake.people.terms import Terms
from db.intake.people.words import KINH, ethnicity_code, is_support
from db.intake.tables.row_kinds import PersonRow
from db.intake.told.checked import ListRow, RowToCorrect
from db.intake.told.findings import Findings
from db.rules.ages import YOUNGEST_FOR_BOOK, age_range
from db.rules.categories import category_codes, is_tick_mark, ticked
from db.rules.cells import Finding
from db.rules.identity import is_nothing, read_cccd
from db.rules.names import clean

_EXCEL_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")


class PeopleReader:
    """Reads rows in order; a row with an error is not given back, its problems are."""

    def __init__(self, sheet: Sheet, terms: Terms, findings: Findings) -> None:
        self._terms = terms
        self._fields = terms.fields
        self._sheet = sheet
        self._ticks = [
            (name.removeprefix(TICK), index)
            for name, index in terms.fields.items()
            if name.startswith(TICK)
        ]
        self._texts = RowTexts(terms.fields, terms.corrections)
        taken = frozenset(terms.fields.values())
        width = max(map(len, sheet.rows.values()), default=0)
        self._remarks = tuple(at for at in range(width) if at not in taken)
        self._births = BirthCells(terms, self._texts)
        self._told = told = self._texts.told
        self._tells_benefit = any(name.startswith("benefit") for name in told)
        self._tells_place = not told.isdisjoint(PLACE_FIELDS)
        self._maybe_young_from = str(terms.today.year - YOUNGEST_FOR_BOOK)
        self._number_of_errors = 0
        self._row = PersonRow(0, (), None, None)
        self._communes: dict[SaidPlaces, tuple[str | None, list[Noted]]] = {}
        self.findings = findings

    def read(self, person: PersonRow, passed: Sequence[PersonRow] = ()) -> ListRow | None:
        """The person of one row, or None when a cell must be corrected first.

        `passed` are the rows since the last one that were read elsewhere.
        """
        self._row = person
        texts = self._texts
        texts.pass_by(passed)
        texts.move_to(person)
        self._number_of_errors = len(self.findings.errors)
        if (self._sheet.error_cells or "#" in "".join(person.cells)) and self._has_excel_error():
            self._put_back()
            return None
        if texts.taken_from_above:
            self._tell_what_is_taken_from_above()
        if self._remarks or person.removed or self._sheet.comments:
            self._look_at_notes()
        name = self._name()
        sex = self._sex()
        birth = self._births.read(person.number, sex, self._note)
        cccd = self._cccd(birth, sex)
        bhxh = self._of("bhxh", partial(person_cells.bhxh, cccd=cccd))
        card = self._of("hi_card", person_cells.hi_card)
        phone = self._of("phone", person_cells.phone)
        benefit = self._benefit() if self._tells_benefit else None
        row = ListRow(
            row=person.number,
            full_name=name or "",
            birth=birth or "",
            sex=sex,
            cccd=cccd,
            bhxh=bhxh,
            hi_card=card,
            commune_code=self._commune(),
            hamlet=self._of("hamlet", person_cells.words) or person.hamlet,
            address=self._of("address", person_cells.words),
            categories=self._categories(),
            phone=phone,
            benefit=benefit,
            **{name: self._of(name, rule) for name, rule in person_cells.BY_THEMSELVES.items()},
        )
        if birth and birth >= self._maybe_young_from and benefit != "hi" and self._under_age(birth):
            self._note("birth", self._births.text(), Finding("under_15_hi_only", False))
        if len(self.findings.errors) == self._number_of_errors:
            return row
        self._put_back()
        return None

    def _put_back(self) -> None:
        person = self._row
        cells = self._texts.cells(person)
        self.findings.to_correct.append(
            RowToCorrect(person.number, cells, person.hamlet, person.category)
        )

    def _has_excel_error(self) -> bool:
        """Cells that Excel could not or did not calculate are errors, whatever field they hold."""
        unknown = self._sheet.error_cells
        for name, index in self._fields.items():
            text = self._texts.get(name)
            if name == "order" or not text:
                continue
            if _EXCEL_ERROR.fullmatch(text):
                self._note(name.partition(":")[0], text, Finding("excel_error"))
            elif (self._row.number, index) in unknown and not self._texts.is_corrected(name):
                self._note(name.partition(":")[0], text, Finding("formula_without_value"))
        return len(self.findings.errors) > self._number_of_errors

    def _tell_what_is_taken_from_above(self) -> None:
        for name, written in self._texts.taken_from_above.items():
            if self._texts.is_corrected(name):
                continue
            if understood := self._texts.get(name):
                code = "as_above" if written else "filled_down"
                self._note(name, written, Finding(code, False, None, (("above", understood),)))
            else:
                self._note(name, written, Finding("nothing_above", False))

    def _look_at_notes(self) -> None:
        """A remark, a comment or a heading may say that the person must not be listed."""
        if self._row.removed:
            heading, row = self._row.removed
            finding = Finding("section_of_removed", False, None, (("heading", str(row)),))
            self._note("full_name", heading, finding)
        cells, width = self._row.cells, len(self._row.cells)
        texts = [cells[at] for at in self._remarks if at < width]
        if self._sheet.comments:
            places = ((self._row.number, at) for at in self._fields.values())
            texts += [self._sheet.comments.get(place, "") for place in places]
        for text in texts:
            if person_cells.says_gone(text):
                self._note("full_name", clean(text), Finding("note_says_gone", False))

    def _take(self, name: str, understood: Understood[Value]) -> Value:
        value, told = understood
        for text, finding in told:
            self._note(name, text, finding)
        return value

    def _note(self, name: str, text: str, finding: Finding) -> None:
        self.findings.note(self._row.number, name, text, finding)

    def _of(self, name: str, read: Callable[[str, str], Understood[str | None]]) -> str | None:
        """What the cell of a field means; None where the row has none."""
        if name not in self._told or not (text := self._texts.get(name)):
            return None
        return self._take(name, read(self._texts.as_written(name), text))

    def _name(self) -> str | None:
        text = self._texts.as_written("full_name")
        if not text and "full_name" not in self._fields:
            parts = map(self._texts.get, ("family_name", "middle_name", "given_name"))
            text = " ".join(part for part in parts if part)
        return self._take("full_name", person_cells.name(text, text))

    def _sex(self) -> str | None:
        text = self._texts.get("sex")
        if text:
            return self._take("sex", person_cells.sex(text, text))
        male, female = self._texts.get("male"), self._texts.get("female")
        if is_nothing(male) and not is_tick_mark(male):
            male = ""
        if is_nothing(female) and not is_tick_mark(female):
            female = ""
        if bool(male) != bool(female):
            return "M" if male else "F"
        if is_tick_mark(male) and is_tick_mark(female):
            self._note("sex", f"{male} / {female}", Finding("sex_two_marks", False))
        if "female" in self._fields and "male" not in self._fields and not female:
            return "M"
        return None

    def _cccd(self, birth: str | None, sex: str | None) -> str | None:
        text, written = self._texts.get("cccd"), self._texts.as_written("cccd")
        index = self._fields.get("cccd", -1)
        numbers = self._sheet.number_cells
        was_number = bool(numbers) and (self._row.number, index) in numbers
        reading = read_cccd(text, birth=birth, sex=sex, was_number=was_number)
        return self._take("cccd", person_cells.number(written, text, reading))

    def _commune(self) -> str | None:
        if not self._tells_place and self._row.commune is None:
            return self._terms.commune_code
        commune, *others = map(self._texts.get, PLACE_FIELDS)
        said = SaidPlaces(commune or self._row.commune or "", *others)
        if said not in self._communes:
            self._communes[said] = commune_of(said, self._terms)
        code, noted = self._communes[said]
        for field, text, finding in noted:
            self._note(field, text, finding)
        return code

    def _categories(self) -> tuple[str, ...]:
        text = self._texts.get("category")
        codes, unknown = person_cells.categories(text, text)
        self._take("category", (codes, unknown))
        found = dict.fromkeys(codes)
        if self._ticks and not self._texts.is_corrected("category"):
            for code, index in self._ticks:
                if index < len(self._row.cells) and self._is_ticked(self._row.cells[index], code):
                    named, _ = category_codes(self._row.cells[index])
                    found.update(dict.fromkeys(named or (code,)))
        marked = text or self._texts.get(f"{TICK}KT")
        self._take("category", ((), person_cells.disability(found, marked)))
        if not found and self._row.category and not text:
            found[self._row.category] = None
        if not found and not unknown:
            self._note("category", text, Finding("category_missing", False))
        return tuple(found)

    def _benefit(self) -> str | None:
        text = self._texts.get("benefit")
        wanted = self._take("benefit", person_cells.supports(text, text))
        for kind in ("hi", "si"):
            mark = self._texts.get(f"benefit_{kind}")
            says = True if is_support(mark) else ticked(mark)
            if says is None:
                self._note("benefit", mark, Finding("tick_unknown"))
            elif says:
                wanted.add(kind)
        return person_cells.benefit_of(wanted)

    def _is_ticked(self, cell: str, code: str) -> bool:
        """Whether a cell of a category's own column says yes; neither yes nor no is an error."""
        says = ticked(cell)
        if says is None and code.startswith("DTTS") and (ethnicity := ethnicity_code(cell)):
            return ethnicity != KINH
        if says is None:
            self._note("category", clean(cell), Finding("tick_unknown"))
        return bool(says)

    def _under_age(self, birth: str) -> bool:
        _, oldest = age_range(birth, self._terms.today)
        return oldest < YOUNGEST_FOR_BOOK
