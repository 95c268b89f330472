"""Words for the peoples of Vietnam and for the two supports."""

import re
from functools import cache

from db.reference.catalogue import peoples
from db.rules.names import fold

_SI_WORDS = re.compile(r"\b(so bhxh|so bao hiem|bhxh|bhxhtn|bao hiem xa hoi|so|si|ca hai|ca 2)\b")
_HI_WORDS = re.compile(r"\b(the bhyt|bhyt|the|bao hiem y te|hi|ca hai|ca 2)\b")
KINH = "01"


def ethnicity_code(text: str) -> str | None:
    """The code of a people by name, spelling or number; None if nobody knows it."""
    return _known().get(fold(text).removeprefix("dan toc ").strip())


def supports_named(text: str) -> set[str]:
    """ "hi" and "si" as far as the words name them."""
    folded = fold(text)
    patterns = (("hi", _HI_WORDS), ("si", _SI_WORDS))
    return {kind for kind, pattern in patterns if pattern.search(folded)}


def is_support(text: str) -> bool:
    """Whether the words are the name of a support and no more: "thẻ BHYT", not "có thẻ rồi"."""
    folded = fold(text)
    return bool(_HI_WORDS.fullmatch(folded) or _SI_WORDS.fullmatch(folded))


@cache
def _known() -> dict[str, str]:
    known: dict[str, str] = {}
    for people in peoples():
        for word in (fold(people.name), people.code, str(int(people.code)), *people.aliases):
            known.setdefault(word, people.code)
    return known
