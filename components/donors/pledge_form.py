"""Entering pledges by keyboard: the form, and what is read from it."""

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from components.reads import category_labels
from components.ui import focus, formats, kept_form
from components.ui.i18n import N_, _
from components.ui.words import short
from db.commands.donors.donors import DonorEntry
from db.commands.donors.pledges import MONTHS, PledgeEntry, Wishes, full_price
from db.queries.admin.accounts import User
from db.queries.donors.donors import KnownDonor
from db.rules import why
from db.rules.names import fold
from db.rules.states import Benefit

_KNOWN, _ANOTHER, _ROUND = "pledge.known", "pledge.another", "pledge.round"
_ALIKE = "pledge.alike"
FORM = "pledge"
_LASTING = ("benefit", "months", "registered_on", "year")
_OWN = (
    "name", "number", "quantity", "expected_on", "paid", "contact", "phone", "anonymous",
    "communes", "categories", "sex", "min_age", "max_age", "wish",
)  # fmt: skip
_FIRST = {"benefit": Benefit.HI, "months": MONTHS[0]}
_SEXES = {"": N_("Không phân biệt"), "F": N_("Nữ"), "M": N_("Nam")}
_IMPOSSIBLE = -1


def fields(user: User, communes: dict[str, str], today: date, save: Callable[[], None]) -> None:
    """The whole pledge: one keystroke sends it, and `save` runs as a callback."""
    kept_form.restore(user, FORM, _keys())
    for field, first in _FIRST.items():
        st.session_state.setdefault(_keys()[field], first)
    st.session_state.setdefault("pledge.registered_on", today)
    st.session_state.setdefault("pledge.year", today.year)
    kept_form.tell(FORM, partial(empty, user))
    _entries(partial(kept_form.keep, user, FORM, _keys()), communes, today, save)


def _entries(
    typed: Callable[[], None], communes: dict[str, str], today: date, save: Callable[[], None]
) -> None:
    """`typed` runs after every change."""
    _donor(typed)
    with st.container():
        what, quantity, months = st.columns([4, 3, 3])
        what.segmented_control(
            _("Tặng"),
            list(Benefit),
            format_func=short,
            key="pledge.benefit",
            on_change=typed,
            required=True,
        )
        quantity.text_input(
            _("Số lượng"), key=key("quantity"), placeholder="50", max_chars=9, on_change=typed
        )
        months.segmented_control(
            _("Số tháng"), MONTHS, key="pledge.months", required=True, on_change=typed
        )
        registered, expected = st.columns(2)
        registered.date_input(
            _("Ngày đăng ký"), **formats.ANY_DAY, key="pledge.registered_on", on_change=typed
        )
        expected.date_input(
            _("Dự kiến chuyển tiền"),
            None,
            **formats.ANY_DAY,
            key=key("expected_on"),
            on_change=typed,
        )
        st.checkbox(_("Đã nhận đủ kinh phí hôm nay"), key=key("paid"), on_change=typed)
        contact, phone = st.columns(2)
        contact.text_input(_("Người liên hệ"), key=key("contact"), max_chars=120, on_change=typed)
        phone.text_input(
            _("Điện thoại"),
            key=key("phone"),
            placeholder="0912 345 678",
            max_chars=30,
            on_change=typed,
        )
        st.checkbox(
            _("Không nêu tên nhà hảo tâm trên văn bản công khai"),
            key=key("anonymous"),
            on_change=typed,
        )
        with st.expander(_("Mong muốn của nhà hảo tâm, năm chương trình (nếu có)")):
            _wishes(typed, communes, today)
        st.button(
            _("Lưu và nhập tiếp"),
            type="primary",
            shortcut="Ctrl+Enter",
            on_click=save,
            key="pledge.save",
        )
    st.caption(
        _(
            "Mức đóng trọn một suất {months} tháng, đăng ký hôm nay: thẻ {card}, sổ {book}; "
            "chưa trừ phần Nhà nước hỗ trợ."
        ).format(months=MONTHS[0], card=_price(Benefit.HI, today), book=_price(Benefit.SI, today))
    )


def use(donor: KnownDonor) -> None:
    """Callback: the pledge is of a donor already recorded."""
    st.session_state[_KNOWN] = donor
    st.session_state[key("name")] = donor.name
    st.session_state[key("number")] = donor.number
    st.session_state[key("contact")] = donor.contact
    st.session_state[key("phone")] = donor.phone
    st.session_state[key("anonymous")] = donor.anonymous


def is_another(name: str) -> None:
    """Callback: a person looked, and the donor being typed is none of the known ones."""
    st.session_state[_ANOTHER] = fold(name)


def donor_typed() -> tuple[str, str]:
    """Name and number as far as they are typed."""
    return st.session_state.get(key("name"), ""), st.session_state.get(key("number"), "")


def known_donor() -> KnownDonor | None:
    """The donor chosen, as long as neither name nor number was changed since."""
    chosen: KnownDonor | None = st.session_state.get(_KNOWN)
    return chosen if chosen is not None and donor_typed() == (chosen.name, chosen.number) else None


