"""Bytes become sheets of text; nothing is interpreted and no leading zero is lost."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import replace

from db.errors import Refused
from db.intake.files import calamine_books, markup_tables, ods, workbooks
from db.intake.files.delimited import cut_apart, sheet_of
from db.intake.files.encodings import decode
from db.intake.files.guard import MAX_FILE_BYTES, Kind, kind_of
from db.intake.files.legacy import WINDOWS_1258
from db.intake.files.legacy_columns import repaired
from db.intake.files.packages import with_common_names
from db.intake.files.sheets import MAX_SHEETS, Conversion, Extent, Sheet, SourceFile
from db.rules.formulas import TEXT_MARK, without_text_mark

BLOCK_BYTES = 4_096


def read(content: bytes) -> SourceFile:
    """The sheets of a workbook, a web page or a text file, all in Unicode.

    Refusals: those of the guard, and not_a_table_file, corrupt_file, too_large, no_data_rows.
    """
    content = _common(content)
    kind = kind_of(content)
    source = _text_file(content) if kind == "text" else _book(content, kind)
    if sum(len(sheet.rows) > 1 for sheet in source.sheets) > MAX_SHEETS:
        raise Refused("too_large", because="sheets", limit=MAX_SHEETS)
    extent = Extent()
    for sheet in source.sheets:
        for cells in sheet.rows.values():
            extent.take(cells)
    sheets = tuple(_unmarked(repaired(cut_apart(sheet))) for sheet in source.sheets if sheet.rows)
    if not sheets:
        raise Refused("no_data_rows")
    return SourceFile(_encoding(source, sheets), source.delimiter, sheets)


def _common(content: bytes) -> bytes:
    if not content.startswith(b"PK") or len(content) > MAX_FILE_BYTES:
        return content
    try:
        return with_common_names(content)
    except Exception:  # noqa: BLE001 - what a damaged archive provokes; the guard says so
        return content


def _unmarked(sheet: Sheet) -> Sheet:
    """Without the apostrophes that kept "=…" or "-…" from being run where it was exported."""
    marked = [number for number, cells in sheet.rows.items() if TEXT_MARK in "".join(cells)]
    if not marked:
        return sheet
    rows = dict(sheet.rows)
    for number in marked:
        rows[number] = tuple(map(without_text_mark, rows[number]))
    return replace(sheet, rows=rows)


def _encoding(source: SourceFile, sheets: tuple[Sheet, ...]) -> str:
    """For a text file the old encodings of its columns count as its own."""
    if source.delimiter is None:
        return source.encoding
    names = source.encoding.split("+")
    found = {each.encoding for sheet in sheets for each in sheet.conversions}
    return "+".join([*names, *sorted(found - set(names))])


def _book(content: bytes, kind: Kind) -> SourceFile:
    try:
        if kind == "markup":
            encoding, sheets = markup_tables.sheets_of(content)
            return SourceFile(encoding, None, sheets)
        if kind == "ods":
            return SourceFile("ods", None, ods.sheets_of(content))
        if kind == "xls":
            return SourceFile("xls", None, calamine_books.sheets_of_xls(content))
        return SourceFile("xlsx", None, _xlsx(content, kind))
    except (Refused, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # whatever a damaged part provokes, panics of Rust too
        raise Refused("corrupt_file") from error


def _xlsx(content: bytes, kind: Kind) -> tuple[Sheet, ...]:
    if kind == "large":
        return calamine_books.sheets_of_large(content)
    try:
        return workbooks.sheets_of(content)
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - a second reader may pass over what the first stumbled on
        return calamine_books.sheets_of_large(content)


def _text_file(content: bytes) -> SourceFile:
    text, encoding, before = decode(_without_padding(content))
    sheet, delimiter = sheet_of(text.removeprefix("\ufeff"))
    if before is not None:
        names = [name for name in encoding.split("+") if name not in ("utf-8", "utf-8-sig")]
        told = Conversion(
            "+".join(names) or WINDOWS_1258, None, min(sheet.rows, default=1), before, 1
        )
        sheet = replace(sheet, conversions=(told,))
    return SourceFile(encoding, delimiter, (sheet,))


def _without_padding(content: bytes) -> bytes:
    """Without the zero bytes some systems fill up the last block of a text file with."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content
    stripped = content.rstrip(b"\x00")
    return stripped if len(content) - len(stripped) < BLOCK_BYTES else content
