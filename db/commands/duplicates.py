"""Two records that may be one person: found when a list comes in, decided by people."""

from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, exists, or_, text
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from db.commands import merging, verdicts
from db.errors import Refused
from db.models import CommuneList, DuplicatePair, Nomination, Person, is_live
from db.rules.access import Action
from db.rules.likeness import compare
from db.rules.states import ListState, PairState
from db.unit_of_work import UnitOfWork, writing

Verdict = Literal["same", "different", "ask"]

_STATES: dict[Verdict, PairState] = {
    "same": PairState.SAME,
    "different": PairState.DIFFERENT,
    "ask": PairState.ASKED,
}
_MOST_COMMENT = 500
_ONE_SEARCH_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7203114)")


def find_for_list(work: UnitOfWork, list_id: int) -> int:
    """Store the pairs that people of a list form with anybody, of any year and province.

    Certain grounds only: the same citizen ID, the same insurance number, or the same folded
    name and birth in one commune. Known pairs stay as they were decided. Returns the number
    of new pairs; runs inside the caller's transaction.
    """
    work.session.flush()
    if work.session.connection().dialect.name == "postgresql":
        # Two lists that come in together would each miss the people of the other.
        work.session.execute(_ONE_SEARCH_AT_A_TIME)
    owner = work.session.get_one(CommuneList, list_id)
    found: dict[tuple[int, int], dict[str, str]] = {}
    for ground in _grounds():
        for here, there in work.session.exec(_paired(list_id, *ground)):
            first, second = sorted((here, there), key=lambda person: person.id or 0)
            key = (first.id or 0, second.id or 0)
            found[key] = compare(first.model_dump(), second.model_dump())
    rows = [
        DuplicatePair(
            id=identity,
            province_code=owner.province_code,
            first_id=first,
            second_id=second,
            evidence=evidence,
            found_at=work.now,
        )
        for identity, ((first, second), evidence) in zip(
            work.reserve_ids(DuplicatePair, len(found)) if found else (),
            sorted(found.items()),
            strict=True,
        )
    ]
    work.insert_many(DuplicatePair, rows)
    if rows:
        work.record("duplicate_pair.found", owner, pairs=len(rows))
    return len(rows)


def decide(pair_id: int, verdict: Verdict, seen: int, comment: str, actor: str) -> None:
    """Say that two records are one person (the second joins the first), two, or ask the office.

    Raises:
        Refused: not_found, changed_meanwhile, transition_not_allowed, merge_elsewhere,
            merge_has_matches, comment_too_long.
    """
    with writing(actor, Action.DECIDE_PAIR) as work:
        pair = work.get(DuplicatePair, pair_id, seen=seen)
        _note(work, pair, comment)
        begin_reviews(work, (pair.first_id, pair.second_id))
        work.move(pair, _STATES[verdict])
        if verdict == "same":
            merging.merge(work, pair)
        if verdict != "ask":
            work.session.flush()
            verdicts.rejudge_people(work, (pair.first_id, pair.second_id))


def answer(pair_id: int, comment: str, seen: int, actor: str) -> None:
    """The office tells what it found out; the pair is open again for the province.

    Raises:
        Refused: not_found, changed_meanwhile, transition_not_allowed, answer_missing,
            comment_too_long.
    """
    if not comment.strip():
        raise Refused("answer_missing")
    with writing(actor, Action.ANSWER_PAIR) as work:
        pair = _asked_of_office(work, pair_id)
        if pair.version != seen:
            raise Refused(
                "changed_meanwhile", who=pair.decided_by, at=pair.decided_at, state=pair.state
            )
        _note(work, pair, comment)
        work.move(pair, PairState.OPEN)


def begin_reviews(work: UnitOfWork, person_ids: tuple[int, ...]) -> None:
    """Deciding on a person is the beginning of the review of every waiting list that names them."""
    lists = work.session.exec(
        select(CommuneList)
        .where(
            col(CommuneList.state) == ListState.SUBMITTED,
            col(CommuneList.review_began_at).is_(None),
            work.scope.covers(CommuneList),
            exists().where(
                col(Nomination.list_id) == CommuneList.id,
                col(Nomination.person_id).in_(person_ids),
                is_live(Nomination),
            ),
        )
        .with_for_update()
    )
    for owner in lists:
        verdicts.begin_review(work, owner)


def _note(work: UnitOfWork, pair: DuplicatePair, comment: str) -> None:
    if len(comment) > _MOST_COMMENT:
        raise Refused("comment_too_long", most=_MOST_COMMENT)
    if comment.strip():
        pair.comment = comment.strip()
    pair.decided_by, pair.decided_at = work.actor, work.now


def _asked_of_office(work: UnitOfWork, pair_id: int) -> DuplicatePair:
    pair = work.session.exec(
        select(DuplicatePair)
        .where(
            col(DuplicatePair.id) == pair_id,
            exists().where(
                or_(
                    col(Person.id) == DuplicatePair.first_id,
                    col(Person.id) == DuplicatePair.second_id,
                ),
                work.scope.covers(Person),
            ),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if pair is None:
        raise Refused("not_found")
    return pair


def _grounds() -> list[tuple[type[Person], type[Person], ColumnElement[bool]]]:
    here, there = aliased(Person), aliased(Person)
    return [
        (here, there, _equal(here.cccd, there.cccd)),
        (here, there, _equal(here.bhxh, there.bhxh)),
        (
            here,
            there,
            and_(
                _equal(here.commune_code, there.commune_code),
                _equal(here.name_key, there.name_key),
                _equal(here.birth_date, there.birth_date),
            ),
        ),
    ]


def _equal(one: Any, other: Any) -> ColumnElement[bool]:
    return and_(col(one) == col(other), col(one) != "")


def _paired(
    list_id: int, here: type[Person], there: type[Person], same: ColumnElement[bool]
) -> Any:
    """People of the list beside others under one ground, but for pairs already stored."""
    mine = aliased(Nomination)
    return (
        select(here, there)
        .join(mine, col(mine.person_id) == here.id)
        .join(there, and_(same, col(there.id) != here.id))
        .where(
            col(mine.list_id) == list_id,
            is_live(mine),
            col(here.merged_into_id).is_(None),
            col(there.merged_into_id).is_(None),
            exists().where(
                col(Nomination.person_id) == there.id,
                is_live(Nomination),
            ),
            ~exists().where(
                or_(
                    and_(
                        col(DuplicatePair.first_id) == here.id,
                        col(DuplicatePair.second_id) == there.id,
                    ),
                    and_(
                        col(DuplicatePair.first_id) == there.id,
                        col(DuplicatePair.second_id) == here.id,
                    ),
                )
            ),
        )
    )
