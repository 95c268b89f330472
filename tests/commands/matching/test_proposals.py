"""Proposals: who is chosen, what is reserved, and every way a proposal can end."""

from datetime import date

import pytest
from sqlmodel import select

from db.commands.matching import proposals
from db.errors import Refused
from db.models import AuditEntry, CoverFact, PledgeCategory, Proposal, ProposalParticipant
from db.queries.admin import trace
from db.rules.access import Action, may
from db.rules.states import Benefit, LeftOut, MatchState, PledgeState, ProposalState
from db.settings import settings
from db.unit_of_work import reading, unattended_writing
from tests import world
from tests.commands.matching import world as matching

pytestmark = pytest.mark.usefixtures("any_database")


def test_the_neediest_are_proposed_and_the_next_wait_in_reserve() -> None:
    made = matching.made(people=8, quantity=3)

    nominations = [matching.match(one).nomination_id for one in made.proposed]
    assert nominations == made.nominations[:3]
    assert [matching.match(one).nomination_id for one in made.reserve] == made.nominations[3:6]
    assert [matching.match(one).rank for one in made.proposed + made.reserve] == [1, 2, 3, 4, 5, 6]
    proposal = matching.proposal(made.id)
    assert (proposal.threshold, proposal.candidates, proposal.round) == (48, 8, 1)
    assert proposal.expires_on == date(2026, 9, 29)
    assert matching.buckets(made.pledge_id) == {"reserved": 3}


def test_the_price_of_today_is_frozen_on_every_match() -> None:
    match = matching.match(matching.made().proposed[0])

    assert (match.gross, match.state_share, match.local_share) == (1_366_200, 956_340, 0)
    assert (match.donor_share, match.units, match.months) == (409_860, 1, 12)
    assert match.why["points"] == [["HCN", 40], ["never_insured", 10]]


def test_a_pledge_in_money_takes_as_many_as_the_money_pays_for() -> None:
    _list, nominations, _posting = world.add_posted(people=4)
    pledge_id = world.add_pledge(
        quantity=None,  # type: ignore[arg-type]
        amount=1_000_000,
        free=1_000_000,
        binds="money",
        paid=0,
    )
    code = proposals.propose(pledge_id, "officer")

    with reading() as session:
        proposal = session.exec(select(Proposal).where(Proposal.code == code)).one()
    assert len(matching.of_state(proposal.id or 0, MatchState.PROPOSED)) == 2
    assert matching.buckets(pledge_id) == {"free": 1_000_000 - 819_720, "reserved": 819_720}
    assert len(nominations) == 4


def test_the_same_input_gives_the_same_hash_and_another_pledge_another() -> None:
    made = matching.made()
    first = matching.proposal(made.id)
    proposals.withdraw(made.id, "Làm lại", first.version, "officer")
    code = proposals.propose(made.pledge_id, "officer")

    with reading() as session:
        again = session.exec(select(Proposal).where(Proposal.code == code)).one()
    assert again.input_hash == first.input_hash
    assert again.code != first.code


def test_only_people_under_the_wishes_are_looked_at() -> None:
    world.add_posted(people=3, commune=world.places().own, seed=1)
    _list, wished, _posting = world.add_posted(people=3, commune=world.places().other, seed=2)
    pledge_id = world.add_pledge(quantity=2, communes=(world.places().other,))
    proposals.propose(pledge_id, "officer")

    with reading() as session:
        proposal = session.exec(select(Proposal)).one()
    chosen = matching.of_state(proposal.id or 0, MatchState.PROPOSED)
    assert {matching.match(one).nomination_id for one in chosen} <= set(wished)
    assert proposal.candidates == 3
    assert matching.match(chosen[0]).why["wishes"] == ["commune"]


@pytest.mark.parametrize("benefit", Benefit)
def test_nobody_is_chosen_for_the_other_benefit(benefit: Benefit) -> None:
    other = Benefit.SI if benefit is Benefit.HI else Benefit.HI
    world.add_posted(benefit=other)
    with pytest.raises(Refused, match="no_candidates_posted"):
        proposals.propose(world.add_pledge(benefit=benefit), "officer")


def test_nobody_is_chosen_before_the_posting_closed() -> None:
    world.add_posted(closed=False)
    with pytest.raises(Refused, match="no_candidates_posted"):
        proposals.propose(world.add_pledge(), "officer")


def test_nobody_is_chosen_against_the_wishes() -> None:
    world.add_posted()
    pledge_id = world.add_pledge()
    with unattended_writing("tests") as work:
        work.session.add(PledgeCategory(pledge_id=pledge_id, category_code="KT"))
    with pytest.raises(Refused, match="no_candidates_wished"):
        proposals.propose(pledge_id, "officer")


