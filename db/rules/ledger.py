"""Where the pieces or the đồng of a pledge are, and how far its money has come."""

from dataclasses import dataclass
from typing import Literal

Funding = Literal["awaiting", "partly_received", "received"]


@dataclass(frozen=True, slots=True)
class Funds:
    """The money of a pledge in đồng: what it should bring and what came."""

    expected: int
    received: int

    @property
    def state(self) -> Funding:
        if self.received <= 0:
            return "awaiting"
        return "received" if self.received >= self.expected else "partly_received"
