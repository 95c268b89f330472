"""The bytes of a text file become text, whatever wrote them; several encodings may mix."""

import re

from db.errors import Refused
from db.intake.files.legacy import (
    MISREAD_AS,
    TCVN3,
    TWICE,
    VNI,
    WINDOWS_1258,
    as_western,
    decoded,
    misread,
    weigh,
)
from db.rules.names import LOST_LETTER

MAX_LEGACY_BYTES = 8 * 1024 * 1024
SAMPLED_LINES = 400
SAMPLED_WIDTH, SAMPLED_SIGNS = 2_000, 200_000
BYTE_ENCODINGS = (WINDOWS_1258, TCVN3, VNI)

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROL_SIGNS = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_LINE_END = re.compile(rb"(?<!\r)\r+\n")
_MOSTLY = 0.3
_HARDLY = 0.05


def decode(content: bytes) -> tuple[str, str, str | None]:
    """The text, the name of its encoding, and a line as it stood if its letters were converted.

    The name joins several with "+". Refusals: not_a_table_file,
    too_large.
    """
    if marked := _marked(content):
        return marked
    if b"\x00" in content:
        return _without_mark(content)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _line_by_line(content)
    return (text, "utf-8", None) if text.isascii() else _not_misread(text)


def _marked(content: bytes) -> tuple[str, str, str | None] | None:
    for mark, name in _MARKS:
        if content.startswith(mark):
            try:
                text = content.decode(name)
            except UnicodeDecodeError as error:
                if name == "utf-8-sig":
                    text, found, before = _line_by_line(content.removeprefix(mark))
                    return text, found.replace("utf-8", name, 1), before
                raise Refused("not_a_table_file") from error
            return _without_nul(text.removeprefix("\ufeff")), name, None
    return None


def _without_mark(content: bytes) -> tuple[str, str, str | None]:
    """UTF-16 shows itself by the zero byte beside every plain letter."""
    sample = content[:8_192]
    half = max(1, len(sample) // 2)
    first, second = sample[::2].count(0) / half, sample[1::2].count(0) / half
    name = ""
    if second > _MOSTLY and first < _HARDLY:
        name = "utf-16-le"
    elif first > _MOSTLY and second < _HARDLY:
        name = "utf-16-be"
    try:
        text = content[: len(content) // 2 * 2].decode(name or "ascii")
    except UnicodeDecodeError as error:
        raise Refused("not_a_table_file") from error
    return _without_nul(text), name, None


def _without_nul(text: str) -> str:
    if "\x00" in text:
        raise Refused("not_a_table_file")
    return text


def _line_by_line(content: bytes) -> tuple[str, str, str | None]:
    """Each line as UTF-8 if it is that, else in the legacy encoding that makes the most words."""
    if _CONTROL_SIGNS.search(content):
        raise Refused("not_a_table_file")
    if len(content) > MAX_LEGACY_BYTES:
        _line_by_line(content[:SAMPLED_SIGNS])
        raise Refused("too_large", limit_mb=MAX_LEGACY_BYTES // (1024 * 1024))
    lines: list[str] = []
    strange: list[int] = []
    plain = True
    for number, line in enumerate(_lines(content)):
        text = _as_utf8(line)
        if text is None:
            strange.append(number)
        else:
            plain = plain and line.isascii()
        lines.append(as_western(line) if text is None else text)
    if not strange:
        return "\n".join(lines), "utf-8", None
    sample = [lines[n][:SAMPLED_WIDTH] for n in strange[:: len(strange) // SAMPLED_LINES + 1]]
    main = _best(sample)
    before = lines[strange[0]]
    used = {main} if plain else {"utf-8", main}
    good, bad = weigh((_meant(line, main)[1] for line in sample), None)
    if 2 * bad > good:
        raise Refused("not_a_table_file", because="encoding")
    for number in strange:
        encoding, lines[number] = _meant(lines[number], main)
        used.add(encoding)
    order = ("utf-8", *BYTE_ENCODINGS)
    return "\n".join(lines), "+".join(sorted(used, key=order.index)), before


def _lines(content: bytes) -> list[bytes]:
    return _LINE_END.sub(b"\n", content).replace(b"\r", b"\n").split(b"\n")


def _as_utf8(line: bytes) -> str | None:
    """The line if it is UTF-8, a broken letter or two marked as lost; None if it is not."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("utf-8", "replace")
    lost = text.count(LOST_LETTER)
    proper = sum(not sign.isascii() for sign in text) - lost
    return text if proper >= max(lost, 1) else None


def _best(sample: list[str]) -> str:
    weights = {name: weigh(sample, name) for name in BYTE_ENCODINGS}
    return max(weights, key=lambda name: weights[name][0] - 2 * weights[name][1])


def _meant(line: str, main: str) -> tuple[str, str]:
    """The encoding of a line and what it says in it.

    The file's own encoding unless it breaks a word that another one makes whole.
    """
    encoding = main
    good, bad = weigh((line,), main)
    for name in BYTE_ENCODINGS if bad else ():
        other_good, other_bad = weigh((line,), name)
        if not other_bad and other_good >= good:
            encoding = name
            break
    return encoding, decoded(line, encoding) or line


def _not_misread(text: str) -> tuple[str, str, str | None]:
    """UTF-8 that was read as another code page and saved again is read back, line by line."""
    beginning = text[:SAMPLED_SIGNS].split("\n")
    strange = [line for line in beginning if not line.isascii()][:SAMPLED_LINES]
    good, bad = weigh(strange, None)
    if bad <= good:
        return text, "utf-8", None
    for page in MISREAD_AS:
        again = [misread(line, page) for line in strange]
        if None not in again and weigh(filter(None, again), None)[0] > good:
            meant = "\n".join(misread(line, page) or line for line in text.split("\n"))
            return meant, f"utf-8+{TWICE}", strange[0]
    return text, "utf-8", None
