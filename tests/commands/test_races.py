"""What may be once is once, pressed by several at once, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import bcrypt
import pytest
from sqlmodel import col, func, select

from db.commands.admin import sign_in
from db.commands.admin.locks import Visitor
from db.commands.donors import pledges
from db.commands.donors.donors import DonorEntry
from db.commands.handover import events
from db.commands.matching import issuing
from db.commands.progress import plans
from db.commands.progress.plans import PlanEntry
from db.errors import Refused, TryAgain
from db.models import Donor, Plan, SignInFailure
from db.rules.states import Benefit, LeftOut, MatchState, PlanState, Presence, ProposalState
from db.unit_of_work import reading
from tests import ceremonies, world
from tests.commands.donors.test_pledges import entry

pytestmark = pytest.mark.usefixtures("any_database")

AT_ONCE = 6


def pressed_at_once(*commands: Callable[[], object]) -> list[str]:
    """How each ended: "done", or the code of its refusal; nothing else may come out."""
    together = Barrier(len(commands))

    def press(command: Callable[[], object]) -> str:
        together.wait()
        for _attempt in range(4):
            try:
                command()
            except Refused as refused:
                return refused.code
            except TryAgain:
                continue
            return "done"
        return "try again"

    with ThreadPoolExecutor(len(commands)) as people:
        return sorted(people.map(press, commands))


def approved(seed: int) -> tuple[int, int]:
    """A funded pledge with one approved person: (pledge, match)."""
    _list, nominations, _posting = world.add_posted(people=1, seed=seed, round_=seed)
    pledge = world.add_pledge()
    _proposal, (match,) = world.add_proposal(
        pledge_id=pledge,
        nomination_ids=nominations,
        state=ProposalState.APPROVED,
        match_state=MatchState.APPROVED,
    )
    return pledge, match


def test_a_card_number_stands_on_one_card() -> None:
    made = [approved(seed) for seed in range(1, 5)]
    numbers = [(match, "0401234567") for _pledge, match in made]
    ended = pressed_at_once(
        *(
            lambda pledge=pledge, number=number: issuing.issue(
                pledge, [number], world.TODAY, "officer"
            )
            for (pledge, _match), number in zip(made, numbers, strict=True)
        )
    )
    assert ended == ["done", *["number_used"] * 3]


def test_a_donors_number_is_entered_once() -> None:
    names = [f"Công ty TNHH Số {word}" for word in ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu")]
    ended = pressed_at_once(
        *(
            lambda name=name: pledges.record(
                entry(donor=DonorEntry(name=name, number="0100109106", is_another=True)), "officer"
            )
            for name in names[:AT_ONCE]
        )
    )
    assert ended.count("done") == 1
    with reading() as session:
        assert session.exec(select(func.count()).where(Donor.tax_code == "0100109106")).one() == 1


def test_the_same_letter_is_entered_once_unless_somebody_looked() -> None:
    first = pledges.record(entry(), "officer")
    with reading() as session:
        donor_id = session.exec(select(Donor.id)).one()
    known = replace(entry().donor, known_id=donor_id)
    more = entry(donor=known, quantity=7)
    ended = pressed_at_once(*[lambda: pledges.record(more, "officer")] * AT_ONCE)
    assert sorted(ended) == sorted(["done", *["pledge_alike"] * (AT_ONCE - 1)])
    assert pledges.record(replace(more, is_second=True), "officer").code != first.code


def test_one_plan_of_a_province_waits() -> None:
    plan = PlanEntry(
        year=world.YEAR,
        number="1/KH",
        signed_on=date(2026, 1, 5),
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        goals={Benefit.HI: 100, Benefit.SI: 10},
    )
    ended = pressed_at_once(*[lambda: plans.propose(plan, "officer")] * AT_ONCE)
    assert ended == ["done", *["plan_waiting"] * (AT_ONCE - 1)]
    with reading() as session:
        waiting = (
            select(func.count()).select_from(Plan).where(col(Plan.state) == PlanState.PROPOSED)
        )
        assert session.exec(waiting).one() == 1


def test_issuing_and_releasing_meet_without_an_error() -> None:
    pledge, match = approved(1)
    for _round in range(5):
        ended = pressed_at_once(
            lambda: issuing.issue(pledge, [(match, "0401234567")], world.TODAY, "officer"),
            lambda: issuing.release(match, LeftOut.OTHER, "Chuyển nơi ở", "officer"),
        )
        assert set(ended) <= {"done", "transition_not_allowed", "capacity_gone", "number_used"}


def test_a_card_that_was_handed_over_is_not_refunded() -> None:
    pledge, matches = ceremonies.issued(2)
    event = ceremonies.confirmed(pledge, matches)
    answers = dict.fromkeys(matches, (Presence.PRESENT, ""))
    ended = pressed_at_once(
        lambda: events.record(event.id or 0, answers, ceremonies.HELD_ON, event.version, "office"),
        lambda: issuing.refund(matches[0], LeftOut.OTHER, "Không trao được", "officer"),
    )
    assert ended.count("done") == 1
    assert set(ended) <= {"done", "handed_over", "not_found"}
    with pytest.raises(Refused):
        issuing.refund(matches[0], LeftOut.OTHER, "Không trao được", "officer")


def test_many_wrong_guesses_and_the_right_one_among_them_do_not_get_in() -> None:
    def guess(password: str) -> bool:
        return sign_in.check(
            "officer",
            password,
            lambda given, kept: bcrypt.checkpw(given.encode(), kept.encode()),
            Visitor("", "198.51.100.9"),
        )

    with ThreadPoolExecutor(16) as guesses:
        got_in = list(guesses.map(guess, [*["sai"] * 30, world.PASSWORD]))
    assert not any(got_in)
    with reading() as session:
        locked = session.exec(select(SignInFailure.locked_until)).all()
    assert any(locked)
