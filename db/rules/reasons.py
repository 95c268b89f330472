"""Grounds of a verdict as the table keeps them: what people said, and how it is written."""

from typing import Any

from db.rules.states import NominationState

SET_BY_HAND = "set_by_hand"
OBJECTION_UPHELD = "objection_upheld"
LEFT_OUT = "left_out"

CAME_UP = (OBJECTION_UPHELD, LEFT_OUT)
"""Came up after the review; a later verdict by hand keeps or overrules it."""

SAID_BY_PEOPLE = (SET_BY_HAND, *CAME_UP)
"""The rule may add to these but never takes them away."""


def reason(code: str, state: NominationState, **details: Any) -> dict[str, Any]:
    """A reason as the table stores it."""
    return {"code": code, "state": state.value, "details": details}
