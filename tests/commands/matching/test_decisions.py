"""Decisions: two people, every verdict, and what changed between proposing and deciding."""

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from db.commands.matching import decisions, proposals
from db.commands.matching.decisions import Ruling
from db.commands.review import review
from db.errors import Refused
from db.models import (
    Account,
    CommuneList,
    Decision,
    Nomination,
    Person,
    Policy,
    ProposalParticipant,
)
from db.rules.access import Action, may
from db.rules.states import LeftOut, ListState, MatchState, NominationState, ProposalState
from db.settings import settings
from db.unit_of_work import reading, unattended_writing
from tests import world
from tests.commands.matching import world as matching
from tests.commands.matching.world import Made

pytestmark = pytest.mark.usefixtures("any_database")


def decide(made: Made, verdict: Ruling, chosen: list[int] | None = None, *,
           because: LeftOut | None = LeftOut.GIVES_WAY, comment: str = "",
           actor: str = "approver") -> decisions.Decided:  # fmt: skip
    ids = made.proposed if chosen is None else chosen
    return decisions.decide(
        made.id,
        verdict,
        ids,
        comment=comment,
        seen=matching.version(made.id),
        actor=actor,
        left_out={one: because for one in made.proposed if one not in ids and because},
    )


def test_approving_all_binds_every_piece() -> None:
    made = matching.made(submitted=True)
    assert decide(made, "approve") == decisions.Decided(ProposalState.APPROVED, 3, 0)
    assert matching.of_state(made.id, MatchState.APPROVED) == made.proposed
    assert matching.of_state(made.id, MatchState.RESERVE) == made.reserve
    assert matching.buckets(made.pledge_id) == {"approved": 3}


def test_approving_some_frees_the_pieces_of_the_others() -> None:
    made = matching.made(submitted=True)
    decided = decide(made, "approve", made.proposed[:2], comment="Một người cần hỏi lại")

    assert (decided.approved, decided.declined) == (2, 1)
    assert matching.match(made.proposed[2]).state is MatchState.DECLINED
    assert matching.match(made.proposed[2]).reason == "Một người cần hỏi lại"
    assert matching.buckets(made.pledge_id) == {"free": 1, "approved": 2}


def test_who_was_not_approved_may_be_proposed_again() -> None:
    made = matching.made(people=3, submitted=True)
    decide(made, "approve", made.proposed[:2])
    proposals.propose(made.pledge_id, "officer")
    assert matching.buckets(made.pledge_id) == {"approved": 2, "reserved": 1}


def test_whoever_is_left_out_of_an_approval_is_left_out_for_a_reason() -> None:
    made = matching.made(submitted=True)
    with pytest.raises(Refused, match="left_out_unexplained") as refused:
        decide(made, "approve", made.proposed[:2], because=None)
    assert refused.value.details["count"] == 1
    with pytest.raises(Refused, match="reason_missing"):
        decide(made, "approve", made.proposed[:2], because=LeftOut.OTHER)
    decide(made, "approve", made.proposed[:2], because=LeftOut.OTHER, comment="Chờ công an xã")
    left = matching.match(made.proposed[2])
    assert (left.left_out, left.reason) == (LeftOut.OTHER, "Chờ công an xã")


def test_whoever_moved_away_is_not_proposed_again_before_somebody_looked() -> None:
    made = matching.made(submitted=True)
    decide(made, "approve", made.proposed[1:], because=LeftOut.MOVED_AWAY, comment="Theo công an")
    with reading() as session:
        gone = session.get_one(Nomination, matching.match(made.proposed[0]).nomination_id)
    assert gone.state is NominationState.TO_CHECK
    assert gone.reasons[-1]["details"] == {"because": "moved_away", "note": "Theo công an"}

    proposals.propose(made.pledge_id, "officer")
    again = matching.of_state(matching.latest(made.pledge_id), MatchState.PROPOSED)
    assert [matching.match(one).person_id for one in again] != [gone.person_id]

    review.set_verdict([gone.id or 0], NominationState.ELIGIBLE, "vẫn ở thôn", "officer")
    with reading() as session:
        assert session.get_one(Nomination, gone.id).state is NominationState.ELIGIBLE


