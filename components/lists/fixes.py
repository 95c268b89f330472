"""Step 3: every bad cell with why it is bad, corrected here or left behind."""

from collections import Counter
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from components.lists import cards, check, steps
from components.lists import cells as upload_cells
from components.lists.cells import Fix
from components.lists.rows import show_bad_rows, show_warnings
from components.lists.words import field_in_sentence, field_word
from components.ui import downloads, focus, markup, notices
from components.ui.formats import number, row_word
from components.ui.i18n import _, _n
from components.ui.style import on_phone
from db.documents.list_files import error_workbook
from db.intake.told.checked import CheckedList
from db.queries.admin.accounts import User
from db.queries.lists import lists
from db.queries.lists.lists import Draft
from db.rules.categories import known_labels


def draw(user: User, draft: Draft, checked: CheckedList) -> None:
    fixes = upload_cells.offered(draft, checked)
    _summary(checked)
    if fixes:
        shown, as_cards = _chips(fixes)
        if as_cards:
            cards.draw(user, shown, checked)
        else:
            _grid(user, shown)
    show_warnings(checked.warnings)
    if checked.errors:
        show_bad_rows(checked)
        with st.container(horizontal=True):
            _leave_behind(draft, checked)
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        st.button(
            _("Quay lại"),
            icon=":material/arrow_back:",
            on_click=steps.go,
            args=(steps.COLUMNS,),
            key="upload.back",
        )
        st.button(
            _("Kiểm tra lần cuối") if checked.errors else _("Tiếp tục"),
            type="primary",
            on_click=_check_again,
            args=(user, fixes),
            key="upload.check_again",
        )


def typed_texts(
    edited: Mapping[int, Mapping[str, object]], fixes: list[Fix], column: str
) -> dict[tuple[int, str], str]:
    """{(row, field): text} from the editor's answer: only that column, only offered cells."""
    texts = {}
    for place, cells in edited.items():
        if column in cells and 0 <= place < len(fixes):
            value = cells[column]
            texts[fixes[place].cell] = "" if value is None else str(value)
    return texts


def _summary(checked: CheckedList) -> None:
    good = _n("{n} dòng còn lại không có lỗi.", len(checked.rows)).format(
        n=number(len(checked.rows))
    )
    if not checked.errors:
        lead = _("Không còn ô nào phải sửa.")
        ready = _n("{n} người sẵn sàng để gửi.", len(checked.rows)).format(
            n=number(len(checked.rows))
        )
        markup.show(markup.note("green", lead, ready))
        return
    kinds = Counter(problem.field for problem in checked.errors)
    lead = _n("Có {cells} ô phải sửa ở {rows} dòng:", len(checked.errors)).format(
        cells=number(len(checked.errors)),
        rows=number(len({problem.row for problem in checked.errors})),
    )  # fmt: skip
    counts = ", ".join(
        f"{field_in_sentence(field)} {number(count)}" for field, count in kinds.most_common()
    )
    markup.show(markup.note("red", lead, f"{counts}. {good}"))


def _chips(fixes: list[Fix]) -> tuple[list[Fix], bool]:
    """The cells of the chosen kind, and whether to show them one by one."""
    kinds = Counter(fix.problem.field for fix in fixes)
    labels = {"": _("Tất cả ({n})").format(n=number(len(fixes)))} | {
        field: f"{field_word(field)} ({number(count)})" for field, count in kinds.items()
    }
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        kind = st.segmented_control(
            _("Loại lỗi"),
            list(labels),
            format_func=lambda field: labels.get(field, field),
            default="",
            required=True,
            wrap=True,
            label_visibility="collapsed",
            key="upload.kind",
        )
        look = st.segmented_control(
            _("Cách sửa"),
            ["grid", "cards"],
            format_func=lambda look: _("Trên bảng") if look == "grid" else _("Từng ô"),
            default="cards" if on_phone() else "grid",
            required=True,
            label_visibility="collapsed",
            key="upload.look",
        )
    if kind not in kinds:
        return fixes, look == "cards"
    return [fix for fix in fixes if fix.problem.field == kind], look == "cards"


