"""Turns away what is no table before anything parses it."""

import io
import re
import zipfile

from db.errors import Refused

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_MEMBERS = 200
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_RATIO = 100
RATIO_COUNTS_FROM_BYTES = 10 * 1024 * 1024
MAX_XLSX_CELLS = 1_500_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_FORMATS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
_MARKUP = re.compile(rb"^\s*(?:<!doctype|<html|<\?xml|<table|\{\\rtf)", re.IGNORECASE)
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def kind_of(content: bytes) -> str:
    """ "xlsx" or "text"; anything else is refused, as is a file that could harm the reader.

    Refusals: empty_file, too_large, password_protected, old_excel_file, not_a_table_file,
    corrupt_file, macros_not_allowed, uncompressed_too_large, xml_dtd_forbidden.
    """
    if not content.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        raise Refused("empty_file")
    if len(content) > MAX_FILE_BYTES:
        raise Refused("too_large", limit_mb=MAX_FILE_BYTES // (1024 * 1024))
    if content.startswith(_OLE):
        _refuse_ole(content)
    if content.startswith(b"PK"):
        _check_zip(content)
        return "xlsx"
    if content.startswith(_OTHER_FORMATS) or _MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise Refused("not_a_table_file")
    return "text"


def _refuse_ole(content: bytes) -> None:
    """An encrypted workbook and an old .xls share a container; their stream names differ."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused("password_protected")
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        raise Refused("old_excel_file")
    raise Refused("not_a_table_file")


def _check_zip(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise Refused("corrupt_file") from error
    except Refused:
        raise
    except Exception as error:  # zlib and struct errors of a damaged archive
        raise Refused("corrupt_file") from error


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise Refused("password_protected")
    names = {member.filename.lower() for member in members}
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED_BYTES:
        raise Refused("uncompressed_too_large")
    if unpacked > RATIO_COUNTS_FROM_BYTES and unpacked > MAX_RATIO * max(packed, 1):
        raise Refused("uncompressed_too_large")
    if any(name.endswith(("vbaproject.bin", ".xlm")) or "/macrosheets/" in name for name in names):
        raise Refused("macros_not_allowed")
    if "xl/workbook.xml" not in names:
        raise Refused("not_a_table_file")
    _check_parts(archive, members)


def _check_parts(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    cells = 0
    for member in members:
        if not member.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        part = archive.read(member)
        # A part in UTF-16 hides its declarations behind zero bytes.
        if _DTD.search(part) or _DTD.search(part.replace(b"\x00", b"")):
            raise Refused("xml_dtd_forbidden")
        if "worksheets/" in member.filename.lower():
            cells += part.count(b"<c ")
    if cells > MAX_XLSX_CELLS:
        raise Refused("too_many_rows", limit=50_000)
