"""Files made to break a reader; run as a script it writes them all into a folder."""

import io
import random
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.intake.files.fixtures_books import plain, xls
from tests.intake.files.fixtures_text import ROWS, text
from tests.intake.lists import saved

MB = 1 << 20


def with_parts(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(plain()))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, parts.pop(name, None) or old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return stream.getvalue()


def sheet_xml(rows: str, after: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def in_sheet(rows: str, after: str = "") -> bytes:
    return with_parts({"xl/worksheets/sheet1.xml": sheet_xml(rows, after)})


def many_strings() -> bytes:
    strings = "".join(f"<si><t>{n:x}</t></si>" for n in range(900_000))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return with_parts({"xl/sharedStrings.xml": f'<sst xmlns="{space}">{strings}</sst>'.encode()})


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (lambda: with_parts({"xl/media/a.bin": bytes(300 * MB)}), "uncompressed_too_large"),
    "bomb in the sheet": (lambda: in_sheet(" " * (60 * MB)), "uncompressed_too_large"),
    "many members": (
        lambda: with_parts({f"xl/media/{n}.xml": b"" for n in range(5_000)}),
        "uncompressed_too_large",
    ),
    "entities": (
        lambda: with_parts(
            {
                "xl/sharedStrings.xml": b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
                + b"".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">'.encode() for n in range(1, 10))
                + b"]><sst>&a9;</sst>"
            }
        ),
        "xml_dtd_forbidden",
    ),
    "deep nesting": (lambda: in_sheet("<a>" * 900_000), "corrupt_file"),
    "many strings": (many_strings, "uncompressed_too_large"),
    "everything merged": (
        lambda: in_sheet(
            '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>',
            '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
        "no_data_rows",
    ),
    "two corners of a sheet": (
        lambda: in_sheet(
            "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 70_000))
            + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        ),
        "too_large",
    ),
    "a million columns": (lambda: ",".join(map(str, range(1_000_000))).encode(), "too_large"),
    "a line of 19 MB": (lambda: b"a" * (19 * MB), "too_large"),
    "a line of 100 MB": (lambda: b"a" * (100 * MB), "too_large"),
    "an open quote before 19 MB": (
        lambda: text().encode() + b'"' + b"a,b,c\n" * (3 * MB),
        "too_large",
    ),
    "a text of 90 MB in one cell": (
        lambda: in_sheet(
            f'<row r="1"><c t="inlineStr"><is><t>{"x" * (90 * MB)}</t></is></c></row>'
        ),
        "uncompressed_too_large",
    ),
    "entities in a part of another name": (
        lambda: with_parts({"xl/sheet.dat": b'<!DOCTYPE a [<!ENTITY a "b">]><a/>'}),
        "xml_dtd_forbidden",
    ),
    "carriage returns": (lambda: text().encode() + b"\r" * (19 * MB) + b"a", "too_large"),
    "a page of cells that span": (
        lambda: b"<table>" + b"<tr><td colspan=100 rowspan=100>a" * 49_000,
        "too_large",
    ),
    "a page of open comments": (lambda: b"<table><tr><td>" + b"<!--" * (4 * MB), "too_large"),
    "a page of one cell": (lambda: b"<table><tr><td>" + b"&" * (15 * MB), "too_large"),
    "a header in every row": (
        lambda: (f"{','.join(ROWS[0])}\n{','.join(ROWS[0][::-1])}\n" * 20_000).encode(),
        "too_large",
    ),
    "six million cells": (
        lambda: ",".join(ROWS[0]).encode() + b"\n" + (b"ab," * 256 + b"\n") * 25_000,
        "too_large",
    ),
    "six million cells between quotes": (
        lambda: b'"' + ",".join(ROWS[0]).encode() + b'"\n' + (b"ab," * 256 + b"\n") * 25_000,
        "too_large",
    ),
    "a page of merged cells": (
        lambda: b"<table>" + (b"<tr>" + b"<td rowspan=2>a" * 10) * 40_000,
        "too_large",
    ),
    "a hundred thousand fonts": (
        lambda: with_parts({"xl/styles.xml": _fonts(100_000)}),
        "uncompressed_too_large",
    ),
    "zero bytes": (lambda: text().encode() + bytes(10 * MB), "not_a_table_file"),
    "noise": (lambda: bytes(range(256)) * (10 * MB // 256), "not_a_table_file"),
    "letters of no alphabet": (
        lambda: (bytes(range(128, 256)) * 40 + b"\n") * 2_000,
        "not_a_table_file",
    ),
    "a page of open tables": (lambda: b"<table>" * MB, "not_a_table_file"),
    "an old workbook in a loop": (
        lambda: xls()[:512] + b"\x00\x00\x00\x00" * 128 + xls()[1_024:],
        "corrupt_file",
    ),
    "far corner of an old workbook": (lambda: _far_xls(), "too_large"),
}
"""The file and the reason for which it is turned away."""

READ_ALL_THE_SAME: dict[str, Callable[[], bytes]] = {
    "a link over a whole sheet": lambda: _after_data('<hyperlink ref="A1:XFD1048576"/>'),
    "a merge in other quotes": lambda: _after_data("<mergeCell\n ref = 'A1:XFD1048576' />"),
    "a million links": lambda: _after_data('<hyperlink ref="A1" location="a"/>' * 1_000_000),
    "names for cells": lambda: _with_names(500_000),
    "a pile of marks": lambda: f"{text()}4,a{chr(0x301) * 400_000},1961,Nam,,,\n".encode(),
}
"""Files that only their reader's care keeps cheap; the three people are read."""


def _after_data(marks: str) -> bytes:
    """The three people, with marks behind their cells; noise keeps the file from being a bomb."""
    with zipfile.ZipFile(io.BytesIO(saved(plain()))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    parts = {
        "xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", b"</sheetData>" + marks.encode())
    }
    return with_parts({**parts, "xl/media/a.png": random.Random(1).randbytes(MB)})


def _with_names(count: int) -> bytes:
    """The three people, with names for cells that no cell has."""
    with zipfile.ZipFile(io.BytesIO(saved(plain()))) as archive:
        book = archive.read("xl/workbook.xml")
    name = b'<definedName name="a">A1</definedName>'
    names = b"</sheets><definedNames>" + name * count + b"</definedNames>"
    parts = {"xl/workbook.xml": book.replace(b"</sheets>", names, 1)}
    return with_parts({**parts, "xl/media/a.png": random.Random(1).randbytes(MB)})


def _fonts(count: int) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    fonts = '<font><name val="Arial"/><sz val="11"/></font>' * count
    return f'<styleSheet xmlns="{space}"><fonts>{fonts}</fonts></styleSheet>'.encode()


def _far_xls() -> bytes:
    content = xls()
    cell = content.index(b"\x04\x02", 1_536)
    return content[: cell + 4] + b"\xff\xff\xff\x00" + content[cell + 8 :]


if __name__ == "__main__":
    for number, (make, _) in enumerate(HOSTILE.values()):
        (Path(sys.argv[1]) / f"{number}.bin").write_bytes(make())
