"""What many screens ask again and again: kept until the data changes.

The data version is part of every key, so a commit anywhere refreshes every session in every
process; the scope is part of it too, so nobody is shown what somebody else may see.
"""

from collections.abc import Callable, Hashable
from typing import Any

import streamlit as st

from components.i18n import language
from components.style import large_text
from db.queries import events, freshness, goals, progress, stages, work
from db.queries.accounts import User
from db.queries.events import EventRow
from db.queries.freshness import AsOf
from db.queries.progress import Codes, CommuneStanding, History, Period, ProvinceStanding
from db.queries.tasks import Group, Task
from db.rules.access import Role
from db.rules.pace import Stage
from db.rules.states import Benefit, EventState

_KEPT: dict[str, Any] = {"ttl": "1h", "show_spinner": False}
_SOON = (EventState.PROPOSED, EventState.CONFIRMED)
_NEXT = 3


def as_of() -> AsOf:
    """Today and the data version; asked once per run and handed to the reads below."""
    return freshness.now()


def years(user: User, now: AsOf) -> list[int]:
    return _years(user.scope, now)


def period(user: User, year: int, province_code: str | None, now: AsOf) -> Period:
    return _period(user.scope, year, province_code, now)


def provinces(user: User, year: int, benefit: Benefit, now: AsOf) -> list[ProvinceStanding]:
    return _provinces(user.scope, year, benefit, now)


def communes(
    user: User, year: int, benefit: Benefit, province_code: str, now: AsOf
) -> list[CommuneStanding]:
    return _communes(user.scope, year, benefit, province_code, now)


def history(user: User, year: int, benefit: Benefit, within: Codes, now: AsOf) -> History:
    return _history(user.scope, year, benefit, within, now)


def stage_counts(user: User, year: int, benefit: Benefit, within: Codes, now: AsOf) -> list[Stage]:
    return _stages(user.scope, year, benefit, within, now)


def days_to_handover(
    user: User, year: int, benefit: Benefit, within: Codes, now: AsOf
) -> int | None:
    return _days(user.scope, year, benefit, within, now)


def tasks(user: User, now: AsOf) -> dict[Group, list[Task]]:
    """Not kept for administrators: a lock on an account is no change of data."""
    return work.of(user, now.today) if user.role is Role.ADMIN else _tasks(user, now)


def next_events(user: User, now: AsOf) -> list[EventRow]:
    """The next hand-overs from today on."""
    return _next_events(user.scope, now)


def planned_provinces(user: User, year: int, now: AsOf) -> frozenset[str]:
    """Codes of the provinces with an approved plan."""
    return _planned(user.scope, year, now)


def chart(key: Hashable, draw: Callable[[], Any]) -> dict[str, Any]:
    """A finished chart for `st.vega_lite_chart`: building one costs more than all the rest.

    `key` holds everything the chart depends on; language and text size are added here.
    """
    return _chart((key, language(), large_text()), draw)


@st.cache_data(max_entries=300, **_KEPT)
def _chart(key: Hashable, _draw: Callable[[], Any]) -> dict[str, Any]:  # noqa: ARG001
    return dict(_draw().to_dict())


@st.cache_data(max_entries=200, **_KEPT)
def _years(scope: Any, now: AsOf) -> list[int]:
    return progress.years(scope, now.today)


@st.cache_data(max_entries=500, **_KEPT)
def _period(scope: Any, year: int, province_code: str | None, now: AsOf) -> Period:  # noqa: ARG001
    return progress.period(scope, year, province_code)


@st.cache_data(max_entries=200, **_KEPT)
def _provinces(scope: Any, year: int, benefit: Benefit, now: AsOf) -> list[ProvinceStanding]:
    return progress.provinces(scope, year, benefit, now.today)


@st.cache_data(max_entries=200, **_KEPT)
def _communes(
    scope: Any, year: int, benefit: Benefit, province_code: str, now: AsOf
) -> list[CommuneStanding]:
    return progress.communes(scope, year, benefit, now.today, province_code)


@st.cache_data(max_entries=200, **_KEPT)
def _history(scope: Any, year: int, benefit: Benefit, within: Codes, now: AsOf) -> History:
    return progress.history(scope, year, benefit, now.today, within)


@st.cache_data(max_entries=200, **_KEPT)
def _stages(scope: Any, year: int, benefit: Benefit, within: Codes, now: AsOf) -> list[Stage]:
    return stages.stages(scope, year, benefit, now.today, within)


@st.cache_data(max_entries=200, **_KEPT)
def _days(
    scope: Any,
    year: int,
    benefit: Benefit,
    within: Codes,
    now: AsOf,  # noqa: ARG001
) -> int | None:
    return progress.days_to_handover(scope, year, benefit, within)


@st.cache_data(max_entries=500, **_KEPT)
def _tasks(user: User, now: AsOf) -> dict[Group, list[Task]]:
    return work.of(user, now.today)


@st.cache_data(max_entries=200, **_KEPT)
def _next_events(scope: Any, now: AsOf) -> list[EventRow]:
    return events.listed(scope, _SOON, since=now.today, limit=_NEXT)[0]


@st.cache_data(max_entries=200, **_KEPT)
def _planned(scope: Any, year: int, now: AsOf) -> frozenset[str]:  # noqa: ARG001
    return frozenset(goals.effective(scope, year))
