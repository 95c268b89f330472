"""The birth of one row, from whichever of its cells tell it."""

import re
from collections.abc import Callable

from db.intake.people.row_texts import RowTexts
from db.intake.people.terms import Terms
from db.rules.births import as_typed, read_birth, read_birth_parts, swapped
from db.rules.categories import is_tick_mark, is_unticked
from db.rules.cells import Finding
from db.rules.names import clean, fold

SHORT_DATE = 8
OLDEST = 120
BARE_YEAR, YEAR_AND_MONTH = len("1957"), len("1957-03")
_PRECISION = ("only_year", "only_year_or_month")
_YEARS_OLD = re.compile(r" ?(?:tuổi|tuoi|t)$", re.IGNORECASE)
_PARTS = ("birth_day", "birth_month", "birth_year")

Note = Callable[[str, str, Finding], None]
"""Takes (field, text, finding)."""


class BirthCells:
    """One column, day, month and year apart, a year under Nam or Nữ, or only an age."""

    def __init__(self, terms: Terms, texts: RowTexts) -> None:
        self._terms = terms
        self._fields = terms.fields
        self._texts = texts
        self._tells_precision = not texts.told.isdisjoint(_PRECISION)

    def text(self) -> str:
        """What the row says of the birth, "" if nothing."""
        text = self._texts.get("birth")
        if text or self._texts.is_corrected("birth"):
            return text
        parts = self._parts()
        if any(parts):
            return "/".join(part for part in parts if part)
        under_sex = (self._texts.get("male"), self._texts.get("female"))
        births = [text for text in under_sex if any(map(str.isdigit, text))]
        return " / ".join(text for text in births if not is_tick_mark(text))

    def read(self, row: int, sex: str | None, note: Note) -> str | None:
        """The birth as far as it is known; problems go to `note`."""
        text = self.text()
        if not text:
            finding = self._from_age()
            note("birth", self._texts.get("age"), finding)
            return None if finding.is_error else finding.suggestion
        typed = not self._texts.is_corrected("birth")
        if typed and "birth_year" in self._fields and not self._texts.get("birth"):
            reading = read_birth_parts(*self._parts(), today=self._terms.today)
            for finding in reading.findings:
                note("birth", text, finding)
            return reading.value
        if sex is None and " / " in text and "male" in self._fields:
            note("birth", text, Finding("birth_two_years"))
            return None
        reading = read_birth(
            text,
            today=self._terms.today,
            month_first=self._terms.month_first and typed,
            cccd=self._whole_cccd() if len(text) <= SHORT_DATE else None,
        )
        for finding in reading.findings:
            note("birth", text, finding)
        birth = reading.value
        if birth is None or not typed:
            return birth
        written = self._texts.as_written("birth")
        if written != text and not reading.findings and _has_hidden_signs(written):
            understood = (("understood", as_typed(birth)),)
            note("birth", written, Finding("birth_cleaned", False, None, understood))
        if self._tells_precision and len(birth) > BARE_YEAR:
            birth = self._as_precise_as_told(text, birth, note)
        if row in self._terms.doubtful_days and (other := swapped(birth)):
            details = (("understood", as_typed(birth)), ("other", as_typed(other)))
            note("birth", text, Finding("birth_maybe_swapped", False, None, details))
        return birth

    def _parts(self) -> tuple[str, str, str]:
        day, month, year = (self._texts.get(name) for name in _PARTS)
        return day, month, year

    def _as_precise_as_told(self, text: str, birth: str, note: Note) -> str:
        """A column of official forms says that only the year (or month) of a birth is known."""
        flag = self._texts.get("only_year") or self._texts.get("only_year_or_month")
        if is_unticked(flag):
            return birth
        told = birth[:BARE_YEAR]
        if "thang" in fold(flag) or (
            is_tick_mark(flag) and "only_year" not in self._fields and birth[5:] != "01-01"
        ):
            told = birth[:YEAR_AND_MONTH]
        if told != birth:
            details = (("flag", flag), ("understood", as_typed(told)))
            note("birth", text, Finding("birth_less_precise", False, None, details))
        return told

    def _from_age(self) -> Finding:
        age = years_old(self._texts.get("age"))
        if age is None:
            return Finding("birth_missing")
        year = str(self._terms.today.year - age)
        if self._terms.by_age and not self._texts.is_corrected("birth"):
            return Finding("birth_by_age", False, year, (("year", year),))
        return Finding("birth_from_age", suggestion=year, details=(("year", year),))

    def _whole_cccd(self) -> str | None:
        digits = self._texts.get("cccd").replace(" ", "")
        return digits if len(digits) == 12 and digits.isascii() and digits.isdigit() else None


def years_old(text: str) -> int | None:
    """65, “71 tuổi” or 56t; None where it is no age."""
    age = _YEARS_OLD.sub("", text.strip().removesuffix(".0"))
    return int(age) if age.isascii() and age.isdigit() and int(age) <= OLDEST else None


def _has_hidden_signs(written: str) -> bool:
    """Full-width digits, spaces without width: read, and told since nobody sees them."""
    return not written.isascii() and clean(written) != " ".join(written.split())
