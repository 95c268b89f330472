"""How we got here, and what if nothing changes."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import altair as alt

from components.charts.house import Row, data, finished, text_size
from components.ui import formats
from components.ui.i18n import _
from components.ui.style import INK, LAST_YEAR, PRIMARY, TRACK
from db.rules.pace import DayTotal

_HEIGHT = 230
_PLOT_HEIGHT = 200  # of that, the axis takes the rest
_LABEL_DISTANCE = 21
_LATE = 0.75
_ROOM_FOR_LABELS = timedelta(days=94)


def trend(
    history: Sequence[DayTotal],
    last_year: Sequence[DayTotal],
    *,
    goal: int | None,
    plan_start: date,
    plan_end: date,
    today: date,
    over: bool = False,
    forecast: int | None = None,
    phone: bool = False,
    large: bool = False,
) -> alt.LayerChart:
    """Given since the start of the plan, the even pace to the goal, last year, the forecast.

    `last_year` keeps its own dates and is drawn one year later. `over`: the plan has ended, and
    `today` is the last day on which something was handed over.
    """
    now = history[-1].total if history else 0
    before = [DayTotal(_a_year_later(each.day), each.total) for each in last_year]
    before = [each for each in before if each.day <= plan_end]
    highest = max([now, goal or 0, forecast or 0, *(each.total for each in before), 10]) * 1.06
    end = max(plan_end, today) + (_ROOM_FOR_LABELS if not phone else _ROOM_FOR_LABELS * 0.9)
    x = alt.X(
        "day:T",
        title=None,
        scale=alt.Scale(domain=[_moment(plan_start), _moment(end)], nice=False),
        axis=alt.Axis(
            values=[_moment(month) for month in _months(plan_start, plan_end)],
            format="%b",
            grid=False,
            labelFlush=False,
            labelPadding=8,
        ),
    )
    y = alt.Y(
        "total:Q",
        title=None,
        scale=alt.Scale(domain=[0, highest], nice=False),
        axis=alt.Axis(format=",d", tickCount=4, grid=True, gridColor=TRACK),
    )
    base = alt.Chart().encode(x=x, y=y)
    lines = [
        _line(base, before, LAST_YEAR, 1.6),
        _line(base, _pace(goal, plan_start, plan_end), INK, 1.4, (4, 3)),
        _line(base, _ahead(forecast, now, today, plan_end), PRIMARY, 2, (2, 3)),
        _line(base, history, PRIMARY, 3),
    ]
    ends = _spread(_end_labels(goal, before, forecast, plan_end, phone), highest)
    labels = base.mark_text(align="left", dx=6, fontSize=text_size(12, large))
    layers = [
        *lines,
        *_today(
            base,
            DayTotal(today, now),
            _("Đến {day}: {total}") if over else _("Hôm nay: {total}"),
            large,
            late=_is_late(today, plan_start, plan_end),
        ),
        labels.encode(text="text:N", color=alt.Color("colour:N", scale=None)).properties(
            data=data(ends)
        ),
    ]
    return finished(layers, [], _HEIGHT, large=large)


def _line(
    base: alt.Chart,
    points: Sequence[DayTotal],
    colour: str,
    width: float,
    dash: Sequence[float] = (1, 0),
) -> alt.Chart:
    rows: list[Row] = [{"day": _moment(each.day), "total": each.total} for each in points]
    line = base.mark_line(color=colour, strokeWidth=width, strokeDash=list(dash))
    drawn: alt.Chart = line.properties(data=data(rows))
    return drawn


def _pace(goal: int | None, start: date, end: date) -> list[DayTotal]:
    return [DayTotal(start, 0), DayTotal(end, goal)] if goal else []


def _ahead(forecast: int | None, now: int, today: date, end: date) -> list[DayTotal]:
    return [] if forecast is None else [DayTotal(today, now), DayTotal(end, forecast)]


def _is_late(today: date, start: date, end: date) -> bool:
    """Whether so little of the plan is left that words after today run into the end labels."""
    return (today - start) / max(end - start, timedelta(days=1)) > _LATE


def _today(
    base: alt.Chart, last: DayTotal, words: str, large: bool, *, late: bool
) -> list[alt.Chart]:
    """The last point, and its words twice: a white outline, then the letters."""
    text = words.format(day=formats.day_month(last.day), total=formats.number(last.total))
    row: Row = {"day": _moment(last.day), "total": last.total, "text": text}
    here = base.properties(data=data([row]))
    size = text_size(12.5, large)
    place: dict[str, Any] = (
        {"align": "right", "dx": -8, "dy": -12} if late else {"align": "left", "dx": 6, "dy": 15}
    )

    def drawn(**ink: Any) -> alt.Chart:
        text = here.mark_text(fontSize=size, fontWeight=600, **place, **ink)
        said_here: alt.Chart = text.encode(text="text:N")
        return said_here

    return [
        here.mark_point(filled=True, size=60, color=PRIMARY, opacity=1),
        drawn(stroke="#FFFFFF", strokeWidth=4),
        drawn(color=PRIMARY),
    ]


def _end_labels(
    goal: int | None, before: Sequence[DayTotal], forecast: int | None, end: date, phone: bool
) -> list[dict[str, str | float | None]]:
    def label(total: int, words: str, colour: str) -> dict[str, str | float | None]:
        number = formats.number(total)
        text = number if phone else words.format(total=number)
        return {"day": _moment(end), "total": total, "text": text, "colour": colour}

    labels = []
    if goal:
        labels.append(label(goal, _("Mục tiêu {total}"), INK))
    if before:
        last = f"{before[-1].day.year - 1}: {{total}}"
        labels.append(label(before[-1].total, last, "#5F6C78"))
    if forecast is not None:
        labels.append(label(forecast, _("Dự kiến {total}"), PRIMARY))
    return labels


def _spread(
    labels: list[dict[str, str | float | None]], highest: float
) -> list[dict[str, str | float | None]]:
    """Labels from the top down, none nearer to the one above than a line of text."""
    step = _LABEL_DISTANCE / _PLOT_HEIGHT * highest
    ordered = sorted(labels, key=lambda each: -float(each["total"] or 0))
    for above, below in pairwise(ordered):
        below["total"] = min(float(below["total"] or 0), float(above["total"] or 0) - step)
    lowest = min((float(each["total"] or 0) for each in ordered), default=0.0)
    lift = max(0.0, -lowest)
    for each in ordered:
        each["total"] = float(each["total"] or 0) + lift
    return ordered


def _months(start: date, end: date) -> list[date]:
    """The first of every second month of the plan, of every month in a short plan."""
    first = start.year * 12 + start.month - 1
    last = end.year * 12 + end.month - 1
    months = range(first, last + 1, 2 if last - first > 5 else 1)
    return [date(month // 12, month % 12 + 1, 1) for month in months]


def _a_year_later(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)


def _moment(day: date) -> str:
    """A day as Vega reads it, at midnight of the reader's clock."""
    return f"{day.isoformat()}T00:00:00"
