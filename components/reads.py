"""What many screens ask again and again: kept until the data changes.

The data version is part of every key, so a commit anywhere refreshes every session in every
process; the scope is part of it too, so nobody is shown what somebody else may see.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st
from streamlit.dataframe_util import convert_anything_to_arrow_bytes

from components.ui.i18n import language
from components.ui.style import large_text
from db.queries import categories, freshness
from db.queries.admin.accounts import User
from db.queries.freshness import AsOf
from db.queries.handover import events
from db.queries.handover.events import EventRow
from db.queries.home import queue
from db.queries.home.tasks import AnyTask, Group
from db.queries.progress import progress, stages
from db.queries.progress.progress import Codes, CommuneStanding, History, Period, ProvinceStanding
from db.rules.access import Role
from db.rules.pace import Stage
from db.rules.states import Benefit, EventState

Answer = TypeVar("Answer")

_SOON = (EventState.PROPOSED, EventState.CONFIRMED)
_NEXT = 3
_MOST_ANSWERS = 2000


def as_of() -> AsOf:
    """Today and the data version; asked once per run and handed to the reads below."""
    return freshness.now()


def years(user: User, now: AsOf) -> list[int]:
    return keep(("years", user.scope, now), lambda: progress.years(user.scope, now.today))


def period(user: User, year: int, province_code: str | None, now: AsOf) -> Period:
    return keep(
        ("period", user.scope, year, province_code, now),
        lambda: progress.period(user.scope, year, province_code),
    )


def provinces(user: User, year: int, benefit: Benefit, now: AsOf) -> list[ProvinceStanding]:
    return keep(
        ("provinces", user.scope, year, benefit, now),
        lambda: progress.provinces(user.scope, year, benefit, now.today),
    )


def communes(
    user: User, year: int, benefit: Benefit, province_code: str, now: AsOf
) -> list[CommuneStanding]:
    return keep(
        ("communes", user.scope, year, benefit, province_code, now),
        lambda: progress.communes(user.scope, year, benefit, now.today, province_code),
    )


def history(
    user: User, year: int, benefit: Benefit, within: Codes, now: AsOf, *, plan_of: str | None
) -> History:
    return keep(
        ("history", user.scope, year, benefit, within, plan_of, now),
        lambda: progress.history(user.scope, year, benefit, now.today, within, plan_of=plan_of),
    )


def stage_counts(user: User, year: int, benefit: Benefit, within: Codes, now: AsOf) -> list[Stage]:
    return keep(
        ("stages", user.scope, year, benefit, within, now),
        lambda: stages.stages(user.scope, year, benefit, now.today, within),
    )


def days_to_handover(
    user: User, year: int, benefit: Benefit, within: Codes, now: AsOf
) -> int | None:
    return keep(
        ("days", user.scope, year, benefit, within, now),
        lambda: progress.days_to_handover(user.scope, year, benefit, within),
    )


@st.cache_data(ttl="1m", max_entries=1, show_spinner=False)
def category_labels() -> dict[str, str]:
    """{code: label}; too many words ask for it to look at the data version each time."""
    return categories.labels()


def tasks(user: User, now: AsOf) -> dict[Group, list[AnyTask]]:
    """Not kept for administrators: a lock on an account is no change of data."""
    if user.role is Role.ADMIN:
        return queue.of(user, now.today)
    return keep(("tasks", user.username, user.scope, now), lambda: queue.of(user, now.today))


def next_events(user: User, now: AsOf) -> list[EventRow]:
    """The next hand-overs from today on."""
    return keep(
        ("next_events", user.scope, now),
        lambda: events.listed(user.scope, _SOON, since=now.today, limit=_NEXT)[0],
    )


def chart(key: object, draw: Callable[[], Any]) -> dict[str, Any]:
    """A finished chart for `st.vega_lite_chart`: building one costs more than all the rest.

    `key` holds everything the chart depends on; language and text size are added here.
    """
    return keep(("chart", key, language(), large_text()), lambda: _finished(draw()))


def keep(key: object, ask: Callable[[], Answer]) -> Answer:
    """Any answer that changes only with the data; `key` names it with all it depends on."""
    # The key is handed over as text: hashing nested dataclasses costs more than the answer.
    kept: Answer = _kept(repr(key), ask)
    return kept


def _finished(drawn: Any) -> dict[str, Any]:
    """The chart as a dict, its rows already as the bytes that go to the browser."""
    spec: dict[str, Any] = drawn.to_dict()
    rows = spec.get("datasets", {})
    spec["datasets"] = {
        name: convert_anything_to_arrow_bytes(values) for name, values in rows.items()
    }
    return spec


@st.cache_data(ttl="1h", max_entries=_MOST_ANSWERS, show_spinner=False)
def _kept(key: str, _ask: Callable[[], Any]) -> Any:  # noqa: ARG001 - the key is the key
    return _ask()
