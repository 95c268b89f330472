"""Two records side by side, with the characters marked that differ."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from html import escape

from components.ui.i18n import N_, _
from components.ui.markup import Html, Tone, html, tag


class Likeness(StrEnum):
    SAME = "same"
    NEAR = "near"
    DIFFERENT = "different"
    MISSING = "missing"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class PairField:
    """One field of two records as the screen shows it; empty text is a missing value."""

    label: str
    a: str
    b: str
    likeness: Likeness


_WORDS: dict[Likeness, tuple[str, Tone]] = {
    Likeness.SAME: (N_("Giống"), "grey"),
    Likeness.NEAR: (N_("Gần giống"), "amber"),
    Likeness.DIFFERENT: (N_("Khác"), "red"),
    Likeness.MISSING: (N_("Thiếu"), "grey"),
}
_SIMILAR_WORDS = 0.6


def pair_table(head_a: str, head_b: str, fields: Iterable[PairField]) -> Html:
    """Field | A | B | verdict, as the reviewer decides on a possible duplicate."""
    heads = (_("Trường"), head_a, head_b, _("So sánh"))
    head = "".join(f'<th scope="col">{html(each)}</th>' for each in heads)
    return Html(
        f'<table class="ct-table ct-pair"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(map(_row, fields))}</tbody></table>"
    )


def marked(a: str, b: str) -> tuple[Html, Html]:
    """Both texts with what differs in <mark>: whole words, or characters of similar words."""
    left, right = (unicodedata.normalize("NFC", text) for text in (a, b))
    spans_a, spans_b = _differing(re.findall(r"\w+|\W", left), re.findall(r"\w+|\W", right))
    return _with_marks(left, spans_a), _with_marks(right, spans_b)


Spans = list[tuple[int, int]]


def _row(field: PairField) -> str:
    compared = field.likeness in (Likeness.NEAR, Likeness.DIFFERENT)
    a, b = marked(field.a, field.b) if compared else (html(field.a), html(field.b))
    empty = html(_("(trống)"))
    cell = f'<td class="ct-{field.likeness}">' if compared else "<td>"
    word, tone = _WORDS.get(field.likeness, ("", "grey"))
    verdict = tag(_(word), tone) if word else ""
    return (
        f"<tr><td>{html(field.label)}</td>{cell}{a or empty}</td>{cell}{b or empty}</td>"
        f"<td>{verdict}</td></tr>"
    )


def _differing(words_a: list[str], words_b: list[str]) -> tuple[Spans, Spans]:
    starts_a, starts_b = _starts(words_a), _starts(words_b)
    spans_a: Spans = []
    spans_b: Spans = []
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, words_a, words_b, False).get_opcodes():
        if kind == "equal":
            continue
        inside = _inside("".join(words_a[a0:a1]), "".join(words_b[b0:b1]))
        spans_a += [(starts_a[a0] + start, starts_a[a0] + end) for start, end in inside[0]]
        spans_b += [(starts_b[b0] + start, starts_b[b0] + end) for start, end in inside[1]]
    return spans_a, spans_b


def _inside(a: str, b: str) -> tuple[Spans, Spans]:
    """Single characters of numbers and of words that are much alike, else all of it."""
    matcher = SequenceMatcher(None, a, b, False)
    if not (a + b).isdigit() and matcher.ratio() < _SIMILAR_WORDS:
        return [(0, len(a))], [(0, len(b))]
    parts = [part for part in matcher.get_opcodes() if part[0] != "equal"]
    return [part[1:3] for part in parts], [part[3:5] for part in parts]


def _starts(words: list[str]) -> list[int]:
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    return starts


def _with_marks(text: str, spans: Spans) -> Html:
    pieces, at = [], 0
    for start, end in _joined(text, spans):
        pieces += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
        at = end
    return Html("".join(pieces) + escape(text[at:]))


def _joined(text: str, spans: Spans) -> Spans:
    """Without empty spans, and with whole words joined that only a space parts."""
    joined: Spans = []
    for start, end in spans:
        if start == end:
            continue
        if joined and text[joined[-1][1] : start].isspace() and _word_starts(text, joined[-1][0]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _word_starts(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()
