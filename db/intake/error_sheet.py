"""The workbook of wrong rows coming back: which file it belongs to, and what was corrected."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO

from db.errors import Refused
from db.intake.fields.names import IGNORED
from db.intake.files.opening import read
from db.intake.files.sheets import Sheet
from db.intake.told.checked import CheckedList, RowToCorrect
from db.reference.catalogue import categories_by_code
from db.rules.names import clean

ERROR_COLUMN = "Lỗi / cách sửa"
ROW_COLUMN = "Dòng"
HAMLET_COLUMN, CATEGORY_COLUMN = "Thôn", "Đối tượng"
ORIGIN = "ChungTay"
LEFT_BLANK = "-"
"""What stands for a cell that somebody emptied: an empty correction is none."""

_PROPERTIES = "docProps/custom.xml"
_LARGEST_PROPERTIES = 20_000
_ORIGIN = re.compile(rf'name="{ORIGIN}"[^>]*>\s*<[^>]*lpwstr[^>]*>([0-9a-f]{{64}})<')


def origin_of(content: bytes) -> str | None:
    """sha256 of the file whose wrong rows a workbook holds; None for every other file."""
    if not content.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as book:
            if book.getinfo(_PROPERTIES).file_size > _LARGEST_PROPERTIES:
                return None
            found = _ORIGIN.search(book.read(_PROPERTIES).decode("utf-8", "replace"))
    except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return None
    return found[1] if found else None


def corrections_in(content: bytes, checked: CheckedList) -> dict[tuple[int, str], str]:
    """{(row of the first file, field): text} where the workbook now says otherwise.

    Raises:
        Refused: those of `read`, and error_sheet_changed when its columns are no longer there.
    """
    sheet = read(content).sheets[0]
    numbers = sorted(sheet.rows)
    header = [clean(text) for text in sheet.rows[numbers[0]]]
    written = [*checked.header, *columns_from_headings(checked), ROW_COLUMN]
    if header[: len(written)] != [clean(text) for text in written]:
        raise Refused("error_sheet_changed")
    before = {row.row: row_as_written(checked, row) for row in checked.to_correct}
    return dict(_differences(sheet, numbers[1:], before, _fields(checked)))


def columns_from_headings(checked: CheckedList) -> list[str]:
    """Columns that the clerk's table lacks because headings between the rows held them."""
    known = checked.field_columns or {}
    columns = []
    if "hamlet" not in known and any(row.hamlet for row in checked.to_correct):
        columns.append(HAMLET_COLUMN)
    if "category" not in known and any(row.category for row in checked.to_correct):
        columns.append(CATEGORY_COLUMN)
    return columns


def row_as_written(checked: CheckedList, row: RowToCorrect) -> list[str]:
    """The cells of a wrong row under the clerk's header, then what headings said of it."""
    width = len(checked.header)
    cells = [*row.cells, *[""] * width][:width]
    label = categories_by_code()[row.category].label if row.category else ""
    extra = {HAMLET_COLUMN: row.hamlet or "", CATEGORY_COLUMN: label}
    at = (checked.field_columns or {}).get("category")
    if at is not None and not cells[at].strip():
        cells[at] = label
    return [*cells, *(extra[column] for column in columns_from_headings(checked))]


def _fields(checked: CheckedList) -> dict[int, str]:
    """{column of the workbook: field}."""
    fields = {at: name for name, at in (checked.field_columns or {}).items() if name != IGNORED}
    named = {HAMLET_COLUMN: "hamlet", CATEGORY_COLUMN: "category"}
    for at, column in enumerate(columns_from_headings(checked), len(checked.header)):
        fields[at] = named[column]
    return fields


def _differences(
    sheet: Sheet, numbers: list[int], before: Mapping[int, list[str]], fields: Mapping[int, str]
) -> Iterator[tuple[tuple[int, str], str]]:
    for number in numbers:
        cells = sheet.rows[number]
        width = len(next(iter(before.values()), ()))
        told = cells[width] if width < len(cells) else ""
        old = before.get(int(told)) if told.isascii() and told.isdigit() else None
        for at, text in enumerate(old or ()):
            new = cells[at] if at < len(cells) else ""
            if at in fields and clean(new) != clean(text):
                yield (int(told), fields[at]), clean(new) or LEFT_BLANK