def test_returning_keeps_the_pieces_and_asks_for_a_second_round() -> None:
    made = matching.made(submitted=True)
    decide(made, "return", comment="Xem lại người thứ hai")
    assert matching.proposal(made.id).state is ProposalState.RETURNED
    assert matching.buckets(made.pledge_id) == {"reserved": 3}

    proposals.submit(made.id, matching.version(made.id), "officer")
    assert matching.proposal(made.id).round == 2
    assert decide(made, "approve").approved == 3  # the same approver, a new round


def test_rejecting_frees_everything() -> None:
    made = matching.made(submitted=True)
    assert decide(made, "reject", comment="Sai xã").state is ProposalState.REJECTED
    assert matching.buckets(made.pledge_id) == {"free": 3}
    assert len(matching.of_state(made.id, MatchState.DECLINED)) == 6


@pytest.mark.parametrize("verdict", ["return", "reject"])
def test_turning_down_needs_a_reason(verdict: Ruling) -> None:
    made = matching.made(submitted=True)
    with pytest.raises(Refused, match="reason_missing"):
        decide(made, verdict, comment=" ")
    assert matching.proposal(made.id).state is ProposalState.SUBMITTED


def test_a_decision_is_written_with_the_people_chosen() -> None:
    made = matching.made(submitted=True)
    decide(made, "approve", made.proposed[:1], comment="Đủ giấy tờ")
    with reading() as session:
        row = session.exec(select(Decision)).one()
    assert (row.verdict, row.round, row.match_ids) == ("approve", 1, made.proposed[:1])
    assert row.comment == "Đủ giấy tờ"


def test_who_took_part_cannot_decide() -> None:
    made = matching.made(submitted=True)
    with unattended_writing("tests") as work:
        approver = work.session.exec(select(Account).where(Account.username == "approver")).one()
        work.session.add(ProposalParticipant(proposal_id=made.id, account_id=approver.id or 0))
    with pytest.raises(Refused, match="maker_is_checker") as refused:
        decide(made, "approve")
    assert refused.value.details["maker"] == world.NAMES["officer"]


def test_who_decided_cannot_take_part() -> None:
    made = matching.made(submitted=True)
    decide(made, "return", comment="Xem lại")
    with unattended_writing("tests") as work:
        approver = work.session.exec(select(Account).where(Account.username == "approver")).one()
        approver.role = world.ACCOUNTS["officer"][0]
        work.session.add(approver)
    with pytest.raises(Refused, match="maker_is_checker"):
        proposals.submit(made.id, matching.version(made.id), "approver")


@pytest.mark.parametrize("username", world.ACCOUNTS)
@pytest.mark.parametrize("verdict", ["approve", "return", "reject"])
def test_only_approvers_of_the_province_decide(username: str, verdict: Ruling) -> None:
    made = matching.made(submitted=True)
    role, province = world.ACCOUNTS[username]
    if may(role, Action.DECIDE_PROPOSAL) and province == world.PROVINCE:
        decide(made, verdict, comment="Lý do", actor=username)
        return
    code = "not_found" if may(role, Action.DECIDE_PROPOSAL) else "not_allowed"
    with pytest.raises(Refused, match=code):
        decide(made, verdict, comment="Lý do", actor=username)


@pytest.mark.parametrize("state", [state for state in ProposalState if state != "submitted"])
def test_only_a_submitted_proposal_is_decided(state: ProposalState) -> None:
    _list, nominations, _posting = world.add_posted()
    proposal, ids = world.add_proposal(
        pledge_id=world.add_pledge(), nomination_ids=nominations, state=state
    )
    for verdict in ("approve", "return", "reject"):
        with pytest.raises(Refused, match="proposal_not_open"):
            decisions.decide(proposal, verdict, ids, comment="Lý do", seen=1, actor="approver")


