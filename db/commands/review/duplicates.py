"""Two records that may be one person: found when a list comes in, decided by people."""

from typing import Literal

from sqlalchemy import exists, or_, text
from sqlmodel import col, select

from db import bulk
from db.commands.people import recognition
from db.commands.review import merging, verdicts
from db.errors import Refused
from db.models import CommuneList, DuplicatePair, Nomination, Person, is_live
from db.rules import why
from db.rules.access import Action
from db.rules.states import ListState, PairState
from db.unit_of_work import UnitOfWork, writing

PairDecision = Literal["same", "different", "ask"]

_STATES: dict[PairDecision, PairState] = {
    "same": PairState.SAME,
    "different": PairState.DIFFERENT,
    "ask": PairState.ASKED,
}
_NEW_PAIR = (
    "id",
    "first_id",
    "second_id",
    "evidence",
    "score",
    "province_code",
    "state",
    "version",
    "found_at",
    "comment",
)
_ONE_SEARCH_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7203114)")


def find_for_list(work: UnitOfWork, list_id: int) -> int:
    """Store the pairs that people of a list form with anybody, of any year and province.

    A pair is stored when the two are alike enough to ask, or to be sure of. Known pairs stay
    as they were decided. Returns the number of new pairs; runs inside the caller's transaction.
    """
    work.session.flush()
    if work.session.connection().dialect.name == "postgresql":
        # Two lists that come in together would each miss the people of the other.
        work.session.execute(_ONE_SEARCH_AT_A_TIME)
    owner = work.session.get_one(CommuneList, list_id)
    found = recognition.pairs_of_list(work.session, list_id)
    if not found:
        return 0
    new = (owner.province_code, PairState.OPEN, 1, work.now, "")
    bulk.insert_values(
        work.session,
        DuplicatePair,
        _NEW_PAIR,
        [
            (identity, *pair, judgement.evidence, round(judgement.score, 1), *new)
            for identity, (pair, judgement) in zip(
                bulk.reserve_ids(work.session, DuplicatePair, len(found)),
                sorted(found.items()),
                strict=True,
            )
        ],
    )
    work.record("duplicate_pair.found", owner, pairs=len(found))
    return len(found)


def decide(pair_id: int, verdict: PairDecision, seen: int, comment: str, actor: str) -> None:
    """Say that two records are one person (the second joins the first), two, or ask the office.

    Raises:
        Refused: not_found, changed_meanwhile, transition_not_allowed, merge_elsewhere,
            merge_has_matches, reason_too_long.
    """
    with writing(actor, Action.DECIDE_PAIR) as work:
        pair = work.get(DuplicatePair, pair_id, seen=seen)
        _note(work, pair, comment)
        begin_reviews(work, (pair.first_id, pair.second_id))
        work.move(pair, _STATES[verdict])
        people = {pair.first_id, pair.second_id}
        if verdict == "same":
            people |= merging.merge(work, pair)
        if verdict != "ask":
            work.session.flush()
            verdicts.rejudge_people(work, people)


def answer(pair_id: int, comment: str, seen: int, actor: str) -> None:
    """The office tells what it found out; the pair is open again for the province.

    Raises:
        Refused: not_found, changed_meanwhile, transition_not_allowed, answer_missing,
            reason_too_long.
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
    if said := why.bounded(comment):
        pair.comment = said
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
