"""What surrounds every screen: the style, the corner with the person's name, the demo badge."""

import streamlit as st

from components import auth, demo_note, screens
from components.i18n import LANGUAGES, _
from components.markup import INVENTED, plain
from components.style import page_css
from components.words import word
from db.queries.accounts import User


def dress() -> None:
    st.logo("static/logo.png", size="large")
    st.html(page_css())


def corner(user: User) -> None:
    """Name, role, unit, language, text size, password, sign-out."""
    st.session_state[INVENTED] = demo_note.loaded()
    with st.container(key="ctx"), st.popover(plain(user.full_name), icon=":material/person:"):
        st.text(f"{word(user.role)}\n{user.unit}")
        st.segmented_control(
            _("Ngôn ngữ"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            default="vi",
            required=True,
            key="language",
        )
        st.toggle(_("Chữ lớn"), key="large_text")
        st.page_link(screens.PASSWORD.file, label=_("Đổi mật khẩu"), icon=":material/key:")
        st.button(_("Đăng xuất"), icon=":material/logout:", on_click=auth.sign_out, key="sign_out")


def mark_group(address: str) -> None:
    """Mark an entry of the menu as the current one; Streamlit marks only pages that stand in it."""
    if address:
        links = 'a:is([data-testid="stTopNavLink"], [data-testid="stSidebarNavLink"])'
        st.html(
            f'<style>{links}[href$="/{address}"] {{ background: #E4EAEE; }}'
            f'{links}[href$="/{address}"] p {{ font-weight: 600; }}</style>'
        )


def way_home(user: User) -> None:
    """Below a refusal that left the page empty."""
    home = screens.home(user.role)
    st.page_link(home.file, label=_("Về trang {title}").format(title=_(home.title)), icon=home.icon)
