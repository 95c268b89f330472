"""Says what a file is by its content, and turns away what could harm its reader."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from db.errors import Refused
from db.intake.files import ole
from db.intake.files.packages import main_part
from db.intake.files.sheets import MAX_REACH, MAX_ROWS, MOST_CELLS

Kind = Literal["xlsx", "strict", "large", "xls", "ods", "markup", "text"]

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_MEMBERS = 1_000
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_RATIO = 100
RATIO_COUNTS_FROM_BYTES = 4 * 1024 * 1024
MAX_CELLS = 1_500_000
MAX_TAGS_OUTSIDE_SHEETS = 600_000
MAX_TAGS_BESIDE_CELLS = 100_000
MAX_TAGS_OF_STYLES = 250_000
"""Excel knows 65,490 ways to format a cell."""
TAGS_OF_A_CELL = 5
MAX_ODS_CELLS, MAX_ODS_ROWS = 250_000, 100_000
LONGEST_TEXT = 1_500_000
MAX_DEPTH = 200
CELLS_READ_WITH_LOOKS = 300_000
ROWS_READ_WITH_LOOKS = 60_000

_CHUNK = 1 << 18
_OTHER_FORMATS = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf",
    b"BZh", b"\xfd7zXZ", b"SQLite format", b"\x7fELF", b"MZ\x90",
)  # fmt: skip
_MHTML = re.compile(rb"\A\s*(?:MIME-Version:|Content-Type: multipart)", re.IGNORECASE)
_MARKUP = re.compile(
    rb"\A\s*(?:<\?xml|<!doctype|<!--|<html|<head|<body|<table|<style|<meta|<div)", re.IGNORECASE
)
_STARTS_AS_MARKUP = re.compile(rb"[\xef\xbb\xbf\xff\xfe\x00\s]*<")
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_WIDE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']\s*"
    rb"\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})"
)
_SHEET = re.compile(rb"<(?:\w+:)?(?:worksheet|sheetData)[\s>/]")
_STYLES = re.compile(rb"<(?:\w+:)?styleSheet[\s>/]")
_BOOKS = ("Workbook", "Book")
_VBA = ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA")


def kind_of(content: bytes) -> Kind:
    """What to read it with: "strict" is XLSX in strict words, "large" is too big for a close look.

    Refusals: empty_file, too_large, password_protected, not_a_table_file, corrupt_file,
    macros_not_allowed, uncompressed_too_large, xml_dtd_forbidden.
    """
    if len(content) > MAX_FILE_BYTES:
        raise Refused("too_large", limit_mb=MAX_FILE_BYTES // (1024 * 1024))
    if not content.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise Refused("empty_file")
    if content.startswith(ole.MAGIC):
        return _kind_of_container(content)
    if content.startswith(b"PK"):
        return _kind_of_zip(content)
    if _MHTML.match(content):
        raise Refused("not_a_table_file", because="mhtml")
    if content.startswith(_OTHER_FORMATS):
        raise Refused("not_a_table_file")
    start = content[:4_096].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf")
    return "markup" if _MARKUP.match(start.removeprefix(b"\xff\xfe")) else "text"


def _kind_of_container(content: bytes) -> Kind:
    """An encrypted workbook and an old .xls share a container; their stream names differ."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused("password_protected")
    is_container = content[28:30] == ole.BYTE_ORDER
    if not is_container and not any(name.encode("utf-16-le") in content for name in _BOOKS):
        raise Refused("not_a_table_file")
    entries = ole.Container(content).entries
    if ole.ROOT not in entries:
        raise Refused("corrupt_file")
    if not any(name in entries for name in _BOOKS):
        raise Refused("not_a_table_file")
    if any(name in entries for name in _VBA):
        raise Refused("macros_not_allowed")
    return "xls"


