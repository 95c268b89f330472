"""Rows of the file as it came, with what is wrong marked."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components.lists.words import field_word
from components.ui import markup
from components.ui.formats import number, row_word
from components.ui.i18n import _, _n
from db.documents.list_files import columns_of
from db.intake.told.checked import CellProblem, CheckedList

MOST_ROWS = 200
NAMED_WARNINGS = 3
_WRONG = "background-color: #F9E7E4; color: #7E2315; font-weight: 600"


def show_bad_rows(checked: CheckedList) -> None:
    """The rows with errors as in the file, wrong cells red."""
    markup.show(markup.heading(_("Các dòng có lỗi, như trong tệp")))
    wrong: dict[int, set[int]] = {}
    for problem in checked.errors:
        wrong.setdefault(problem.row, set()).update(columns_of(checked, problem.field))
    rows = sorted(wrong)[:MOST_ROWS]
    raw = checked.raw or {}
    width = len(checked.header)
    table = pd.DataFrame(
        [[row_word(row), *_cells(raw.get(row, ()), width)] for row in rows],
        columns=_different([_("Dòng"), *checked.header]),
    )

    def paint(line: pd.Series) -> list[str]:
        red = wrong[rows[int(str(line.name))]]
        return ["", *(_WRONG if place in red else "" for place in range(width))]

    st.dataframe(
        table.style.apply(paint, axis=1),
        hide_index=True,
        alt=_("Các dòng có lỗi, như trong tệp"),
    )
    if len(wrong) > MOST_ROWS:
        markup.show(
            markup.muted(
                _("Hiện {n} dòng đầu trong {all} dòng.").format(
                    n=number(MOST_ROWS), all=number(len(wrong))
                )
            )
        )


def show_warnings(warnings: Sequence[CellProblem]) -> None:
    """What does not keep the list from being sent: the first few, the rest behind a click."""
    if not warnings:
        return
    first = "; ".join(
        _("dòng {row}: {what}").format(row=row_word(warning.row), what=warning.message.rstrip("."))
        for warning in warnings[:NAMED_WARNINGS]
    )
    more = "…" if len(warnings) > NAMED_WARNINGS else "."
    lead = _n("{n} cảnh báo, không chặn gửi:", len(warnings)).format(n=number(len(warnings)))
    markup.show(markup.note("amber", lead, f"{first}{more}"))
    if len(warnings) > NAMED_WARNINGS:
        with st.expander(_("Xem cả {n} cảnh báo").format(n=number(len(warnings)))):
            st.dataframe(
                pd.DataFrame(
                    {
                        _("Dòng"): [row_word(warning.row) for warning in warnings[:1_000]],
                        _("Cột"): [field_word(warning.field) for warning in warnings[:1_000]],
                        _("Giá trị trong tệp"): [warning.value for warning in warnings[:1_000]],
                        _("Cần xem"): [warning.message for warning in warnings[:1_000]],
                    }
                ),
                column_config={_("Cần xem"): st.column_config.TextColumn(width="large")},
                hide_index=True,
                alt=_("Các cảnh báo"),
            )


def _cells(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * width][:width]


def _different(headers: Sequence[str]) -> list[str]:
    """Headers as column names, which must differ: a repeated or empty one gets its number."""
    seen: dict[str, int] = {}
    names = []
    for place, header in enumerate(headers):
        name = header or _("Cột {n}").format(n=place)
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names
