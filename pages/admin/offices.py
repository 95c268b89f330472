"""BHXH cơ sở: the base-level offices and the communes each one serves."""

import streamlit as st

from components import screens
from components.frame import auth
from components.ui import filters, markup, notices
from components.ui.actions import press
from components.ui.i18n import _
from db.commands.admin import offices as commands
from db.queries import places

user = auth.require(screens.OFFICES)

markup.page_head(
    _("BHXH cơ sở"), _("Mỗi xã, phường, đặc khu thuộc một BHXH cơ sở tại một thời điểm.")
)
notices.show()

provinces = places.provinces()
province = filters.choice("tinh", _("Tỉnh, thành phố"), provinces, next(iter(provinces)))
communes = places.communes_of(province)
here = [office for office in places.offices(user.scope) if office.province_code == province]


def create() -> None:
    def command() -> str:
        name, codes = st.session_state["offices.name"], st.session_state["offices.communes"]
        commands.create(province, name, codes, user.username)
        st.session_state["offices.name"], st.session_state["offices.communes"] = "", []
        return _("Đã thêm {name}.").format(name=name)

    press(command)


def serve(office_id: int, name: str, seen: list[str]) -> None:
    key = f"offices.serves.{office_id}"

    def command() -> str:
        # what is served now shows again, also after another window changed it
        commands.serve(office_id, st.session_state.pop(key), user.username, seen=seen)
        return _("Đã lưu các xã của {name}.").format(name=name)

    press(command)


with st.expander(_("Thêm BHXH cơ sở"), icon=":material/add:", expanded=not here):
    st.text_input(_("Tên đơn vị"), key="offices.name", placeholder=_("BHXH cơ sở …"))
    st.multiselect(
        _("Các xã phụ trách"),
        list(communes),
        format_func=lambda code: f"{communes[code]} ({code})",
        placeholder=_("Chọn xã, phường, đặc khu"),
        key="offices.communes",
    )
    st.button(_("Thêm đơn vị"), type="primary", on_click=create, key="offices.create")

for office in here:
    served = places.office_communes(office.id)
    with st.expander(f"{markup.plain(office.name)} · {office.communes} " + _("xã")):
        st.multiselect(
            _("Các xã phụ trách"),
            list(communes),
            default=served,
            format_func=lambda code: f"{communes[code]} ({code})",
            placeholder=_("Chọn xã, phường, đặc khu"),
            key=f"offices.serves.{office.id}",
        )
        st.button(
            _("Lưu các xã"),
            on_click=serve,
            args=(office.id, office.name, served),
            key=f"offices.save.{office.id}",
        )
if not here:
    st.caption(_("Tỉnh này chưa có BHXH cơ sở nào."))
