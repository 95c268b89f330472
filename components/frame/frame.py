"""What surrounds every screen: the style, the corner with the person's name, the demo badge."""

import streamlit as st

from components import screens
from components.frame import auth, demo_note
from components.ui.i18n import LANGUAGES, _, language
from components.ui.markup import INVENTED, plain
from components.ui.style import large_text, page_css
from components.ui.words import word
from db.queries.admin.accounts import User

_DEFAULT_LANGUAGE = "vi"


def recall() -> None:
    """What the address says of language and text size, in a session that was asked neither."""
    wished = st.query_params.get("lang", _DEFAULT_LANGUAGE)
    st.session_state.setdefault("language", wished if wished in LANGUAGES else _DEFAULT_LANGUAGE)
    st.session_state.setdefault("large_text", st.query_params.get("chu") == "lon")


def _keep_in_address() -> None:
    """A reload, and whoever is sent the address, reads it in the same way."""
    spoken = language()
    wanted = {
        "lang": None if spoken == _DEFAULT_LANGUAGE else spoken,
        "chu": "lon" if large_text() else None,
    }
    for name, value in wanted.items():
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value


def dress() -> None:
    st.logo("static/logo.png", size="large")
    st.html(page_css())


def corner(user: User) -> None:
    """Name, role, unit, language, text size, password, sign-out."""
    st.session_state[INVENTED] = demo_note.loaded()
    _keep_in_address()
    with st.container(key="ctx"), st.popover(plain(user.full_name), icon=":material/person:"):
        st.text(f"{word(user.role)}\n{user.unit}")
        st.segmented_control(
            _("Ngôn ngữ"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
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
