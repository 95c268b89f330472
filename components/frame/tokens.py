"""Where the token of a sign-in lies: in a session, in the cookie; and the browser it belongs to.

Apart from `auth`, which imports the sign-in library: that may be loaded in a script run only.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import jwt
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string

from db.commands.admin.locks import Visitor
from db.settings import cookie_key, settings

TOKEN = "auth.token"  # noqa: S105 - a key of the session, not a secret
AUDIENCE = "chungtay"


_visitors: OrderedDict[str, Visitor] = OrderedDict()
"""{session: who connected to it last}"""
_MOST_REMEMBERED = 10_000
_connect = WebsocketSessionManager.connect_session


def remember_visitors() -> None:
    """Know who pressed also when the page was left right after; the same again changes nothing."""
    setattr(WebsocketSessionManager, "connect_session", _connect_and_remember)  # noqa: B010


def visitor_here() -> Visitor:
    """Who this run is for; a page that was left has no cookies to ask any more."""
    context = get_script_run_ctx()
    known = _visitors.get(context.session_id) if context else None
    return _visitor(st.context.cookies, st.context.headers) if known is None else known


def _connect_and_remember(self: Any, client: Any, *values: Any, **more: Any) -> str:
    session_id = _connect(self, client, *values, **more)
    context = client.client_context
    _visitors[session_id] = _visitor(context.cookies, dict(context.headers))
    _visitors.move_to_end(session_id)
    while len(_visitors) > _MOST_REMEMBERED:
        _visitors.popitem(last=False)
    return session_id


def _visitor(cookies: Mapping[str, str], headers: Mapping[str, str]) -> Visitor:
    """Only the last address was noted by the server before ours; the others anybody can write."""
    forwarded = {name.lower(): value for name, value in headers.items()}.get("x-forwarded-for", "")
    return Visitor(browser_of(cookies), forwarded.split(",")[-1].strip())


def token_in(session: Any) -> str | None:
    """The token that a session's state holds, if somebody signed in there."""
    try:
        token = session[TOKEN]
    except KeyError:
        return None
    return token if isinstance(token, str) else None


def token_of_cookie(cookies: Mapping[str, str]) -> str | None:
    """The token in the sign-in cookie, if we signed it; it may have ended since."""
    content = content_of(cookies.get(settings().cookie_name))
    return None if content is None else str(content["sid"])


def browser_of(cookies: Mapping[str, str]) -> str:
    """A browser's own secret: Streamlit's cross-site token, unmasked."""
    cookie = cookies.get("_streamlit_xsrf")
    if not isinstance(cookie, str):
        return ""
    token, _issued = decode_xsrf_token_string(cookie)
    return token.hex() if token else ""


def content_of(cookie: object) -> dict[str, Any] | None:
    """What the sign-in cookie says, if it is ours and not too old."""
    if not isinstance(cookie, str):
        return None
    try:
        content: dict[str, Any] = jwt.decode(
            cookie,
            cookie_key(),
            algorithms=["HS256"],
            audience=AUDIENCE,
            options={"require": ["sid", "exp", "iat", "aud"]},
        )
    except jwt.PyJWTError:
        return None
    return content
