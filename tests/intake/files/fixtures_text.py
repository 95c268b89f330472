"""Text files as districts send them; every person is invented."""

import re
import unicodedata
from collections.abc import Callable

from db.intake.files.legacy import _tables, _vni

ROWS = (
    ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Thôn", "Đối tượng"),
    ("1", "Lô Thị Xuân", "05/03/1956", "Nữ", "040156001204", "Bản Xiềng", "Hộ cận nghèo"),
    ("2", "Nguyễn Văn Đường", "1961", "Nam", "040061000011", "Thôn Bắc Sơn", "Người khuyết tật"),
    ("3", "Trần Thị Quỳnh Như", "12/1970", "Nữ", "040170000012", "Xóm Chợ", "Bệnh hiểm nghèo"),
)
NAMES = ["Lô Thị Xuân", "Nguyễn Văn Đường", "Trần Thị Quỳnh Như"]
HAMLETS = ["Bản Xiềng", "Thôn Bắc Sơn", "Xóm Chợ"]


def text(delimiter: str = ",", end: str = "\n") -> str:
    return end.join(delimiter.join(row) for row in ROWS) + end


def tcvn3(words: str) -> str:
    """TCVN3 as signs; the font has no capitals with tones, so they become small."""
    table = _tables()["tcvn3_abc"]
    return "".join(table.get(sign, table.get(sign.lower(), sign)) for sign in words)


def vni(words: str) -> str:
    table = {letter: signs for signs, letter in _vni().items() if not _mixed(signs)}
    return "".join(table.get(sign, sign) for sign in words)


def _mixed(signs: str) -> bool:
    return len(signs) == 2 and signs[0].isupper() and signs[1].islower()


def windows_1258(words: str) -> bytes:
    """Base letters with their hats as one byte, the tone as the next."""
    content = b""
    for sign in unicodedata.normalize("NFC", words):
        try:
            content += sign.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", sign)
            tones = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
            base = "".join(part for part in parts if part not in tones)
            content += unicodedata.normalize("NFC", base).encode("cp1258") + tones.encode("cp1258")
    return content


def lines(*encoded: bytes) -> bytes:
    return b"\n".join(encoded) + b"\n"


def mixed_encodings() -> bytes:
    head, first, second, third = text().splitlines()
    return lines(
        head.encode(), first.encode(), tcvn3(second).encode("latin-1"), windows_1258(third)
    )


def one_column_in(encode: Callable[[str], str], column: int) -> bytes:
    rows = [list(row) for row in ROWS]
    for row in rows[1:]:
        row[column] = encode(row[column])
    return "\n".join(",".join(row) for row in rows).encode()


def read_as(page: str) -> bytes:
    """UTF-8 taken for a code page and saved again; a byte without a sign stands for itself."""
    signs = [bytes([byte]).decode(page, "ignore") or chr(byte) for byte in range(256)]
    return "".join(signs[byte] for byte in text().encode()).encode()


READ_ALIKE: dict[str, bytes] = {
    "utf-8": text().encode(),
    "utf-8 with mark": text().encode("utf-8-sig"),
    "utf-16 with mark": text().encode("utf-16"),
    "utf-16 big end first": b"\xfe\xff" + text().encode("utf-16-be"),
    "utf-16-le without mark": text().encode("utf-16-le"),
    "utf-16-be without mark": text().encode("utf-16-be"),
    "utf-16 tabs, as Excel saves Unicode text": text("\t", "\r\n").encode("utf-16"),
    "windows-1258": windows_1258(text()),
    "tcvn3": tcvn3(text()).encode("latin-1"),
    "vni": vni(text()).encode("cp1252"),
    "vni as utf-8": vni(text()).encode(),
    "tcvn3 as utf-8": tcvn3(text()).encode(),
    "read as latin-1": text().encode().decode("latin-1").encode(),
    "read as windows-1258": read_as("cp1258"),
    "read as mac roman": read_as("mac_roman"),
    "windows-1258 read as western": windows_1258(text()).decode("cp1252").encode(),
    "numbers kept by a formula": re.sub(r"\b(\d{12})\b", r'="\1"', text()).encode(),
    "a space before each quote": ", ".join(f'"{cell}"' for cell in ROWS[0]).encode()
    + b"\n"
    + text().partition("\n")[2].encode(),
    "decomposed": unicodedata.normalize("NFD", text()).encode(),
    "several encodings": mixed_encodings(),
    "semicolons": text(";").encode(),
    "tabs": text("\t").encode(),
    "bars": text("|").encode(),
    "carets": text("^").encode(),
    "sep= line": b"sep=;\r\n" + text(";", "\r\n").encode(),
    "quoted sep= line": b'"sep=|"\n' + text("|").encode(),
    "windows line ends": text(end="\r\n").encode(),
    "old Mac line ends": text(end="\r").encode(),
    "doubled carriage returns": text(end="\r\r\n").encode(),
    "everything in quotes": "\n".join(
        ",".join(f'"{cell}"' for cell in row) for row in ROWS
    ).encode(),
    "every line in quotes": "\n".join(f'"{",".join(row)}"' for row in ROWS).encode(),
    "no last line end": text().strip().encode(),
    "blank lines at the end": text().encode() + b",,,,,,\n\n\n",
    "names in vni": one_column_in(vni, 1),
    "names in tcvn3": one_column_in(tcvn3, 1),
    "hamlets in vni": one_column_in(vni, 5),
    "hamlets in tcvn3": one_column_in(tcvn3, 5),
}
"""Every one of these holds the three people of `ROWS`."""
