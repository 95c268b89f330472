"""Step 2: which column of the file is which field."""

import pandas as pd
import streamlit as st

from components.lists import memory, steps
from components.lists.words import field_word
from components.reads import category_labels
from components.ui import markup
from components.ui.formats import birth, number, row_word
from components.ui.i18n import N_, _, _n
from components.ui.style import on_phone
from db.commands.lists import drafts
from db.intake.fields.names import COLUMN_CHOICES, IGNORED
from db.intake.told.checked import CheckedList, ColumnGuess, ListRow, Question
from db.intake.told.sentences import choice
from db.queries.admin.accounts import User
from db.queries.lists.lists import Draft

_CERTAINTY = {
    "sure": N_("Chắc chắn"),
    "likely": N_("Cần xem"),
    "unknown": N_("Chưa nhận ra"),
    "own": N_("Như lần trước"),
    "office": N_("Như đồng nghiệp đã khớp"),
    "nation": N_("Như nơi khác đã khớp"),
}
_TO_LOOK_AT = ("unknown", "likely")
_ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16"}
_DELIMITERS = {"\t": "Tab"}
_SEXES = {"M": N_("Nam"), "F": N_("Nữ")}


def draw(user: User, draft: Draft, checked: CheckedList) -> None:
    for question in checked.questions:
        _ask(user, question)
    st.subheader(_("Cột nào là cột nào?"), anchor=False)
    markup.show(markup.muted(_what_was_read(draft, checked)))
    guesses = sorted(checked.guesses, key=lambda guess: guess.certainty not in _TO_LOOK_AT)
    if on_phone():
        _as_fields(user, draft, guesses)
    else:
        _as_grid(user, draft, guesses)
    memory.draw(user)
    _first_rows(checked.rows[:5])
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        st.button(
            _("Quay lại"),
            icon=":material/arrow_back:",
            on_click=steps.go,
            args=(steps.FILE,),
            key="upload.back",
        )
        st.button(
            _("Đúng, kiểm tra lỗi"),
            type="primary",
            disabled=bool(checked.questions),
            on_click=steps.go,
            args=(steps.FIXES,),
            key="upload.columns_right",
        )
        if checked.questions:
            markup.show(markup.muted(_("Trả lời câu hỏi ở trên để đi tiếp.")))
        elif draft.answers:
            steps.ask_again_button(user)


def chosen_fields(edited: dict[int, dict[str, str]], guesses: list[ColumnGuess]) -> dict[int, str]:
    """{column: field} from the editor's answer; whatever was not offered is left out."""
    fields = {field_word(field): field for field in COLUMN_CHOICES}
    column = _("Ứng với mục")
    chosen = {}
    for place, cells in edited.items():
        field = fields.get(str(cells.get(column)))
        if 0 <= place < len(guesses) and field is not None:
            chosen[guesses[place].index] = field
    return chosen


def _ask(user: User, question: Question) -> None:
    key = f"upload.answer.{question.code}"

    def answered() -> None:
        answer = st.session_state[key]
        if answer in question.choices:
            steps.change(
                lambda seen: drafts.answer(question.code, answer, seen=seen, actor=user.username)
            )

    with st.container(border=True):
        st.radio(
            markup.plain(question.message),
            question.choices,
            index=None,
            format_func=lambda answer: markup.plain(_(choice(question.code, answer))),
            on_change=answered,
            key=key,
        )


