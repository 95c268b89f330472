"""From an issued card to a delivered one: every step, every role, both databases."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, select

from db.commands.handover import events
from db.commands.matching import issuing
from db.errors import Refused
from db.models import Attachment, Match, Nomination, Outcome, Pledge
from db.queries.admin import trace
from db.rules.access import Role
from db.rules.states import (
    EventState,
    LeftOut,
    MatchState,
    NominationState,
    PledgeState,
    Presence,
)
from db.unit_of_work import reading, unattended_writing
from tests import ceremonies, world
from tests.ceremonies import HELD_ON, PDF, event_of, new_event

pytestmark = pytest.mark.usefixtures("any_database")
PRESENT, ABSENT = (Presence.PRESENT, ""), (Presence.ABSENT, "")


def states(matches: list[int]) -> list[MatchState]:
    with reading() as session:
        return [session.get_one(Match, match).state for match in matches]


def pledge_of(pledge: int) -> Pledge:
    with reading() as session:
        return session.get_one(Pledge, pledge)


def refused(code: str, command: Callable[[], object]) -> None:
    with pytest.raises(Refused, match=f"^{code}$"):
        command()


def test_present_and_at_home_are_delivered_and_the_others_wait() -> None:
    pledge, matches = ceremonies.issued(4, quantity=6)
    event = ceremonies.held(
        pledge, matches, Presence.PRESENT, Presence.AT_HOME, Presence.ABSENT, Presence.REFUSED
    )
    assert event.state is EventState.HELD

    assert events.confirm_minutes(event.id or 0, event.version, "approver") == 2

    after = event_of(event.code)
    assert after.state is EventState.MINUTED
    assert after.minutes_confirmed_by == "approver"
    assert states(matches) == [MatchState.DELIVERED] * 2 + [MatchState.ISSUED] * 2
    with reading() as session:
        assert session.get_one(Match, matches[0]).delivered_on == HELD_ON
        assert session.get_one(Match, matches[2]).delivered_on is None
    left = pledge_of(pledge)
    assert (left.delivered, left.issued, left.free) == (2, 2, 2)
    assert left.state is PledgeState.ACTIVE
    assert trace.verify().whole


def test_the_absent_are_invited_again() -> None:
    pledge, matches = ceremonies.issued(2)
    ceremonies.minuted(pledge, matches, Presence.PRESENT, Presence.ABSENT)
    again = ceremonies.minuted(pledge, matches[1:])

    assert again.state is EventState.MINUTED
    assert states(matches) == [MatchState.DELIVERED] * 2
    assert pledge_of(pledge).state is PledgeState.CLOSED


def test_whoever_refused_is_not_invited_with_the_absent() -> None:
    pledge, matches = ceremonies.issued(3)
    ceremonies.minuted(pledge, matches, Presence.PRESENT, Presence.ABSENT, Presence.REFUSED)
    refused("invited_refused", lambda: events.propose(new_event(pledge, matches[1:]), "officer"))
    again = ceremonies.minuted(pledge, matches[1:2])
    assert again.state is EventState.MINUTED

    issuing.refund(matches[2], LeftOut.UNWILLING, "Gia đình không nhận", "officer")
    with reading() as session:
        match = session.get_one(Match, matches[2])
        nomination = session.get_one(Nomination, match.nomination_id)
    assert (match.left_out, nomination.state) == (LeftOut.UNWILLING, NominationState.TO_CHECK)


def test_nobody_is_invited_twice_at_a_time() -> None:
    pledge, matches = ceremonies.issued()
    event = ceremonies.proposed(pledge, matches[:2])
    refused("already_invited", lambda: events.propose(new_event(pledge, matches), "officer"))

    events.cancel(event.id or 0, "Mưa lũ", event.version, "officer")
    assert events.propose(new_event(pledge, matches), "officer").startswith("TT-2026-NAN-")


def test_only_issued_cards_of_that_pledge_and_commune_are_handed_over() -> None:
    pledge, matches = ceremonies.issued()
    other, others = ceremonies.issued(seed=2, commune=world.places().own_too)
    refused("not_found", lambda: events.propose(new_event(pledge, others), "officer"))
    refused("not_found", lambda: events.propose(new_event(other, others), "officer"))
    with unattended_writing("tests") as work:
        work.session.get_one(Match, matches[0]).state = MatchState.APPROVED
    refused("not_found", lambda: events.propose(new_event(pledge, matches), "officer"))


def test_a_proposal_names_people_place_form_and_a_day_to_come() -> None:
    pledge, matches = ceremonies.issued()
    past = datetime(2026, 9, 14, 16, 0, tzinfo=UTC)
    for code, changes in (
        ("nobody_invited", {"match_ids": []}),
        ("place_missing", {"place": "  "}),
        ("form_unknown", {"form": "post"}),
        ("event_in_past", {"starts_at": past}),
    ):
        new = new_event(pledge, matches, **changes)
        refused(code, lambda new=new: events.propose(new, "officer"))  # type: ignore[misc]


def test_part_of_the_list_may_be_saved_and_the_last_one_makes_it_held() -> None:
    pledge, matches = ceremonies.issued(3)
    event = ceremonies.confirmed(pledge, matches)
    first = {matches[0]: PRESENT}
    assert events.record(event.id or 0, first, HELD_ON, event.version, "office") == 2
    assert event_of(event.code).state is EventState.CONFIRMED

    rest = {matches[1]: ABSENT, matches[2]: (Presence.AT_HOME, "Con gái Lô Thị Nga")}
    seen = event_of(event.code).version
    assert events.record(event.id or 0, rest, HELD_ON, seen, "officer") == 0
    assert event_of(event.code).state is EventState.HELD


def test_a_changed_answer_is_a_later_row_and_the_same_answer_is_none() -> None:
    pledge, matches = ceremonies.issued(2)
    event = ceremonies.held(pledge, matches)
    answers = {matches[0]: PRESENT, matches[1]: ABSENT}
    events.record(event.id or 0, answers, HELD_ON, event.version, "officer")

    with reading() as session:
        rows = session.exec(
            select(Outcome).order_by(col(Outcome.match_id), col(Outcome.sequence))
        ).all()
    assert [(row.match_id, row.sequence, row.presence) for row in rows] == [
        (matches[0], 1, Presence.PRESENT),
        (matches[1], 1, Presence.PRESENT),
        (matches[1], 2, Presence.ABSENT),
    ]
    event = event_of(event.code)
    assert events.confirm_minutes(event.id or 0, event.version, "approver") == 1


def test_the_day_lies_between_the_proposal_and_today() -> None:
    pledge, matches = ceremonies.issued()
    event = ceremonies.confirmed(pledge, matches)
    for code, day in (
        ("held_in_future", date(2026, 9, 16)),
        ("held_before_proposal", date(2026, 9, 14)),
    ):
        refused(
            code,
            lambda day=day: events.record(  # type: ignore[misc]
                event.id or 0, {matches[0]: PRESENT}, day, event.version, "office"
            ),
        )


def test_a_stranger_is_not_recorded() -> None:
    pledge, matches = ceremonies.issued()
    event = ceremonies.confirmed(pledge, matches[:2])
    refused(
        "not_found",
        lambda: events.record(
            event.id or 0, {matches[2]: PRESENT}, HELD_ON, event.version, "office"
        ),
    )


def test_a_card_refunded_meanwhile_is_no_longer_waited_for() -> None:
    pledge, matches = ceremonies.issued(2, quantity=2)
    event = ceremonies.confirmed(pledge, matches)
    with unattended_writing("tests") as work:
        work.session.get_one(Match, matches[1]).state = MatchState.REFUNDED
        row = work.session.get_one(Pledge, pledge)
        row.issued, row.free = 1, 1
    assert (
        events.record(event.id or 0, {matches[0]: PRESENT}, HELD_ON, event.version, "office") == 0
    )
    events.attach(event.id or 0, "a.pdf", PDF, "office")
    event = event_of(event.code)
    assert events.confirm_minutes(event.id or 0, event.version, "approver") == 1
    assert states(matches) == [MatchState.DELIVERED, MatchState.REFUNDED]


def test_minutes_need_the_signed_page_and_other_hands() -> None:
    pledge, matches = ceremonies.issued()
    event = ceremonies.confirmed(pledge, matches)
    everybody = dict.fromkeys(matches, PRESENT)
    events.record(event.id or 0, everybody, HELD_ON, event.version, "officer")
    event = event_of(event.code)

    def confirm(actor: str = "approver") -> int:
        return events.confirm_minutes(event.id or 0, event.version, actor)

    refused("minutes_without_page", confirm)
    events.attach(event.id or 0, "a.pdf", PDF, "officer")
    with unattended_writing("tests") as work:
        outcome = Outcome(
            province_code=world.PROVINCE,
            event_id=event.id or 0,
            match_id=matches[0],
            sequence=2,
            presence=Presence.PRESENT,
            on_date=HELD_ON,
            recorded_by="approver",
            recorded_at=world.NOW,
        )
        work.session.add(outcome)
    refused("minutes_by_recorder", confirm)
    assert confirm("approver2") == 3
    refused("changed_meanwhile", confirm)


def test_the_page_is_known_by_its_content() -> None:
    pledge, matches = ceremonies.issued()
    event = ceremonies.confirmed(pledge, matches)

    def attach(content: bytes) -> Callable[[], None]:
        return lambda: events.attach(event.id or 0, "../anh.jpg", content, "office")

    refused("scan_empty", attach(b""))
    refused("scan_type", attach(b"MZ program"))
    refused("scan_too_large", attach(b"%PDF-" + b"0" * (10 * 1024 * 1024)))
    attach(b"\xff\xd8\xff photo")()
    attach(b"\xff\xd8\xff photo")()
    with reading() as session:
        found = session.exec(select(Attachment)).one()
    assert (found.file_name, found.content_type) == ("anh.jpg", "image/jpeg")


def test_every_step_is_refused_out_of_its_turn() -> None:
    pledge, matches = ceremonies.issued()
    one = {matches[0]: PRESENT}
    everybody = dict.fromkeys(matches, PRESENT)

    def steps(code: str) -> dict[str, Callable[[], object]]:
        event = event_of(code)
        key, seen = event.id or 0, event.version
        return {
            "confirm": lambda: events.confirm(key, seen, "officer"),
            "record": lambda: events.record(key, one, HELD_ON, seen, "office"),
            "attach": lambda: events.attach(key, "a.pdf", PDF, "office"),
            "minutes": lambda: events.confirm_minutes(key, seen, "approver"),
            "cancel": lambda: events.cancel(key, "Mưa lũ", seen, "officer"),
        }

    def all_refused(code: str, *names: str) -> None:
        for name in names:
            refused("transition_not_allowed", steps(code)[name])

    proposed = ceremonies.proposed(pledge, matches)
    all_refused(proposed.code, "record", "attach", "minutes")
    steps(proposed.code)["confirm"]()
    all_refused(proposed.code, "confirm", "minutes")
    steps(proposed.code)["record"]()
    refused("event_recorded", steps(proposed.code)["cancel"])
    events.record(proposed.id or 0, everybody, HELD_ON, event_of(proposed.code).version, "office")
    all_refused(proposed.code, "confirm", "cancel")
    steps(proposed.code)["attach"]()
    steps(proposed.code)["minutes"]()
    all_refused(proposed.code, "confirm", "record", "attach", "minutes", "cancel")

    pledge, matches = ceremonies.issued(seed=2)
    called_off = ceremonies.proposed(pledge, matches)
    refused("reason_missing", lambda: events.cancel(called_off.id or 0, " ", 1, "officer"))
    steps(called_off.code)["cancel"]()
    all_refused(called_off.code, "confirm", "record", "attach", "minutes", "cancel")


def test_once_confirmed_only_an_officer_calls_it_off() -> None:
    pledge, matches = ceremonies.issued()
    event = ceremonies.confirmed(pledge, matches)
    refused(
        "event_confirmed",
        lambda: events.cancel(event.id or 0, "Mưa lũ", event.version, "office"),
    )
    events.cancel(event.id or 0, "Mưa lũ", event.version, "officer")


def test_two_tabs_do_not_overwrite_each_other() -> None:
    pledge, matches = ceremonies.issued()
    event = ceremonies.confirmed(pledge, matches)
    events.record(event.id or 0, {matches[0]: PRESENT}, HELD_ON, event.version, "office")
    refused(
        "changed_meanwhile",
        lambda: events.record(
            event.id or 0, {matches[1]: PRESENT}, HELD_ON, event.version, "officer"
        ),
    )


def test_each_step_is_open_to_its_roles_in_their_scope_only() -> None:
    field = {Role.OFFICER, Role.OFFICE}
    pledge, matches = ceremonies.issued()
    event = ceremonies.confirmed(pledge, matches[:1])
    key, seen = event.id or 0, event.version
    steps: dict[str, tuple[set[Role], Callable[[str], object]]] = {
        "propose": (field, lambda who: events.propose(new_event(pledge, matches[1:]), who)),
        "confirm": ({Role.OFFICER}, lambda who: events.confirm(key, seen, who)),
        "record": (field, lambda who: events.record(key, {}, HELD_ON, seen, who)),
        "attach": (field, lambda who: events.attach(key, "a.pdf", PDF, who)),
        "minutes": ({Role.APPROVER}, lambda who: events.confirm_minutes(key, seen, who)),
        "print": (field | {Role.APPROVER}, lambda who: events.note_minutes_printed(key, who)),
    }
    outside = ("far_officer", "far_approver", "far_office", "office2")
    for roles, step in steps.values():
        for username, (role, _province) in world.ACCOUNTS.items():
            if role not in roles:
                refused("not_allowed", lambda step=step, who=username: step(who))  # type: ignore[misc]
            elif username in outside:
                refused("not_found", lambda step=step, who=username: step(who))  # type: ignore[misc]


def test_a_signed_page_is_taken_with_a_trace_and_by_its_own_event_only() -> None:
    event = ceremonies.held(*ceremonies.issued())
    other = ceremonies.held(*ceremonies.issued(seed=2))
    with reading() as session:
        page = session.exec(select(Attachment.id).order_by(col(Attachment.id))).first() or 0

    assert events.take_scan(event.id or 0, page, "approver") == PDF
    refused("not_found", lambda: events.take_scan(other.id or 0, page, "approver"))
    refused("not_found", lambda: events.take_scan(event.id or 0, page, "far_officer"))
    refused("not_allowed", lambda: events.take_scan(event.id or 0, page, "central"))


def test_a_printed_paper_with_full_names_leaves_a_trace() -> None:
    pledge, matches = ceremonies.issued()
    event = ceremonies.confirmed(pledge, matches)
    events.note_minutes_printed(event.id or 0, "office")
    with reading() as session:
        from db.models import AuditEntry

        last = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
    assert last is not None
    assert (last.action, last.details) == ("export.minutes", {"people": 3})
