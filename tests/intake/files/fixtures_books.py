"""Workbooks as districts send them, made by code; every person is invented."""

import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.intake.files.fixtures_text import ROWS, tcvn3, vni
from tests.intake.lists import active, fill, saved

Rows = Sequence[Sequence[object]]
OLE_SECTOR = 512


def plain() -> Workbook:
    book = Workbook()
    fill(active(book), ROWS)
    return book


def strict() -> bytes:
    """The same workbook in the names of ISO 29500 strict."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(plain()))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            part = part.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            new.writestr(name, part)
    return stream.getvalue()


def with_sheet_xml(content: bytes, old: str, new: str) -> bytes:
    """The workbook with a text of its first sheet's XML replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(stream, "w") as changed:
        for name in archive.namelist():
            part = archive.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert old.encode() in part
                part = part.replace(old.encode(), new.encode(), 1)
            changed.writestr(name, part)
    return stream.getvalue()


def lying_dimension() -> bytes:
    return with_sheet_xml(saved(plain()), '<dimension ref="A1:G4"', '<dimension ref="A1:B2"')


def from_1904() -> bytes:
    book = plain()
    book.epoch = CALENDAR_MAC_1904
    active(book)["C2"] = date(1956, 3, 5)
    return saved(book)


def rich_text() -> bytes:
    book = plain()
    bold = InlineFont(b=True)
    active(book)["B2"] = CellRichText("Lô Thị ", TextBlock(bold, "Xuân"))
    active(book)["B3"].comment = Comment("Xem lại", "Cán bộ")
    return saved(book)


def far_cell() -> bytes:
    book = plain()
    active(book)["XFD1"] = "x"
    return saved(book)


def long_note() -> bytes:
    book = plain()
    active(book)["H1"] = "Ghi chú"
    active(book)["H2"] = "dài " * 8_000
    return saved(book)


def in_font(name: str) -> bytes:
    """Names and hamlets in an old font, as its signs; headers in Unicode."""
    encode = vni if name.lower().startswith("vni") else tcvn3
    book = plain()
    for line in active(book).iter_rows(min_row=2):
        for cell in (line[1], line[5]):
            cell.value = encode(str(cell.value))
            cell.font = Font(name=name)
    return saved(book)


def html(rows: Rows = ROWS) -> bytes:
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    head = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><meta charset="utf-8">'
    return f"{head}<style>td {{color: red}}</style><table>{lines}</table></html>".encode()


def html_in_a_frame() -> bytes:
    return b"<table><tr><td>UBND</td></tr><tr><td><p>" + html() + b"</p></td></tr></table>"


def excel_2003(rows: Rows = ROWS, hidden: Sequence[int] = ()) -> bytes:
    lines = "".join(
        ("<Row ss:Hidden='1'>" if number in hidden else "<Row>")
        + "".join(f'<Cell><Data ss:Type="String">{escape(str(cell))}</Data></Cell>' for cell in row)
        + "</Row>"
        for number, row in enumerate(rows, 1)
    )
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="Sheet1"><Table>{lines}</Table></Worksheet></Workbook>'
    ).encode()


