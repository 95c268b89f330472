"""A callback that has begun is never cut by the next request of the page."""

import contextlib
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
    ScriptRequests,
    ScriptRequestType,
)
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.safe_session_state import SafeSessionState

from components.ui import callbacks


class Cut(BaseException):
    """What Streamlit raises where a run may be cut."""


class Runner:
    _execing = True

    def check(self) -> None:
        if self._execing:
            raise Cut


class Told(SessionState):
    safe: SafeSessionState

    def on_script_will_rerun(self, *_values: Any, **_more: Any) -> None:
        self.safe["said"] = "Đã lưu"


def test_a_callback_may_use_the_session_while_the_next_run_is_waiting() -> None:
    state, runner = Told(), Runner()
    state.safe = safe = SafeSessionState(state, runner.check)
    callbacks.keep_whole(lambda: True, lambda: None)
    safe.on_script_will_rerun(None)
    with pytest.raises(Cut):
        safe["anything"] = "afterwards runs are cut as ever"
    assert safe.filtered_state == {"said": "Đã lưu"}


@pytest.mark.parametrize(
    ("pressed", "next_step"), [(True, ScriptRequestType.RERUN), (False, ScriptRequestType.STOP)]
)
def test_what_was_pressed_before_the_page_was_left_still_runs(
    pressed: bool, next_step: ScriptRequestType
) -> None:
    callbacks.keep_whole(lambda: True, lambda: None)
    states = WidgetStates()
    if pressed:
        states.widgets.add(id="send", trigger_value=True)
    requests = ScriptRequests()
    requests.request_rerun(RerunData(widget_states=states))
    requests.request_stop()
    assert requests.on_scriptrunner_ready().type is next_step


@pytest.mark.parametrize(("pressed", "drawn"), [(True, False), (True, True), (False, False)])
def test_a_press_on_what_a_stopped_server_had_drawn_is_told(pressed: bool, drawn: bool) -> None:
    told: list[bool] = []
    callbacks.keep_whole(lambda: True, lambda: told.append(True))
    state, runner = SessionState(), Runner()
    if drawn:
        state._new_widget_state.widget_metadata["save"] = None  # type: ignore[assignment]
    states = WidgetStates()
    states.widgets.add(id="save", trigger_value=pressed)
    safe = SafeSessionState(state, runner.check)
    with contextlib.suppress(Exception):  # the widget is not really there
        safe.on_script_will_rerun(states)
    assert told == ([True] if pressed and not drawn else [])


@pytest.mark.parametrize(
    ("kind", "sent", "taken"),
    [
        ("string_value", "of\0ficer", "officer"),
        ("string_value", "Lô Thị Xuân", "Lô Thị Xuân"),
        ("json_value", r'{"a": "x\u0000y"}', '{"a": "xy"}'),
        ("json_value", r'{"a": "x\ud83dy"}', '{"a": "xy"}'),
        ("json_value", r'{"a": "\ude00y"}', '{"a": "y"}'),
        ("json_value", r'{"a": "\ud83d\ude00"}', r'{"a": "\ud83d\ude00"}'),
    ],
)
def test_signs_that_no_database_takes_stop_at_the_door(kind: str, sent: str, taken: str) -> None:
    states = WidgetStates()
    widget = states.widgets.add(id="name", **{kind: sent})
    callbacks._without_zero_signs(states)
    assert getattr(widget, kind) == taken
