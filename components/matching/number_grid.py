"""The grid where numbers of cards and books are typed or pasted, as text and nothing else."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components.ui import formats, kept_form
from components.ui.i18n import _
from db.queries.admin.accounts import User
from db.queries.matching.issuing import IssueRow

_MOST_HEIGHT = 520


def fill(user: User, pledge_code: str, numbers: dict[int, str]) -> None:
    """From a callback: put these numbers into the grid, over what was typed before."""
    key = _key(pledge_code)
    _keep(user, pledge_code, numbers)
    st.session_state[f"{key}.tables"] = st.session_state.get(f"{key}.tables", 0) + 1


def issued(user: User, pledge_code: str) -> None:
    """From a callback: the numbers are with their people now."""
    kept_form.drop(user, _key(pledge_code))


def numbers(user: User, pledge_code: str, waiting: Sequence[IssueRow]) -> list[tuple[int, str]]:
    """Draw the grid; (match id, number) of the rows that have one."""
    key = _table_key(pledge_code, waiting)
    kept = kept_form.table(user, _key(pledge_code), key)
    filled = {int(match_id): text for match_id, text in kept.items()}
    st.session_state[f"{_key(pledge_code)}.filled"] = filled

    def changed() -> None:
        _keep(user, pledge_code, dict(typed(pledge_code, waiting)))

    text = st.column_config.TextColumn
    st.data_editor(
        pd.DataFrame(
            {
                "name": [one.full_name for one in waiting],
                "birth": [formats.birth(one.birth) for one in waiting],
                "place": [", ".join(filter(None, [one.hamlet, one.commune])) for one in waiting],
                "cccd": [one.cccd for one in waiting],
                "money": [formats.number(one.donor_share) for one in waiting],
                "number": [filled.get(one.match_id, "") for one in waiting],
            }
        ),
        column_config={
            "name": text(_("Họ và tên"), width=180),
            "birth": text(_("Ngày sinh"), width=100),
            "place": text(_("Thôn, bản"), width=200),
            "cccd": text(_("Số CCCD"), width=130),
            "money": text(_("Kinh phí (₫)"), width=100, alignment="right"),
            "number": text(_("Số thẻ, sổ"), width=180, max_chars=20),
        },
        disabled=["name", "birth", "place", "cccd", "money"],
        hide_index=True,
        height=min(_MOST_HEIGHT, 35 * (len(waiting) + 1) + 2),
        on_change=changed,
        key=key,
        alt=_("Bảng nhập số thẻ, số sổ cho từng người đã duyệt"),
    )
    return typed(pledge_code, waiting)


def typed(pledge_code: str, waiting: Sequence[IssueRow]) -> list[tuple[int, str]]:
    """What stands in the grid now, in a callback too, before the last number is drawn."""
    filled = _filled(pledge_code)
    edits = st.session_state[_table_key(pledge_code, waiting)]["edited_rows"]
    # Only the numbers come back from the browser; whose they are is known here.
    found = [
        (one.match_id, edits.get(place, {}).get("number", filled.get(one.match_id, "")))
        for place, one in enumerate(waiting)
    ]
    return [(match_id, text.strip()) for match_id, text in found if text and text.strip()]


def _keep(user: User, pledge_code: str, numbers: dict[int, str]) -> None:
    cells = {str(match_id): text for match_id, text in numbers.items()}
    kept_form.keep_table(user, _key(pledge_code), cells)


def _filled(pledge_code: str) -> dict[int, str]:
    numbers: dict[int, str] = st.session_state.get(f"{_key(pledge_code)}.filled", {})
    return numbers


def _table_key(pledge_code: str, waiting: Sequence[IssueRow]) -> str:
    """Edits are kept by row: other people in the rows need a new table."""
    key, ids = _key(pledge_code), tuple(one.match_id for one in waiting)
    return f"{key}.{st.session_state.get(f'{key}.tables', 0)}.{hash(ids)}"


def _key(pledge_code: str) -> str:
    return f"numbers.{pledge_code}"