def ods(rows: Rows = ROWS, hidden: Sequence[int] = ()) -> bytes:
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        state = ' table:visibility="collapse"' if number in hidden else ""
        lines.append(f"<table:table-row{state}>{cells}</table:table-row>")
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" '
        f'xmlns:table="{names}table:1.0" xmlns:text="{names}text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Trang 1">{"".join(lines)}'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def xls(
    rows: Rows = ROWS, hidden: Sequence[int] = (), *, extra: bytes = b"", stream: str = "Workbook"
) -> bytes:
    """A BIFF8 workbook in its container; `extra` goes in front of the sheet's name."""
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for number in hidden:
        sheet += record(0x208, struct.pack("<HHHHHHI", number - 1, 0, 9, 255, 0, 0, 0x20))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(value, int):
                sheet += record(0x203, place + struct.pack("<d", value))
            else:
                letters = str(value).encode("utf-16-le")
                text = struct.pack("<HB", len(letters) // 2, 1) + letters
                sheet += record(0x204, place + text)
    sheet += record(0x0A, b"")
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + extra
    name = b"Trang 1"
    at = len(start) + 4 + 8 + len(name) + 4
    start += record(0x85, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name)
    return container({stream: start + record(0x0A, b"") + sheet})


def container(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file; every stream is long enough for whole sectors."""
    free, end, fat_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    fat, body, entries = [fat_sector, end], b"", [_entry("Root Entry", 5, end, size=0, child=1)]
    for number, (name, content) in enumerate(streams.items()):
        content = content.ljust(4_096, b"\x00")
        count = -(-len(content) // OLE_SECTOR)
        first = len(fat)
        fat += [*range(first + 1, first + count), end]
        body += content.ljust(count * OLE_SECTOR, b"\x00")
        following = number + 2 if number + 1 < len(streams) else free
        entries.append(_entry(name, 2, first, size=len(content), child=free, right=following))
    fat += [free] * (OLE_SECTOR // 4 - len(fat))
    assert len(fat) == OLE_SECTOR // 4
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    )
    head += bytes(10) + struct.pack("<IIII", 1, 1, 0, 4_096) + struct.pack("<IIII", end, 0, end, 0)
    head += struct.pack("<109I", 0, *[free] * 108)
    directory = b"".join(entries).ljust(OLE_SECTOR, b"\x00")
    return head + struct.pack("<128I", *fat) + directory + body


def _entry(name: str, kind: int, start: int, *, size: int, child: int, right: int = -1) -> bytes:
    letters = f"{name}\x00".encode("utf-16-le")
    links = struct.pack("<III", 0xFFFFFFFF, right & 0xFFFFFFFF, child)
    return (
        letters.ljust(64, b"\x00")
        + struct.pack("<HBB", len(letters), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<III", start, size, 0)
    )


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def struck_xls() -> bytes:
    """The second person in a font that is struck out."""
    fonts = record(0x31, struct.pack("<HH", 200, 0)) + record(0x31, struct.pack("<HH", 200, 8))
    formats = record(0xE0, struct.pack("<H", 0) + bytes(18)) + record(
        0xE0, struct.pack("<H", 1) + bytes(18)
    )
    content = bytearray(xls(extra=fonts + formats))
    name = str(ROWS[2][1]).encode("utf-16-le")
    at = content.index(name) - 5
    content[at : at + 2] = struct.pack("<H", 1)
    return bytes(content)


def struck_ods() -> bytes:
    style = (
        b'<office:automatic-styles><style:style style:name="s"><style:text-properties '
        b'style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
        b"<office:body>"
    )
    space = b'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text='
    name = escape(str(ROWS[2][1])).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ods())) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            content = old.read(part).replace(b"<office:body>", style).replace(b"xmlns:text=", space)
            struck = b'<text:span text:style-name="s">' + name + b"</text:span>"
            new.writestr(part, content.replace(name, struck))
    return stream.getvalue()


def struck_runs() -> bytes:
    """A name struck out letter by letter, as rich text."""
    book = plain()
    first, rest = str(ROWS[2][1]).split(" ", 1)
    struck = InlineFont(strike=True)
    active(book)["B3"] = CellRichText(TextBlock(struck, f"{first} "), TextBlock(struck, rest))
    return saved(book)


READ_ALIKE: dict[str, bytes] = {
    "xlsx": saved(plain()),
    "strict xlsx": strict(),
    "lying dimension": lying_dimension(),
    "days counted from 1904": from_1904(),
    "rich text and comments": rich_text(),
    "a cell in column XFD": far_cell(),
    "a note of 32,000 signs": long_note(),
    ".VnTime": in_font(".VnTime"),
    ".VnTimeH": in_font(".VnTimeH"),
    "VNI-Times": in_font("VNI-Times"),
    "tcvn3 without its font": in_font("Arial"),
    "web page": html(),
    "web page in a frame": html_in_a_frame(),
    "Excel 2003 XML": excel_2003(),
    "ods": ods(),
    "xls": xls(),
    "xls of Excel 95": xls(stream="Book"),
}
"""Every one of these holds the three people of `ROWS`."""
