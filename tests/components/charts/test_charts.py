"""Charts: every figure valid, complete, and in Vietnamese."""

import json
from datetime import date, timedelta
from typing import Any

import altair as alt
import pytest

from components import charts
from db.rules.pace import CommuneRow, DayTotal, ProvinceRow, Stage

START, TODAY, END = date(2026, 1, 1), date(2026, 9, 15), date(2026, 12, 31)
PACE = 258 / 365
PROVINCES = [
    ProvinceRow(
        code="40",
        name="Nghệ An",
        goal=2_170,
        given=1_203,
        last_year_share=0.77,
        abbreviation="NAN",
        tile_row=4,
        tile_col=2,
    ),
    ProvinceRow(
        code="48",
        name="Đà Nẵng",
        goal=800,
        given=840,
        last_year_share=0.5,
        abbreviation="DNA",
        tile_row=7,
        tile_col=5,
    ),
    ProvinceRow(
        code="56",
        name="Khánh Hòa",
        goal=None,
        given=12,
        last_year_share=None,
        abbreviation="KHO",
        tile_row=11,
        tile_col=6,
    ),
]
COMMUNES = [
    CommuneRow("17230", 'Xã "Môn Sơn"', 292, 46, None),
    CommuneRow("17240", "Xã Mậu Thạch", 15, 3, None),
]


def spec(chart: alt.LayerChart) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(chart.to_json())
    return made


def rows(chart: alt.LayerChart) -> dict[str, dict[str, Any]]:
    made = spec(chart)
    values = made["data"].get("values") or made["datasets"][made["data"]["name"]]
    return {row.get("name", row.get("label", "")): row for row in values}


def the_trend(**changes: Any) -> alt.LayerChart:
    history = [DayTotal(START + timedelta(days=n), 20 * n) for n in range(258)]
    last = [DayTotal(date(2025, 1, 1) + timedelta(days=n), 18 * n) for n in range(365)]
    plan = {"goal": 15_220, "plan_start": START, "plan_end": END, "today": TODAY, "forecast": 7_201}
    return charts.trend(history, last, **{**plan, **changes})


@pytest.mark.parametrize(
    "chart",
    [
        charts.place_bars(PROVINCES, PACE, selected="40"),
        charts.place_bars(PROVINCES, PACE, phone=True, large=True),
        charts.place_bars(COMMUNES, PACE),
        charts.tile_map(PROVINCES, PACE, selected="40", bright={"40"}),
        the_trend(),
        the_trend(goal=None, forecast=None, phone=True),
        charts.trend([], [], goal=None, plan_start=START, plan_end=END, today=START),
        charts.stages([Stage("Đã đăng ký", 9), Stage("Đã trao", 0, 4, 6)]),
        charts.stages([]),
        charts.waterfall([("Hộ cận nghèo", 40), ("Người khuyết tật", 20)]),
    ],
)
def test_a_chart_is_valid_and_speaks_vietnamese_numbers(chart: alt.LayerChart) -> None:
    numbers = spec(chart)["config"]["locale"]["number"]
    assert (numbers["decimal"], numbers["thousands"]) == (",", ".")


def test_each_bar_says_its_rate_and_its_counts() -> None:
    bars = rows(charts.place_bars(PROVINCES, PACE))
    assert bars["Nghệ An"]["rate"] == "55%"
    assert bars["Nghệ An"]["counts"] == "1.203 / 2.170"
    assert bars["Nghệ An"]["status"] == "Chậm nhiều"
    assert bars["Đà Nẵng"]["bar"] == 1.05
    assert bars["Khánh Hòa"]["bar"] is None
    assert bars["Khánh Hòa"]["rate"] == "12"


def test_a_small_goal_shows_counts_without_a_verdict() -> None:
    small = rows(charts.place_bars(COMMUNES, PACE))["Xã Mậu Thạch"]
    assert small["rate"] == "3/15"
    assert small["colour"] == "#7B8794"


def test_hoang_sa_and_truong_sa_carry_the_colour_of_their_province() -> None:
    tiles = rows(charts.tile_map(PROVINCES, PACE))
    assert tiles["Hoàng Sa"]["fill"] == tiles["Đà Nẵng"]["fill"] == "#0B5A7A"
    assert tiles["Trường Sa"]["fill"] == tiles["Khánh Hòa"]["fill"]


def test_hoang_sa_and_truong_sa_are_drawn_even_when_their_provinces_are_out_of_sight() -> None:
    tiles = rows(charts.tile_map(PROVINCES[:1], PACE, selected="40"))
    assert {"Hoàng Sa", "Trường Sa"} < set(tiles)


def test_a_reached_goal_has_a_tick_besides_its_colour() -> None:
    assert rows(charts.tile_map(PROVINCES, PACE))["Đà Nẵng"]["rate"].startswith("✓")


def test_a_click_on_a_tile_selects_its_province_code() -> None:
    (selection,) = spec(charts.tile_map(PROVINCES, PACE))["params"]
    assert selection["name"] == charts.PROVINCE_CLICKED
    assert selection["select"]["fields"] == ["code"]


def test_labels_at_the_end_of_the_trend_keep_their_distance() -> None:
    made = spec(the_trend(goal=5_200, forecast=5_190))
    ends = [
        sorted(row["total"] for row in each)
        for each in made["datasets"].values()
        if len(each) == 3 and "colour" in each[0]
    ]
    (heights,) = ends or [
        sorted(row["total"] for row in layer["data"]["values"])
        for layer in made["layer"]
        if "colour" in layer.get("data", {}).get("values", [{}])[0]
    ]
    assert heights[1] - heights[0] > 400
    assert heights[2] - heights[1] > 400


def test_the_bottleneck_alone_is_in_brick() -> None:
    stuck = rows(
        charts.stages(
            [
                Stage("Đã đăng ký", 32_394),
                Stage("Đã ghép", 26_286, 4_921, 4),
                Stage("Đã duyệt", 23_966, 2_320, 12),
                Stage("Đã trao", 22_186, 1_780, 6),
            ]
        )
    )
    assert [name for name, row in stuck.items() if row["wait_ink"] == "#9B2C1B"] == ["Đã duyệt"]
    assert stuck["Đã ghép"]["waits"] == "4.921 chờ, 4 ngày"
    assert stuck["Đã đăng ký"]["waits"] == ""
