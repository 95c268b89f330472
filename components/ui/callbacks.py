"""Callbacks run to their end.

Streamlit cuts a run as soon as something else on the page asks for the next one, at every look
into the session state too: also in the middle of a callback, after its command was committed
and before it could say so. What asked meanwhile is served right after the callback.
"""

from collections.abc import Callable
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState

_apply = SafeSessionState.on_script_will_rerun


def keep_whole(may_act: Callable[[], bool]) -> None:
    """Make it so in this process; the same again changes nothing.

    `may_act` is asked before anything that was pressed is carried out: callbacks run before the
    frame and the guard of the page.
    """

    def uncut(state: SafeSessionState, *values: Any, **more: Any) -> None:
        runner: Any = state._yield_callback.__self__  # type: ignore[attr-defined]
        runner._execing = False  # requests are handled only while this is set
        try:
            if may_act():
                _apply(state, *values, **more)
        finally:
            runner._execing = True

    SafeSessionState.on_script_will_rerun = uncut  # type: ignore[assignment,method-assign]
