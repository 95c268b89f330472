"""The texts of one row by field: as in the file, as corrected, or as the row above says."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from db.intake.fields.names import DITTO_FIELDS, FILLED_DOWN
from db.intake.tables.row_kinds import PersonRow
from db.rules.names import clean, fold

DITTO = frozenset(
    {"nt", "n/t", "nhưtrên", "nhutren", "//", '"', '""', "''", "”", "“", "“”", "″", "〃", "``"}
)
HEAD_OF_HOUSEHOLD = "chu ho"
_AROUND_DITTO = re.compile(r"[\s.\-–—_]+")
_DITTO_BEGINS = frozenset("nN/\"'”“″〃`-–—_. ")
_NOTHING: Mapping[str, str] = {}


class RowTexts:
    """Walks down a table; `get` answers for the row that `move_to` was given last."""

    def __init__(
        self, fields: Mapping[str, int], corrections: Mapping[tuple[int, str], str]
    ) -> None:
        self._columns = tuple(fields.items())
        self._columns_by_name = fields
        self._width = max(fields.values(), default=-1) + 1
        self._cells: tuple[str, ...] = ()
        self._order = fields.get("order", fields.get("household"))
        self._category = fields.get("category")
        self._cleaned = _Cleaned()
        self._ditto_fields = [name for name in DITTO_FIELDS if name in fields]
        self._fill_down = fills_down(fields)
        self._corrections: dict[int, dict[str, str]] = {}
        for (number, name), text in corrections.items():
            self._corrections.setdefault(number, {})[name] = clean(text)
        self.told = frozenset((*fields, *(name for _, name in corrections)))
        """The fields that any row can have."""
        self._above: dict[str, str] = {}
        self.taken_from_above: dict[str, str] = {}
        """What the row itself says in the fields that stand for the row above: "nt", or nothing."""
        self._texts: dict[str, str] = {}
        self._corrected: Mapping[str, str] = {}

    def pass_by(self, people: Sequence[PersonRow]) -> None:
        """Rows that were read elsewhere: none of them takes anything from the row above it."""
        for name in self._ditto_fields:
            at = self._columns_by_name[name]
            for person in reversed(people):
                if at < len(person.cells) and (cell := person.cells[at]) and (text := clean(cell)):
                    self._above[name] = category_text(cell) if name == "category" else text
                    break

    def move_to(self, person: PersonRow) -> None:
        """Take the texts of the next row."""
        self._cells = cells = person.cells
        if len(cells) < self._width:
            cells = (*cells, *[""] * (self._width - len(cells)))
        cleaned = self._cleaned
        self._texts = texts = {name: cleaned[cells[at]] for name, at in self._columns}
        if self._category is not None and "\n" in cells[self._category]:
            texts["category"] = category_text(cells[self._category])
        self.taken_from_above.clear()
        above = self._above
        for name in self._ditto_fields:
            text = texts.get(name, "")
            if not text:
                if self._fill_down and name in FILLED_DOWN:
                    self._fill(name, cells)
            elif is_ditto(text):
                texts[name] = above.get(name, "")
                self.taken_from_above[name] = text
            else:
                above[name] = text
        self._corrected = self._corrections.get(person.number, _NOTHING)
        if self._corrected:
            texts.update(self._corrected)

    def _fill(self, name: str, cells: tuple[str, ...]) -> None:
        """Members of a household stand, without its number, under the head who has its address."""
        at = self._order
        begins = at is not None and at < len(cells) and bool(cells[at].strip())
        if begins or fold(self._texts.get("relation", "")) == HEAD_OF_HOUSEHOLD:
            self._above.pop(name, None)
        elif name in self._above:
            self._texts[name] = self._above[name]
            self.taken_from_above[name] = ""

    def cells(self, person: PersonRow) -> tuple[str, ...]:
        """The row's cells as they must read when the row stands alone."""
        cells = list(person.cells)
        for name, at in self._columns:
            text = self._texts.get(name, "")
            if name in self._ditto_fields and text:
                cells.extend([""] * (at + 1 - len(cells)))
                cells[at] = text
        return tuple(cells)

    def get(self, name: str) -> str:
        """The text of a field, "" where the row has none."""
        return self._texts.get(name, "")

    def as_written(self, name: str) -> str:
        """The text as in the file, line breaks and all, unless somebody corrected it."""
        if name in self._corrected or name not in self._columns_by_name:
            return self._texts.get(name, "")
        at = self._columns_by_name[name]
        return self._cells[at] if at < len(self._cells) else ""

    def is_corrected(self, name: str) -> bool:
        """Somebody typed this cell on the screen."""
        return name in self._corrected


class _Cleaned(dict[str, str]):
    """Cleaned texts by their texts: most columns of a list say few different things."""

    def __missing__(self, text: str) -> str:
        self[text] = cleaned = clean(text)
        return cleaned


def fills_down(fields: Mapping[str, int]) -> bool:
    """A list by household, numbered or coded: what its head says holds for the members."""
    return "relation" in fields and not fields.keys().isdisjoint(("order", "household"))


def category_text(cell: str) -> str:
    """The words of a category cell; categories on lines of their own are several."""
    return clean(cell.replace("\n", "; "))


def is_ditto(text: str) -> bool:
    """The text stands for what the row above says."""
    return text[:1] in _DITTO_BEGINS and _is_ditto(text)


@lru_cache(maxsize=4_096)
def _is_ditto(text: str) -> bool:
    return _AROUND_DITTO.sub("", text.lower()) in DITTO
