"""Unfinished uploads: how many there may be, and which of them a press was drawn from."""

from datetime import datetime
from typing import NamedTuple

MOST_UNFINISHED = 40


class DraftSeen(NamedTuple):
    """The draft that a press was drawn from, as it stood then."""

    id: int
    at: datetime
