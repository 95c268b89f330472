"""What people write to say why: the same wherever a reason is asked for."""

from db.errors import Refused

MOST = 500
"""The most characters a reason, a comment or an answer holds."""


def required(text: str) -> str:
    """The reason without spaces around it; Refused("reason_missing" | "reason_too_long")."""
    reason = bounded(text)
    if not reason:
        raise Refused("reason_missing")
    return reason


def bounded(text: str) -> str:
    """The same where nothing may be written."""
    reason = text.strip()
    if len(reason) > MOST:
        raise Refused("reason_too_long", most=MOST)
    return reason
