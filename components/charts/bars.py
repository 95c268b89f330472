"""Bullets on one axis, the share of the goal, so that the pace is one straight line."""

import json
from collections.abc import Sequence

import altair as alt

from components.charts.house import Row, data, finished, scale, text_size
from components.ui import formats
from components.ui.i18n import _
from components.ui.style import BRICK, INK, INK_2, LAST_YEAR, SELECTED_BAND, STATUS_COLOURS, TRACK
from components.ui.words import STATUS_WORDS
from db.rules.pace import PlaceRow, Status, share, status

_ROW_HEIGHT = 21
_AXIS_HEIGHT = 28  # Streamlit fits the axis into the height: without it short charts overlap
_LONGEST_BAR = 1.06
_NARROW, _WIDE = 1.26, 1.44
_RATES_END = {_NARROW: 1.25, _WIDE: 1.17}


def place_bars(
    rows: Sequence[PlaceRow],
    pace: float,
    *,
    selected: str | None = None,
    phone: bool = False,
    large: bool = False,
) -> alt.LayerChart:
    """Given of the goal per province or commune, in the order of the rows, with the pace line.

    Goals below 20 have no colour and show counts, not per cent.
    """
    right = _NARROW if phone else _WIDE
    names = json.dumps({row.code: row.name for row in rows})
    y = alt.Y(
        "code:N",
        sort=[row.code for row in rows],  # the band of the selected row would come first
        title=None,
        axis=alt.Axis(
            labelExpr=f"({names})[datum.value]",
            labelColor=INK,
            labelLimit=150,
            labelPadding=6,
            domain=False,
            ticks=False,
        ),
        scale=alt.Scale(paddingInner=0, paddingOuter=0),
    )
    x = alt.X(
        "track:Q",
        title=None,
        scale=alt.Scale(domain=[0, right], nice=False),
        axis=alt.Axis(orient="top", values=[0, 0.25, 0.5, 0.75, 1], format=".0%", grid=False),
    )
    base = alt.Chart().encode(y=y)
    size = scale(large)
    layers: list[alt.Chart] = []
    if selected:
        band = base.transform_filter(alt.datum.code == selected)
        layers.append(
            band.mark_bar(color=SELECTED_BAND, size=20 * size).encode(
                x=alt.datum(0), x2=alt.datum(right)
            )
        )
    layers += [
        base.mark_bar(color=TRACK, size=13 * size, cornerRadius=1).encode(x=x, tooltip=_tooltip()),
        base.mark_bar(size=7 * size).encode(x="bar:Q", color=alt.Color("colour:N", scale=None)),
        base.mark_tick(color=LAST_YEAR, thickness=2, opacity=1, size=13 * size).encode(
            x="last_year:Q"
        ),
        _pace_line(pace),
        base.mark_text(align="right", fontWeight=600, fontSize=text_size(12.5, large)).encode(
            x=alt.datum(_RATES_END[right]), text="rate:N", color=alt.Color("ink:N", scale=None)
        ),
    ]
    if not phone:
        counts = base.mark_text(align="right", color=INK_2, fontSize=text_size(12.5, large))
        layers.append(counts.encode(x=alt.datum(_WIDE), text="counts:N"))
    height = _ROW_HEIGHT * len(rows) + _AXIS_HEIGHT
    return finished(layers, (_row(row, pace) for row in rows), height, large=large)


def _row(row: PlaceRow, pace: float) -> Row:
    now = status(row.given, row.goal, pace)
    done = share(row.given, row.goal)
    counts = f"{formats.number(row.given)} / {formats.number(row.goal)}" if row.goal else "–"
    small = now is Status.TOO_SMALL
    return {
        "code": row.code,
        "name": row.name,
        "track": 1.0 if row.goal else None,
        "bar": None if done is None else min(done, _LONGEST_BAR),
        "last_year": row.last_year_share,
        "colour": STATUS_COLOURS[now].bar,
        "ink": BRICK if now is Status.FAR_BEHIND else INK,
        "rate": f"{row.given}/{row.goal}"
        if small
        else (formats.number(row.given) if done is None else formats.percent(done, 0)),
        "counts": "" if small else counts,
        "status": _(STATUS_WORDS[now]),
    }


def _pace_line(pace: float) -> alt.Chart:
    now = alt.Chart(data([{"pace": pace}]))
    line: alt.Chart = now.mark_rule(strokeDash=[4, 3], strokeWidth=1.6, color=INK).encode(
        x="pace:Q"
    )
    return line


def _tooltip() -> list[alt.Tooltip]:
    fields = [("name", _("Nơi")), ("status", _("Tình trạng")), ("counts", _("Đã trao / mục tiêu"))]
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in fields]
