"""Step 3 one cell at a time, as on a phone: where, what stands there, what to write, why."""

from collections.abc import Callable

import streamlit as st

from components.lists import cells
from components.lists.cells import Fix
from components.lists.words import field_word
from components.ui import markup
from components.ui.formats import row_word
from components.ui.i18n import _
from db.intake.told.checked import CheckedList
from db.queries.admin.accounts import User
from db.rules.categories import known_labels

CARDS = 20
LONGEST_SHOWN = 80


def draw(user: User, fixes: list[Fix], checked: CheckedList) -> None:
    wrong = {(problem.row, problem.field) for problem in checked.errors}
    typed = cells.typed()
    pages = -(-len(fixes) // CARDS)
    page = st.pagination(pages, key="upload.card_page") if pages > 1 else 1

    def changed(fix: Fix, key: str) -> None:
        text = st.session_state[key]
        typed[fix.cell] = text
        cells.save(user, {fix.cell: text})

    for fix in fixes[(page - 1) * CARDS : page * CARDS]:
        row, field = fix.cell
        key = f"upload.card.{row}.{field}.{cells.moment()}"
        with st.container(border=True):
            st.text(_which_cell(fix))
            _field(fix, typed.get(fix.cell, fix.text), changed, key)
            if fix.cell in wrong:
                st.text(_message(checked, fix))
            else:
                markup.show(markup.tag(_("Đã sửa"), "green"))


def _which_cell(fix: Fix) -> str:
    """Where a cell stands and what is in it; a name that is wrong itself is told once."""
    row = row_word(fix.problem.row)
    named = fix.name and fix.problem.field != "full_name"
    where = _("Dòng {row}: {name}.") if named else _("Dòng {row}.")
    column, value = field_word(fix.problem.field), fix.problem.value or _("(trống)")
    return f"{where.format(row=row, name=_in_short(fix.name))} {column}: {_in_short(value)}"


def _in_short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def _field(fix: Fix, text: str, changed: Callable[[Fix, str], None], key: str) -> None:
    """Where a cell is corrected; a category is chosen, everything else is typed."""
    if fix.problem.field != "category":
        st.text_input(_("Sửa thành"), value=text, on_change=changed, args=(fix, key), key=key)
        return
    labels = ["", *known_labels()]
    if text not in labels:
        labels.insert(1, text)
    st.selectbox(
        _("Sửa thành"),
        labels,
        index=labels.index(text),
        format_func=lambda label: label or _("Chọn một đối tượng…"),
        placeholder=_("Chọn…"),
        on_change=changed,
        args=(fix, key),
        key=key,
    )


def _message(checked: CheckedList, fix: Fix) -> str:
    for problem in checked.errors:
        if (problem.row, problem.field) == fix.cell:
            return problem.message
    return fix.problem.message
