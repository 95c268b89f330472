"""The sign-in cookie goes out once, to the browser that signed in, and to no script."""

from typing import Any

import pytest
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from components.frame import cookies
from components.frame.tokens import browser_of
from tests import own_loop

XSRF = generate_xsrf_token_string()
BROWSER = browser_of({"_streamlit_xsrf": XSRF})


def asked(ticket: str, xsrf: str = XSRF, **headers: str) -> tuple[int, str]:
    """(status, the cookie that came) of the dot's address."""
    given = {"cookie": f"_streamlit_xsrf={xsrf}"} | headers
    scope = {
        "type": "http",
        "method": "GET",
        "path": f"{cookies.ADDRESS}{ticket}",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }
    answers: list[Any] = []

    async def send(message: Any) -> None:
        answers.append(message)

    own_loop.run(cookies.SignInCookie(nobody)(scope, nobody, send))
    told = dict(answers[0]["headers"])
    return answers[0]["status"], told.get(b"set-cookie", b"").decode()


async def nobody(*_given: Any) -> Any:
    raise AssertionError("the answer is ours")


def test_no_script_reads_the_cookie_and_it_is_fetched_once() -> None:
    ticket = cookies.ticket("content", BROWSER, 60)
    assert not cookies.is_fetched(ticket)
    status, told = asked(ticket)
    assert status == 200
    assert "content" in told
    assert "HttpOnly" in told
    assert "SameSite=strict" in told
    assert "Secure" not in told
    assert cookies.is_fetched(ticket)
    assert asked(ticket) == (404, "")


def test_over_https_it_never_travels_in_the_open() -> None:
    ticket = cookies.ticket("content", BROWSER, 60)
    _status, told = asked(ticket, **{"x-forwarded-proto": "https"})
    assert "Secure" in told


def test_another_browser_does_not_fetch_it() -> None:
    ticket = cookies.ticket("content", BROWSER, 60)
    assert asked(ticket, generate_xsrf_token_string()) == (404, "")
    assert not cookies.is_fetched(ticket)


def test_a_late_browser_does_not_fetch_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = cookies.ticket("content", BROWSER, 60)
    now = cookies.monotonic() + 61
    monkeypatch.setattr(cookies, "monotonic", lambda: now)
    assert asked(ticket) == (404, "")
    assert cookies.is_fetched(ticket)
