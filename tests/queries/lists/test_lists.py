"""What lists look like to the people who may see them, and that others see none."""

from dataclasses import replace

import pytest
from sqlmodel import select

from db.errors import Refused
from db.models import Account, CommuneList
from db.queries.lists import lists
from db.rules.states import Benefit, ListState, NominationState
from db.scope import Scope, scope_of
from db.unit_of_work import reading
from tests import world
from tests.commands.lists.sending import THREE, send

pytestmark = pytest.mark.usefixtures("any_database")


def scope(username: str) -> Scope:
    with reading() as session:
        return scope_of(session.exec(select(Account).where(Account.username == username)).one())


def code_of(list_id: int) -> str:
    with reading() as session:
        return session.get_one(CommuneList, list_id).code


def test_offices_see_their_communes_and_officers_their_province() -> None:
    mine, _n = world.add_list(people=3)
    others, _n = world.add_list(people=2, commune=world.places().other)
    seen = {
        username: {line.id for line in lists.of(scope(username), world.YEAR)}
        for username in world.ACCOUNTS
    }

    assert seen["office"] == {mine}
    assert seen["office2"] == {others}
    assert seen["officer"] == {mine, others}
    assert seen["far_office"] == seen["far_officer"] == set()
    assert lists.uploads(scope("office2"), mine) == []
    with pytest.raises(Refused, match="not_found"):
        lists.by_code(scope("office2"), code_of(mine))


def test_a_line_counts_people_and_not_nominations() -> None:
    sent = send([replace(line, benefit="Thẻ BHYT và sổ BHXH") for line in THREE[:2]])
    line = lists.by_code(scope("office"), sent.code)

    assert (line.people, line.eligible, line.to_check) == (2, 0, 0)
    assert line.can_be_withdrawn


def test_verdicts_are_counted_and_withdrawn_people_are_not() -> None:
    eligible, _n = world.add_list(people=4, nomination_state=NominationState.ELIGIBLE)
    gone, _n = world.add_list(
        people=2,
        commune=world.places().own_too,
        state=ListState.WITHDRAWN,
        nomination_state=NominationState.WITHDRAWN,
    )
    lines = {line.id: line for line in lists.of(scope("office"), world.YEAR)}

    assert (lines[eligible].people, lines[eligible].eligible) == (4, 4)
    assert lines[gone].people == 0
    assert not lines[gone].can_be_withdrawn


def test_the_files_of_a_list_are_told_with_who_sent_them() -> None:
    sent = send(THREE)
    (upload,) = lists.uploads(scope("officer"), sent.id or 0)

    assert (upload.file_name, upload.sent_by) == ("danh-sach.csv", world.NAMES["office"])
    assert upload.counts["people"] == 3


def test_the_latest_list_is_the_last_round_that_was_not_taken_back() -> None:
    at = world.places().own
    first, _n = world.add_list(round_=1, state=ListState.RETURNED)
    world.add_list(round_=2, state=ListState.WITHDRAWN, seed=2, people=1)
    line = lists.latest(scope("office"), at, world.YEAR, Benefit.HI)

    assert line is not None
    assert line.id == first
    assert lists.latest(scope("office"), at, world.YEAR, Benefit.SI) is None