@pytest.mark.parametrize(
    "state", [MatchState.PROPOSED, MatchState.APPROVED, MatchState.ISSUED, MatchState.DELIVERED]
)
def test_nobody_is_helped_twice_in_a_year(state: MatchState) -> None:
    _list, nominations, _posting = world.add_posted()
    world.add_proposal(pledge_id=world.add_pledge(), nomination_ids=nominations, match_state=state)
    with pytest.raises(Refused, match="no_candidates_left"):
        proposals.propose(world.add_pledge(), "officer")


def test_a_pledge_without_free_pieces_is_refused() -> None:
    world.add_posted()
    used_up = world.add_pledge(quantity=3, free=0, delivered=3)
    with pytest.raises(Refused, match="pledge_used_up"):
        proposals.propose(used_up, "officer")


@pytest.mark.parametrize("state", [PledgeState.RECORDED, PledgeState.CLOSED, PledgeState.CANCELLED])
def test_only_an_active_pledge_is_matched(state: PledgeState) -> None:
    world.add_posted()
    with pytest.raises(Refused, match="pledge_not_active"):
        proposals.propose(world.add_pledge(state=state), "officer")


def test_a_proposal_leaves_one_line_without_names() -> None:
    made = matching.made()
    with reading() as session:
        lines = session.exec(select(AuditEntry).where(AuditEntry.action == "proposal.made")).all()
    assert [line.record_id for line in lines] == [str(made.id)]
    assert lines[0].details == {
        "pledge": matching.pledge(made.pledge_id).code,
        "people": 3,
        "reserve": 3,
        "candidates": 6,
    }
    assert trace.verify().whole


def test_a_change_by_hand_swaps_two_people_and_names_the_reason() -> None:
    made = matching.made()
    leaving, entering = made.proposed[0], made.reserve[0]
    proposals.adjust(
        made.id,
        leaving,
        entering,
        because=LeftOut.MOVED_AWAY,
        reason="Đã chuyển đi nơi khác",
        seen=matching.version(made.id),
        actor="officer2",
    )

    assert matching.match(leaving).state is MatchState.DECLINED
    assert matching.match(leaving).left_out is LeftOut.MOVED_AWAY
    assert matching.match(entering).state is MatchState.PROPOSED
    assert matching.match(leaving).adjusted == "Đã chuyển đi nơi khác"
    assert matching.match(entering).adjusted == "Đã chuyển đi nơi khác"
    assert matching.buckets(made.pledge_id) == {"reserved": 3}
    with reading() as session:
        assert len(session.exec(select(ProposalParticipant)).all()) == 2


def test_leaving_somebody_out_frees_a_piece() -> None:
    made = matching.made()
    seen = matching.version(made.id)
    proposals.adjust(
        made.id,
        made.proposed[0],
        None,
        because=LeftOut.UNWILLING,
        reason="Gia đình xin thôi",
        seen=seen,
        actor="officer",
    )
    assert matching.buckets(made.pledge_id) == {"free": 1, "reserved": 2}


def test_a_change_by_hand_needs_a_reason_and_an_open_proposal() -> None:
    made = matching.made()
    seen = matching.version(made.id)
    with pytest.raises(Refused, match="reason_missing"):
        proposals.adjust(
            made.id,
            made.proposed[0],
            None,
            because=LeftOut.GIVES_WAY,
            reason="  ",
            seen=seen,
            actor="officer",
        )
    with pytest.raises(Refused, match="not_found"):
        proposals.adjust(
            made.id,
            made.reserve[0],
            None,
            because=LeftOut.GIVES_WAY,
            reason="Lý do",
            seen=seen,
            actor="officer",
        )
    proposals.submit(made.id, seen, "officer")
    with pytest.raises(Refused, match="proposal_not_open"):
        proposals.adjust(
            made.id,
            made.proposed[0],
            None,
            because=LeftOut.GIVES_WAY,
            reason="Lý do",
            seen=matching.version(made.id),
            actor="officer",
        )


def test_somebody_who_is_no_longer_eligible_cannot_be_taken_by_hand() -> None:
    made = matching.made()
    matching.spoil(matching.match(made.reserve[0]).nomination_id)
    with pytest.raises(Refused, match="people_changed"):
        proposals.adjust(
            made.id,
            made.proposed[0],
            made.reserve[0],
            because=LeftOut.GIVES_WAY,
            reason="Lý do",
            seen=matching.version(made.id),
            actor="officer",
        )
    assert matching.match(made.proposed[0]).state is MatchState.PROPOSED


def test_sending_moves_a_draft_once() -> None:
    made = matching.made()
    assert proposals.submit(made.id, matching.version(made.id), "officer") == 3
    assert matching.proposal(made.id).state is ProposalState.SUBMITTED
    with pytest.raises(Refused, match="transition_not_allowed"):
        proposals.submit(made.id, matching.version(made.id), "officer")


def test_the_second_of_two_tabs_is_told_of_the_first() -> None:
    made = matching.made()
    seen = matching.version(made.id)
    proposals.submit(made.id, seen, "officer")
    with pytest.raises(Refused, match="changed_meanwhile"):
        proposals.withdraw(made.id, "Làm lại", seen, "officer2")


