"""A list on its way: told while it lasts, carried on when nobody looks any more."""

import threading

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import StopException

from components.lists import sending
from db.commands.lists.send import Tell
from db.errors import Refused


@pytest.fixture(autouse=True)
def _empty_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(sending, "_FIRST_LOOK", 0.01)
    monkeypatch.setattr(sending, "_NEXT_LOOK", 0.01)


class Slow:
    """Work that stops at each step until the test lets it go on."""

    def __init__(self) -> None:
        self.may_end = threading.Event()
        self.ended = threading.Event()

    def __call__(self, tell: Tell) -> str:
        tell("writing")
        self.may_end.wait(10)
        self.ended.set()
        return "DS-2026-NAN-0001"


def test_what_was_sent_is_known_by_its_code_once() -> None:
    sending.start(lambda _tell: "DS-2026-NAN-0001")
    assert sending.arrived() == "DS-2026-NAN-0001"
    assert sending.arrived() is None


def test_the_work_goes_on_when_the_page_is_closed_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work = Slow()
    sending.start(work)

    def closed(*_args: object, **_more: object) -> None:
        raise StopException

    monkeypatch.setattr(st, "progress", closed)
    with pytest.raises(StopException):
        sending.arrived()
    work.may_end.set()
    assert work.ended.wait(10)


def test_a_second_click_does_not_send_twice() -> None:
    work, others = Slow(), []
    sending.start(work)
    sending.start(lambda _tell: others.append(1) or "DS-2026-NAN-0002")
    work.may_end.set()
    assert sending.arrived() == "DS-2026-NAN-0001"
    assert others == []


def test_a_refusal_is_told_and_nothing_has_arrived() -> None:
    def refused(_tell: Tell) -> str:
        raise Refused("nobody_to_send")

    sending.start(refused)
    assert sending.arrived() is None
    kind, text = st.session_state["notice"]
    assert kind == "refused"
    assert "Không có người nào để gửi" in text
