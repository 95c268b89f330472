"""Reads the data files that lie beside this module."""

import csv
from pathlib import Path

FOLDER = Path(__file__).parent


def rows_of(file_name: str) -> list[dict[str, str]]:
    """Every row of a data file, keyed by its header."""
    with (FOLDER / file_name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
