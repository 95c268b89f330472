"""The officer's review of a commune's list: verdicts by rule and by hand, return, finish."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, func, or_
from sqlmodel import col, select

from db.commands.review import verdicts
from db.commands.review.verdicts import UNDECIDED_PAIR, Finding
from db.errors import Refused
from db.models import Account, CommuneList, CoverFact, DuplicatePair, Nomination
from db.rules import why
from db.rules.access import Action
from db.rules.reasons import CAME_UP, SET_BY_HAND
from db.rules.reasons import reason as ground
from db.rules.states import ListState, NominationState, allowed
from db.unit_of_work import UnitOfWork, writing

VERDICT_SET, LIST_RETURNED = "nomination.set_by_hand", "commune_list.returned"
"""Audit actions of the steps that can be undone."""

_STILL_OPEN = (NominationState.LISTED, NominationState.TO_CHECK)
_AFTER_REVIEW = (ListState.REVIEWED, ListState.POSTED, ListState.CLOSED)
_LATEST_COVER = date(2100, 1, 1)


def judge_list(list_id: int, actor: str) -> Counter[NominationState]:
    """Apply the rule to everybody on the list who is not yet judged, or still to be checked.

    Returns how many people came out in each state.

    Raises:
        Refused: not_found, list_not_in_review (state).
    """
    with writing(actor, Action.REVIEW_LIST) as work:
        owner = _in_review(work, list_id)
        nominations = work.session.exec(
            select(Nomination)
            .where(col(Nomination.list_id) == list_id, col(Nomination.state).in_(_STILL_OPEN))
            .order_by(col(Nomination.id))
            .with_for_update()
        ).all()
        counts = verdicts.rejudge(work, nominations)
        work.record(
            "commune_list.judged",
            owner,
            counts={state.value: n for state, n in sorted(counts.items())},
        )
        return counts


def set_verdict(
    nomination_ids: Sequence[int],
    state: NominationState,
    reason: str,
    actor: str,
    *,
    seen: Mapping[int, NominationState] | None = None,
) -> int:
    """Decide on people by hand, all or none; returns how many.

    `seen` are the states that the screen showed, by nomination. Only what the rule leaves open
    can be decided as eligible, and overruling a doubt of the rule needs a reason.

    Raises:
        Refused: not_found, changed_meanwhile, transition_not_allowed, list_not_in_review (state),
            reason_missing, reason_too_long, rule_excludes (count), pair_undecided (count).
    """
    reason = why.bounded(reason)
    if not reason and state is not NominationState.ELIGIBLE:
        raise Refused("reason_missing")
    with writing(actor, Action.REVIEW_LIST) as work:
        nominations = _locked(work, nomination_ids)
        _check_unchanged(work, nominations, seen or {})
        for owner in _lists_of(work, nominations):
            _check_open_for_verdicts(work, owner, nominations)
        for one in nominations:
            if not allowed("Nomination", one.state, state):
                raise Refused(
                    "transition_not_allowed",
                    kind="Nomination",
                    current=one.state.value,
                    to=state.value,
                )
        found = verdicts.findings(work, nominations)
        if state is NominationState.ELIGIBLE:
            _check_rule(found, nominations, reason)
        rows = []
        for one in nominations:
            finding = found[one.id or 0]
            replaced = verdicts.replaced_by_hand(work, one)
            reasons = _reasons(one, finding, state, note=reason, by=actor, replaced=replaced)
            rows.append(verdicts.row_of(work, one, state, reasons, finding))
        verdicts.write(work, rows)
        for owner in _lists_of(work, nominations):
            ids = [one.id for one in nominations if one.list_id == owner.id]
            work.record(
                VERDICT_SET, owner, after=state, nominations=ids, list_state=owner.state.value
            )
        return len(nominations)


def note_cover(nomination_id: int, valid_until: date, source: str, actor: str) -> None:
    """Record until when the person is insured and where that was looked up, and judge again.

    Raises:
        Refused: not_found, source_missing, cover_date, list_not_in_review, person_matched.
    """
    source = source.strip()
    if not source or len(source) > 120:
        raise Refused("source_missing")
    if not date(2000, 1, 1) <= valid_until <= _LATEST_COVER:
        raise Refused("cover_date")
    with writing(actor, Action.REVIEW_LIST) as work:
        nomination = work.get(Nomination, nomination_id)
        owner = work.get(CommuneList, nomination.list_id)
        if owner.state not in (ListState.SUBMITTED, *_AFTER_REVIEW):
            raise Refused("list_not_in_review", state=owner.state)
        held = select(exists().where(col(Nomination.id) == nomination_id, verdicts.matched()))
        if work.session.exec(held).one():
            raise Refused("person_matched")
        verdicts.begin_review(work, owner)
        fact = CoverFact(
            province_code=nomination.province_code,
            person_id=nomination.person_id,
            benefit=nomination.benefit,
            valid_until=valid_until,
            source=source,
            noted_by=actor,
            noted_at=work.now,
        )
        work.record("cover_fact.noted", fact, nomination=nomination_id)
        verdicts.rejudge_people(work, (nomination.person_id,))


def return_list(list_id: int, reason: str, seen: int, actor: str) -> None:
    """Give the list back to the office with a reason.

    Raises:
        Refused: not_found, changed_meanwhile, transition_not_allowed, reason_missing,
            reason_too_long.
    """
    reason = why.required(reason)
    with writing(actor, Action.RETURN_LIST) as work:
        owner = work.get(CommuneList, list_id, seen=seen)
        began = owner.review_began_at
        owner.review_began_at = None  # the office may take it back while it is theirs
        work.move(
            owner, ListState.RETURNED, reason=reason, review_began=began and began.isoformat()
        )


def finish(list_id: int, seen: int, actor: str) -> int:
    """Close the review; returns how many people are eligible and will be posted.

    Raises:
        Refused: not_found, changed_meanwhile, transition_not_allowed, nobody_eligible,
            review_unfinished (listed, to_check, pairs).
    """
    with writing(actor, Action.REVIEW_LIST) as work:
        owner = work.get(CommuneList, list_id, seen=seen)
        counts = states_of(work, list_id)
        listed, to_check = (counts[state] for state in _STILL_OPEN)
        pairs = _undecided_pairs(work, owner)
        if listed or to_check or pairs:
            raise Refused("review_unfinished", listed=listed, to_check=to_check, pairs=pairs)
        eligible = counts[NominationState.ELIGIBLE]
        if not eligible:
            raise Refused("nobody_eligible")
        owner.reviewed_at = work.now
        work.move(owner, ListState.REVIEWED, eligible=eligible)
        return eligible


def states_of(work: UnitOfWork, list_id: int) -> Counter[NominationState]:
    """How many nominations of a list are in each state."""
    rows = work.session.exec(
        select(Nomination.state, func.count())
        .where(col(Nomination.list_id) == list_id)
        .group_by(col(Nomination.state))
    )
    return Counter({NominationState(state): count for state, count in rows})


def _in_review(work: UnitOfWork, list_id: int) -> CommuneList:
    owner = work.get(CommuneList, list_id)
    if owner.state is not ListState.SUBMITTED:
        raise Refused("list_not_in_review", state=owner.state)
    verdicts.begin_review(work, owner)
    return owner


def _locked(work: UnitOfWork, nomination_ids: Sequence[int]) -> Sequence[Nomination]:
    nominations = work.session.exec(
        select(Nomination)
        .where(col(Nomination.id).in_(nomination_ids), work.scope.covers(Nomination))
        .order_by(col(Nomination.id))
        .with_for_update()
    ).all()
    if not nominations or len(nominations) != len(set(nomination_ids)):
        raise Refused("not_found")
    return nominations


def _lists_of(work: UnitOfWork, nominations: Sequence[Nomination]) -> list[CommuneList]:
    ids = sorted({one.list_id for one in nominations})
    return [work.get(CommuneList, identity) for identity in ids]


def _check_unchanged(
    work: UnitOfWork, nominations: Sequence[Nomination], seen: Mapping[int, NominationState]
) -> None:
    for one in nominations:
        if one.state is not seen.get(one.id or 0, one.state):
            who = work.session.exec(
                select(Account.full_name).where(Account.username == one.reviewed_by)
            ).first()
            raise Refused("changed_meanwhile", who=who or "", at=one.reviewed_at, state=one.state)


def _check_open_for_verdicts(
    work: UnitOfWork, owner: CommuneList, nominations: Sequence[Nomination]
) -> None:
    """After the review only those are decided again about whom something new came up."""
    if owner.state is ListState.SUBMITTED:
        verdicts.begin_review(work, owner)
        return
    again = owner.state in _AFTER_REVIEW and all(
        one.state is NominationState.TO_CHECK for one in nominations if one.list_id == owner.id
    )
    if not again:
        raise Refused("list_not_in_review", state=owner.state)


def _check_rule(
    found: Mapping[int, Finding], nominations: Sequence[Nomination], reason: str
) -> None:
    excluded = [one for one in found.values() if one.verdict.state is NominationState.NOT_ELIGIBLE]
    if excluded:
        raise Refused("rule_excludes", count=len(excluded))
    paired = [one for one in found.values() if "possible_duplicate" in one.codes]
    if paired:
        raise Refused("pair_undecided", count=len(paired))
    doubted = any(found[one.id or 0].codes for one in nominations) or any(
        one.state is NominationState.TO_CHECK for one in nominations
    )
    if doubted and not reason:
        raise Refused("reason_missing")


def _reasons(
    nomination: Nomination, finding: Finding, state: NominationState, **said: Any
) -> list[dict[str, Any]]:
    """What the person decided, what that replaced, and the grounds it rests on or overrules."""
    came_up = [one for one in nomination.reasons if one["code"] in CAME_UP]
    if state is not NominationState.ELIGIBLE:
        grounds = [*came_up, *verdicts.rule_reasons(finding)]
        return [ground(SET_BY_HAND, state, **said), *grounds]
    overruled = sorted(finding.codes | {one["code"] for one in came_up})
    return [ground(SET_BY_HAND, state, **said, overruled=",".join(overruled))]


def _undecided_pairs(work: UnitOfWork, owner: CommuneList) -> int:
    """Pairs that still stand in the way: those of people ruled out for other grounds do not."""
    return work.session.exec(
        select(func.count()).where(
            col(DuplicatePair.province_code) == owner.province_code,
            col(DuplicatePair.state).in_(UNDECIDED_PAIR),
            exists().where(
                col(Nomination.list_id) == owner.id,
                col(Nomination.state).in_((*_STILL_OPEN, NominationState.ELIGIBLE)),
                or_(
                    col(Nomination.person_id) == DuplicatePair.first_id,
                    col(Nomination.person_id) == DuplicatePair.second_id,
                ),
            ),
        )
    ).one()
