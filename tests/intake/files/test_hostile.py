"""A file made to break its reader is turned away, in little memory."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.intake.files.fixtures_hostile import HOSTILE, READ_ALL_THE_SAME
from tests.intake.files.fixtures_text import NAMES

ROOT = Path(__file__).parents[3]
MOST_MEGABYTES = 200
MOST_SECONDS_OF_CPU = 60
WATCHED = f"""
import resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_CPU, ({MOST_SECONDS_OF_CPU}, {MOST_SECONDS_OF_CPU}))
done = subprocess.run([sys.executable, "-m", "db.intake.check_list_command", sys.argv[1], "--json"])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
sys.exit(done.returncode)
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_turned_away_in_little_memory(name: str, tmp_path: Path) -> None:
    make, reason = HOSTILE[name]
    said, peak = _watched(make(), tmp_path)
    assert (said["verdict"], said["reason"]) == ("reject", reason)
    assert peak < MOST_MEGABYTES


@pytest.mark.parametrize("name", READ_ALL_THE_SAME)
def test_what_only_costs_its_reader_is_read_in_little_memory(name: str, tmp_path: Path) -> None:
    said, peak = _watched(READ_ALL_THE_SAME[name](), tmp_path)
    assert [row["full_name"] for row in said["rows"]][:3] == NAMES
    assert peak < MOST_MEGABYTES


def _watched(content: bytes, folder: Path) -> tuple[dict[str, Any], int]:
    """What the command says of a file, and the most megabytes it took."""
    path = folder / "danh-sach.xlsx"
    path.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(path)],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    printed, peak = done.stdout.strip().splitlines()
    return json.loads(printed), int(peak)
