"""The parts of an XLSX package that a list needs: its sheets, its strings, and how cells look.

Read piece by piece: what else a package holds, and however much of it, is passed over.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, iterparse

from db.intake.files.legacy import TCVN3, VNI
from db.intake.files.packages import CUSTOMARY, main_part, part_named, relations_of
from db.intake.files.sheets import Extent

MAIN = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
)
"""The names of common and of strict OOXML."""

_YES = frozenset({"1", "true", "on", "t"})
_LITERAL_OR_LOCALE = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
_OF_A_DAY = re.compile(r"(?<![_\\])[dmhysDMHYS]")
_DURATION = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)
_BUILT_IN_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    48: "##0.0E+0", 49: "@",
}  # fmt: skip
_GENERAL = "General"


class Runs(NamedTuple):
    """A text whose parts look different; `struck` is what is crossed out of it."""

    text: str
    struck: str


class Look(NamedTuple):
    """How a cell is shown; `legacy` is the old encoding that its font stands for."""

    number_format: str = _GENERAL
    is_day: bool = False
    is_duration: bool = False
    is_struck: bool = False
    legacy: str | None = None


class SheetPart(NamedTuple):
    """A worksheet and the part that holds its cells."""

    name: str
    part: str
    is_hidden: bool


class Package:
    """An XLSX file that was opened; raises whatever a damaged part provokes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._parts: dict[str, str] = {}
        self._names = {name.lower(): name for name in archive.namelist()}
        self._main = main_part(archive) or CUSTOMARY[0]
        self.begins_in_1904 = False
        self.sheets = tuple(self._sheets())

    def elements(self, part: str, *names: str) -> Iterator[tuple[str, Element]]:
        """The elements of these names in a part, whole; what lies between them is let go."""
        wanted = {f"{main}{name}": name for main in MAIN for name in names}
        with self._archive.open(self._names[part.lower()]) as stream:
            depth = 0
            for event, node in iterparse(stream, ("start", "end")):  # noqa: S314 - no DTD
                if event == "start":
                    depth += node.tag in wanted
                elif node.tag in wanted:
                    depth -= 1
                    yield wanted[node.tag], node
                    if not depth:
                        node.clear()
                elif not depth:
                    node.clear()

    def strings(self) -> list[str | Runs]:
        """The texts that cells share, by number. Refusal: too_large."""
        part, extent = self._parts.get("sharedStrings"), Extent()
        texts: list[str | Runs] = []
        for _, node in self.elements(part, "si") if part else ():
            texts.append(text := text_of(node))
            extent.write(len(text if isinstance(text, str) else text.text))
        return texts

    def looks(self) -> list[Look]:
        """How cells look, by the number of their style."""
        part = self._parts.get("styles", "xl/styles.xml")
        return list(_looks(self, part)) if part.lower() in self._names else []

    def comments(self, part: str) -> Iterator[tuple[str, str]]:
        """(reference of a cell, what somebody wrote beside it) of a worksheet."""
        folder = posixpath.dirname(part)
        relations = self._names.get(relations_of(part))
        if relations is None:
            return
        with self._archive.open(relations) as stream:
            for _, node in iterparse(stream):  # noqa: S314 - the guard saw no DTD
                if node.get("Type", "").endswith("/comments"):
                    yield from self._comments_of(part_named(node.get("Target", ""), folder))

    def _comments_of(self, part: str) -> Iterator[tuple[str, str]]:
        if part.lower() not in self._names:
            return
        for _, node in self.elements(part, "comment"):
            words = [text_of(child) for child in node if child.tag.endswith("}text")]
            if reference := node.get("ref"):
                texts = (each if isinstance(each, str) else each.text for each in words)
                yield reference, " ".join(texts)

    def _sheets(self) -> Iterator[SheetPart]:
        targets = dict(self._related())
        taken: set[str] = set()
        for name, node in self.elements(self._main, "workbookPr", "sheet"):
            if name == "workbookPr":
                self.begins_in_1904 = is_yes(node.get("date1904"))
                continue
            identity = next((to for key, to in node.attrib.items() if key.endswith("}id")), "")
            part = targets.get(identity, "").lower()
            if part in self._names and part not in taken:
                taken.add(part)
                is_hidden = node.get("state", "visible") != "visible"
                yield SheetPart(node.get("name", ""), self._names[part], is_hidden)

    def _related(self) -> Iterator[tuple[str, str]]:
        """The parts of worksheets by the names that the workbook has for them."""
        with self._archive.open(self._names[relations_of(self._main)]) as stream:
            for _, node in iterparse(stream):  # noqa: S314 - the guard saw no DTD
                kind = node.get("Type", "").rpartition("/")[2]
                target = node.get("Target", "")
                part = part_named(target, posixpath.dirname(self._main))
                if kind == "worksheet":
                    yield node.get("Id", ""), part
                elif kind in ("sharedStrings", "styles"):
                    self._parts[kind] = part
                node.clear()


def text_of(node: Element) -> str | Runs:
    """The text of a string; how it is to be pronounced does not count."""
    texts: list[str] = []
    struck: list[str] = []
    for child in node:
        if child.tag.endswith("}t"):
            if child.text:
                return child.text.replace("x005F_", "")
        elif child.tag.endswith("}r"):
            text = "".join(each.text or "" for each in child if each.tag.endswith("}t"))
            text = text.replace("x005F_", "")
            texts.append(text)
            if any(_says_yes(mark) for mark in child.iter() if mark.tag.endswith("}strike")):
                struck.append(text)
    return Runs("".join(texts), "".join(struck)) if texts else ""


def is_yes(value: str | None) -> bool:
    """The ways to write that something is so."""
    return value is not None and value.lower() in _YES


def _says_yes(mark: Element) -> bool:
    return is_yes(mark.get("val", "1"))


def _looks(package: Package, part: str) -> Iterator[Look]:
    formats: dict[int, str] = {}
    fonts: list[tuple[bool, str | None]] = []
    known: dict[tuple[int, int], Look] = {}
    for name, node in package.elements(part, "numFmts", "fonts", "cellXfs"):
        if name == "numFmts":
            formats = {int(each.get("numFmtId", "0")): each.get("formatCode", "") for each in node}
        elif name == "fonts":
            fonts = [_font(each) for each in node]
        else:
            for each in node:
                key = int(each.get("numFmtId", "0")), int(each.get("fontId", "0"))
                if key not in known:
                    known[key] = _look(formats.get(key[0]), key, fonts)
                yield known[key]


def _look(custom: str | None, key: tuple[int, int], fonts: list[tuple[bool, str | None]]) -> Look:
    code = custom if custom is not None else _BUILT_IN_FORMATS.get(key[0], _GENERAL)
    first = code.split(";")[0]
    is_day = code != _GENERAL and bool(_OF_A_DAY.search(_LITERAL_OR_LOCALE.sub("", first)))
    font = fonts[key[1]] if key[1] < len(fonts) else (False, None)
    return Look(code, is_day, bool(_DURATION.search(first)), *font)


def _font(node: Element) -> tuple[bool, str | None]:
    """Whether it strikes out, and the old encoding that it stands for."""
    struck, name = False, ""
    for child in node:
        if child.tag.endswith("}strike"):
            struck = _says_yes(child)
        elif child.tag.endswith("}name"):
            name = child.get("val", "").lower()
    return struck, TCVN3 if name.startswith(".vn") else VNI if name.startswith("vni") else None
