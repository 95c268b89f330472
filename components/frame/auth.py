"""Signing in and out. The only module that touches streamlit-authenticator.

The library draws the form and checks the hash. The cookie, ending sign-ins, counting failures
and locking are ours: the library keeps those in memory, trusts any well-signed cookie, and
writes it by a script, where every script can read it.
"""

from datetime import UTC, datetime
from typing import ClassVar

import jwt
import streamlit as st
import streamlit_authenticator as stauth
from streamlit_authenticator.models import cookie_model
from streamlit_authenticator.utilities import Hasher

from components.frame import cookies, demo_note
from components.frame.tokens import AUDIENCE, TOKEN, content_of, visitor_here
from components.screens import PASSWORD, Screen, way_home
from components.ui.i18n import _
from components.ui.markup import Html, muted, plain, show
from db.commands.admin import sign_in
from db.queries.admin import accounts
from db.queries.admin.accounts import User
from db.rules.access import may
from db.settings import cookie_key, settings

_COOKIE_DUE = "auth.cookie_due"
_FAREWELL = "auth.farewell"
_KEPT = ("language", "large_text", _FAREWELL)


class _NoCookies:
    """Stands where the library keeps its own cookies: those any script of a page could read."""

    cookies: ClassVar[dict[str, str]] = {}


def enter() -> User | None:
    """Called once per run, by app.py: who is here, by session or by cookie."""
    if TOKEN not in st.session_state:
        return _from_cookie()
    user = _signed_in_user()
    if user is None:
        _forget(
            _(
                "Phiên làm việc đã kết thúc nên thao tác vừa rồi chưa được thực hiện. "
                "Vui lòng đăng nhập lại."
            )
        )
        return None
    if st.session_state.get(_COOKIE_DUE):
        _write_cookie()
    if not user.seen_lately:
        sign_in.note_seen(st.session_state[TOKEN])
    return user


def may_act() -> bool:
    """Whether what was pressed may be carried out: by nobody yet, or by a live sign-in here."""
    return TOKEN not in st.session_state or _signed_in_user() is not None


def require(screen: Screen) -> User:
    """First statement of every page: stop unless the user may open this screen."""
    user = _signed_in_user()
    if user is None:
        st.error(_("Vui lòng đăng nhập."))
        st.stop()
    if not may(user.role, screen.action):
        st.error(_("Anh/chị không có quyền mở trang này."))
        way_home(user)
        st.stop()
    if user.must_change_password and screen is not PASSWORD:
        st.error(_("Hãy đổi mật khẩu lần đầu trước khi làm việc khác."))
        st.stop()
    return user


def sign_in_form() -> None:
    show(Html('<h1 class="ct-name">Chung Tay</h1>'))
    show(muted(_("Tặng sổ BHXH, thẻ BHYT: không để ai bị bỏ lại phía sau.")))
    if farewell := st.session_state.get(_FAREWELL):  # kept until sign-in: the form reruns by itself
        st.info(plain(farewell))
    library = _library()
    model = library.authentication_controller.authentication_model

    def check(username: str, password: str) -> bool:
        right = sign_in.check(username, password, Hasher.check_pw, visitor_here())
        if right:  # the library reads the entry back after a success
            model.credentials["usernames"][username] = {"name": username}
        return right

    model.check_credentials = check
    st.session_state["logout"] = True  # library's flag: do not read the cookie, enter() has
    library.login(
        fields={
            "Form name": _("Đăng nhập"),
            "Username": _("Tên đăng nhập"),
            "Password": _("Mật khẩu"),
            "Login": _("Đăng nhập"),
        },
        callback=_signed_in,
    )
    if st.session_state["authentication_status"] is False:
        st.error(
            _(
                "Không đăng nhập được: sai tên hoặc mật khẩu, hoặc tài khoản đang bị khóa. "
                "Sau {failures} lần sai, tài khoản khóa {minutes} phút."
            ).format(failures=settings().max_failed_logins, minutes=settings().lockout_minutes)
        )
    demo_note.show_accounts()


def sign_out() -> None:
    """Callback of the sign-out button. The cookie stays in the browser, worth nothing."""
    if token := st.session_state.get(TOKEN):
        sign_in.close_session(token)
    _forget(_("Anh/chị đã đăng xuất."))


def start_over(farewell: str) -> None:
    """After every sign-in of the account was ended: back to the form, with a word why."""
    _forget(farewell)


def _signed_in_user() -> User | None:
    """Looked up afresh on every run, so a switched-off account stops at its next click."""
    token = st.session_state.get(TOKEN)
    return accounts.signed_in(token, visitor_here().browser) if token else None


def _write_cookie() -> None:
    """Show the dot that brings the cookie until the browser has fetched it."""
    ticket = st.session_state[_COOKIE_DUE]
    if cookies.is_fetched(ticket):
        st.session_state[_COOKIE_DUE] = None
        return
    show(Html(f'<img class="ct-dot" src="{cookies.ADDRESS}{ticket}" alt="">'))


def _cookie_text(opened: sign_in.Opened) -> str:
    return jwt.encode(
        {
            "sid": opened.token,
            "exp": int(opened.expires_at),
            "iat": int(datetime.now(UTC).timestamp()),
            "aud": AUDIENCE,
        },
        cookie_key(),
        algorithm="HS256",
    )


def _from_cookie() -> User | None:
    content = content_of(st.context.cookies.get(settings().cookie_name))
    if content is None or _FAREWELL in st.session_state:
        return None
    token = str(content["sid"])
    user = accounts.signed_in(token, visitor_here().browser)
    if user is not None:
        st.session_state[TOKEN] = token
    return user


def _library() -> stauth.Authenticate:
    """One per run, never shared: its token is instance state and would mix people up."""
    cookie_model.stx.CookieManager = _NoCookies
    return stauth.Authenticate(
        {"usernames": {}},
        settings().cookie_name,
        cookie_key(),
        settings().session_hours / 24,
        auto_hash=False,
        login_sleep_time=0,  # by default the library sleeps 0.7 s on every run of the form
    )


def _signed_in(event: dict[str, str]) -> None:
    visitor = visitor_here()
    opened = sign_in.open_session(event["username"], visitor)
    st.session_state[TOKEN] = opened.token
    st.session_state[_COOKIE_DUE] = cookies.ticket(
        _cookie_text(opened), visitor.browser, int(settings().session_hours * 3600)
    )
    st.session_state.pop(_FAREWELL, None)
    st.rerun()  # start over without the form; the next run writes the cookie


def _forget(farewell: str) -> None:
    """Nothing of the person stays in the session."""
    for key in list(st.session_state.keys()):
        if key not in _KEPT:
            del st.session_state[key]
    st.session_state[_FAREWELL] = farewell
