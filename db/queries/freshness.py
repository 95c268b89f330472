"""As of when an answer holds: part of the key of everything that is kept."""

from dataclasses import dataclass
from datetime import date

from db import clock
from db.unit_of_work import data_version
from db.unit_of_work import look_anew as look_anew


@dataclass(frozen=True, slots=True)
class AsOf:
    today: date
    version: int
    """Grows with every change of data."""


def now() -> AsOf:
    return AsOf(clock.today(), data_version())