def test_a_proposal_with_changed_people_is_not_sent() -> None:
    made = matching.made()
    matching.spoil(made.nominations[1])
    with pytest.raises(Refused, match="people_changed") as refused:
        proposals.submit(made.id, matching.version(made.id), "officer")
    assert refused.value.details["count"] == 1


def test_an_empty_proposal_is_not_sent() -> None:
    made = matching.made(quantity=1)
    proposals.adjust(
        made.id,
        made.proposed[0],
        None,
        because=LeftOut.UNWILLING,
        reason="Xin thôi",
        seen=matching.version(made.id),
        actor="officer",
    )
    with pytest.raises(Refused, match="nobody_chosen"):
        proposals.submit(made.id, matching.version(made.id), "officer")


@pytest.mark.parametrize("submitted", [False, True])
def test_withdrawing_gives_every_piece_back(submitted: bool) -> None:
    made = matching.made(submitted=submitted)
    proposals.withdraw(made.id, "Nhà hảo tâm đổi ý", matching.version(made.id), "officer")

    assert matching.proposal(made.id).state is ProposalState.WITHDRAWN
    assert matching.proposal(made.id).note == "Nhà hảo tâm đổi ý"
    assert matching.buckets(made.pledge_id) == {"free": 3}
    assert len(matching.of_state(made.id, MatchState.DECLINED)) == 6
    with pytest.raises(Refused, match="proposal_not_open"):
        proposals.withdraw(made.id, "Lần nữa", matching.version(made.id), "officer")


def test_pieces_of_a_cancelled_pledge_come_back_withdrawn() -> None:
    made = matching.made()
    with unattended_writing("tests") as work:
        row = work.session.get_one(type(matching.pledge(made.pledge_id)), made.pledge_id)
        row.state = PledgeState.CANCELLED
        work.session.add(row)
    proposals.withdraw(made.id, "Nhà hảo tâm hủy", matching.version(made.id), "officer")
    assert matching.buckets(made.pledge_id) == {"withdrawn": 3}


def test_a_reservation_ends_after_its_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    made = matching.made(submitted=True)
    _move_clock(monkeypatch, "2026-09-29")
    assert proposals.expire("approver") == 0
    _move_clock(monkeypatch, "2026-09-30")
    assert proposals.expire("far_officer") == 0
    assert proposals.expire("approver") == 1

    assert matching.proposal(made.id).state is ProposalState.EXPIRED
    assert matching.buckets(made.pledge_id) == {"free": 3}
    assert len(matching.of_state(made.id, MatchState.EXPIRED)) == 6


def test_proposing_first_frees_what_ran_out(monkeypatch: pytest.MonkeyPatch) -> None:
    made = matching.made(people=3, quantity=3)
    _move_clock(monkeypatch, "2026-09-30")
    with pytest.raises(Refused, match="proposal_expired"):
        proposals.submit(made.id, matching.version(made.id), "officer")
    proposals.propose(made.pledge_id, "officer")
    assert matching.proposal(made.id).state is ProposalState.EXPIRED
    assert matching.buckets(made.pledge_id) == {"reserved": 3}


@pytest.mark.parametrize("username", world.ACCOUNTS)
def test_only_officers_of_the_province_propose(username: str) -> None:
    made = matching.made()
    role, province = world.ACCOUNTS[username]
    seen = matching.version(made.id)
    if may(role, Action.PROPOSE_MATCH) and province == world.PROVINCE:
        proposals.submit(made.id, seen, username)
        return
    code = "not_found" if may(role, Action.PROPOSE_MATCH) else "not_allowed"
    with pytest.raises(Refused, match=code):
        proposals.propose(made.pledge_id, username)
    with pytest.raises(Refused, match=code):
        proposals.adjust(
            made.id,
            made.proposed[0],
            None,
            because=LeftOut.GIVES_WAY,
            reason="Lý do",
            seen=seen,
            actor=username,
        )
    with pytest.raises(Refused, match=code):
        proposals.submit(made.id, seen, username)
    with pytest.raises(Refused, match=code):
        proposals.withdraw(made.id, "Lý do", seen, username)


def test_a_cover_that_lasts_does_not_change_the_verdict_of_review() -> None:
    made = matching.made(people=1, quantity=1)
    with unattended_writing("tests") as work:
        work.session.add(
            CoverFact(
                province_code=world.PROVINCE,
                person_id=matching.match(made.proposed[0]).person_id,
                benefit=Benefit.HI,
                valid_until=date(2027, 5, 1),
                source="Cổng tra cứu",
                noted_by="officer",
                noted_at=world.NOW,
            )
        )
    proposals.submit(made.id, matching.version(made.id), "officer")
    assert matching.proposal(made.id).state is ProposalState.SUBMITTED


def _move_clock(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("CHUNGTAY_TODAY", day)
    settings.cache_clear()
