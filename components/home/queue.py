"""The queue itself: groups, rows with one button each, and the filter above them."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components.home import words
from components.ui import filters, formats, rows
from components.ui.i18n import _, _n
from components.ui.markup import Html, bold, fill, group_head, late, note, show
from db.queries.home.tasks import AnyTask, Group

ALL = "all"
GROUP = "nhom"
MOST_ROWS = 8
"""Rows of one group while all groups are shown."""

Groups = Mapping[Group, Sequence[AnyTask]]


def head_line(unit: str, groups: Groups, today: date) -> Html:
    """BHXH tỉnh Nghệ An. Hôm nay, thứ Ba 15/09/2026: 5 việc cần xong, trong đó 2 việc quá hạn."""
    day = formats.weekday_day(today)
    due, overdue = len(groups[Group.OVERDUE]) + len(groups[Group.TODAY]), len(groups[Group.OVERDUE])
    if not due:
        return fill(_("{unit}. Hôm nay, {day}."), unit=unit, day=day)
    count = bold(_n("{count} việc", due).format(count=formats.number(due)))
    if not overdue:
        return fill(_("{unit}. Hôm nay, {day}: {count} cần xong."), unit=unit, day=day, count=count)
    return fill(
        _("{unit}. Hôm nay, {day}: {count} cần xong, trong đó {overdue}."),
        unit=unit,
        day=day,
        count=count,
        overdue=late(_n("{count} việc quá hạn", overdue).format(count=formats.number(overdue))),
    )


def choose_group(groups: Groups) -> Group | None:
    """The pills with counts; None for everything."""
    total = sum(map(len, groups.values()))
    options = {ALL: f"{_('Tất cả')} ({formats.number(total)})"}
    for group, tasks in groups.items():
        options[group.value] = f"{_(words.GROUPS[group])} ({formats.number(len(tasks))})"
    chosen = filters.choice(GROUP, _("Lọc"), options, ALL, widget="pills", hide_label=True)
    return None if chosen == ALL else Group(chosen)


def draw(groups: Groups, only: Group | None, today: date) -> None:
    """The groups that have something in them."""
    shown = {only: groups[only]} if only else groups
    if not any(shown.values()):
        lead = _("Không còn việc nào.") if only is None else _("Không có việc nào trong nhóm này.")
        show(note("green", lead, _nothing_due(groups) if only is None else ""))
        return
    with st.container(gap=None):
        for group, tasks in shown.items():
            if tasks:
                _draw_group(group, tasks, today, limit=None if only else MOST_ROWS)


def _nothing_due(groups: Groups) -> str:
    waiting = len(groups[Group.OTHERS])
    if not waiting:
        return ""
    return _n("{count} việc đang chờ người khác.", waiting).format(count=formats.number(waiting))


def _draw_group(group: Group, tasks: Sequence[AnyTask], today: date, limit: int | None) -> None:
    overdue = group is Group.OVERDUE
    show(group_head(_(words.GROUPS[group]), len(tasks), overdue=overdue))
    for place, task in enumerate(tasks[:limit]):
        _draw_row(task, today, f"work.{group}.{place}", primary=overdue)
    if limit is not None and len(tasks) > limit:
        st.button(
            _("Xem cả {count} việc của nhóm này").format(count=formats.number(len(tasks))),
            key=f"work.{group}.more",
            type="tertiary",
            on_click=filters.choose,
            args=(GROUP, group.value, ALL),
        )


def _draw_row(task: AnyTask, today: date, key: str, *, primary: bool) -> None:
    said = words.row(task, today)
    with rows.row(key, said.what, said.why):
        pressed = rows.verb(said.verb, key, primary=primary)
    if pressed:
        st.switch_page(said.screen.file, query_params=said.address)
