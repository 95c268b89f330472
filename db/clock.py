"""The one clock: UTC for what is stored, Asia/Ho_Chi_Minh for what "today" means."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from db.settings import settings

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def real_now() -> datetime:
    """The machine's time, never moved: sign-in and locks count by it."""
    return datetime.now(UTC)


def now() -> datetime:
    """The moment work is dated by, aware, UTC; CHUNGTAY_TODAY moves its day."""
    moved = settings().today
    here = real_now().astimezone(VIETNAM)
    if moved is None:
        return here.astimezone(UTC)
    return (here + timedelta(days=(moved - here.date()).days)).astimezone(UTC)


def today() -> date:
    return local_day(now())


def local_day(moment: datetime) -> date:
    """The Vietnamese calendar day of a stored moment."""
    return moment.astimezone(VIETNAM).date()
