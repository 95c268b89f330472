"""Judging people inside the caller's transaction: facts gathered, verdicts and points written."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, update
from sqlmodel import col, select

from db.commands.review.policies import freeze, policy_for
from db.models import (
    CommuneClass,
    CommuneList,
    CoverFact,
    DuplicatePair,
    Match,
    Nomination,
    Person,
    Policy,
    is_live_match,
)
from db.rules.eligibility import Cover, PersonFacts, Verdict, judge
from db.rules.reasons import SAID_BY_PEOPLE, SET_BY_HAND, reason
from db.rules.scoring import Insured, Score, score
from db.rules.states import Benefit, MatchState, NominationState, PairState
from db.rules.undo import minutes_left
from db.unit_of_work import UnitOfWork

REPLACED = "replaced"
"""In the details of a verdict by hand: the verdict it took the place of, for an undo."""

UNDECIDED_PAIR = (PairState.OPEN, PairState.ASKED)
_GIVEN = (MatchState.ISSUED, MatchState.DELIVERED)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the rule says about one nomination today."""

    verdict: Verdict
    score: Score

    @property
    def codes(self) -> set[str]:
        return {reason.code for reason in self.verdict.reasons}


@dataclass(slots=True)
class _History:
    """Everything known of one person's insurance, per benefit, and what was given to them."""

    covers: dict[Benefit, Cover]
    helped: set[tuple[Benefit, int]]


def begin_review(work: UnitOfWork, owner: CommuneList) -> None:
    """Mark the first verdict on a list; from the first list of a year its policy is frozen."""
    if owner.review_began_at is None:
        owner.review_began_at = work.now
        owner.version += 1
        work.record("commune_list.review_began", owner)
        freeze(work, policy_for(work, owner.province_code, owner.year))


def findings(work: UnitOfWork, nominations: Sequence[Nomination]) -> dict[int, Finding]:
    """The rule's verdict and points for each nomination, by its id; five statements in all."""
    people = _people(work, {one.person_id for one in nominations})
    histories = _histories(work, people)
    suspected = _in_undecided_pairs(work, set(people))
    classes = _classes(work, {one.commune_code for one in nominations}, work.today)
    policies: dict[tuple[str, int], Policy] = {}
    found = {}
    for one in nominations:
        key = (one.province_code, one.year)
        if key not in policies:
            policies[key] = policy_for(work, *key)
        history = histories[one.person_id]
        facts = PersonFacts(
            birth=people[one.person_id].birth_date,
            commune_code=one.commune_code,
            categories=frozenset(one.categories),
            commune_classes=classes[one.commune_code],
            covers=tuple(history.covers.values()),
            helped_this_year=(one.benefit, one.year) in history.helped,
            possible_duplicate=(one.person_id, one.province_code) in suspected,
        )
        found[one.id or 0] = Finding(
            judge(facts, one.benefit, work.today),
            score(
                one.categories,
                policies[key].scale(one.benefit),
                insured=_insured(history, people[one.person_id], one.benefit, work.today),
                dependants=one.dependants,
            ),
        )
    return found


def rejudge(work: UnitOfWork, nominations: Sequence[Nomination]) -> Counter[NominationState]:
    """Apply the rule to nominations that are listed, to check or eligible; counts per new state.

    What people said stays, what they overruled stays overruled. An eligible person about
    whom something new is known goes back to be checked.
    """
    counts: Counter[NominationState] = Counter()
    rows = []
    found = findings(work, nominations) if nominations else {}
    for one in nominations:
        finding = found[one.id or 0]
        said = [reason for reason in one.reasons if reason["code"] in SAID_BY_PEOPLE]
        overruled = _overruled(said)
        reasons = said + [
            reason for reason in rule_reasons(finding) if reason["code"] not in overruled
        ]
        state = _allowed_state(one.state, _gravest(reasons))
        if state is None:
            continue
        counts[state] += 1
        rows.append(row_of(work, one, state, reasons, finding))
    write(work, rows)
    return counts


