"""What may be shown of a person where not everybody needs to know who it is."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Literal

NameMask = Literal["given_name", "initials"]

NEUTRAL_LABEL = "Có hoàn cảnh khó khăn"


def mask_name(full_name: str, mask: NameMask = "given_name") -> str:
    """Turn "Lô Thị Xuân" into "Lô Thị X***", or into "Lô T. X." with initials."""
    words = unicodedata.normalize("NFC", full_name).split()
    if not words:
        return ""
    *before, given = words
    if mask == "given_name" or not before:
        return " ".join([*before, f"{given[0]}***"])
    return " ".join([before[0], *(f"{word[0]}." for word in words[1:])])


def mask_names(people: Iterable[tuple[str, str]], mask: NameMask = "given_name") -> tuple[str, ...]:
    """Mask (full name, hamlet) pairs; equal results in one hamlet get "(1)", "(2)" in order."""
    masked = [(mask_name(name, mask), _same_place(hamlet)) for name, hamlet in people]
    in_all, so_far = Counter(masked), Counter[tuple[str, str]]()
    results = []
    for one in masked:
        so_far[one] += 1
        results.append(f"{one[0]} ({so_far[one]})" if in_all[one] > 1 else one[0])
    return tuple(results)


def mask_number(number: str) -> str:
    """Keep the last four characters of an identity, insurance or card number."""
    kept = number[-4:] if len(number) > 8 else ""
    return "•" * (len(number) - len(kept)) + kept


def mask_phone(phone: str) -> str:
    """Turn "0912345678" into "09xx xxx 678"; anything too short is hidden whole."""
    return f"{phone[:2]}xx xxx {phone[-3:]}" if len(phone) >= 9 else "x" * len(phone)


def neutral_category(categories: Collection[str]) -> str:
    """The label for postings: poverty may be named, illness, disability or ethnicity never."""
    if "HN" in categories:
        return "Hộ nghèo"
    return "Hộ cận nghèo" if "HCN" in categories else NEUTRAL_LABEL


def _same_place(hamlet: str) -> str:
    return " ".join(unicodedata.normalize("NFC", hamlet).casefold().split())
