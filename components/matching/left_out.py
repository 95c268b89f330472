"""Asking why somebody makes way, in the words of the one list of reasons."""

from collections.abc import Iterable

import streamlit as st

from components.ui.i18n import _, _n
from components.ui.words import word
from db.errors import Refused
from db.queries.matching.proposal_people import ProposedPerson
from db.rules.states import LeftOut

_ALL = "left_out.all"
_ONE_BY_ONE = 8
"""Beyond so many people one reason is asked for all of them."""


def ask(label: str, key: str) -> None:
    """One reason to choose; nothing is chosen beforehand."""
    st.selectbox(
        label, list(LeftOut), index=None, format_func=word, placeholder=_("Chọn lý do…"), key=key
    )


def answer(key: str, name: str) -> LeftOut:
    """What was chosen.

    Raises:
        Refused: left_out_unexplained (names, count).
    """
    code: LeftOut | None = st.session_state.get(key)
    if code is None:
        raise Refused("left_out_unexplained", names=[name], count=1)
    return code


def ask_each(people: list[ProposedPerson]) -> None:
    """Why each of those who are not approved is not."""
    if len(people) > _ONE_BY_ONE:
        label = _n("Vì sao không duyệt {n} người", len(people)).format(n=len(people))
        ask(label, _ALL)
        return
    for one in people:
        ask(_("Vì sao không duyệt {name}").format(name=one.full_name), _key(one))


def answers(people: Iterable[ProposedPerson]) -> dict[int, LeftOut]:
    """{match id: why} of those with an answer; the command names those without."""
    for_all = st.session_state.get(_ALL)
    given = {one.match_id: st.session_state.get(_key(one), for_all) for one in people}
    return {match_id: code for match_id, code in given.items() if code is not None}


def _key(one: ProposedPerson) -> str:
    return f"left_out.{one.match_id}"
