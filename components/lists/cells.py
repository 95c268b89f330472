"""The cells to correct as step 3 offers them: they hold still while one types."""

from dataclasses import dataclass

import streamlit as st

from components.lists import steps
from db.commands.lists import drafts
from db.documents.list_files import columns_of
from db.intake.told.checked import CellProblem, CheckedList
from db.queries.admin.accounts import User
from db.queries.lists.lists import Draft

MOST_CELLS = 1_000
_KEPT = "upload.fixes"


@dataclass(frozen=True, slots=True)
class Fix:
    """A cell to correct as it is offered: `text` is what stands in “Sửa thành” at first."""

    problem: CellProblem
    name: str
    text: str

    @property
    def cell(self) -> tuple[int, str]:
        return self.problem.row, self.problem.field


def offered(draft: Draft, checked: CheckedList) -> list[Fix]:
    """The cells as they were when the step was opened: the table holds still while one types."""
    basis = (draft.seen.id, checked.sha256, tuple((checked.field_columns or {}).items()))
    kept = st.session_state.get(_KEPT)
    if kept is None or kept[0] != basis:
        offered = [
            Fix(
                _as_in_file(draft, checked, problem),
                _name(checked, problem.row),
                _first_text(draft, problem),
            )
            for problem in checked.errors[:MOST_CELLS]
        ]
        kept = st.session_state[_KEPT] = (basis, offered, steps.moment(draft))
    fixes: list[Fix] = kept[1]
    return fixes


def _as_in_file(draft: Draft, checked: CheckedList, problem: CellProblem) -> CellProblem:
    """Checked is the correction, if there is one and it is wrong too; shown is the file's cell."""
    if f"{problem.row}:{problem.field}" not in draft.corrections:
        return problem
    cells = (checked.raw or {}).get(problem.row, ())
    places = [place for place in columns_of(checked, problem.field) if place < len(cells)]
    return problem._replace(value=" ".join(cells[place] for place in places).strip())


def _first_text(draft: Draft, problem: CellProblem) -> str:
    """What was typed before and is still wrong, or else the suggestion."""
    return draft.corrections.get(f"{problem.row}:{problem.field}") or problem.suggestion or ""


def _name(checked: CheckedList, row: int) -> str:
    places = checked.field_columns or {}
    cells = (checked.raw or {}).get(row, ())
    parts = [places[name] for name in ("full_name", "family_name", "given_name") if name in places]
    return " ".join(cells[place] for place in parts if place < len(cells)).strip()


def moment() -> str:
    """When the cells were taken: part of the keys of their widgets."""
    shown: str = st.session_state[_KEPT][2]
    return shown


def take_anew() -> None:
    """The next drawing offers what is wrong by then."""
    st.session_state.pop(_KEPT, None)


def typed() -> dict[tuple[int, str], str]:
    """What was typed since the step was opened: {(row, field): text}."""
    texts: dict[tuple[int, str], str] = st.session_state.setdefault("upload.typed", {})
    return texts


def save(user: User, texts: dict[tuple[int, str], str]) -> None:
    steps.change(lambda seen: drafts.correct(texts, seen=seen, actor=user.username))
