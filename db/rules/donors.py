"""How a donor is recognised: by the name without its legal form, and by its number."""

import re
from collections.abc import Mapping

from rapidfuzz import fuzz, process
from stdnum.exceptions import ValidationError
from stdnum.vn import mst

from db.errors import Refused
from db.rules import identity
from db.rules.names import fold

ALIKE = 85
"""Likeness of two names, 0 to 100, from which the clerk is asked."""

_LEGAL_FORMS = re.compile(
    r"\b(cong ty|cty|co phan|cp|tnhh|mtv|mot thanh vien|hai thanh vien|trach nhiem huu han"
    r"|doanh nghiep tu nhan|dntn|hop tac xa|htx|tap doan|tong|chi nhanh|ngan hang"
    r"|ong|ba|anh|chi|gia dinh)\b"
)


def core_name(name: str) -> str:
    """The folded name without its legal form: "Cty CP Dược Nghệ An" → "duoc nghe an"."""
    folded = fold(name)
    return " ".join(_LEGAL_FORMS.sub(" ", folded).split()) or folded


def search_words(name: str) -> list[str]:
    """Words by which the database narrows down who may be meant; the longest say most."""
    return sorted(set(core_name(name).split()), key=len, reverse=True)[:4]


def alike(name: str, known: Mapping[int, str], limit: int = 6) -> list[int]:
    """Keys of the `known` names that may mean the same donor, likeliest first."""
    cores = {key: core_name(other) for key, other in known.items()}
    found = process.extract(
        core_name(name), cores, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=limit
    )
    return [key for _core, _score, key in found]


def read_number(text: str) -> str | None:
    """A tax code as 10 or 10-3 digits, or a citizen number; nothing when none was typed.

    Raises Refused("donor_number_wrong", value).
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if not digits:
        return None
    if len(digits) == 12:
        if digits.isascii() and digits.isdigit() and identity.read_cccd(digits).value == digits:
            return digits
        raise Refused("donor_number_wrong", value=text.strip())
    try:
        return str(mst.format(mst.validate(digits)))
    except ValidationError as error:
        raise Refused("donor_number_wrong", value=text.strip()) from error
