"""Names, and those that a word is one letter away from."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from db.intake.places.words import folded

V = TypeVar("V")
SHORTEST_WITH_SLIP = 5


@dataclass(frozen=True, slots=True)
class Names(Generic[V]):
    """What names stand for; `by_length` are those that a word of a length can be a slip of."""

    meant: Mapping[str, V]
    by_length: Mapping[int, list[str]]

    @classmethod
    def of(cls, meant: Mapping[str, V]) -> "Names[V]":
        by_length = defaultdict(list)
        for name in meant:
            if len(name) >= SHORTEST_WITH_SLIP:
                for length in (len(name) - 1, len(name), len(name) + 1):
                    by_length[length].append(name)
        return cls(meant, by_length)

    def near(self, written: str, most: int) -> list[str]:
        """The names at a distance of one letter."""
        key = folded(written)
        if len(key) < SHORTEST_WITH_SLIP or any(map(str.isdigit, key)):
            return []
        about_as_long = self.by_length.get(len(key), [])
        near = process.extract(key, about_as_long, scorer=OSA.distance, score_cutoff=1, limit=most)
        return [name for name, _, _ in near]
