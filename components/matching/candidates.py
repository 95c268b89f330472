"""The ranked table of a proposal: a checkbox decides who, a cell opens the reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from components.matching import words
from components.review.reasons import points_label
from components.ui import filters
from components.ui.i18n import _
from db.queries.matching.proposal import ProposalSheet
from db.queries.matching.proposal_people import ProposedPerson
from db.rules.states import MatchState

ALL, WARNED, NEAR, RESERVE = "tat-ca", "canh-bao", "sat-nguong", "du-bi"
_NEAR_POINTS = 5
_ROW_HEIGHT, _MOST_HEIGHT = 35, 420
_RESERVE_LOOK = "background-color: #F1F4F7; color: #46535F"


@dataclass(frozen=True, slots=True)
class Picked:
    """Match ids that are ticked, over all filters, and the person looked at."""

    chosen: frozenset[int]
    person: ProposedPerson | None


def in_order(sheet: ProposalSheet) -> list[ProposedPerson]:
    """Who holds a piece, then the reserve, then who was left out, each by rank."""
    return sorted(sheet.people, key=_place)


def _place(one: ProposedPerson) -> tuple[bool, bool, int]:
    return one.left_out is not None, one.state is MatchState.RESERVE, one.rank


def filtered(sheet: ProposalSheet) -> list[ProposedPerson]:
    """The filter above the table, with counts; its code stands in the address."""
    everybody = in_order(sheet)
    groups = {
        ALL: everybody,
        WARNED: [one for one in everybody if one.warnings],
        NEAR: [one for one in everybody if _is_near(one, sheet.threshold)],
        RESERVE: [one for one in everybody if one.state is MatchState.RESERVE],
    }
    labels = {
        ALL: _("Tất cả"),
        WARNED: _("Có cảnh báo ({n})").format(n=len(groups[WARNED])),
        NEAR: _("Sát ngưỡng ({n})").format(n=len(groups[NEAR])),
        RESERVE: _("Dự bị ({n})").format(n=len(groups[RESERVE])),
    }
    code = filters.choice("loc", _("Lọc"), labels, ALL, widget="segmented", hide_label=True)
    return groups[code]


def pick(sheet: ProposalSheet, shown: Sequence[ProposedPerson], *, selectable: bool) -> Picked:
    """Draw the table; rows without warnings begin ticked, the reserve and the warned do not."""
    name = f"candidates.{sheet.id}.{sheet.version}"
    if f"{name}.chosen" not in st.session_state:
        st.session_state[f"{name}.chosen"] = frozenset(
            one.match_id for one in sheet.of_state(MatchState.PROPOSED) if not one.warnings
        )
    ids = [one.match_id for one in shown]
    table = _table_key(name, ids)
    mode = ["multi-row", "single-cell"] if selectable else ["single-cell"]
    event: Any = st.dataframe(
        _frame(shown),
        key=table,
        on_select=lambda: _remember(name, table, ids, selectable),
        selection_mode=mode,  # type: ignore[arg-type]
        selection_default=st.session_state[f"{table}.first"] if selectable else None,
        hide_index=True,
        column_config=_columns(),
        height=min(_MOST_HEIGHT, _ROW_HEIGHT * (len(shown) + 1) + 2),
        row_height=_ROW_HEIGHT,
        alt=_("Bảng xếp hạng những người được đề xuất, theo điểm hoàn cảnh"),
    )
    return Picked(
        st.session_state[f"{name}.chosen"], _looked_at(shown, event.selection.cells, name)
    )


def _table_key(name: str, ids: list[int]) -> str:
    """A new table whenever other rows are shown: it begins with what is ticked by then."""
    if st.session_state.get(f"{name}.ids") != ids:
        st.session_state[f"{name}.ids"] = ids
        count = st.session_state.get(f"{name}.tables", 0) + 1
        st.session_state[f"{name}.tables"] = count
        chosen = st.session_state[f"{name}.chosen"]
        st.session_state[f"{name}.{count}.first"] = {
            "selection": {"rows": [at for at, one in enumerate(ids) if one in chosen]}
        }
    return f"{name}.{st.session_state[f'{name}.tables']}"


def _remember(name: str, table: str, ids: list[int], selectable: bool) -> None:
    if not selectable:
        return
    rows = st.session_state[table]["selection"]["rows"]
    ticked = {ids[at] for at in rows if at < len(ids)}
    kept = st.session_state[f"{name}.chosen"] - set(ids)
    st.session_state[f"{name}.chosen"] = frozenset(kept | ticked)


def _looked_at(
    shown: Sequence[ProposedPerson], cells: Sequence[tuple[int, str]], name: str
) -> ProposedPerson | None:
    key = f"{name}.person"
    if cells and cells[0][0] < len(shown):
        st.session_state[key] = shown[cells[0][0]].match_id
    known = {one.match_id: one for one in shown}
    if person := known.get(st.session_state.get(key, 0)):
        return person
    warned = next((one for one in shown if one.warnings), None)
    return warned or (shown[0] if shown else None)


def _frame(shown: Sequence[ProposedPerson]) -> Any:
    frame = pd.DataFrame(
        {
            "rank": [one.rank for one in shown],
            "name": [one.full_name for one in shown],
            "age": ["" if one.age is None else str(one.age) for one in shown],
            "place": [one.hamlet or one.commune for one in shown],
            "score": [one.score for one in shown],
            "why": [[points_label(code) for code, _p in one.points] for one in shown],
            "result": [words.outcome(one)[0] for one in shown],
        }
    )
    reserve = [one.state is MatchState.RESERVE or bool(one.left_out) for one in shown]
    return frame.style.apply(
        lambda row: [_RESERVE_LOOK if reserve[row.name] else ""] * len(row), axis=1
    )


def _columns() -> Mapping[str, Any]:
    column = st.column_config
    return {
        "rank": column.NumberColumn(_("Hạng"), width=60, format="%d"),
        "name": column.TextColumn(_("Họ và tên"), width=170),
        "age": column.TextColumn(_("Tuổi"), width=55, alignment="right"),
        "place": column.TextColumn(_("Thôn, bản"), width=120),
        "score": column.ProgressColumn(
            _("Điểm"), width=110, format="%d", min_value=0, max_value=100
        ),
        "why": column.ListColumn(_("Lý do chính"), width=200),
        "result": column.TextColumn(_("Kết quả"), width=155),
    }


def _is_near(one: ProposedPerson, threshold: int | None) -> bool:
    return threshold is not None and abs(one.score - threshold) <= _NEAR_POINTS
