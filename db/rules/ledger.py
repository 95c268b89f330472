"""Where the pieces or the đồng of a pledge are, and how far its money has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from db.rules.states import MatchState

Funding = Literal["awaiting", "partly_received", "received"]
Use = Literal["unused", "in_use", "used_up"]

BUCKET_OF_MATCH = {
    MatchState.PROPOSED: "reserved",
    MatchState.APPROVED: "approved",
    MatchState.ISSUED: "issued",
    MatchState.DELIVERED: "delivered",
}
"""Match states that hold a piece; in every other state the piece is free again."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """One pledge in one unit, pieces or đồng; raises ValueError when it does not balance."""

    pledged: int
    reserved: int = 0
    approved: int = 0
    issued: int = 0
    delivered: int = 0
    withdrawn: int = 0

    def __post_init__(self) -> None:
        buckets = (self.reserved, self.approved, self.issued, self.delivered, self.withdrawn)
        if min(self.pledged, *buckets) < 0 or self.free < 0:
            raise ValueError(f"the ledger does not balance: {self}")

    @property
    def free(self) -> int:
        """What may still be proposed or withdrawn."""
        return self.pledged - self.committed - self.withdrawn

    @property
    def committed(self) -> int:
        """What is bound to people, from proposed to delivered."""
        return self.reserved + self.approved + self.issued + self.delivered

    @property
    def use(self) -> Use:
        """How far the pledge is taken up; "used_up" when nothing is free any more."""
        if self.free == 0:
            return "used_up"
        return "in_use" if self.committed else "unused"


@dataclass(frozen=True, slots=True)
class Funds:
    """The money of a pledge in đồng: what it should bring, what came, what issuing has spent."""

    expected: int
    received: int
    spent: int = 0

    @property
    def state(self) -> Funding:
        if self.received <= 0:
            return "awaiting"
        return "received" if self.received >= self.expected else "partly_received"

    @property
    def issuable(self) -> int:
        """What may still be spent: issuing is paid from received money alone."""
        return max(self.received - self.spent, 0)


def ledger(pledged: int, matches: Iterable[tuple[MatchState, int]], withdrawn: int = 0) -> Ledger:
    """Sum up (match state, pieces or đồng) pairs against what was pledged."""
    buckets = dict.fromkeys(BUCKET_OF_MATCH.values(), 0)
    for state, amount in matches:
        if bucket := BUCKET_OF_MATCH.get(state):
            buckets[bucket] += amount
    return Ledger(pledged, **buckets, withdrawn=withdrawn)
