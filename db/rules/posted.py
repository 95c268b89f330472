"""The people of a list as they hung on the commune's board, whatever changed afterwards."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from db.rules.states import Benefit


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedPerson:
    """One line of the list that hangs; the papers mask the name. `categories` are codes."""

    nomination_id: int
    full_name: str
    birth: str | None
    hamlet: str
    categories: Collection[str]
    benefit: Benefit

    def kept(self) -> dict[str, Any]:
        """As it is stored with the posting."""
        return asdict(self) | {"categories": sorted(self.categories)}


def posted_people(kept: Collection[dict[str, Any]]) -> list[PostedPerson]:
    """The stored lines, in the order in which they hung."""
    return [
        PostedPerson(
            **one | {"categories": frozenset(one["categories"]), "benefit": Benefit(one["benefit"])}
        )
        for one in kept
    ]
