"""Signing in and out. The only module that touches streamlit-authenticator.

The library draws the form, checks the hash and writes the cookie. Reading the cookie,
ending sign-ins, counting failures and locking are ours, in the database: the library keeps
those in memory, trusts any well-signed cookie and mounts an iframe each time it is asked.
"""

from datetime import UTC, datetime
from importlib import import_module

import jwt
import streamlit as st
import streamlit_authenticator as stauth
from streamlit_authenticator.models import cookie_model
from streamlit_authenticator.utilities import Hasher

from components.frame import demo_note
from components.frame.tokens import AUDIENCE, TOKEN, browser_here, content_of
from components.screens import PASSWORD, Screen, way_home
from components.ui.i18n import _
from components.ui.markup import Html, muted, plain, show
from db.commands.admin import sign_in
from db.queries.admin import accounts
from db.queries.admin.accounts import User
from db.rules.access import may
from db.settings import cookie_key, settings

_EXPIRES = "auth.expires"
_COOKIE_DUE = "auth.cookie_due"
_FAREWELL = "auth.farewell"
_KEPT = ("language", "large_text", _FAREWELL)


class _CookieWriter(cookie_model.stx.CookieManager):  # type: ignore[misc]
    """Writes and never reads: reading mounts an iframe that asks for one more run by itself.

    Such a run can meet the one that the sign-in button asked for, and then the press is lost.
    """

    def __init__(self) -> None:
        library = import_module("extra_streamlit_components.CookieManager")
        self.cookie_manager = library._component_func
        self.cookies: dict[str, str] = {}


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
    elif st.session_state.get(_COOKIE_DUE):
        _write_cookie()
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
        right = sign_in.check(username, password, Hasher.check_pw)
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
    return accounts.signed_in(token, browser_here()) if token else None


def _write_cookie() -> None:
    """Keep the library's cookie writer on the page until the browser says it is done.

    It is an iframe: any rerun that leaves it out before its script ran loses the cookie,
    and mounting it causes such a rerun by itself.
    """
    if st.session_state.get("set") is True:  # the iframe's answer, under the library's key
        st.session_state[_COOKIE_DUE] = False
        return
    writer = _library().cookie_controller
    writer.cookie_model._token_encode = _cookie_text
    writer.set_cookie()


def _cookie_text() -> str:
    return jwt.encode(
        {
            "sid": st.session_state[TOKEN],
            "exp": int(st.session_state[_EXPIRES]),
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
    user = accounts.signed_in(token, browser_here())
    if user is not None:
        st.session_state[TOKEN] = token
        st.session_state[_EXPIRES] = float(content["exp"])
    return user


def _library() -> stauth.Authenticate:
    """One per run, never shared: its token is instance state and would mix people up."""
    cookie_model.stx.CookieManager = _CookieWriter
    return stauth.Authenticate(
        {"usernames": {}},
        settings().cookie_name,
        cookie_key(),
        settings().session_hours / 24,
        auto_hash=False,
        login_sleep_time=0,  # by default the library sleeps 0.7 s on every run of the form
    )


def _signed_in(event: dict[str, str]) -> None:
    opened = sign_in.open_session(event["username"], browser_here())
    st.session_state[TOKEN] = opened.token
    st.session_state[_EXPIRES] = opened.expires_at
    st.session_state[_COOKIE_DUE] = True
    st.session_state.pop("set", None)
    st.session_state.pop(_FAREWELL, None)
    st.rerun()  # start over without the form; the next run writes the cookie


def _forget(farewell: str) -> None:
    """Nothing of the person stays in the session."""
    for key in list(st.session_state.keys()):
        if key not in _KEPT:
            del st.session_state[key]
    st.session_state[_FAREWELL] = farewell
