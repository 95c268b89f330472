from datetime import date

import pytest

from db.rules.workdays import add_working_days, days_hung, is_working_day, working_days_between

MONDAY = date(2026, 11, 16)


def test_weekends_do_not_count() -> None:
    assert add_working_days(MONDAY, 3) == date(2026, 11, 19)
    assert add_working_days(date(2026, 11, 19), 3) == date(2026, 11, 25)


def test_tet_and_culture_day_do_not_count() -> None:
    assert not is_working_day(date(2026, 11, 24))
    assert add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 23)


def test_a_saturday_that_is_worked_instead_counts() -> None:
    assert is_working_day(date(2026, 8, 22))
    assert not is_working_day(date(2026, 8, 31))
    assert is_working_day(date(2026, 1, 10))
    assert not is_working_day(date(2026, 1, 2))


def test_no_days_later_is_the_same_day() -> None:
    assert add_working_days(date(2026, 11, 22), 0) == date(2026, 11, 22)


def test_nobody_counts_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(MONDAY, -1)


def test_the_new_year_is_crossed() -> None:
    assert add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 4)


@pytest.mark.parametrize("count", [0, 1, 3, 7, 30])
def test_counting_undoes_adding(count: int) -> None:
    later = add_working_days(MONDAY, count)

    assert working_days_between(MONDAY, later) == count
    assert working_days_between(later, MONDAY) == -count


def test_the_day_a_list_goes_up_does_not_count() -> None:
    assert days_hung(MONDAY, MONDAY) == 0
    assert days_hung(MONDAY, add_working_days(MONDAY, 3)) == 3
