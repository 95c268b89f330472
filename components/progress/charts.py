"""The charts of the progress screen, built once per state of the data and kept."""

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from components import charts, reads
from components.progress.cards import GoalCard
from components.ui import formats
from components.ui.i18n import N_, _, _n
from components.ui.markup import heading, note, show
from components.ui.style import large_text, on_phone
from db.queries.progress.progress import CommuneStanding, History, Period, ProvinceStanding
from db.rules.pace import PlaceRow, Stage, bottleneck, share

_STAGES = {
    "listed": N_("Đã lập danh sách"),
    "eligible": N_("Đủ điều kiện"),
    "posted": N_("Đã niêm yết"),
    "matched": N_("Đã ghép"),
    "approved": N_("Đã duyệt"),
    "issued": N_("Đã cấp"),
    "delivered": N_("Đã trao"),
}
_MOST_COMMUNES = 34


def province_bars(
    rows: Sequence[ProvinceStanding], pace: float, selected: str | None, key: Hashable
) -> None:
    phone, large = on_phone(), large_text()
    _draw(
        ("province_bars", key, phone),
        lambda: charts.place_bars(rows, pace, selected=selected, phone=phone, large=large),
        alt=_alt_of_bars(rows),
    )


def commune_bars(rows: Sequence[CommuneStanding], pace: float, key: Hashable) -> None:
    """The first communes of the order that have a goal; all of them are in the table."""
    phone, large = on_phone(), large_text()
    shown = [row for row in rows if row.goal][:_MOST_COMMUNES]
    if not shown:
        told = _("Số đã trao của từng xã ở bảng cuối trang.")
        show(note("blue", _("Chưa giao mục tiêu cho từng xã."), told))
        return
    _draw(
        ("commune_bars", key, phone),
        lambda: charts.place_bars(shown, pace, phone=phone, large=large),
        alt=_alt_of_bars(shown),
    )


def tile_map(
    rows: Sequence[ProvinceStanding],
    pace: float,
    selected: str | None,
    *,
    bright: Sequence[str] | None,
    key: Hashable,
    on_choose: Callable[[str | None], None],
) -> None:
    """A click on a tile drills down; a new widget after each choice, so any tile is new."""
    large = large_text()
    widget = f"progress.tiles.{selected or ''}"

    def clicked() -> None:
        picked = st.session_state[widget]["selection"].get(charts.PROVINCE_CLICKED, [])
        if picked:
            on_choose(picked[0]["code"])

    spec = reads.chart(
        ("tile_map", key),
        lambda: charts.tile_map(rows, pace, selected=selected, bright=bright, large=large),
    )
    st.vega_lite_chart(
        spec=spec,
        theme=None,
        width="stretch",
        key=widget,
        on_select=clicked,
        selection_mode=[charts.PROVINCE_CLICKED],
        alt=_alt_of_bars(rows),
    )


def trend(
    load: Callable[[], History],
    period: Period,
    card: GoalCard,
    today: date,
    key: Hashable,
) -> None:
    """`load` gives the history, which is needed only when the chart is not kept yet."""
    phone, large = on_phone(), large_text()
    line = _("Đã trao, cộng dồn. Nét đứt đen: tiến độ đều đến mục tiêu. Xám: năm {year}.")
    show(heading(_("Nhịp độ trong năm"), line=line.format(year=card.year - 1)))

    def draw() -> Any:
        history = load()
        return charts.trend(
            history.this_year,
            history.last_year,
            goal=card.goal,
            plan_start=period.starts_on,
            plan_end=period.ends_on,
            today=history.this_year[-1].day,
            over=today > period.ends_on,
            forecast=card.forecast,
            phone=phone,
            large=large,
        )

    _draw(
        ("trend", key, phone),
        draw,
        alt=_("Đến {day} đã trao {given}.").format(
            day=formats.day(today), given=formats.number(card.given)
        ),
    )


def stages(rows: Sequence[Stage], days: int | None, without_goal: int, key: Hashable) -> None:
    """`without_goal`: how many provinces are counted here and in no comparison with a goal."""
    phone, large = on_phone(), large_text()
    line = _("Số suất đã qua từng khâu; bên phải là số đang chờ và số ngày chờ (trung vị).")
    if days is not None:
        took = _("Từ đăng ký đến trao: {days} ngày (trung vị).").format(days=formats.number(days))
        line = f"{line} {took}"
    if without_goal:
        told = _n("Tính cả {n} tỉnh, thành phố chưa có mục tiêu.", without_goal)
        line = f"{line} {told.format(n=without_goal)}"
    show(heading(_("Đang vướng ở khâu nào?"), line=line))
    named = [Stage(_(_STAGES[r.label]), r.reached, r.waiting, r.median_days) for r in rows]
    stuck = bottleneck(named)
    _draw(
        ("stages", key, phone),
        lambda: charts.stages(named, phone=phone, large=large),
        alt=_("Vướng nhất trước khâu: {stage}.").format(stage=stuck.label)
        if stuck
        else _("Không có ai đang chờ."),
    )


def _draw(key: Hashable, draw: Callable[[], Any], *, alt: str) -> None:
    st.vega_lite_chart(spec=reads.chart(key, draw), theme=None, width="stretch", alt=alt)


def _alt_of_bars(rows: Sequence[PlaceRow]) -> str:
    if not rows:
        return _("Chưa có số liệu.")
    first = rows[0]
    rate = share(first.given, first.goal)
    return _("Đầu danh sách: {name}, {rate} mục tiêu.").format(
        name=first.name, rate="–" if rate is None else formats.percent(rate, 0)
    )
