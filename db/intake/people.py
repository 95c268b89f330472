"""One pass over the rows of a table: each cell read, each problem named."""

import re
from collections.abc import Sequence

from db.intake.birth_cells import BirthCells
from db.intake.checked import ListRow, RowToCorrect
from db.intake.commune_cells import PLACE_FIELDS, SaidPlaces, commune_of
from db.intake.fields import TICK
from db.intake.findings import Findings
from db.intake.people_words import people_code, supports_named
from db.intake.row_kinds import PersonRow
from db.intake.row_texts import RowTexts
from db.intake.sheets import Sheet
from db.intake.terms import Terms
from db.rules.ages import age_range
from db.rules.categories import (
    category_codes,
    is_tick_mark,
    is_ticked,
    suggested_label,
)
from db.rules.cells import Finding, Reading
from db.rules.eligibility import STATE_PAYS_CARD_CODES
from db.rules.identity import (
    is_nothing,
    read_bhxh,
    read_cccd,
    read_hi_card,
    read_phone,
    read_sex,
)
from db.rules.names import LOST_LETTER, clean, fold
from db.rules.person_names import read_name

YOUNGEST_FOR_BOOK = 15
LONGEST_TEXT = 300
FEWEST_LETTERS = 3

_EXCEL_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
_PHONE_SIGNS = re.compile(r"[\s.,()\-–_']")
_GONE = re.compile(
    r"\b(?:đã chết|chết (?:ngày|năm|\d)|qua đời|từ trần|chuyển đi|đã chuyển|chuyển (?:hộ )?khẩu|"
    r"(?:đã mất|mất (?:ngày|năm|tháng|\d))(?! (?:cccd|cmnd|thẻ|giấy|sổ|sức|khả năng|việc)))\b",
    re.IGNORECASE,
)
_MAY_BE_STATE_PAID = re.compile(r"\b(?:khuyet tat )?(?:dac biet )?nang\b")


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
        self.findings = findings

    def read(self, person: PersonRow, passed: Sequence[PersonRow] = ()) -> ListRow | None:
        """The person of one row, or None when a cell must be corrected first.

        `passed` are the rows since the last one that were read elsewhere.
        """
        self._row = person
        told, texts = self._told, self._texts
        texts.pass_by(passed)
        texts.move_to(person)
        self._number_of_errors = len(self.findings.errors)
        if (self._sheet.error_cells or "#" in "".join(person.cells)) and self._has_excel_error():
            self._put_back()
            return None
        if texts.taken_from_above:
            self._tell_what_is_taken_from_above()
        if self._remarks:
            self._look_at_notes()
        name = self._name()
        sex = self._sex()
        birth = self._births.read(person.number, sex, self._note)
        cccd = self._cccd(birth, sex)
        text = texts.get("bhxh")
        bhxh = self._number("bhxh", text, read_bhxh(text, cccd=cccd)) if text else None
        card = self._card() if "hi_card" in told else None
        phone = self._phone() if "phone" in told else None
        benefit = self._benefit() if self._tells_benefit else None
        row = ListRow(
            person.number,
            name or "",
            birth or "",
            sex,
            cccd,
            bhxh,
            card,
            commune_code=self._commune(),
            hamlet=self._words("hamlet") or person.hamlet,
            address=self._words("address"),
            categories=self._categories(),
            phone=phone,
            household=self._words("household"),
            relation=self._words("relation"),
            benefit=benefit,
            people=self._people() if "people" in told else None,
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
        """A remark in a column without a field may say that the person must not be listed."""
        cells, width = self._row.cells, len(self._row.cells)
        for at in self._remarks:
            text = cells[at] if at < width else ""
            if says_gone(text):
                self._note("full_name", clean(text), Finding("note_says_gone", False))

    def _take(self, name: str, text: str, reading: Reading) -> str | None:
        for finding in reading.findings:
            self._note(name, text, finding)
        return reading.value

    def _note(self, name: str, text: str, finding: Finding) -> None:
        self.findings.note(self._row.number, name, text, finding)

    def _number(self, name: str, text: str, reading: Reading) -> str | None:
        """An identifier; signs that were left out to understand it are told."""
        value = self._take(name, text, reading)
        if value is None or reading.findings:
            return value
        written = self._texts.as_written(name).strip()
        if value != written:
            found = Finding("number_cleaned", False, None, (("understood", value),))
            self._note(name, written, found)
        return value

    def _card(self) -> str | None:
        text = self._texts.get("hi_card")
        if not text:
            return None
        card = self._number("hi_card", text, read_hi_card(text))
        if card and card[:2] in STATE_PAYS_CARD_CODES:
            self._note("hi_card", text, Finding("card_proves_state_pays", False))
        return card

    def _phone(self) -> str | None:
        text = self._texts.get("phone")
        if not text:
            return None
        reading = read_phone(text)
        phone = self._take("phone", text, reading)
        written = self._texts.as_written("phone")
        if phone and not reading.findings and not is_spaced(written, phone):
            found = Finding("phone_repaired", False, None, (("understood", phone),))
            self._note("phone", written, found)
        return phone

    def _words(self, name: str) -> str | None:
        if name not in self._told:
            return None
        text = self._texts.words(name)
        if text and len(text) > LONGEST_TEXT:
            limit = (("limit", str(LONGEST_TEXT)),)
            self._note(name, text, Finding("text_too_long", True, None, limit))
        if text and LOST_LETTER in text:
            self._note(name, text, Finding("letters_lost"))
        return text

    def _name(self) -> str | None:
        text = self._texts.as_written("full_name")
        if not text and "full_name" not in self._fields:
            parts = (self._texts.get("family_name"), self._texts.get("given_name"))
            text = " ".join(part for part in parts if part)
        return self._take("full_name", text, read_name(text))

    def _sex(self) -> str | None:
        text = self._texts.get("sex")
        if text:
            if is_tick_mark(text) and text not in ("1", "0"):
                return None
            return self._take("sex", text, read_sex(text))
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
        text = self._texts.get("cccd")
        index = self._fields.get("cccd", -1)
        numbers = self._sheet.number_cells
        was_number = bool(numbers) and (self._row.number, index) in numbers
        reading = read_cccd(text, birth=birth, sex=sex, was_number=was_number)
        return self._number("cccd", text, reading)

    def _commune(self) -> str | None:
        if not self._tells_place and self._row.commune is None:
            return self._terms.commune_code
        commune, *others = map(self._texts.get, PLACE_FIELDS)
        said = SaidPlaces(commune or self._row.commune or "", *others)
        code, noted = commune_of(said, self._terms)
        for field, text, finding in noted:
            self._note(field, text, finding)
        return code

    def _categories(self) -> tuple[str, ...]:
        text = self._texts.get("category")
        codes, unknown = category_codes(text) if text else ((), ())
        for word in unknown:
            suggestion = suggested_label(word)
            finding = Finding("category_unknown", True, suggestion, (("word", word),))
            self._note("category", text, finding)
        found = dict.fromkeys(codes)
        if self._ticks and not self._texts.is_corrected("category"):
            for code, index in self._ticks:
                if index < len(self._row.cells) and is_ticked(self._row.cells[index]):
                    named, _ = category_codes(self._row.cells[index])
                    found.update(dict.fromkeys(named or (code,)))
        if "KT" in found:
            marked = text or self._texts.get(f"{TICK}KT")
            if marked and may_be_state_paid(marked):
                self._note("category", marked, Finding("state_may_pay", False))
        if not found and self._row.category and not text:
            found[self._row.category] = None
        if not found and not unknown:
            self._note("category", text, Finding("category_missing", False))
        return tuple(found)

    def _benefit(self) -> str | None:
        text = self._texts.get("benefit")
        wanted: set[str] = set()
        if text and not is_nothing(text):
            wanted = supports_named(text)
            if not wanted:
                self._note("benefit", text, Finding("benefit_unknown"))
        for kind in ("hi", "si"):
            mark = self._texts.get(f"benefit_{kind}")
            if mark and is_ticked(mark):
                wanted.add(kind)
        return "both" if len(wanted) == 2 else next(iter(wanted), None)

    def _people(self) -> str | None:
        text = self._texts.get("people")
        if is_nothing(text):
            return None
        code = people_code(text)
        if code is None:
            self._note("people", text, Finding("people_unknown", False))
        return code

    def _under_age(self, birth: str) -> bool:
        _, oldest = age_range(birth, self._terms.today)
        return oldest < YOUNGEST_FOR_BOOK


def says_gone(remark: str) -> bool:
    """A remark that the person died or moved away."""
    return len(remark) > FEWEST_LETTERS and bool(_GONE.search(remark))


def may_be_state_paid(category: str) -> bool:
    """Words of a disability for which the state may pay the card."""
    return bool(_MAY_BE_STATE_PAID.search(fold(category)))


def is_spaced(text: str, number: str) -> bool:
    """The number with nothing but signs between its digits, as everybody writes it."""
    return text == number or _PHONE_SIGNS.sub("", text) == number
