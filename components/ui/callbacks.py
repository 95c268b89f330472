"""Callbacks run to their end, and what was pressed runs.

Streamlit cuts a run as soon as something else on the page asks for the next one, at every look
into the session state too: also in the middle of a callback, after its command was committed
and before it could say so. What asked meanwhile is served right after the callback. And where a
page is left it forgets the run that a press asked for and that has not begun: here it begins.
A server that was started again does not know what a press was to do: then it is said.
"""

import re
from collections.abc import Callable
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests, ScriptRequestType
from streamlit.runtime.state.safe_session_state import SafeSessionState

_UNWRITABLE = re.compile(
    r"\\u0000|\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f][0-9a-f]{2}",
    re.IGNORECASE,
)
"""In JSON: a zero sign, or half of a sign of two halves."""
_apply = SafeSessionState.on_script_will_rerun
_stop = ScriptRequests.request_stop


def keep_whole(may_act: Callable[[], bool], tell_lost: Callable[[], None]) -> None:
    """Make it so in this process; the same again changes nothing.

    `may_act` is asked before anything that was pressed is carried out: callbacks run before the
    frame and the guard of the page. `tell_lost` leaves word that a press did nothing.
    """

    def uncut(state: SafeSessionState, *values: Any, **more: Any) -> None:
        runner: Any = state._yield_callback.__self__  # type: ignore[attr-defined]
        runner._execing = False  # requests are handled only while this is set
        try:
            if may_act():
                if _is_lost(state, *values):
                    tell_lost()
                _without_zero_signs(*values)
                _apply(state, *values, **more)
        finally:
            runner._execing = True

    SafeSessionState.on_script_will_rerun = uncut  # type: ignore[assignment,method-assign]
    ScriptRequests.request_stop = _stop_what_is_done  # type: ignore[assignment,method-assign]


def _is_lost(state: SafeSessionState, sent: WidgetStates | None) -> bool:
    """A press in a session that has drawn nothing yet: it was drawn before the server stopped."""
    known = state._state._new_widget_state.widget_metadata
    return not known and any(widget.trigger_value for widget in (sent.widgets if sent else ()))


def _without_zero_signs(sent: WidgetStates | None) -> None:
    """No keyboard writes them, and PostgreSQL breaks off where it meets one."""
    for widget in sent.widgets if sent else ():
        if widget.WhichOneof("value") == "string_value" and "\0" in widget.string_value:
            widget.string_value = widget.string_value.replace("\0", "")
        elif widget.WhichOneof("value") == "json_value":
            widget.json_value = _UNWRITABLE.sub("", widget.json_value)


def _stop_what_is_done(requests: ScriptRequests) -> None:
    """Stop, unless a person's touch waits for its run; a thread without a request ends anyway."""
    waits = requests._state is ScriptRequestType.RERUN
    touched = requests._rerun_data.widget_states
    if not (waits and touched and touched.widgets):
        _stop(requests)