def test_a_reservation_that_ran_out_is_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    made = matching.made(submitted=True)
    monkeypatch.setenv("CHUNGTAY_TODAY", "2026-10-01")
    settings.cache_clear()
    with pytest.raises(Refused, match="proposal_expired"):
        decide(made, "approve")


def test_nobody_chosen_is_no_approval() -> None:
    made = matching.made(submitted=True)
    with pytest.raises(Refused, match="nobody_chosen"):
        decide(made, "approve", [])


def test_a_reserve_holds_no_piece_and_cannot_be_approved() -> None:
    made = matching.made(submitted=True)
    with pytest.raises(Refused, match="reserve_not_approvable") as refused:
        decide(made, "approve", [made.proposed[0], made.reserve[0]])
    assert refused.value.details["count"] == 1
    assert matching.buckets(made.pledge_id) == {"reserved": 3}


def test_a_person_of_another_proposal_cannot_be_approved() -> None:
    made = matching.made(submitted=True)
    other = matching.made(people=2, quantity=1, submitted=True)
    with pytest.raises(Refused, match="not_found"):
        decide(made, "approve", other.proposed)


def test_people_who_changed_meanwhile_are_named() -> None:
    made = matching.made(submitted=True)
    matching.spoil(made.nominations[0])
    with reading() as session:
        person = session.get_one(Person, matching.match(made.proposed[0]).person_id)
    with pytest.raises(Refused, match="people_changed") as refused:
        decide(made, "approve")
    assert refused.value.details == {"names": [person.full_name], "count": 1}
    assert decide(made, "approve", made.proposed[1:]).approved == 2


def test_a_list_that_is_open_again_helps_nobody() -> None:
    made = matching.made(submitted=True)
    with unattended_writing("tests") as work:
        work.session.connection().execute(
            update(CommuneList).where(col(CommuneList.id) > 0).values(state=ListState.POSTED)
        )
    with pytest.raises(Refused, match="people_changed"):
        decide(made, "approve")


def test_the_second_of_two_approvers_is_told_of_the_first() -> None:
    made = matching.made(submitted=True)
    seen = matching.version(made.id)
    decisions.decide(made.id, "return", [], comment="Xem lại", seen=seen, actor="approver")
    with pytest.raises(Refused, match="changed_meanwhile"):
        decisions.decide(
            made.id, "approve", made.proposed, comment="", seen=seen, actor="approver2"
        )


def test_much_money_needs_two_approvers() -> None:
    made = _much_money()
    first = decide(made, "approve", made.proposed[:2], because=LeftOut.INSURED)
    assert first == decisions.Decided(ProposalState.SUBMITTED, 2, 0)
    assert matching.buckets(made.pledge_id) == {"reserved": 3}
    with pytest.raises(Refused, match="already_decided"):
        decide(made, "approve")

    second = decide(made, "approve", made.proposed[1:], actor="approver2")
    assert second == decisions.Decided(ProposalState.APPROVED, 1, 2)
    assert matching.match(made.proposed[0]).left_out is LeftOut.GIVES_WAY
    assert matching.match(made.proposed[2]).left_out is LeftOut.INSURED
    assert matching.of_state(made.id, MatchState.APPROVED) == [made.proposed[1]]
    assert matching.buckets(made.pledge_id) == {"free": 2, "approved": 1}


def test_two_approvers_who_chose_nobody_in_common_approve_nothing() -> None:
    made = _much_money()
    decide(made, "approve", made.proposed[:1])
    with pytest.raises(Refused, match="approvers_disagree"):
        decide(made, "approve", made.proposed[1:], actor="approver2")
    assert decide(made, "return", comment="Trao đổi lại", actor="approver2").state == "returned"


def _much_money() -> Made:
    with unattended_writing("tests") as work:
        work.session.connection().execute(
            update(Policy).where(col(Policy.id) > 0).values(two_approvers_from=1_000_000)
        )
    return matching.made(submitted=True)
