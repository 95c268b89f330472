"""The bytes of a text file become text, whatever wrote them; several encodings may mix."""

import re
from collections.abc import Iterable

from db.errors import Refused
from db.intake.legacy import TCVN3, VNI, WINDOWS_1258, as_western, decoded, weigh

SAMPLED_LINES = 400
BYTE_ENCODINGS = (WINDOWS_1258, TCVN3, VNI)

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROL_SIGNS = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_LINE_ENDS = re.compile(rb"\r+\n|\r")
_MOSTLY = 0.3
_HARDLY = 0.05


def decode(content: bytes) -> tuple[str, str, str | None]:
    """The text, the name of its encoding, and a line as it stood if its letters were converted.

    The name joins several with "+". Refusals: not_a_table_file.
    """
    if marked := _marked(content):
        return marked
    if b"\x00" in content:
        return _without_mark(content)
    try:
        return content.decode("utf-8"), "utf-8", None
    except UnicodeDecodeError:
        return _line_by_line(content)


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
    lines: list[str] = []
    strange: list[int] = []
    plain = True
    for number, line in enumerate(_LINE_ENDS.sub(b"\n", content).split(b"\n")):
        try:
            lines.append(line.decode("utf-8"))
            plain = plain and line.isascii()
        except UnicodeDecodeError:
            lines.append(as_western(line))
            strange.append(number)
    main = _best(lines[number] for number in strange[:: len(strange) // SAMPLED_LINES + 1])
    before = lines[strange[0]]
    used = {main} if plain else {"utf-8", main}
    for number in strange:
        encoding = _of_line(lines[number], main)
        used.add(encoding)
        lines[number] = decoded(lines[number], encoding) or lines[number]
    order = ("utf-8", *BYTE_ENCODINGS)
    return "\n".join(lines), "+".join(sorted(used, key=order.index)), before


def _best(sample: Iterable[str]) -> str:
    texts = list(sample)
    weights = {name: weigh(texts, name) for name in BYTE_ENCODINGS}
    best = max(weights, key=lambda name: weights[name][0] - 2 * weights[name][1])
    good, bad = weights[best]
    if good <= bad:
        raise Refused("not_a_table_file", because="encoding")
    return best


def _of_line(line: str, main: str) -> str:
    """The file's own encoding unless it breaks a word that another one makes whole."""
    good, bad = weigh((line,), main)
    if not bad:
        return main
    for name in BYTE_ENCODINGS:
        other_good, other_bad = weigh((line,), name)
        if not other_bad and other_good >= good:
            return name
    return main
