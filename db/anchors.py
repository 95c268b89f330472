"""Where the audit chain stood on each day, kept outside the database.

A database that was put back to an earlier day, or copied while people wrote, is whole in itself;
it no longer fits the lines of this file, nor the one printed on a signed paper.
"""

import logging
import os
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from db import clock
from db.settings import anchors_file

log = logging.getLogger("chungtay")

CODE_LENGTH = 16
_FIELDS = 3

_kept_on: dict[Path, date] = {}


class Anchor(NamedTuple):
    """The number of an entry, and its hash or the beginning of it as printed."""

    number: int
    hash: str


def keep_daily(number: int, last_hash: str) -> None:
    """Write down where the chain stands, once a day; before anything of today is added to it."""
    path = anchors_file()
    today = clock.real_now().astimezone(clock.VIETNAM).date()
    if path is None or not number or _kept_on.get(path) == today:
        return
    try:
        if not any(line.startswith(today.isoformat()) for line in _lines(path)):
            keep(number, last_hash, clock.real_now())
        _kept_on[path] = today
    except OSError:
        log.exception("the anchor of the day could not be written")


def keep(number: int, last_hash: str, at: datetime) -> None:
    """Add one line to the file. Raises OSError."""
    path = anchors_file()
    if path is None:
        return
    line = f"{at.astimezone(clock.VIETNAM).isoformat(timespec='seconds')} {number} {last_hash}\n"
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a") as file:
        file.write(line)


def kept() -> list[Anchor]:
    """Every anchor of the file, oldest first; lines that say nothing are passed over."""
    path = anchors_file()
    fields = [line.split() for line in (_lines(path) if path else ())]
    return [
        Anchor(int(parts[1]), parts[2])
        for parts in fields
        if len(parts) == _FIELDS and parts[1].isdigit()
    ]


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except FileNotFoundError:
        return []
