"""The plan before the act: every group of people counted, and there to be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from components.lists.words import field_word
from components.ui import markup
from components.ui.formats import birth, number, row_word
from components.ui.i18n import _
from components.ui.style import on_phone
from db.commands.lists.plan import PlanRow, Rehearsal
from db.intake.told.checked import CheckedList
from db.reference.places import communes_by_code

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Group:
    """People with whom the same will happen; `line` says what, `noted` heads their notes."""

    code: str
    title: str
    line: str
    rows: Sequence[PlanRow]
    noted: str = ""


def groups(checked: CheckedList, rehearsal: Rehearsal) -> list[Group]:
    """The groups that hold anybody, in the order a clerk looks at them."""
    row_note = _("Trùng với dòng")
    all_groups = [
        Group("new", _("Mới"), _("Chưa có trong hệ thống, sẽ thêm mới."), rehearsal.new),
        Group(
            "maybe",
            _("Có thể trùng"),
            _("Là người mới trong tệp nhưng giống người đã có; BHXH tỉnh sẽ so sánh từng cặp."),
            _with_places(rehearsal.maybe),
            _("Giống người đã có ở"),
        ),
        Group(
            "known",
            _("Đã có"),
            _("Đã có hồ sơ trong hệ thống, được đề nghị thêm lần này."),
            rehearsal.known,
        ),
        Group(
            "recognised",
            _("Nhận ra"),
            _("Số CCCD, họ tên, ngày sinh không giống hết nhưng chắc chắn là người đã có."),
            rehearsal.recognised,
            _("Hồ sơ đã có ghi"),
        ),
        Group(
            "changed",
            _("Thay đổi"),
            _("Đã có trong danh sách này, nội dung khác đi."),
            _with_fields(rehearsal.changed),
            _("Khác ở"),
        ),
        Group(
            "unchanged",
            _("Giữ nguyên"),
            _("Đã có trong danh sách này, không đổi gì."),
            rehearsal.unchanged,
        ),
        Group(
            "gone",
            _("Rút ra"),
            _("Có trong danh sách đã nộp, không còn trong tệp này: sẽ được rút."),
            rehearsal.gone,
        ),
        Group(
            "wrong",
            _("Lỗi để lại"),
            _("Còn ô phải sửa nên không gửi; tải tệp lỗi để sửa và nộp bổ sung."),
            _wrong(checked),
            _("Phải sửa"),
        ),
        Group(
            "elsewhere",
            _("Ở danh sách khác"),
            _("Danh sách khác của năm nay đã đề nghị người này nên không gửi lần nữa."),
            rehearsal.elsewhere,
            _("Danh sách"),
        ),
        Group(
            "merged",
            _("Lặp trong tệp"),
            _("Cùng số CCCD, họ tên và ngày sinh với dòng trên: gộp làm một."),
            rehearsal.merged,
            row_note,
        ),
    ]
    return [group for group in all_groups if group.rows]


def draw(checked: CheckedList, rehearsal: Rehearsal) -> None:
    """Counts as choices, below them the people of the chosen group."""
    found = groups(checked, rehearsal)
    if not found:
        return
    by_code = {group.code: group for group in found}
    markup.show(markup.heading(_("Ai sẽ được gửi, ai không?")))
    chosen = st.segmented_control(
        _("Nhóm"),
        list(by_code),
        format_func=lambda code: _label(by_code.get(code)),
        default=found[0].code,
        required=True,
        wrap=True,
        label_visibility="collapsed",
        key="upload.group",
    )
    group = by_code.get(str(chosen), found[0])
    markup.show(markup.muted(group.line))
    shown = group.rows[:MOST_ROWS]
    columns = {
        _("Dòng"): [row_word(row.row) if row.row else "" for row in shown],
        _("Họ và tên"): [row.full_name for row in shown],
        _("Ngày sinh"): [birth(row.birth) for row in shown],
    }
    order = list(columns)
    if group.noted:
        columns[group.noted] = [row.note for row in shown]
        order.insert(2 if on_phone() else 3, group.noted)
    st.dataframe(
        pd.DataFrame(columns),
        column_config={
            _("Dòng"): st.column_config.TextColumn(width=70),
            group.noted: st.column_config.TextColumn(width=None if on_phone() else "large"),
        },
        column_order=order,
        hide_index=True,
        alt=group.line,
    )
    if len(group.rows) > MOST_ROWS:
        markup.show(
            markup.muted(
                _("Hiện {n} dòng đầu trong {all} dòng.").format(
                    n=number(MOST_ROWS), all=number(len(group.rows))
                )
            )
        )


def _label(group: Group | None) -> str:
    return f"{group.title} ({number(len(group.rows))})" if group else ""


def _with_fields(rows: Sequence[PlanRow]) -> list[PlanRow]:
    return [
        replace(row, note="; ".join(field_word(field) for field in row.note.split(",") if field))
        for row in rows
    ]


def _with_places(rows: Sequence[PlanRow]) -> list[PlanRow]:
    places = communes_by_code()
    return [
        PlanRow(
            row.row,
            row.full_name,
            row.birth,
            places[row.note].name if row.note in places else _("tỉnh khác"),
        )
        for row in rows
    ]


def _wrong(checked: CheckedList) -> list[PlanRow]:
    raw = checked.raw or {}
    at = checked.field_columns or {}
    names = [at[name] for name in ("full_name", "family_name", "given_name") if name in at]
    told: dict[int, list[str]] = {}
    for problem in checked.errors:
        told.setdefault(problem.row, []).append(problem.message)
    return [
        PlanRow(
            row,
            " ".join(raw[row][name] for name in names if name < len(raw.get(row, ()))).strip(),
            "",
            " ".join(messages),
        )
        for row, messages in told.items()
    ]
