"""The bullet card says in words what it draws."""

from dataclasses import replace
from datetime import date

from components.progress.cards import GoalCard, goal_card, legend, plan_day, small_bullet

CARD = GoalCard(
    "Sổ BHXH tự nguyện",
    "sổ",
    goal=35_150,
    given=22_186,
    pace=258 / 365,
    year=2026,
    last_year_share=0.616,
    forecast=27_998,
    plan_end=date(2026, 12, 31),
)


def test_the_card_compares_with_goal_pace_last_year_and_forecast() -> None:
    drawn = goal_card(CARD)
    for words in (
        "22.186 <small>đã trao / 35.150 sổ</small>",
        "<b>63,1%</b> mục tiêu; hôm nay cần 70,7%",
        "−7,6 điểm %",
        "Cùng kỳ 2025: 61,6%.",
        "Dự kiến 31/12: <b>27.998</b> (80%).",
        "Chậm",
    ):
        assert words in drawn


def test_without_a_goal_nothing_is_judged() -> None:
    drawn = goal_card(replace(CARD, goal=None))
    assert "Chưa giao mục tiêu năm 2026; chưa tính tiến độ." in drawn
    assert "ct-bar" not in drawn


def test_a_bar_never_leaves_its_track() -> None:
    assert "width:100.00%" in small_bullet(replace(CARD, given=99_999))


def test_the_legend_names_the_pace_of_today() -> None:
    drawn = legend(258 / 365, 2025)
    assert "Cần đạt hôm nay 70,7%" in drawn
    assert "Cùng kỳ 2025" in drawn
    assert "Cùng kỳ" not in legend(0.5)


def test_the_card_says_what_its_figures_leave_out() -> None:
    drawn = goal_card(replace(CARD, without_goal=("Lạng Sơn",), outside=25))
    assert "Chưa tính 1 tỉnh, thành phố chưa có mục tiêu (Lạng Sơn): đã trao" in drawn
    assert "25 sổ" in drawn
    office = goal_card(replace(CARD, outside=4))
    assert "ở các xã chưa có mục tiêu" in office
    assert "Chưa tính" not in goal_card(CARD)


def test_last_year_is_told_with_the_provinces_it_is_of() -> None:
    drawn = goal_card(replace(CARD, measured_before=33))
    assert "Cùng kỳ 2025: 61,6% (33 tỉnh, thành phố có mục tiêu cả hai năm)." in drawn


def test_after_the_plan_nothing_speaks_of_today() -> None:
    drawn = goal_card(replace(CARD, pace=1.0, forecast=None))
    assert "hết kế hoạch cần 100,0%" in drawn
    assert "hôm nay" not in drawn
    assert "hôm nay" not in legend(1.0)


def test_the_heading_counts_the_days_of_the_plan() -> None:
    start, end = date(2026, 1, 1), date(2026, 12, 31)
    assert plan_day(start, end, date(2026, 9, 15)) == "ngày thứ 258/365 của kế hoạch"
    assert plan_day(start, end, date(2027, 1, 5)) == "kế hoạch đã kết thúc ngày 31/12/2026"
    assert plan_day(start, end, date(2025, 12, 5)) == "kế hoạch bắt đầu ngày 01/01/2026"