def _grid(user: User, fixes: list[Fix]) -> None:
    column = _("Sửa thành")
    kind = st.session_state.get("upload.kind") or "all"
    key = f"upload.grid.{kind}.{upload_cells.moment()}"
    typed = upload_cells.typed()
    if st.session_state.get("upload.grid", ("",))[0] != key:
        st.session_state["upload.grid"] = key, [typed.get(fix.cell, fix.text) for fix in fixes]

    def changed() -> None:
        texts = typed_texts(st.session_state[key]["edited_rows"], fixes, column)
        if texts != {cell: typed.get(cell) for cell in texts}:
            typed.update(texts)
            upload_cells.save(user, texts)

    only_categories = kind == "category"
    standing = st.session_state["upload.grid"][1]
    st.data_editor(
        pd.DataFrame(
            {
                _("Dòng"): [row_word(fix.problem.row) for fix in fixes],
                _("Họ và tên"): [fix.name for fix in fixes],
                _("Cột"): [field_word(fix.problem.field) for fix in fixes],
                _("Giá trị trong tệp"): [fix.problem.value or _("(trống)") for fix in fixes],
                # as mounted: the editor forgets its edits when its data change under it
                column: [text or None for text in standing] if only_categories else standing,
                _("Vì sao"): [fix.problem.message for fix in fixes],
            }
        ),
        column_config={
            _("Dòng"): st.column_config.TextColumn(width=85),
            _("Họ và tên"): st.column_config.TextColumn(width=170),
            _("Cột"): st.column_config.TextColumn(width=100),
            _("Giá trị trong tệp"): st.column_config.TextColumn(width=150),
            column: st.column_config.SelectboxColumn(options=known_labels(), width=150)
            if only_categories
            else st.column_config.TextColumn(width=150),
            _("Vì sao"): st.column_config.TextColumn(width=620),
        },
        placeholder=_("Chọn…"),
        disabled=[
            _("Dòng"),
            _("Họ và tên"),
            _("Cột"),
            _("Giá trị trong tệp"),
            _("Vì sao"),
        ],
        hide_index=True,
        on_change=changed,
        alt=_("Các ô phải sửa"),
        key=key,
    )
    how = (
        _(
            "Bấm đúp vào ô ở cột {column} (hoặc Enter) để chọn đối tượng. "
            "Gợi ý đã điền sẵn, anh/chị kiểm tra lại."
        )
        if only_categories
        else _(
            "Gõ thẳng vào cột {column}, Enter để xuống dòng; dán được từ Excel. "
            "Gợi ý đã điền sẵn, anh/chị kiểm tra lại. Muốn để trống một ô thì gõ dấu “-”."
        )
    )
    markup.show(markup.muted(markup.fill(how, column=markup.bold(column))))


def _check_again(user: User, fixes: list[Fix]) -> None:
    """Callback: take what stands in “Sửa thành”, suggestions included, and look again."""
    typed = st.session_state.pop("upload.typed", {})
    texts = {fix.cell: fix.text for fix in fixes if fix.text and fix.cell not in typed}
    if texts:
        upload_cells.save(user, texts)
    upload_cells.take_anew()
    draft = steps.drawn(lists.drafts(user.account_id))
    if draft is None:
        return
    left = len(check.checked(user, draft).errors)
    if not left:
        steps.go(steps.SEND)
    elif fixes:
        focus.ask()
        notices.leave(
            "refused",
            _n("Còn {n} ô phải sửa. Sửa tiếp, hoặc để lại các dòng đó.", left).format(
                n=number(left)
            ),
        )


def _leave_behind(draft: Draft, checked: CheckedList) -> None:
    rows = len({problem.row for problem in checked.errors})
    downloads.office_file(
        _("Tải tệp lỗi (.xlsx)"),
        lambda: error_workbook(checked),
        f"loi-{draft.commune_code}.xlsx",
        key="upload.errors",
    )
    if checked.rows:
        st.button(
            _("Để lại {rows} dòng lỗi, đi tiếp với {people} người").format(
                rows=number(rows), people=number(len(checked.rows))
            ),
            on_click=steps.go,
            args=(steps.SEND,),
            key="upload.leave_errors",
        )