def _kind_of_zip(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _kind_of_members(archive)
    except Refused:
        raise
    except Exception as error:  # zlib, struct and header errors of a damaged archive
        raise Refused("corrupt_file") from error


def _kind_of_members(archive: zipfile.ZipFile) -> Kind:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise Refused("uncompressed_too_large")
    if any(member.flag_bits & 1 for member in members):
        raise Refused("password_protected")
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES:
        raise Refused("uncompressed_too_large")
    names = {member.filename.lower() for member in members}
    if unpacked > RATIO_COUNTS_FROM_BYTES and unpacked > MAX_RATIO * max(packed, 1):
        raise Refused("uncompressed_too_large")
    if any(name.endswith(("vbaproject.bin", ".xlm")) or "/macrosheets/" in name for name in names):
        raise Refused("macros_not_allowed")
    if any(name.startswith("basic/") and name.endswith(".xml") for name in names):
        raise Refused("macros_not_allowed")
    is_ods = "content.xml" in names and "mimetype" in names
    main = None if is_ods else main_part(archive)
    if not is_ods and main is None:
        raise Refused("not_a_table_file")
    seen = _Seen()
    for member in members:
        _look_through(archive, member, seen)
    if is_ods:
        return _kind_of_ods(archive, seen)
    if main is not None and main.endswith(".bin"):
        return "large"
    return seen.kind()


@dataclass(slots=True)
class _Seen:
    """What was counted while the parts of a workbook went by."""

    cells: int = 0
    filled: int = 0
    rows: int = 0
    tags_in_sheets: int = 0
    tags_of_styles: int = 0
    tags_of_words: int = 0
    other_tags: int = 0
    runs_of_looks: int = 0
    reach: int = 0
    strict: bool = False

    def kind(self) -> Kind:
        if self.cells > MAX_CELLS:
            raise Refused("too_large", because="rows", limit=MAX_ROWS)
        if self.filled > MOST_CELLS:
            raise Refused("too_large", because="filled", limit=MOST_CELLS)
        if self.other_tags > MAX_TAGS_OUTSIDE_SHEETS or self.tags_of_styles > MAX_TAGS_OF_STYLES:
            raise Refused("uncompressed_too_large")
        beside = self.tags_in_sheets - TAGS_OF_A_CELL * self.cells - self.rows
        beside = max(beside, 0) + TAGS_OF_A_CELL * self.runs_of_looks
        heavy = self.cells > CELLS_READ_WITH_LOOKS or self.rows > ROWS_READ_WITH_LOOKS
        if heavy or self.reach > MAX_REACH or beside > MAX_TAGS_BESIDE_CELLS:
            return "large"
        return "strict" if self.strict else "xlsx"

    def count_sheet(self, piece: bytes, tags: int) -> None:
        self.tags_in_sheets += tags
        self.cells += piece.count(b"<c ") + piece.count(b":c ") + piece.count(b"<c>")
        self.filled += piece.count(b"<v>") + piece.count(b":v>") + piece.count(b"<is>")
        self.rows += piece.count(b"<row") + piece.count(b":row ")
        self.reach += sum(map(_area, _WIDE.findall(piece)))

    def count_ods(self, piece: bytes, tags: int) -> None:
        cells, rows = piece.count(b"table-cell"), piece.count(b":table-row")
        self.cells += cells - piece.count(b"table-cell>")
        self.rows += rows
        words = piece.count(b"<text:")
        self.tags_of_words += words
        self.other_tags += max(0, tags - cells - rows - words)


def _kind_of_ods(archive: zipfile.ZipFile, seen: _Seen) -> Kind:
    if b"spreadsheet" not in archive.read("mimetype")[:200]:
        raise Refused("not_a_table_file")
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
        raise Refused("password_protected")
    if seen.rows > MAX_ODS_ROWS:
        raise Refused("too_large", because="rows", limit=MAX_ROWS)
    if seen.cells > MAX_ODS_CELLS:
        raise Refused("too_large", because="filled", limit=MAX_ODS_CELLS)
    if max(seen.other_tags, seen.tags_of_words) > MAX_TAGS_OUTSIDE_SHEETS:
        raise Refused("uncompressed_too_large")
    return "ods"


def _look_through(archive: zipfile.ZipFile, member: zipfile.ZipInfo, seen: _Seen) -> None:
    """One part in pieces: what it declares, how much it holds, how deep it goes."""
    name = member.filename.lower()
    is_sheet = is_styles = False
    is_named_markup = name.endswith((".xml", ".rels", ".vml"))
    depth = 0
    for place, piece in enumerate(_pieces(archive, member)):
        if not place and not is_named_markup and not _STARTS_AS_MARKUP.match(piece[:64]):
            return
        if not place and name.endswith(".xml"):  # by what it is: names are only customary
            is_sheet = "worksheets/" in name or _SHEET.search(piece[:_CHUNK]) is not None
            is_styles = _STYLES.search(piece[:4_096]) is not None
        # A part in UTF-16 hides its declarations behind zero bytes.
        plain = piece.replace(b"\x00", b"") if b"\x00" in piece else piece
        if _DTD.search(plain):
            raise Refused("xml_dtd_forbidden")
        tags, closing = plain.count(b"<"), plain.count(b"</")
        depth += tags - 2 * closing - plain.count(b"/>") - plain.count(b"<?") - plain.count(b"<!")
        if depth > MAX_DEPTH:
            raise Refused("corrupt_file")
        if len(plain) > LONGEST_TEXT and plain.count(b">") <= 1:
            raise Refused("uncompressed_too_large")
        seen.strict = seen.strict or _STRICT in plain
        if is_sheet:
            seen.count_sheet(plain, tags - closing)
        elif name == "content.xml":
            seen.count_ods(plain, tags - closing)
        elif is_styles:
            seen.tags_of_styles += tags - closing
        elif name != "styles.xml":
            seen.other_tags += tags - closing
            seen.runs_of_looks += plain.count(b"<rPr")


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part piece by piece, each ending behind a tag so that none is cut."""
    rest = b""
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            chunk = rest + chunk
            cut = chunk.rfind(b">") + 1
            if not cut and len(chunk) > 8 * _CHUNK:
                cut = len(chunk)
            rest = chunk[cut:]
            if cut:
                yield chunk[:cut]
    if rest:
        yield rest


def _area(corners: tuple[bytes, bytes, bytes, bytes]) -> int:
    left, top, right, bottom = corners
    return (_number(right) - _number(left) + 1) * (int(bottom) - int(top) + 1)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number