def _what_was_read(draft: Draft, checked: CheckedList) -> markup.Html:
    source = checked.source
    known = sum(guess.field is not None for guess in checked.guesses)
    doubtful = sum(guess.certainty in _TO_LOOK_AT for guess in checked.guesses)
    parts = [
        _n("{n} người", checked.rows_read).format(n=number(checked.rows_read)),
        _n("{n} cột", len(checked.guesses)).format(n=number(len(checked.guesses))),
    ]
    if source.sheet:
        parts.append(_("trang “{sheet}”").format(sheet=source.sheet))
    if source.delimiter:
        encoding = _ENCODINGS.get(source.encoding or "", source.encoding or "")
        parts.append(_("bảng mã {name}").format(name=encoding))
        sign = _DELIMITERS.get(source.delimiter, source.delimiter)
        parts.append(_("dấu phân cách “{sign}”").format(sign=sign))
    return markup.fill(
        _("Đã đọc {file}: {what}. Đã tự nhận {known}/{all} cột. {look}"),
        file=markup.bold(draft.file_name),
        what=", ".join(parts),
        known=known,
        all=len(checked.guesses),
        look=_n("Xem lại {n} cột đứng đầu.", doubtful).format(n=number(doubtful))
        if doubtful
        else _("Không có cột nào phải xem lại."),
    )


def _as_grid(user: User, draft: Draft, guesses: list[ColumnGuess]) -> None:
    column = _("Ứng với mục")
    key = f"upload.columns.{steps.moment(draft)}"

    def changed() -> None:
        chosen = chosen_fields(st.session_state[key]["edited_rows"], guesses)
        for index, field in chosen.items():
            _set_column(user, index, field)

    st.data_editor(
        pd.DataFrame(
            {
                _("Cột trong tệp"): [guess.header for guess in guesses],
                _("Ví dụ trong tệp"): [guess.example for guess in guesses],
                column: [field_word(guess.field or IGNORED) for guess in guesses],
                _("Mức chắc chắn"): [_(_CERTAINTY[guess.certainty]) for guess in guesses],
            }
        ),
        column_config={
            column: st.column_config.SelectboxColumn(
                options=[field_word(field) for field in COLUMN_CHOICES], required=True
            )
        },
        disabled=[_("Cột trong tệp"), _("Ví dụ trong tệp"), _("Mức chắc chắn")],
        hide_index=True,
        on_change=changed,
        alt=_("Các cột trong tệp và trường tương ứng"),
        key=key,
    )


def _as_fields(user: User, draft: Draft, guesses: list[ColumnGuess]) -> None:
    fields = list(COLUMN_CHOICES)

    def changed(index: int, key: str) -> None:
        _set_column(user, index, st.session_state[key])

    for guess in guesses:
        key = f"upload.column.{guess.index}.{steps.moment(draft)}"
        st.selectbox(
            markup.plain(_with_certainty(guess)),
            fields,
            index=fields.index(guess.field or IGNORED),
            format_func=field_word,
            placeholder=_("Chọn…"),
            on_change=changed,
            args=(guess.index, key),
            key=key,
        )


def _with_certainty(guess: ColumnGuess) -> str:
    """Column and example; where there is no table to say so, also how sure we are."""
    said = f"{guess.header} – {guess.example}"
    return said if guess.certainty == "sure" else f"{said} ({_(_CERTAINTY[guess.certainty])})"


def _set_column(user: User, index: int, field: str) -> None:
    steps.change(lambda seen: drafts.map_column(index, field, seen=seen, actor=user.username))


def _first_rows(rows: tuple[ListRow, ...]) -> None:
    if not rows:
        return
    markup.show(markup.muted(_("Những dòng đầu không có lỗi, đọc theo cách khớp trên:")))
    labels = category_labels()
    st.dataframe(
        pd.DataFrame(
            {
                _("Dòng"): [row_word(row.row) for row in rows],
                _("Họ và tên"): [row.full_name for row in rows],
                _("Ngày sinh"): [birth(row.birth) for row in rows],
                _("Giới tính"): [_(_SEXES[row.sex]) if row.sex else "" for row in rows],
                _("Số CCCD"): [row.cccd or "" for row in rows],
                _("Thôn, bản"): [row.hamlet or "" for row in rows],
                _("Đối tượng"): [
                    ", ".join(labels[code] for code in row.categories) for row in rows
                ],
                _("Số điện thoại"): [row.phone or "" for row in rows],
            }
        ),
        hide_index=True,
        alt=_("Những dòng đầu như đã hiểu"),
    )
