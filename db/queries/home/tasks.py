"""The kinds of rows of the work queue; each says by name what it is about.

A new kind joins its union below; the type checker then asks for its words and its screen.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from db.rules.states import Benefit


class Group(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    OTHERS = "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What all rows have: `code` opens the record, `since` it waits, `due` it should be done."""

    code: str = ""
    since: date | None = None
    due: date | None = None
    waits: ClassVar[bool] = False
    """Somebody else acts next."""
    can_wait: ClassVar[bool] = False
    """Without a deadline it is for this week, everything else is for today."""

    def group(self, today: date) -> Group:
        if self.waits:
            return Group.OTHERS
        if self.due is None:
            return Group.WEEK if self.can_wait else Group.TODAY
        if self.due < today:
            return Group.OVERDUE
        return Group.TODAY if self.due == today else Group.WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfCommune(Task):
    commune: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfList(_OfCommune):
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReturned(_OfList):
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileUnfinished(_OfCommune):
    """`code` is the draft's number."""

    file_name: str


class ListMissing(_OfCommune):
    can_wait = True


class ListToReview(_OfList):
    pass


class ListToPost(_OfList):
    """`people` are the eligible ones."""


class ListWaits(_OfList):
    waits = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfPairs(_OfCommune):
    pairs: int


class PairsOpen(_OfPairs):
    pass


class PairsAsked(_OfPairs):
    pass


class PairsWait(_OfPairs):
    waits = True


class ProofMissing(_OfCommune):
    pass


class PostingDue(_OfCommune):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionsOpen(_OfCommune):
    objections: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FundsLate(Task):
    """`missing` is in đồng."""

    donor: str
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeToMatch(Task):
    """`free` pieces, or None where the pledge is of money; `candidates` could have them."""

    donor: str
    benefit: Benefit
    free: int | None
    candidates: int
    can_wait = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfProposal(Task):
    donor: str
    people: int


class ProposalDraft(_OfProposal):
    pass


class ProposalReturned(_OfProposal):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalToDecide(_OfProposal):
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalWaits(_OfProposal):
    approvers: str
    waits = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ToIssue(Task):
    donor: str
    benefit: Benefit
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfHandOver(_OfCommune):
    benefit: Benefit
    people: int


class ToInvite(_OfHandOver):
    pass


class EventToConfirm(_OfHandOver):
    pass


class EventToRecord(_OfHandOver):
    pass


class PageMissing(_OfHandOver):
    pass


class MinutesToConfirm(_OfHandOver):
    pass


class EventWaits(_OfHandOver):
    waits = True


class MinutesWait(_OfHandOver):
    waits = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfPlan(Task):
    year: int


class PlanMissing(_OfPlan):
    pass


class PlanToDecide(_OfPlan):
    pass


class PlanWaits(_OfPlan):
    waits = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsMissing(Task):
    provinces: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FarBehind(Task):
    benefit: Benefit
    provinces: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLocked(Task):
    """`code` is the username."""

    full_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordUnchanged(Task):
    people: int
    can_wait = True


ListTask = ListReturned | FileUnfinished | ListMissing | ListToReview | ListToPost | ListWaits
ReviewTask = PairsOpen | PairsAsked | PairsWait | ProofMissing | PostingDue | ObjectionsOpen
SupportTask = (
    FundsLate
    | PledgeToMatch
    | ProposalDraft
    | ProposalReturned
    | ProposalToDecide
    | ProposalWaits
    | ToIssue
)
HandOverTask = (
    ToInvite
    | EventToConfirm
    | EventToRecord
    | PageMissing
    | MinutesToConfirm
    | EventWaits
    | MinutesWait
)
LeadTask = (
    PlanMissing
    | PlanToDecide
    | PlanWaits
    | GoalsMissing
    | FarBehind
    | AccountLocked
    | PasswordUnchanged
)
AnyTask = ListTask | ReviewTask | SupportTask | HandOverTask | LeadTask
