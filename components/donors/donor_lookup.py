"""Who may be meant: donors like the one typed, and what was entered today."""

from datetime import date

import streamlit as st

from components.donors import pledge_form
from components.donors.words import donor_name, standing_tag, units
from components.ui import formats
from components.ui.i18n import _, _n
from components.ui.markup import fill, heading, muted, note, show, table
from db.queries.admin.accounts import User
from db.queries.donors import donors, pledges
from db.queries.donors.donors import KnownDonor


def who_is_meant(user: User) -> None:
    """Donors already recorded that look like the one typed; a person says which is meant."""
    name, number = pledge_form.donor_typed()
    known = pledge_form.known_donor()
    if known is not None:
        show(note("green", _("Dùng đơn vị đã có:"), _described(known)))
        return
    found = donors.alike(user.scope, name, number)
    if not found or pledge_form.another(name):
        return
    show(note("amber", _("Có thể đã có trong hệ thống:"), _("chọn đơn vị cũ để không tạo trùng.")))
    for donor in found:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(_described(donor))
            st.button(
                _("Dùng đơn vị này"),
                key=f"pledge.use.{donor.id}",
                on_click=pledge_form.use,
                args=(donor,),
            )
    st.button(_("Đơn vị khác"), key="pledge.other", on_click=pledge_form.is_another, args=(name,))


def entered_today(user: User, today: date) -> None:
    """The latest pledges recorded today, so that the pile of papers can be checked off."""
    rows, count = pledges.recorded_today(user.scope)
    show(heading(_("Đã nhập hôm nay: {n}").format(n=formats.number(count))))
    if not rows:
        show(muted(_("Chưa có đăng ký nào hôm nay. Đăng ký vừa lưu sẽ hiện ở đây.")))
        return
    show(
        table(
            [_("Nhà hảo tâm"), _("Hỗ trợ"), _("Kinh phí")],
            [(donor_name(row), units(row, row.pledged), standing_tag(row, today)) for row in rows],
            right={1},
        )
    )
    if count > len(rows):
        show(muted(fill(_("{n} đăng ký mới nhất."), n=formats.number(len(rows)))))


def _described(donor: KnownDonor) -> str:
    times = _n("{n} lần hỗ trợ", donor.pledges).format(n=formats.number(donor.pledges))
    number = f", {_('mã số')} {formats.mask_number(donor.number)}" if donor.number else ""
    return f"“{donor.name}”{number}, {times}"
