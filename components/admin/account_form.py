"""The form of one account, for a new one and for a change."""

import streamlit as st

from components.ui.i18n import _
from components.ui.words import word
from db.commands.admin.accounts import NewAccount
from db.queries import places
from db.queries.admin.accounts import AccountRow
from db.rules.access import MAY_BE_NATIONAL, NATIONAL, Role
from db.scope import Scope


def draw(key: str, scope: Scope, shown: AccountRow | None) -> NewAccount:
    """Draw the fields, filled from `shown`, and return what they hold now."""
    provinces = places.provinces()
    offices = places.offices(scope)
    roles = list(Role)
    left, right = st.columns(2)
    username = left.text_input(
        _("Tên đăng nhập"),
        value=shown.username if shown else "",
        disabled=shown is not None,
        key=f"{key}.username",
    )
    full_name = right.text_input(
        _("Họ và tên"), value=shown.full_name if shown else "", key=f"{key}.full_name"
    )
    role = left.selectbox(
        _("Vai trò"),
        roles,
        index=roles.index(shown.role) if shown else roles.index(Role.OFFICER),
        format_func=word,
        placeholder=_("Chọn…"),
        key=f"{key}.role",
    )
    province = office = None
    if role not in NATIONAL:
        codes = ["", *provinces] if role in MAY_BE_NATIONAL else list(provinces)
        held = shown.province_code if shown and shown.province_code in codes else codes[0]
        province = right.selectbox(
            _("Tỉnh, thành phố"),
            codes,
            index=codes.index(held or codes[0]),
            format_func=lambda code: f"{code} {provinces[code]}" if code else _("Cả nước"),
            placeholder=_("Chọn…"),
            key=f"{key}.province",
        )
    if role is Role.OFFICE:
        here = {each.id: each.name for each in offices if each.province_code == province}
        held_office = shown.office_id if shown and shown.office_id in here else None
        office = st.selectbox(
            _("BHXH cơ sở"),
            list(here),
            index=list(here).index(held_office) if held_office else (0 if here else None),
            format_func=lambda id_: here[id_],
            placeholder=_("Tỉnh này chưa có BHXH cơ sở; hãy thêm ở trang BHXH cơ sở"),
            key=f"{key}.office",
        )
    return NewAccount(username, full_name, role, province or None, office)
