"""A file made to break its reader is turned away, in little memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.intake.fixtures_hostile import HOSTILE

ROOT = Path(__file__).parents[2]
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
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(path)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    printed, peak = done.stdout.strip().splitlines()
    assert (json.loads(printed)["verdict"], json.loads(printed)["reason"]) == ("reject", reason)
    assert int(peak) < MOST_MEGABYTES
