"""How far the cells of a large XLSX reach, before a reader makes room for all between them."""

import io
import re
import zipfile

from db.errors import Refused

MOST_CELLS_IN_REACH = 4_000_000

_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_CHUNK = 1 << 20


def check_extent(content: bytes) -> None:
    """Refusals: too_large, for a lone cell far away from the others."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.lower().endswith(".xml") and not name.endswith("sharedStrings.xml"):
                _check(archive, name)


def _check(archive: zipfile.ZipFile, name: str) -> None:
    widest, last = b"", 0
    rest = b""
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            chunk = rest + chunk
            found = _CELL.findall(chunk)
            if found:
                widest = max(widest, *(letters for letters, _ in found), key=_size)
                last = max(last, *(int(row) for _, row in found))
            rest = chunk[-32:]
    columns = 0
    for letter in widest:
        columns = 26 * columns + letter - 64
    if columns * last > MOST_CELLS_IN_REACH:
        raise Refused("too_large", because="cells")


def _size(letters: bytes) -> tuple[int, bytes]:
    return len(letters), letters
