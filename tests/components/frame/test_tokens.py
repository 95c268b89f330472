"""Whose browser a run is for, also after its page was left."""

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from components.frame import tokens


def client() -> Any:
    cookies = {"_streamlit_xsrf": generate_xsrf_token_string()}
    return SimpleNamespace(client_context=SimpleNamespace(cookies=cookies))


def test_a_press_belongs_to_the_browser_that_connected_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own, stranger = client(), client()
    monkeypatch.setattr(tokens, "_connect", lambda *_values, **_more: "tab")
    monkeypatch.setattr(tokens, "_browsers", type(tokens._browsers)())
    monkeypatch.setattr(tokens, "get_script_run_ctx", lambda: SimpleNamespace(session_id="tab"))

    tokens._connect_and_remember(None, own)
    assert tokens.browser_here() == tokens.browser_of(own.client_context.cookies) != ""

    tokens._connect_and_remember(None, stranger)
    assert tokens.browser_here() == tokens.browser_of(stranger.client_context.cookies)
