"""Who may do what: the one table that navigation, page guards, commands and tests read."""

from enum import StrEnum


class Role(StrEnum):
    ADMIN = "admin"
    CENTRAL = "central"
    LEADER = "leader"
    OFFICER = "officer"
    APPROVER = "approver"
    OFFICE = "office"


ENDS_WHEN_IDLE = (Role.ADMIN, Role.APPROVER)
"""Who decides for others: their sign-in ends when nothing was done for long."""


class Action(StrEnum):
    SEE_WORK = "see.work"
    SEE_PROGRESS = "see.progress"
    SEE_GOALS = "see.goals"
    SEE_DONORS = "see.donors"
    SEE_LISTS = "see.lists"
    SEE_REVIEW = "see.review"
    SEE_POSTING = "see.posting"
    SEE_MATCHING = "see.matching"
    SEE_APPROVAL = "see.approval"
    SEE_ISSUING = "see.issuing"
    SEE_HANDOVER = "see.handover"
    SEE_ACCOUNTS = "see.accounts"
    SEE_AUDIT = "see.audit"
    SEE_OWN_ACCOUNT = "see.own_account"

    CHANGE_OWN_PASSWORD = "account.change_own_password"  # noqa: S105 - an action's name
    MANAGE_ACCOUNTS = "account.manage"
    MANAGE_OFFICES = "office.manage"
    PROPOSE_PLAN = "plan.propose"
    DECIDE_PLAN = "plan.decide"
    RECORD_PLEDGE = "pledge.record"
    RECORD_RECEIPT = "receipt.record"
    CANCEL_PLEDGE = "pledge.cancel"
    EXPORT_PLEDGES = "pledge.export"
    SUBMIT_LIST = "list.submit"
    RETURN_LIST = "list.return"
    REVIEW_LIST = "list.review"
    DECIDE_PAIR = "pair.decide"
    ANSWER_PAIR = "pair.answer"
    REVEAL_PERSON = "person.reveal"
    OPEN_POSTING = "posting.open"
    RECORD_OBJECTION = "objection.record"
    ANSWER_OBJECTION = "objection.answer"
    CLOSE_POSTING = "posting.close"
    PROPOSE_MATCH = "proposal.make"
    DECIDE_PROPOSAL = "proposal.decide"
    ISSUE = "match.issue"
    RELEASE = "match.release"
    EXPORT_APPROVED = "match.export"
    PROPOSE_EVENT = "event.propose"
    CONFIRM_EVENT = "event.confirm"
    RECORD_OUTCOME = "event.record"
    CONFIRM_MINUTES = "event.confirm_minutes"
    EXPORT_MINUTES = "event.export_minutes"


_EVERYONE = frozenset(Role)
_PROVINCE = frozenset({Role.OFFICER, Role.APPROVER})
_OFFICER = frozenset({Role.OFFICER})
_APPROVER = frozenset({Role.APPROVER})
_FIELD = frozenset({Role.OFFICER, Role.OFFICE})
_ADMIN = frozenset({Role.ADMIN})

MAY: dict[Action, frozenset[Role]] = {
    Action.SEE_WORK: _EVERYONE - {Role.LEADER},
    Action.SEE_PROGRESS: _EVERYONE,
    Action.SEE_GOALS: _PROVINCE | {Role.LEADER, Role.CENTRAL},
    Action.SEE_DONORS: _PROVINCE | {Role.LEADER, Role.CENTRAL},
    Action.SEE_LISTS: _FIELD,
    Action.SEE_REVIEW: _PROVINCE | {Role.OFFICE},
    Action.SEE_POSTING: _PROVINCE | {Role.OFFICE},
    Action.SEE_MATCHING: _PROVINCE,
    Action.SEE_APPROVAL: _PROVINCE,
    Action.SEE_ISSUING: _PROVINCE,
    Action.SEE_HANDOVER: _PROVINCE | {Role.OFFICE, Role.LEADER, Role.CENTRAL},
    Action.SEE_ACCOUNTS: _ADMIN,
    Action.SEE_AUDIT: frozenset({Role.ADMIN, Role.CENTRAL}),
    Action.SEE_OWN_ACCOUNT: _EVERYONE,
    Action.CHANGE_OWN_PASSWORD: _EVERYONE,
    Action.MANAGE_ACCOUNTS: _ADMIN,
    Action.MANAGE_OFFICES: _ADMIN,
    Action.PROPOSE_PLAN: _OFFICER,
    Action.DECIDE_PLAN: _APPROVER,
    Action.RECORD_PLEDGE: _OFFICER,
    Action.RECORD_RECEIPT: _OFFICER,
    Action.CANCEL_PLEDGE: _OFFICER,
    Action.EXPORT_PLEDGES: _PROVINCE | {Role.CENTRAL},
    Action.SUBMIT_LIST: _FIELD,
    Action.RETURN_LIST: _OFFICER,
    Action.REVIEW_LIST: _OFFICER,
    Action.DECIDE_PAIR: _OFFICER,
    Action.ANSWER_PAIR: frozenset({Role.OFFICE}),
    Action.REVEAL_PERSON: _FIELD | _APPROVER,
    Action.OPEN_POSTING: _FIELD,
    Action.RECORD_OBJECTION: _FIELD,
    Action.ANSWER_OBJECTION: _OFFICER,
    Action.CLOSE_POSTING: _OFFICER,
    Action.PROPOSE_MATCH: _OFFICER,
    Action.DECIDE_PROPOSAL: _APPROVER,
    Action.ISSUE: _OFFICER,
    Action.RELEASE: _OFFICER,
    Action.EXPORT_APPROVED: _OFFICER,
    Action.PROPOSE_EVENT: _FIELD,
    Action.CONFIRM_EVENT: _OFFICER,
    Action.RECORD_OUTCOME: _FIELD,
    Action.CONFIRM_MINUTES: _APPROVER,
    Action.EXPORT_MINUTES: _FIELD | _APPROVER,
}

NATIONAL = frozenset({Role.ADMIN, Role.CENTRAL})
"""Roles that belong to no province."""

MAY_BE_NATIONAL = NATIONAL | {Role.LEADER}
"""A leader leads the nation or a province."""


def may(role: Role, action: Action) -> bool:
    return role in MAY[action]
