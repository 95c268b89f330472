"""Where the chain is stuck, and why this person: two small bar charts."""

import json
from collections.abc import Sequence
from itertools import accumulate

import altair as alt

from components.charts.house import Row, finished, scale, text_size
from components.ui import formats
from components.ui.i18n import _
from components.ui.style import BLUE, BRICK, INK, INK_2, PRIMARY
from db.rules.pace import Stage, bottleneck

_PALE = "#A9C3D0"
_FITS_INSIDE = 0.18


def stages(rows: Sequence[Stage], *, phone: bool = False, large: bool = False) -> alt.LayerChart:
    """How many came how far, in the order of the process; at the right who waits, how long.

    The bottleneck (most people times median days) is in brick. No funnel: a later stage may
    hold more than an earlier one.
    """
    most = max((row.reached for row in rows), default=0) or 1
    room = 2.1 if phone else 1.9
    x = alt.X(
        "reached:Q", axis=None, scale=alt.Scale(domain=[0, most * room], nice=False, zero=True)
    )
    y = alt.Y("label:N", sort=None, axis=_names(150), scale=alt.Scale(padding=0))
    base = alt.Chart().encode(y=y)
    layers = [
        base.mark_bar(size=26 * scale(large), cornerRadius=1).encode(
            x=x, color=alt.Color("fill:N", scale=None)
        ),
        base.mark_text(align="left", dx=7, fontWeight=600, fontSize=text_size(13, large)).encode(
            x="number_at:Q", text="number:N", color=alt.Color("ink:N", scale=None)
        ),
        base.mark_text(align="right", fontSize=text_size(12.5, large)).encode(
            x=alt.datum(most * room), text="waits:N", color=alt.Color("wait_ink:N", scale=None)
        ),
    ]
    return finished(layers, _stages(rows, most), 39 * len(rows), large=large)


def waterfall(parts: Sequence[tuple[str, int]], *, large: bool = False) -> alt.LayerChart:
    """Points of a need score, each bar starting where the one before ended; at most 8 parts."""
    ends = list(accumulate(points for _label, points in parts))
    most = max([*ends, 1])
    x = alt.X("start:Q", axis=None, scale=alt.Scale(domain=[0, most * 1.2], nice=False))
    y = alt.Y("row:O", sort=None, axis=_names(250, _labels(parts)), scale=alt.Scale(padding=0))
    base = alt.Chart().encode(y=y)
    rows: list[Row] = [
        {"row": float(index), "start": end - points, "end": end, "text": f"+{points}"}
        for index, ((_label, points), end) in enumerate(zip(parts, ends, strict=True))
    ]
    layers = [
        base.mark_bar(size=14 * scale(large), color=BLUE).encode(x=x, x2="end:Q"),
        base.mark_text(align="left", dx=5, fontWeight=600, fontSize=text_size(12.5, large)).encode(
            x="end:Q", text="text:N"
        ),
    ]
    return finished(layers, rows, 24 * len(parts) + 34, large=large)


def _stages(rows: Sequence[Stage], most: int) -> list[Row]:
    stuck = bottleneck(rows)
    last = len(rows) - 1
    told: list[Row] = []
    for index, row in enumerate(rows):
        inside = row.reached / most >= _FITS_INSIDE
        waits = _("{waiting} chờ, {days} ngày").format(
            waiting=formats.number(row.waiting), days=formats.number(row.median_days)
        )
        told.append(
            {
                "label": row.label,
                "reached": row.reached,
                "fill": PRIMARY if index == last else _PALE,
                "number": formats.number(row.reached),
                "number_at": 0 if inside else row.reached,
                "ink": "#FFFFFF" if inside and index == last else INK,
                "waits": waits if row.waiting else "",
                "wait_ink": BRICK if row is stuck else INK_2,
            }
        )
    return told


def _labels(parts: Sequence[tuple[str, int]]) -> str:
    return f"({json.dumps([label for label, _points in parts])})[datum.value]"


def _names(limit: int, label_expr: str = "datum.label") -> alt.Axis:
    return alt.Axis(
        title=None,
        labelExpr=label_expr,
        labelColor=INK,
        labelLimit=limit,
        labelOverlap=False,
        labelPadding=6,
        domain=False,
        ticks=False,
    )
