"""The exact numbers behind the charts: a table to drill down in, and the same as a workbook."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from components.ui import downloads, formats
from components.ui.i18n import _
from components.ui.style import on_phone
from components.ui.words import STATUS_WORDS
from db.documents.workbook import workbook_of
from db.queries.progress.progress import CommuneStanding, ProvinceStanding
from db.rules.pace import PlaceRow, share, shortfall, status

TABLE = "progress.table"
_ROW, _MOST_HEIGHT = 35, 430
_WIDTH = 9


def province_table(
    rows: Sequence[ProvinceStanding], pace: float, on_choose: Callable[[str | None], None]
) -> None:
    """Provinces in the order given; a selected row drills down."""

    def chosen() -> None:
        picked = st.session_state[key]["selection"]["rows"]
        if picked:
            on_choose(rows[picked[0]].code)

    key = f"{TABLE}.provinces"
    _draw(
        pd.DataFrame(
            {
                _("Tỉnh, thành phố"): [row.name for row in rows],
                **_numbers(rows, pace),
            }
        ),
        alt=_("Tiến độ từng tỉnh, thành phố"),
        key=key,
        on_select=chosen,
    )


def commune_table(rows: Sequence[CommuneStanding], pace: float) -> None:
    """Communes in the order given, with how many were listed and matched."""
    numbers = _numbers(rows, pace)
    more = {} if on_phone() else _work(rows)
    first = next(iter(numbers))
    frame = {
        _("Xã, phường"): [row.name for row in rows],
        first: numbers.pop(first),
        **more,
        **numbers,
    }
    _draw(pd.DataFrame(frame), alt=_("Tiến độ từng xã, phường"), key=f"{TABLE}.communes")


def download(
    title: str, rows: Sequence[PlaceRow], pace: float, today: date, file_name: str
) -> None:
    """The table as an .xlsx file, made when it is asked for."""
    notes = [
        _("Số liệu đến hết ngày {day}, theo biên bản trao tặng đã xác nhận.").format(
            day=formats.day(today)
        ),
        _("Cần đạt hôm nay: {pace} mục tiêu năm.").format(pace=formats.percent(pace)),
    ]
    headers = [
        _("Mã"),
        _("Nơi"),
        _("Mục tiêu"),
        _("Đã trao"),
        _("Tỷ lệ (%)"),
        _("Còn thiếu so với tiến độ"),
        _("Tình trạng"),
    ]
    words = {each: _(label) for each, label in STATUS_WORDS.items()}

    def content() -> bytes:  # runs outside the session: every text is finished before
        lines = (
            (
                row.code,
                row.name,
                row.goal,
                row.given,
                _rate(row, 1),
                _missing(row, pace),
                words[status(row.given, row.goal, pace)],
            )
            for row in rows
        )
        return workbook_of(title, headers, lines, notes=notes)

    downloads.office_file(_("Tải Excel"), content, file_name, key="progress.download")


def _numbers(rows: Sequence[PlaceRow], pace: float) -> dict[str, Sequence[object]]:
    columns: dict[str, Sequence[object]] = {
        _("Mục tiêu"): _counts(row.goal for row in rows),
        _("Đã trao"): _counts(row.given for row in rows),
        _("Tỷ lệ"): [_rate(row) for row in rows],
        _("Còn thiếu so với tiến độ"): _counts(_missing(r, pace) for r in rows),
        _("Tình trạng"): [_(STATUS_WORDS[status(r.given, r.goal, pace)]) for r in rows],
    }
    if on_phone():
        del columns[_("Mục tiêu")]
    return columns


def _work(rows: Sequence[CommuneStanding]) -> dict[str, Sequence[object]]:
    return {
        _("Đã lập danh sách"): _counts(row.listed for row in rows),
        _("Đã ghép"): _counts(row.matched for row in rows),
    }


def _work_names() -> tuple[str, str]:
    return _("Đã lập danh sách"), _("Đã ghép")


def _rate(row: PlaceRow, places: int = 0) -> float | None:
    done = share(row.given, row.goal)
    return None if done is None else formats.per_cent(done, places)


def _missing(row: PlaceRow, pace: float) -> int | None:
    """Nothing is missing of a goal that is not set."""
    return shortfall(row.given, row.goal, pace) if row.goal else None


def _draw(
    frame: pd.DataFrame, *, alt: str, key: str, on_select: Callable[[], None] | None = None
) -> None:
    rate = _("Tỷ lệ")
    config: dict[str, Any] = {
        name: st.column_config.TextColumn(name, alignment="right")
        for name in (_("Mục tiêu"), _("Đã trao"), _("Còn thiếu so với tiến độ"), *_work_names())
    }
    config[rate] = st.column_config.ProgressColumn(rate, format="%d%%", min_value=0, max_value=100)
    st.dataframe(
        frame,
        hide_index=True,
        alt=alt,
        key=key,
        height=min(_MOST_HEIGHT, _ROW * (len(frame) + 1) + 3),
        column_config=config,
        on_select=on_select or "ignore",
        selection_mode="single-row",
    )


def _counts(numbers: Iterable[int | None]) -> list[str]:
    """Vietnamese numbers as text of equal length, so that sorting by a column still works.

    A Styler would keep numbers, at ten times the cost of the whole table.
    """
    return [("–" if n is None else formats.number(n)).rjust(_WIDTH) for n in numbers]
