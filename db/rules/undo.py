"""How long one's own last step can be taken back."""

from datetime import datetime, timedelta

WINDOW = timedelta(minutes=10)


def minutes_left(done_at: datetime, now: datetime) -> int:
    """Whole minutes in which the step can still be undone, the last one counted; 0 when over."""
    left = done_at + WINDOW - now
    return max(-(-int(left.total_seconds()) // 60), 0)
