"""An anonymous pledge names its donor to the province's own desk and to nobody else."""

import pytest
from sqlmodel import select

from db.models import Pledge
from db.queries.handover import events, waiting
from db.queries.matching import proposals
from db.rules.access import Role
from db.scope import Scope
from db.unit_of_work import unattended_writing
from tests import ceremonies, world
from tests.queries.progress.test_progress import HERE, NATION, office_scope

pytestmark = pytest.mark.usefixtures("any_database")
NAME = "Công ty CP Dược Sông Lam"
LEADER = Scope(Role.LEADER, world.PROVINCE)


def make_anonymous() -> None:
    with unattended_writing("tests") as work:
        work.session.exec(select(Pledge)).one().anonymous = True


def test_who_waits_for_a_card_does_not_tell_who_gave_it() -> None:
    ceremonies.issued(2)
    make_anonymous()
    assert [row.donor for row in waiting.waiting(HERE)] == [NAME]
    for scope in (office_scope(), LEADER, NATION):
        assert [row.donor for row in waiting.waiting(scope)] == [""]


def test_a_hand_over_does_not_tell_who_gave() -> None:
    event = ceremonies.confirmed(*ceremonies.issued(2))
    make_anonymous()
    assert events.one(HERE, event.code).row.donor == NAME
    for scope in (office_scope(), LEADER, NATION):
        assert events.one(scope, event.code).row.donor == ""
        assert [row.donor for row in events.listed(scope)[0]] == [""]


def test_a_proposal_does_not_tell_the_nation_who_gives() -> None:
    ceremonies.issued(2)
    make_anonymous()
    assert {row.donor for row in proposals.proposals(HERE)[0]} == {NAME}
    assert {row.donor for row in proposals.proposals(NATION)[0]} <= {""}
