"""Who waits for a hand-over, and what is told of an event to whom."""

from datetime import date

import pytest

from db.commands.handover import events as commands
from db.errors import Refused
from db.queries.handover import events, waiting
from db.rules.access import Role
from db.rules.states import EventState, Presence
from db.scope import Scope
from tests import ceremonies, world
from tests.queries.progress.test_progress import ELSEWHERE, HERE, NATION, office_scope

pytestmark = pytest.mark.usefixtures("any_database")


def test_issued_cards_wait_until_they_are_invited() -> None:
    pledge, matches = ceremonies.issued(3, registered_on=date(2026, 9, 1))
    (row,) = waiting.waiting(HERE)
    assert (row.people, row.days, row.due) == (3, 14, date(2026, 9, 16))
    assert row.commune_code == world.places().own

    ceremonies.proposed(pledge, matches[:2])
    (row,) = waiting.waiting(HERE)
    assert row.people == 1
    (person,) = waiting.people_waiting(HERE, pledge, world.places().own)
    assert person.match_id == matches[2]


def test_the_absent_wait_again_after_the_minutes() -> None:
    pledge, matches = ceremonies.issued(2)
    ceremonies.minuted(pledge, matches, Presence.PRESENT, Presence.ABSENT)
    (row,) = waiting.waiting(HERE)
    assert row.people == 1


def test_whoever_refused_does_not_wait_and_is_told_of() -> None:
    pledge, matches = ceremonies.issued(3)
    ceremonies.minuted(pledge, matches, Presence.PRESENT, Presence.ABSENT, Presence.REFUSED)
    (row,) = waiting.waiting(HERE)
    assert row.people == 1
    people = waiting.people_waiting(HERE, pledge, world.places().own)
    assert [one.match_id for one in people] == [matches[1]]
    assert waiting.unwilling(HERE) == {row.pledge_code: 1}
    assert waiting.unwilling(ELSEWHERE) == {}


def test_an_office_sees_its_communes_and_another_province_nothing() -> None:
    own = ceremonies.issued(1)
    far = ceremonies.issued(2, commune=world.places().other, seed=2)
    event = ceremonies.proposed(*own)
    new = ceremonies.new_event(*far, commune_code=world.places().other)
    other = commands.propose(new, "officer")

    assert [row.code for row in events.listed(office_scope())[0]] == [event.code]
    assert events.listed(ELSEWHERE) == ([], 0)
    assert events.listed(HERE)[1] == 2
    assert waiting.waiting(ELSEWHERE) == []
    with pytest.raises(Refused, match="not_found"):
        events.one(office_scope(), other)
    with pytest.raises(Refused, match="not_found"):
        events.one(ELSEWHERE, event.code)


def test_an_event_tells_its_people_answers_and_pages() -> None:
    pledge, matches = ceremonies.issued(3)
    event = ceremonies.held(pledge, matches, Presence.PRESENT, Presence.ABSENT)
    found = events.one(HERE, event.code)

    assert (found.row.people, found.row.recorded, found.row.received) == (3, 3, 2)
    assert {p.match_id: p.presence for p in found.people} == {
        matches[0]: Presence.PRESENT,
        matches[1]: Presence.ABSENT,
        matches[2]: Presence.PRESENT,
    }
    assert found.recorded_by == {"office"}
    assert [scan.file_name for scan in found.scans] == ["bien-ban.pdf"]
    assert found.office == "BHXH cơ sở Con Cuông"


def test_a_corrected_answer_counts_once() -> None:
    pledge, matches = ceremonies.issued(2)
    event = ceremonies.held(pledge, matches)
    answer = {matches[0]: (Presence.ABSENT, "")}
    commands.record(event.id or 0, answer, ceremonies.HELD_ON, event.version, "office")
    row = events.one(HERE, event.code).row
    assert (row.recorded, row.received) == (2, 1)


def test_central_and_leaders_read_masked_names() -> None:
    pledge, matches = ceremonies.issued(1)
    event = ceremonies.confirmed(pledge, matches)
    for scope in (NATION, Scope(Role.LEADER, world.PROVINCE)):
        (person,) = events.one(scope, event.code).people
        assert person.name.endswith("***")
        assert person.document_number == person.bhxh == ""
        assert person.birth is not None
        assert len(person.birth) == 4


def test_finished_events_come_newest_first_and_cancelled_ones_on_request() -> None:
    first = ceremonies.minuted(*ceremonies.issued(1))
    second = ceremonies.minuted(*ceremonies.issued(1, seed=2))
    called_off = ceremonies.proposed(*ceremonies.issued(1, seed=3))
    commands.cancel(called_off.id or 0, "Mưa lũ", called_off.version, "officer")

    done = events.listed(HERE, (EventState.MINUTED,))[0]
    assert [row.code for row in done] == [second.code, first.code]
    assert events.listed(HERE) == ([], 0)
    assert events.listed(HERE, (EventState.CANCELLED,))[0][0].code == called_off.code
