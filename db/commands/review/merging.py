"""Two records of one person become one, inside the caller's transaction."""

from typing import Any

from sqlalchemy import exists, or_, update
from sqlmodel import col, select

from db.commands.review.verdicts import UNDECIDED_PAIR
from db.errors import Refused
from db.intake.fields.names import STORED
from db.models import CoverFact, DuplicatePair, Match, Nomination, Person, is_live, is_live_match
from db.rules.likeness import Judgement, judge, traits
from db.rules.names import fold
from db.rules.states import NominationState, PairState
from db.unit_of_work import UnitOfWork


def merge(work: UnitOfWork, pair: DuplicatePair) -> set[int]:
    """Join the pair's second record into the first and keep both as they were.

    Empty fields of the kept record are filled. A nomination of the second moves to the first,
    or is withdrawn where the first already has one for that benefit and year. What was said or
    asked about the second goes with it; returns the people on the other side of that.

    Raises:
        Refused: not_found (already merged), merge_elsewhere (province), merge_has_matches.
    """
    kept, gone = _both(work, pair)
    if _has_live_match(work, gone):
        raise Refused("merge_has_matches")
    pair.before = {"first": _snapshot(kept), "second": _snapshot(gone)}
    _fill(kept, gone)
    gone.merged_into_id = kept.id
    work.session.flush()
    withdrawn = _move_nominations(work, kept, gone)
    for table, column in ((CoverFact, CoverFact.person_id), (Person, Person.merged_into_id)):
        work.session.execute(
            update(table).where(col(column) == gone.id).values({col(column): kept.id})
        )
    others = _move_pairs(work, pair, kept, gone)
    work.record("person.merged", kept, merged=gone.id, withdrawn=withdrawn)
    return others


def _both(work: UnitOfWork, pair: DuplicatePair) -> tuple[Person, Person]:
    people = {
        person.id: person
        for person in work.session.exec(
            select(Person)
            .where(col(Person.id).in_((pair.first_id, pair.second_id)))
            .order_by(col(Person.id))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    }
    kept, gone = people[pair.first_id], people[pair.second_id]
    for person in (kept, gone):
        if person.province_code != pair.province_code:
            raise Refused("merge_elsewhere")
        if person.merged_into_id is not None:
            raise Refused("not_found")
    return kept, gone


def _has_live_match(work: UnitOfWork, person: Person) -> bool:
    return bool(
        work.session.exec(
            select(exists().where(col(Match.person_id) == person.id, is_live_match(Match)))
        ).one()
    )


def _snapshot(person: Person) -> dict[str, Any]:
    return person.model_dump(mode="json")


def _fill(kept: Person, gone: Person) -> None:
    for name in STORED:
        if not getattr(kept, name):
            setattr(kept, name, getattr(gone, name))
    if _is_fuller(gone.full_name, kept.full_name):
        kept.full_name, kept.name_key, kept.sort_key = gone.full_name, gone.name_key, gone.sort_key
    if len(gone.birth_date or "") > len(kept.birth_date or "") and (
        gone.birth_date or ""
    ).startswith(kept.birth_date or ""):
        kept.birth_date = gone.birth_date


def _is_fuller(name: str, other: str) -> bool:
    """Every word of the other name, accents and case apart, and more: Lô Thị Xuân, Lô Xuân."""
    words, others = fold(name).split(), fold(other).split()
    if len(words) == len(others):
        return words == others and name != other and fold(other) == other.lower()
    rest = iter(words)
    return len(words) > len(others) and all(word in rest for word in others)


def _move_nominations(work: UnitOfWork, kept: Person, gone: Person) -> int:
    nominations = work.session.exec(
        select(Nomination)
        .where(
            col(Nomination.person_id).in_((kept.id, gone.id)),
            is_live(Nomination),
        )
        .order_by(col(Nomination.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    taken = {(one.benefit, one.year) for one in nominations if one.person_id == kept.id}
    withdrawn = 0
    for one in nominations:
        if one.person_id != gone.id:
            continue
        if (one.benefit, one.year) in taken:
            withdrawn += 1
            work.move(one, NominationState.WITHDRAWN, merged_into=kept.id)
        else:
            one.person_id = kept.id or 0
            work.record("nomination.moved", one, merged_into=kept.id)
    return withdrawn


def _move_pairs(work: UnitOfWork, merged: DuplicatePair, kept: Person, gone: Person) -> set[int]:
    """Questions about the second record are questions about the first now, asked once.

    Whom people parted from the second they parted from the first, so that question is settled.
    """
    pairs = work.session.exec(
        select(DuplicatePair)
        .where(
            or_(
                col(DuplicatePair.first_id).in_((kept.id, gone.id)),
                col(DuplicatePair.second_id).in_((kept.id, gone.id)),
            ),
            col(DuplicatePair.id) != merged.id,
        )
        .order_by(col(DuplicatePair.id))
        .with_for_update()
    ).all()
    of_kept = {_other(one, kept): one for one in pairs if kept.id in (one.first_id, one.second_id)}
    others = set()
    for one in pairs:
        if gone.id not in (one.first_id, one.second_id) or one.state is PairState.SAME:
            continue
        other = _other(one, gone)
        others.add(other)
        there = of_kept.get(other)
        if there is None:
            _move_pair(work, one, other, kept)
        elif one.state in UNDECIDED_PAIR:
            _drop(work, one, kept)
        elif there.state in UNDECIDED_PAIR:
            _drop(work, there, kept)
            _move_pair(work, one, other, kept)
    return others


def _other(pair: DuplicatePair, person: Person) -> int:
    return pair.second_id if pair.first_id == person.id else pair.first_id


def _move_pair(work: UnitOfWork, pair: DuplicatePair, other: int, kept: Person) -> None:
    pair.first_id, pair.second_id = sorted((other, kept.id or 0))
    found = _judged(work, pair.first_id, pair.second_id)
    pair.evidence, pair.score = found.evidence, round(found.score, 1)
    pair.version += 1
    work.record("duplicate_pair.moved", pair, merged_into=kept.id)


def _drop(work: UnitOfWork, pair: DuplicatePair, kept: Person) -> None:
    work.record("duplicate_pair.joined", pair, merged_into=kept.id)
    work.session.delete(pair)
    work.session.flush()


def _judged(work: UnitOfWork, first: int, second: int) -> Judgement:
    one, other = (work.session.get_one(Person, identity) for identity in (first, second))
    return judge(traits(one.model_dump()), traits(other.model_dump()))