def another(name: str) -> bool:
    """Whether a person turned down the look-alikes of this name."""
    return bool(name.strip()) and st.session_state.get(_ANOTHER) == fold(name)


def typed(*, is_second: bool = False) -> PledgeEntry:
    """What stands in the fields."""
    state = st.session_state
    known = known_donor()
    return PledgeEntry(
        donor=DonorEntry(
            name=state[key("name")],
            number=state[key("number")],
            contact=state[key("contact")],
            phone=state[key("phone")],
            known_id=known.id if known else None,
            is_another=another(state[key("name")]),
        ),
        benefit=Benefit(state["pledge.benefit"]),
        quantity=formats.parse_count(state[key("quantity")]),
        months=state["pledge.months"],
        registered_on=state["pledge.registered_on"],
        expected_on=state[key("expected_on")],
        year=state["pledge.year"],
        wishes=Wishes(
            communes=tuple(state[key("communes")]),
            categories=tuple(state[key("categories")]),
            sex=state[key("sex")] or None,
            min_age=_age(state[key("min_age")]),
            max_age=_age(state[key("max_age")]),
            text=state[key("wish")],
        ),
        paid_in_full=state[key("paid")],
        anonymous=state[key("anonymous")],
        is_second=is_second,
    )


def doubt(code: str) -> None:
    """The pledge typed is just like this one: ask whether it is another."""
    st.session_state[_ALIKE] = code


def ask_if_another(save: Callable[[], None]) -> None:
    """The way on where a person has looked, and the pledge is a second one."""
    if st.session_state.get(_ALIKE):
        st.button(_("Đây là một khoản khác, vẫn lưu"), on_click=save, key="pledge.is_another")


def empty(user: User) -> None:
    """Callback: what was typed before is not wanted."""
    kept_form.drop(user, FORM)
    clear()


def clear() -> None:
    """After saving: empty fields; benefit, months, day and year stay, as papers come in piles."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state[_KNOWN] = st.session_state[_ANOTHER] = st.session_state[_ALIKE] = None


def _keys() -> dict[str, str]:
    """{field: key of its widget}."""
    return {field: f"pledge.{field}" for field in _LASTING} | {field: key(field) for field in _OWN}


def key(field: str) -> str:
    """A field's key; a new one after each saved pledge, so that nothing typed comes back."""
    return f"pledge.{field}.{st.session_state.get(_ROUND, 0)}"


def _donor(typed: Callable[[], None]) -> None:
    with st.container(key=focus.CONTAINER):
        name, number = st.columns([5, 3])
        name.text_input(
            _("Tên nhà hảo tâm hoặc đơn vị"),
            key=key("name"),
            max_chars=200,
            live=True,
            on_change=typed,
        )
        number.text_input(
            _("Mã số thuế / số CCCD"),
            key=key("number"),
            max_chars=20,
            live=True,
            on_change=typed,
        )


def _wishes(typed: Callable[[], None], communes: dict[str, str], today: date) -> None:
    st.multiselect(
        _("Xã, phường, đặc khu"),
        list(communes),
        format_func=lambda code: _with_plain(communes[code]),
        key=key("communes"),
        placeholder=_("Cả tỉnh; gõ tên xã, không cần dấu"),
        select_all=False,
        on_change=typed,
    )
    known = category_labels()
    st.multiselect(
        _("Đối tượng"),
        list(known),
        format_func=lambda code: _with_plain(known[code]),
        key=key("categories"),
        placeholder=_("Mọi đối tượng"),
        select_all=False,
        on_change=typed,
    )
    sex, youngest, oldest, year = st.columns([4, 2, 2, 3])
    sex.selectbox(
        _("Giới tính"),
        list(_SEXES),
        format_func=lambda s: _(_SEXES[s]),
        placeholder=_("Chọn…"),
        key=key("sex"),
        on_change=typed,
    )
    youngest.text_input(_("Tuổi từ"), key=key("min_age"), max_chars=3, on_change=typed)
    oldest.text_input(_("đến"), key=key("max_age"), max_chars=3, on_change=typed)
    year.selectbox(
        _("Chương trình năm"),
        [today.year - 1, today.year, today.year + 1],
        placeholder=_("Chọn…"),
        key="pledge.year",
        on_change=typed,
    )
    st.text_input(_("Mong muốn khác"), key=key("wish"), max_chars=why.MOST, on_change=typed)


def _price(benefit: Benefit, today: date) -> str:
    price = full_price(benefit, MONTHS[0], today)
    said = formats.money(price.gross)
    return f"{said} ({_('tạm tính')})" if price.provisional else said


def _with_plain(name: str) -> str:
    """The name with its unaccented form, which is what the list is searched by."""
    return f"{name} ({fold(name)})"


def _age(text: str) -> int | None:
    """A wrong age stays wrong, so that the command refuses it."""
    if not text.strip():
        return None
    age = formats.parse_count(text)
    return _IMPOSSIBLE if age is None else age
