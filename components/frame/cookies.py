"""The sign-in cookie: written by our own answer, so that no script of a page can read it.

The page that was just signed in shows a picture of one dot; its address is good for one answer,
in the browser that signed in, for a minute.
"""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from http.cookies import SimpleCookie
from time import monotonic

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from components.frame.tokens import browser_of
from db.settings import settings

ADDRESS = "/_chungtay/cookie/"
_SECONDS = 60.0
_MOST_WAITING = 10_000
_DOT = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,"
_DOT += b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


@dataclass(frozen=True, slots=True)
class _Ticket:
    content: str
    browser: str
    seconds: int
    until: float


_waiting: OrderedDict[str, _Ticket] = OrderedDict()


def ticket(content: str, browser: str, seconds: int) -> str:
    """The name under which the browser fetches its cookie, once; `seconds` is the cookie's life."""
    name = secrets.token_urlsafe(24)
    _waiting[name] = _Ticket(content, browser, seconds, monotonic() + _SECONDS)
    while len(_waiting) > _MOST_WAITING:
        _waiting.popitem(last=False)
    return name


def is_fetched(name: str) -> bool:
    """Whether nothing waits under this name any more."""
    found = _waiting.get(name)
    return found is None or found.until <= monotonic()


class SignInCookie:
    """ASGI middleware: answers the dot's address with the cookie."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(ADDRESS):
            await self._app(scope, receive, send)
            return
        await _answer(scope)(scope, receive, send)


def _answer(scope: Scope) -> Response:
    headers = Headers(scope=scope)
    name = scope["path"].removeprefix(ADDRESS)
    found = _waiting.get(name)
    cookies = SimpleCookie(headers.get("cookie", ""))
    browser = browser_of({key: morsel.value for key, morsel in cookies.items()})
    if found is None or found.until <= monotonic() or found.browser != browser:
        return PlainTextResponse("Not Found", status_code=404)
    del _waiting[name]
    answer = Response(_DOT, media_type="image/gif", headers={"Cache-Control": "no-store"})
    answer.set_cookie(
        settings().cookie_name,
        found.content,
        max_age=found.seconds,
        httponly=True,
        samesite="strict",
        secure=_over_https(scope, headers),
    )
    return answer


def _over_https(scope: Scope, headers: Headers) -> bool:
    """Also behind the HTTPS server that stands before us on the same machine."""
    told = headers.get("x-forwarded-proto", scope.get("scheme", "http"))
    return told.split(",")[-1].strip() == "https"
