"""Whose browser a run is for, also after its page was left."""

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from components.frame import tokens


def client() -> Any:
    cookies = {"_streamlit_xsrf": generate_xsrf_token_string()}
    return SimpleNamespace(
        client_context=SimpleNamespace(
            cookies=cookies, headers=[("X-Forwarded-For", "spoofed, 203.0.113.7")]
        )
    )


def test_a_press_belongs_to_the_browser_that_connected_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own, stranger = client(), client()
    monkeypatch.setattr(tokens, "_connect", lambda *_values, **_more: "tab")
    monkeypatch.setattr(tokens, "_visitors", type(tokens._visitors)())
    monkeypatch.setattr(tokens, "get_script_run_ctx", lambda: SimpleNamespace(session_id="tab"))

    tokens._connect_and_remember(None, own)
    here = tokens.visitor_here()
    assert here.browser == tokens.browser_of(own.client_context.cookies) != ""
    assert here.origin == "203.0.113.7"

    tokens._connect_and_remember(None, stranger)
    assert tokens.visitor_here().browser == tokens.browser_of(stranger.client_context.cookies)
