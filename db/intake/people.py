"""One pass over the rows of a table: each cell read, each problem named."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from db.intake.checked import ListRow, RowToCorrect
from db.intake.fields import TICK
from db.intake.findings import Findings
from db.intake.places import CommuneFinder
from db.intake.row_kinds import PersonRow
from db.intake.row_texts import RowTexts
from db.intake.sheets import Sheet
from db.reference.catalogue import peoples
from db.rules.ages import age_range
from db.rules.births import as_typed, read_birth, read_birth_parts, swapped
from db.rules.categories import category_codes, is_tick_mark, is_ticked, suggested_label
from db.rules.cells import Finding, Reading
from db.rules.identity import (
    is_nothing,
    read_bhxh,
    read_cccd,
    read_hi_card,
    read_phone,
    read_sex,
)
from db.rules.names import display_name, fold

YOUNGEST_FOR_BOOK = 15
SHORT_DATE = 8
DITTO = frozenset({"nt", "-nt-", "như trên", "nhu tren", "//", "-//-", '"', "''", "”", "“"})
ReadText = Callable[[str], Reading]

_SI_WORDS = re.compile(r"\b(so bhxh|so bao hiem|bhxh|so|si)\b")
_HI_WORDS = re.compile(r"\b(the bhyt|bhyt|the|bao hiem y te|hi)\b")
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")
_TWO_PEOPLE = re.compile(r"[;/\n]|\s(?:và|,)\s")


@dataclass(frozen=True, slots=True)
class Terms:
    """What the reading of a list depends on besides its cells."""

    today: date
    fields: Mapping[str, int]
    communes: CommuneFinder
    commune_code: str | None
    corrections: Mapping[tuple[int, str], str]
    month_first: bool = False
    doubtful_days: frozenset[int] = frozenset()


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
        told = {*terms.fields, *(name for _, name in terms.corrections)}
        self._tells_benefit = any(name.startswith("benefit") for name in told)
        self._number_of_errors = 0
        self._row = PersonRow(0, (), None, None)
        self.findings = findings

    def read(self, person: PersonRow) -> ListRow | None:
        """The person of one row, or None when a cell must be corrected first."""
        self._row = person
        self._texts.move_to(person)
        self._number_of_errors = len(self.findings.errors)
        name = self._name()
        sex = self._sex()
        birth = self._birth(sex)
        cccd = self._cccd(birth, sex)
        bhxh_text = self._texts.get("bhxh")
        bhxh = self._take("bhxh", bhxh_text, read_bhxh(bhxh_text, cccd=cccd)) if bhxh_text else None
        card = self._simple("hi_card", read_hi_card)
        phone = self._simple("phone", read_phone)
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
            hamlet=self._texts.words("hamlet") or person.hamlet,
            address=self._texts.words("address"),
            categories=self._categories(),
            phone=phone,
            household=self._texts.words("household"),
            relation=self._texts.words("relation"),
            benefit=benefit,
            people=self._people(),
        )
        if birth and benefit != "hi" and self._under_age(birth):
            self._note("birth", self._birth_text(), Finding("under_15_hi_only", False))
        if len(self.findings.errors) == self._number_of_errors:
            return row
        cells = self._texts.cells(person)
        self.findings.to_correct.append(
            RowToCorrect(person.number, cells, person.hamlet, person.category)
        )
        return None

    def _take(self, name: str, text: str, reading: Reading) -> str | None:
        for finding in reading.findings:
            self._note(name, text, finding)
        return reading.value

    def _note(self, name: str, text: str, finding: Finding) -> None:
        self.findings.note(self._row.number, name, text, finding)

    def _simple(self, name: str, read: ReadText) -> str | None:
        text = self._texts.get(name)
        return self._take(name, text, read(text)) if text else None

    def _name(self) -> str | None:
        text = self._texts.get("full_name")
        if not text and "full_name" not in self._fields:
            parts = (self._texts.get("family_name"), self._texts.get("given_name"))
            text = " ".join(part for part in parts if part)
        if not _LETTER.search(text):
            self._note("full_name", text, Finding("name_missing"))
            return None
        if _DIGIT.search(text):
            self._note("full_name", text, Finding("name_has_digits"))
            return None
        if _TWO_PEOPLE.search(text):
            self._note("full_name", text, Finding("name_two_people"))
            return None
        if " " not in text:
            self._note("full_name", text, Finding("name_too_short", False))
        return display_name(text)

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
        if "female" in self._fields and "male" not in self._fields and not female:
            return "M"
        return None

    def _birth_text(self) -> str:
        text = self._texts.get("birth")
        if text or self._texts.is_corrected("birth"):
            return text
        parts = [self._texts.get(name) for name in ("birth_day", "birth_month", "birth_year")]
        if any(parts):
            return "/".join(part for part in parts if part)
        births = [
            text
            for text in (self._texts.get("male"), self._texts.get("female"))
            if _has_digit(text)
        ]
        return " / ".join(text for text in births if not is_tick_mark(text))

    def _birth(self, sex: str | None) -> str | None:
        text = self._birth_text()
        from_parts = not self._texts.get("birth") and "birth_year" in self._fields
        if not text:
            self._note("birth", self._texts.get("age"), self._from_age())
            return None
        if from_parts and not self._texts.is_corrected("birth"):
            parts = [self._texts.get(name) for name in ("birth_day", "birth_month", "birth_year")]
            return self._take("birth", text, read_birth_parts(*parts, today=self._terms.today))
        if " / " in text and sex is None and "male" in self._fields:
            self._note("birth", text, Finding("birth_two_years"))
            return None
        typed = not self._texts.is_corrected("birth")
        reading = read_birth(
            text,
            today=self._terms.today,
            month_first=self._terms.month_first and typed,
            cccd=self._whole_cccd() if len(text) <= SHORT_DATE else None,
        )
        birth = self._take("birth", text, reading)
        if birth and typed and self._row.number in self._terms.doubtful_days:
            self._doubt_day(text, birth)
        return birth

    def _from_age(self) -> Finding:
        age = self._texts.get("age").removesuffix(".0")
        if not (age.isascii() and age.isdigit() and int(age) <= 120):
            return Finding("birth_missing")
        year = str(self._terms.today.year - int(age))
        return Finding("birth_from_age", suggestion=year, details=(("year", year),))

    def _doubt_day(self, text: str, birth: str) -> None:
        other = swapped(birth)
        if other:
            details = (("understood", as_typed(birth)), ("other", as_typed(other)))
            self._note("birth", text, Finding("birth_maybe_swapped", False, None, details))

    def _whole_cccd(self) -> str | None:
        digits = self._texts.get("cccd").replace(" ", "")
        return digits if len(digits) == 12 and digits.isascii() and digits.isdigit() else None

    def _cccd(self, birth: str | None, sex: str | None) -> str | None:
        text = self._texts.get("cccd")
        index = self._fields.get("cccd", -1)
        was_number = (self._row.number, index) in self._sheet.number_cells
        reading = read_cccd(text, birth=birth, sex=sex, was_number=was_number)
        return self._take("cccd", text, reading)

    def _commune(self) -> str | None:
        text = self._texts.get("commune_code") or self._row.commune or ""
        if not text:
            return self._terms.commune_code
        reading = self._terms.communes.find(text, self._texts.get("province"))
        return self._take("commune_code", text, reading)

    def _categories(self) -> tuple[str, ...]:
        text = self._texts.get("category")
        codes, unknown = category_codes(text) if text else ((), ())
        for word in unknown:
            suggestion = suggested_label(word)
            finding = Finding("category_unknown", True, suggestion, (("word", word),))
            self._note("category", text, finding)
        found = dict.fromkeys(codes)
        if not self._texts.is_corrected("category"):
            for code, index in self._ticks:
                if index < len(self._row.cells) and is_ticked(self._row.cells[index]):
                    named, _ = category_codes(self._row.cells[index])
                    found.update(dict.fromkeys(named or (code,)))
        if not found and self._row.category and not text:
            found[self._row.category] = None
        if not found and not unknown:
            self._note("category", text, Finding("category_missing", False))
        return tuple(found)

    def _benefit(self) -> str | None:
        text = self._texts.get("benefit")
        wanted = set()
        if text and not is_nothing(text):
            folded = fold(text)
            if _HI_WORDS.search(folded):
                wanted.add("hi")
            if _SI_WORDS.search(folded):
                wanted.add("si")
            if not wanted:
                self._note("benefit", text, Finding("benefit_unknown"))
        for kind in ("hi", "si"):
            mark = self._texts.get(f"benefit_{kind}")
            if mark and is_ticked(mark):
                wanted.add(kind)
        return "both" if len(wanted) == 2 else next(iter(wanted), None)

    def _people(self) -> str | None:
        text = self._texts.get("people")
        if not text:
            return None
        folded = fold(text).removeprefix("dan toc ").strip()
        code = _people_words().get(folded)
        if code is None:
            self._note("people", text, Finding("people_unknown", False))
        return code

    def _under_age(self, birth: str) -> bool:
        if self._terms.today.year - int(birth[:4]) > YOUNGEST_FOR_BOOK:
            return False
        _, oldest = age_range(birth, self._terms.today)
        return oldest < YOUNGEST_FOR_BOOK


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


@cache
def _people_words() -> dict[str, str]:
    known: dict[str, str] = {}
    for people in peoples():
        for word in (fold(people.name), people.code, str(int(people.code)), *people.aliases):
            known.setdefault(word, people.code)
    return known
