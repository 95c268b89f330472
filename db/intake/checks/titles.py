"""The commune that the lines above a table name: "UBND XÃ MÔN SƠN", "TỈNH NGHỆ AN"."""

import re

from db.intake.places.finder import CommuneFinder, province_code_of
from db.intake.tables.tables import Table
from db.reference.places import provinces_by_code
from db.rules.names import clean

LONGEST_PLACE_WORDS = 5
_COMMUNE = re.compile(r"\b(?:xã|phường|đặc khu)\s+(?=\S)", re.IGNORECASE)
_PROVINCE = re.compile(r"\b(?:tỉnh|thành phố|tp\.?)\s+(?=\S)", re.IGNORECASE)
_END_OF_NAME = re.compile(r"[,;:()–\-/]|\s{2,}")


def commune_in_title(table: Table, communes: CommuneFinder) -> str | None:
    """The code of the one commune named above the header, None if none or several are."""
    lines = [
        clean(text)
        for number, cells in table.sheet.rows.items()
        if table.header_rows and number < table.header_rows[0]
        for text in dict.fromkeys(cells)
        if text.strip()
    ]
    province = next(filter(None, map(_province_in, lines)), "")
    found = {code for line in lines if (code := _commune_in(line, province, communes))}
    return found.pop() if len(found) == 1 else None


def _commune_in(line: str, province: str, communes: CommuneFinder) -> str | None:
    for kind in _COMMUNE.finditer(line):
        words = _words_after(line, kind.end())
        for count in range(min(len(words), LONGEST_PLACE_WORDS), 0, -1):
            name = f"{kind[0].strip()} {' '.join(words[:count])}"
            if code := communes.exact(name, province):
                return code
    return None


def _province_in(line: str) -> str | None:
    for kind in _PROVINCE.finditer(line):
        words = _words_after(line, kind.end())
        for count in range(min(len(words), LONGEST_PLACE_WORDS), 0, -1):
            if code := province_code_of(" ".join(words[:count])):
                return provinces_by_code()[code].short_name
    return None


def _words_after(line: str, at: int) -> list[str]:
    return _END_OF_NAME.split(line[at:], maxsplit=1)[0].split()
