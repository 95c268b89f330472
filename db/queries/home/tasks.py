"""One row of the work queue: what, where, since when, by when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.rules.states import Benefit


class Group(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    OTHERS = "others"


class Kind(StrEnum):
    LIST_RETURNED = "list_returned"
    LIST_MISSING = "list_missing"
    LIST_TO_REVIEW = "list_to_review"
    LIST_TO_POST = "list_to_post"
    PAIRS_OPEN = "pairs_open"
    PAIRS_ASKED = "pairs_asked"
    PROOF_MISSING = "proof_missing"
    POSTING_DUE = "posting_due"
    OBJECTIONS_OPEN = "objections_open"
    FUNDS_LATE = "funds_late"
    PLEDGE_TO_MATCH = "pledge_to_match"
    PROPOSAL_DRAFT = "proposal_draft"
    PROPOSAL_RETURNED = "proposal_returned"
    PROPOSAL_TO_DECIDE = "proposal_to_decide"
    TO_ISSUE = "to_issue"
    TO_INVITE = "to_invite"
    EVENT_TO_CONFIRM = "event_to_confirm"
    EVENT_TO_RECORD = "event_to_record"
    PAGE_MISSING = "page_missing"
    MINUTES_TO_CONFIRM = "minutes_to_confirm"
    PLAN_MISSING = "plan_missing"
    PLAN_TO_DECIDE = "plan_to_decide"
    GOALS_MISSING = "goals_missing"
    FAR_BEHIND = "far_behind"
    ACCOUNT_LOCKED = "account_locked"
    PASSWORD_UNCHANGED = "password_unchanged"  # noqa: S105 - a kind of work
    LIST_WAITS = "list_waits"
    PAIRS_WAIT = "pairs_wait"
    PROPOSAL_WAITS = "proposal_waits"
    PLAN_WAITS = "plan_waits"
    EVENT_WAITS = "event_waits"
    MINUTES_WAIT = "minutes_wait"


WAITING = frozenset(
    {
        Kind.LIST_WAITS,
        Kind.PAIRS_WAIT,
        Kind.PROPOSAL_WAITS,
        Kind.PLAN_WAITS,
        Kind.EVENT_WAITS,
        Kind.MINUTES_WAIT,
    }
)
"""Somebody else acts next."""

CAN_WAIT = frozenset({Kind.LIST_MISSING, Kind.PLEDGE_TO_MATCH, Kind.PASSWORD_UNCHANGED})
"""Without a deadline these are for this week, everything else is for today."""


NAMED = 3
"""How many places a row names before it says how many more."""


@dataclass(frozen=True, slots=True)
class Task:
    """`code` goes into the address of the screen that does it."""

    kind: Kind
    code: str = ""
    where: str = ""
    """The commune, donor, account or provinces it is about."""
    count: int = 0
    benefit: Benefit | None = None
    amount: int = 0
    """đồng, or a second count."""
    since: date | None = None
    due: date | None = None
    who: str = ""
    """Who acts next, or who said why."""

    def group(self, today: date) -> Group:
        if self.kind in WAITING:
            return Group.OTHERS
        if self.due is None:
            return Group.WEEK if self.kind in CAN_WAIT else Group.TODAY
        if self.due < today:
            return Group.OVERDUE
        return Group.TODAY if self.due == today else Group.WEEK
