"""A commune list of 20,000 invented people as CSV, and the least that storing it can cost.

Citizen numbers lie as far apart as real ones: one after the other they would look like slips.
"""

import csv
import io
import random
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from db.commands.admin import setup
from db.commands.lists import drafts, send
from db.rules.states import Benefit
from tests import world
from tests.databases import forget_database

ROWS = 20_000
SEED = 20_260_101
HEADER = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Mã số BHXH",
    "Thôn",
    "Đối tượng",
    "Số điện thoại",
)
_SURNAMES = ("Nguyễn", "Trần", "Lê", "Vi", "Lò", "Hà", "Cao", "Lương", "Bùi", "Đặng")
_MIDDLE = {"Nam": ("Văn", "Đức", "Hữu", "Minh"), "Nữ": ("Thị", "Thu", "Ngọc", "Thanh")}
_GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hạnh", "Khoa", "Lan", "Mai", "Phúc", "Tâm", "Yến")
_CATEGORIES = ("Hộ cận nghèo", "Người khuyết tật", "Lao động tự do", "Khó khăn khác")


def commune_list(rows: int = ROWS) -> bytes:
    """Return a list that a commune could send: UTF-8, a header, the people; always the same."""
    chance = random.Random(SEED)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for number in range(1, rows + 1):
        writer.writerow(_person(number, chance))
    return text.getvalue().encode()


def seconds_to_commit(content: bytes, folder: Path, tries: int = 3) -> float:
    """Return the least time an office needs to send the list, each into an unused database."""
    setup.init(kind="test")
    world.settle()
    forget_database()
    filled, kept = folder / "bench.db", folder / "kept.db"
    filled.rename(kept)
    taken = []
    for _ in range(tries):
        shutil.copyfile(kept, filled)
        started = time.perf_counter()
        seen = drafts.start(
            world.places().own, Benefit.HI, "danh-sach.csv", content=content, actor="office"
        )
        send.submit(seen, "office", confirmed=True, leave_errors=True)
        taken.append(time.perf_counter() - started)
        forget_database()
        for leftover in folder.glob("bench.db*"):
            leftover.unlink()
    return min(taken)


def floor_seconds(content: bytes, folder: Path) -> float:
    """Return what reading the rows and one bare executemany of them take, committed to disk."""
    width = len(HEADER)
    with closing(sqlite3.connect(folder / "floor.db", isolation_level=None)) as database:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("DROP TABLE IF EXISTS row")
        database.execute(f"CREATE TABLE row ({', '.join(f'c{n} TEXT' for n in range(width))})")
        started = time.perf_counter()
        rows = list(csv.reader(io.StringIO(content.decode())))
        database.execute("BEGIN IMMEDIATE")
        database.executemany(f"INSERT INTO row VALUES ({', '.join('?' * width)})", rows)  # noqa: S608
        database.execute("COMMIT")
        return time.perf_counter() - started


def _person(number: int, chance: random.Random) -> tuple[str | int, ...]:
    sex = chance.choice(("Nam", "Nữ"))
    born = chance.randint(1950, 1999)
    surname, middle, given = (chance.choice(part) for part in (_SURNAMES, _MIDDLE[sex], _GIVEN))
    return (
        number,
        f"{surname} {middle} {given}",
        f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{born}",
        sex,
        f"040{'01'[sex == 'Nữ']}{born % 100:02}{number * 618_033 % 10**6:06}",
        "",
        f"Thôn {chance.randint(1, 12)}",
        chance.choice(_CATEGORIES),
        "",
    )
