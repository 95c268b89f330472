"""Screens under a test: their buttons are pressed faster than any person's double click."""

import pytest

from components.ui import actions


@pytest.fixture(autouse=True)
def _every_press_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AGAIN", 0)