def rejudge_people(work: UnitOfWork, person_ids: Collection[int]) -> None:
    """Apply the rule again to people judged but not matched, after something about them changed."""
    nominations = work.session.exec(
        select(Nomination)
        .where(
            col(Nomination.person_id).in_(person_ids),
            col(Nomination.state).in_((NominationState.TO_CHECK, NominationState.ELIGIBLE)),
            ~matched(),
            work.scope.covers(Nomination),
        )
        .order_by(col(Nomination.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    before = {one.id: one.state for one in nominations}
    rejudge(work, nominations)
    for one in nominations:
        work.session.refresh(one)
        if one.state is not before[one.id]:
            work.record("nomination.rejudged", one, before=before[one.id or 0], after=one.state)


def matched() -> ColumnElement[bool]:
    """The condition that a nomination has a live match."""
    return exists().where(col(Match.nomination_id) == Nomination.id, is_live_match(Match))


def row_of(
    work: UnitOfWork,
    nomination: Nomination,
    state: NominationState,
    reasons: list[dict[str, Any]],
    finding: Finding,
) -> dict[str, Any]:
    """The values of one bulk update of nominations."""
    return {
        "id": nomination.id,
        "state": state,
        "reasons": reasons,
        "score": finding.score.total,
        "points": [list(part) for part in finding.score.parts],
        "reviewed_by": work.actor,
        "reviewed_at": work.now,
    }


def replaced_by_hand(work: UnitOfWork, nomination: Nomination) -> dict[str, Any]:
    """The verdict that stands, as JSON; what that one replaced is kept while it can be undone."""
    at = nomination.reviewed_at
    over = at is None or not minutes_left(at, work.now)
    return {
        "state": nomination.state.value,
        "reasons": [_without_past(one) if over else one for one in nomination.reasons],
        "score": nomination.score,
        "points": nomination.points,
        "reviewed_by": nomination.reviewed_by,
        "reviewed_at": at and at.isoformat(),
    }


def restored(nomination: Nomination) -> dict[str, Any]:
    """The values of the bulk update that puts back what a verdict by hand replaced."""
    by_hand = next(one for one in nomination.reasons if one["code"] == SET_BY_HAND)
    replaced: dict[str, Any] = by_hand["details"][REPLACED]
    at = replaced["reviewed_at"]
    return replaced | {
        "id": nomination.id,
        "state": NominationState(replaced["state"]),
        "reviewed_at": at and datetime.fromisoformat(at),
    }


def write(work: UnitOfWork, rows: list[dict[str, Any]]) -> None:
    """One bulk update; nominations already loaded keep their old values."""
    if rows:
        work.session.flush()
        work.session.execute(update(Nomination), rows)


def rule_reasons(finding: Finding) -> list[dict[str, Any]]:
    """The rule's own grounds as the table stores them."""
    return [reason(one.code, one.state, **one.details) for one in finding.verdict.reasons]


def _without_past(reason: dict[str, Any]) -> dict[str, Any]:
    details = {name: value for name, value in reason["details"].items() if name != REPLACED}
    return reason | {"details": details}


def _gravest(reasons: Iterable[dict[str, Any]]) -> NominationState:
    states = {reason["state"] for reason in reasons}
    for gravest in (NominationState.NOT_ELIGIBLE, NominationState.TO_CHECK):
        if gravest.value in states:
            return gravest
    return NominationState.ELIGIBLE


def _allowed_state(current: NominationState, wanted: NominationState) -> NominationState | None:
    """Where the rule may take a nomination; None leaves it as a person left it."""
    if current in (NominationState.LISTED, NominationState.TO_CHECK):
        return wanted
    if current is NominationState.ELIGIBLE:
        against = wanted is not NominationState.ELIGIBLE
        return NominationState.TO_CHECK if against else NominationState.ELIGIBLE
    return None


def _overruled(said: Iterable[dict[str, Any]]) -> set[str]:
    codes = (one["details"].get("overruled", "") for one in said)
    return {code for text in codes for code in text.split(",") if code}


def _people(work: UnitOfWork, ids: Collection[int]) -> dict[int, Person]:
    people = work.session.exec(
        select(Person).where(col(Person.id).in_(ids)).execution_options(populate_existing=True)
    )
    return {person.id or 0: person for person in people}


def _histories(work: UnitOfWork, people: dict[int, Person]) -> dict[int, _History]:
    histories = {identity: _History({}, set()) for identity in people}
    for match in work.session.exec(
        select(Match)
        .where(col(Match.person_id).in_(people), is_live_match(Match))
        .order_by(col(Match.id))
    ):
        history = histories[match.person_id]
        history.helped.add((match.benefit, match.year))
        given_on = match.issued_on or match.delivered_on
        if match.state in _GIVEN and given_on is not None:
            until = _months_later(given_on, match.months)
            history.covers[match.benefit] = Cover(match.benefit, until, source="match")
    for fact in work.session.exec(
        select(CoverFact)
        .where(col(CoverFact.person_id).in_(people))
        .order_by(col(CoverFact.noted_at), col(CoverFact.id))
    ):
        # The newest word on a cover replaces the older ones.
        histories[fact.person_id].covers[fact.benefit] = Cover(
            fact.benefit, fact.valid_until, source=fact.source
        )
    for identity, person in people.items():
        if person.hi_card:
            _add_card(histories[identity], person.hi_card)
    return histories


def _add_card(history: _History, card: str) -> None:
    """A card number in the list: its group, and an end that nobody has looked up yet."""
    known = history.covers.get(Benefit.HI)
    history.covers[Benefit.HI] = Cover(
        Benefit.HI,
        known.valid_until if known else None,
        card_code=card,
        source=known.source if known else "list",
    )


def _insured(history: _History, person: Person, benefit: Benefit, today: date) -> Insured | None:
    """As far as the records know; a number alone says neither never nor until when."""
    cover = history.covers.get(benefit)
    if cover is not None and cover.valid_until is not None:
        return "insured" if cover.valid_until >= today else "lapsed"
    if cover is not None or (benefit is Benefit.SI and person.bhxh):
        return None
    return "never"


def _in_undecided_pairs(work: UnitOfWork, people: Collection[int]) -> set[tuple[int, str]]:
    """(person, province that must decide): the other province is not held up by the question."""
    pairs = work.session.exec(
        select(DuplicatePair).where(
            col(DuplicatePair.state).in_(UNDECIDED_PAIR),
            or_(col(DuplicatePair.first_id).in_(people), col(DuplicatePair.second_id).in_(people)),
        )
    )
    return {
        (identity, pair.province_code)
        for pair in pairs
        for identity in (pair.first_id, pair.second_id)
    }


def _classes(
    work: UnitOfWork, communes: Collection[str], on: date
) -> defaultdict[str, frozenset[str]]:
    rows = work.session.exec(
        select(CommuneClass).where(
            col(CommuneClass.commune_code).in_(communes),
            col(CommuneClass.valid_from) <= on,
            or_(col(CommuneClass.valid_to).is_(None), col(CommuneClass.valid_to) >= on),
        )
    )
    classes: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for row in rows:
        classes[row.commune_code] |= {row.kind}
    return classes


def _months_later(day: date, months: int) -> date:
    """The last covered day of a support that begins on a day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) - timedelta(days=1)
