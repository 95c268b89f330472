"""The states of every object and the only ways between them (`db/README.md`, The states)."""

from enum import StrEnum


class Benefit(StrEnum):
    HI = "hi"
    SI = "si"


class Binds(StrEnum):
    PIECES = "pieces"
    MONEY = "money"


class PlanState(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


class PledgeState(StrEnum):
    RECORDED = "recorded"
    ACTIVE = "active"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class ListState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    POSTED = "posted"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class UploadPurpose(StrEnum):
    """What a file is to the lists its commune sent before it."""

    NEW_ROUND = "new_round"
    CORRECTION = "correction"
    ADDITION = "addition"


class NominationState(StrEnum):
    LISTED = "listed"
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    TO_CHECK = "to_check"
    WITHDRAWN = "withdrawn"


class PairState(StrEnum):
    OPEN = "open"
    ASKED = "asked"
    SAME = "same"
    DIFFERENT = "different"


class PostingState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class ObjectionState(StrEnum):
    RECEIVED = "received"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class ProposalState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class MatchState(StrEnum):
    RESERVE = "reserve"
    PROPOSED = "proposed"
    APPROVED = "approved"
    ISSUED = "issued"
    DELIVERED = "delivered"
    DECLINED = "declined"
    EXPIRED = "expired"
    RELEASED = "released"
    REFUNDED = "refunded"


class EventState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    HELD = "held"
    MINUTED = "minuted"
    CANCELLED = "cancelled"


class Presence(StrEnum):
    PRESENT = "present"
    AT_HOME = "at_home"
    ABSENT = "absent"
    REFUSED = "refused"


class LeftOut(StrEnum):
    """Why somebody who was proposed, approved or given a card makes way."""

    MOVED_AWAY = "moved_away"
    DIED = "died"
    INSURED = "insured"
    UNWILLING = "unwilling"
    WRONG_RECORD = "wrong_record"
    GIVES_WAY = "gives_way"
    OTHER = "other"


CHECK_AGAIN = (
    LeftOut.MOVED_AWAY,
    LeftOut.DIED,
    LeftOut.INSURED,
    LeftOut.UNWILLING,
    LeftOut.WRONG_RECORD,
)
"""Facts about the person: until somebody has looked again nobody proposes them anew."""

LIVE_MATCH = (
    MatchState.PROPOSED,
    MatchState.APPROVED,
    MatchState.ISSUED,
    MatchState.DELIVERED,
)
"""A person has at most one match in these states for one benefit and year."""

LIVE_EVENT = (EventState.PROPOSED, EventState.CONFIRMED, EventState.HELD)
"""Whoever is invited to an event in these states is not invited to another."""

HANDED_OVER = (Presence.PRESENT, Presence.AT_HOME)

TRANSITIONS: dict[str, dict[StrEnum, frozenset[StrEnum]]] = {
    "Plan": {PlanState.PROPOSED: frozenset({PlanState.APPROVED, PlanState.REJECTED})},
    "Pledge": {
        PledgeState.RECORDED: frozenset({PledgeState.ACTIVE, PledgeState.CANCELLED}),
        PledgeState.ACTIVE: frozenset({PledgeState.CLOSED, PledgeState.CANCELLED}),
    },
    "CommuneList": {
        ListState.DRAFT: frozenset({ListState.SUBMITTED, ListState.WITHDRAWN}),
        ListState.SUBMITTED: frozenset({ListState.REVIEWED, ListState.RETURNED}),
        ListState.RETURNED: frozenset({ListState.SUBMITTED, ListState.WITHDRAWN}),
        ListState.REVIEWED: frozenset({ListState.POSTED}),
        ListState.POSTED: frozenset({ListState.CLOSED}),
    },
    "Nomination": {
        NominationState.LISTED: frozenset(
            {
                NominationState.ELIGIBLE,
                NominationState.NOT_ELIGIBLE,
                NominationState.TO_CHECK,
                NominationState.WITHDRAWN,
            }
        ),
        NominationState.TO_CHECK: frozenset(
            {NominationState.ELIGIBLE, NominationState.NOT_ELIGIBLE, NominationState.WITHDRAWN}
        ),
        NominationState.ELIGIBLE: frozenset({NominationState.TO_CHECK, NominationState.WITHDRAWN}),
        NominationState.NOT_ELIGIBLE: frozenset({NominationState.WITHDRAWN}),
    },
    "DuplicatePair": {
        PairState.OPEN: frozenset({PairState.SAME, PairState.DIFFERENT, PairState.ASKED}),
        PairState.ASKED: frozenset({PairState.SAME, PairState.DIFFERENT, PairState.OPEN}),
    },
    "Posting": {PostingState.OPEN: frozenset({PostingState.CLOSED})},
    "Objection": {
        ObjectionState.RECEIVED: frozenset({ObjectionState.UPHELD, ObjectionState.DISMISSED})
    },
    "Proposal": {
        ProposalState.DRAFT: frozenset(
            {ProposalState.SUBMITTED, ProposalState.WITHDRAWN, ProposalState.EXPIRED}
        ),
        ProposalState.SUBMITTED: frozenset(
            {
                ProposalState.APPROVED,
                ProposalState.RETURNED,
                ProposalState.REJECTED,
                ProposalState.WITHDRAWN,
                ProposalState.EXPIRED,
            }
        ),
        ProposalState.RETURNED: frozenset(
            {ProposalState.SUBMITTED, ProposalState.WITHDRAWN, ProposalState.EXPIRED}
        ),
    },
    "Match": {
        MatchState.PROPOSED: frozenset(
            {MatchState.APPROVED, MatchState.DECLINED, MatchState.EXPIRED}
        ),
        MatchState.APPROVED: frozenset({MatchState.ISSUED, MatchState.RELEASED}),
        MatchState.ISSUED: frozenset({MatchState.DELIVERED, MatchState.REFUNDED}),
        MatchState.RESERVE: frozenset({MatchState.DECLINED, MatchState.EXPIRED}),
    },
    "Event": {
        EventState.PROPOSED: frozenset({EventState.CONFIRMED, EventState.CANCELLED}),
        EventState.CONFIRMED: frozenset({EventState.HELD, EventState.CANCELLED}),
        EventState.HELD: frozenset({EventState.MINUTED}),
    },
}


UNDO: dict[str, dict[StrEnum, frozenset[StrEnum]]] = {
    "CommuneList": {ListState.RETURNED: frozenset({ListState.SUBMITTED})},
    "Nomination": {
        NominationState.ELIGIBLE: frozenset({NominationState.LISTED, NominationState.TO_CHECK}),
        NominationState.NOT_ELIGIBLE: frozenset({NominationState.LISTED, NominationState.TO_CHECK}),
        NominationState.TO_CHECK: frozenset({NominationState.LISTED, NominationState.ELIGIBLE}),
    },
}
"""Ways back that are open to nobody but who just took the step, and only to undo it."""


def allowed(kind: str, current: StrEnum, to: StrEnum) -> bool:
    return to in TRANSITIONS[kind].get(current, frozenset())


def undoable(kind: str, current: StrEnum, to: StrEnum) -> bool:
    return to in UNDO[kind].get(current, frozenset())
