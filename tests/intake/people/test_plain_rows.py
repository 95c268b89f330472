"""Rows read column by column are what the reader of single rows makes of them."""

import csv
import io
import random

import pytest

from db.intake import checking
from db.intake.checks import repeats
from db.intake.told.checked import ListRow
from db.rules.names import fold
from tests.intake.lists import BINH, HEADER, XUAN, checked, csv_of

CELLS = {
    "STT": ("1", "2", ""),
    "Họ và tên": ("Lô Thị Xuân", "VI VĂN BÌNH", "Lương Văn An", "Bà Hà Thị Bé", "Cao", ""),
    "Ngày sinh": ("05/03/1956", "1961", "03/1970", "31/02/1980", "5.3.56", "12/04/2015", "nt", ""),
    "Giới tính": ("Nữ", "Nam", "x", "?", "nt", ""),
    "Số CCCD": ("040156001204", "040061000011", "40061000011", "111111111111", "chưa có", ""),
    "Mã số BHXH": ("4012345678", "401234567", "4444444444", "không", ""),
    "Mã thẻ BHYT": ("GD4401234567890", "HN2401234567890", "GD 4 40 1234567890", "???", ""),
    "Đối tượng": ("Hộ cận nghèo", "Khuyết tật nặng", "HCN, KT", "thợ xây", "nt", "-", ""),
    "Xã": ("Xã Môn Sơn", "Lục Dạ", "nt", "Xã Không Có", ""),
    "Tỉnh": ("Nghệ An", "#N/A", "nt", ""),
    "Thôn": ("Bản Xiềng", "nt", "Bản Yên, xã Lục Dạ", ""),
    "Địa chỉ": ("xã Môn Sơn, huyện Con Cuông, Nghệ An", "Số 5", "nt", ""),
    "Số điện thoại": ("0912345678", "0912 345 678", "912345678", "abc", ""),
    "Mã hộ": ("H1", "H2", "nt", ""),
    "Quan hệ với chủ hộ": ("Chủ hộ", "Vợ", "nt", ""),
    "Hình thức hỗ trợ": ("BHYT", "cả hai", "x", "nt", ""),
    "Dân tộc": ("Thái", "Kinh", "abc", ""),
    "Ghi chú": ("đã chết 2024", "hoàn cảnh khó khăn", "#REF!", ""),
}
ALWAYS = ("Họ và tên", "Ngày sinh", "Số CCCD", "Đối tượng")
PLAIN_CELLS = 0.8


@pytest.mark.parametrize("seed", range(60))
def test_both_ways_read_the_same(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    content, options = _list(chance), _options(chance)
    by_columns = checked(content, **options)
    monkeypatch.setattr(checking, "plain_rows", lambda people, *_: ([None] * len(people), {}))
    assert by_columns == checked(content, **options)


@pytest.mark.parametrize("seed", range(20))
def test_rows_that_share_nothing_repeat_nobody(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    content = _list(random.Random(seed))
    found = checked(content)

    def everybody(rows: list[ListRow]) -> list[tuple[ListRow, tuple[str, str]]]:
        return [(row, (fold(row.full_name), row.birth[:4])) for row in rows]

    monkeypatch.setattr(repeats, "_not_alone", everybody)
    assert found == checked(content)


def test_a_plain_row_needs_no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object) -> None:
        pytest.fail("a plain row was left to the reader")

    monkeypatch.setattr(checking.PeopleReader, "read", read)
    assert len(checked(csv_of(HEADER, XUAN, BINH.replace("1961", "02/07/1961"))).rows) == 2


def _list(chance: random.Random) -> str:
    names = [name for name in CELLS if name in ALWAYS or chance.random() < 0.5]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    for _ in range(chance.randint(5, 40)):
        writer.writerow([_cell(name, chance) for name in names])
    return text.getvalue()


def _cell(name: str, chance: random.Random) -> str:
    plain, *others = CELLS[name]
    return plain if chance.random() < PLAIN_CELLS else chance.choice(others)


def _options(chance: random.Random) -> dict[str, object]:
    corrections = {(chance.randint(2, 20), "birth"): "1957", (3, "phone"): "0912345679"}
    return {
        "commune_code": chance.choice(("17263", None)),
        "corrections": chance.choice(({}, corrections)),
        "answers": chance.choice(({}, {"date_order": "mdy"}, {"twins": "first"})),
    }
