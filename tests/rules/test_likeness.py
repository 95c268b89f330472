"""How alike two records are."""

import pytest

from db.rules.likeness import compare


@pytest.mark.parametrize(
    ("field", "one", "other", "likeness"),
    [
        ("full_name", "Lô Thị Xoan", "Lô Thị Xoan", "same"),
        ("full_name", "Lô Văn Hoà", "Lô Văn Hòa", "same"),
        ("full_name", "Lô Thị Xoan", "Lô Thị Xoàng", "near"),
        ("full_name", "Lô Thị Xoan", "Trần Văn Dũng", "different"),
        ("birth_date", "1951-03-12", "1951-03-12", "same"),
        ("birth_date", "1951", "1951-03-12", "near"),
        ("birth_date", "1951-03-12", "1951-03-02", "near"),
        ("birth_date", "1951-03-12", "1957-03-12", "near"),
        ("birth_date", "1951-03-12", "1960-07-01", "different"),
        ("cccd", "040151002817", "040151002871", "near"),
        ("cccd", "040151002817", "040151009999", "different"),
        ("cccd", "040151002817", None, "missing"),
        ("bhxh", "", "", "missing"),
        ("sex", "F", "M", "different"),
        ("hamlet", "bản  búng", "Bản Búng", "same"),
        ("commune_code", "17000", "17001", "different"),
    ],
)
def test_each_field_is_judged_by_its_own_kind_of_slip(
    field: str, one: str | None, other: str | None, likeness: str
) -> None:
    assert compare({field: one}, {field: other})[field] == likeness
    assert compare({field: other}, {field: one})[field] == likeness
