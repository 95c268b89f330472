"""The main chain by commands alone: from a pledge to a person on the progress chart."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, select

from db.commands.donors import pledges
from db.commands.donors.donors import DonorEntry
from db.commands.donors.pledges import PledgeEntry, Wishes
from db.commands.handover import events
from db.commands.handover.events import NewEvent
from db.commands.lists import drafts, send
from db.commands.lists.draft_check import check_draft
from db.commands.matching import decisions, issuing, proposals
from db.commands.review import duplicates, postings, review
from db.errors import Refused
from db.models import CommuneList, DuplicatePair, Event, Match, Pledge, Posting, Proposal
from db.queries.admin import trace
from db.reference.places import communes
from db.rules.states import Benefit, LeftOut, MatchState, NominationState, Presence, ProposalState
from db.settings import settings
from db.unit_of_work import reading
from tests import world
from tests.commands.lists.sending import drawn
from tests.commune_files import eighty

pytestmark = pytest.mark.usefixtures("any_database")


def one(table: type, **wanted: object):  # type: ignore[no-untyped-def]
    with reading() as session:
        conditions = [col(getattr(table, name)) == value for name, value in wanted.items()]
        return session.exec(select(table).where(*conditions)).one()


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def move(day: str) -> None:
        monkeypatch.setenv("CHUNGTAY_TODAY", day)
        settings.cache_clear()

    return move


def test_from_a_pledge_to_delivered_cards(on: Callable[[str], None]) -> None:
    commune = world.places().own
    name = next(c.name for c in communes() if c.code == commune)
    pledge = pledges.record(
        PledgeEntry(
            DonorEntry(name="Công ty CP Dược Nghệ An"),
            Benefit.HI,
            60,
            12,
            date(2026, 9, 15),
            wishes=Wishes(communes=(commune,)),
            paid_in_full=True,
        ),
        "officer",
    )

    content, fixes = eighty(name)
    seen = drafts.start(commune, Benefit.HI, "danh-sach.xlsx", content=content, actor="office")
    checked = check_draft(drawn("office").id, "office")
    assert {(e.row, e.field) for e in checked.errors} == set(fixes)
    drafts.correct(fixes, seen=seen, actor="office")
    assert check_draft(drawn("office").id, "office").errors == ()
    code = send.submit(drawn("office"), "office", confirmed=True, leave_errors=False)

    sent = one(CommuneList, code=code)
    pair = one(DuplicatePair)
    duplicates.decide(pair.id, "different", pair.version, "", "officer")
    counts = review.judge_list(sent.id, "officer")
    assert counts[NominationState.ELIGIBLE] >= 62
    with reading() as session:
        from db.models import Nomination

        left = session.exec(
            select(Nomination.id).where(
                Nomination.list_id == sent.id, Nomination.state == NominationState.TO_CHECK
            )
        ).all()
    if left:
        review.set_verdict(left, NominationState.ELIGIBLE, "Đã xem giấy tờ", "officer")
    review.finish(sent.id, one(CommuneList, code=code).version, "officer")
    postings.open_posting(sent.id, "Trụ sở UBND xã", one(CommuneList, code=code).version, "office")
    posting = one(Posting, list_id=sent.id)
    with pytest.raises(Refused):
        postings.close(posting.id, posting.version, "officer")
    with pytest.raises(Refused, match="no_candidates"):
        proposals.propose(pledge.pledge_id, "officer")

    on("2026-09-21")
    postings.close(posting.id, posting.version, "officer")
    proposal = one(Proposal, code=proposals.propose(pledge.pledge_id, "officer"))
    assert proposals.submit(proposal.id, proposal.version, "officer") == 60
    with reading() as session:
        chosen = session.exec(
            select(Match.id)
            .where(Match.proposal_id == proposal.id, Match.state == MatchState.PROPOSED)
            .order_by(Match.rank)
        ).all()
    version = one(Proposal, id=proposal.id).version
    with pytest.raises(Refused, match="not_allowed"):
        decisions.decide(proposal.id, "approve", chosen, comment="", seen=version, actor="officer")
    decisions.decide(
        proposal.id, "return", [], comment="Xem lại hai người", seen=version, actor="approver"
    )
    proposals.submit(proposal.id, one(Proposal, id=proposal.id).version, "officer")
    decided = decisions.decide(
        proposal.id,
        "approve",
        chosen[:58],
        comment="",
        seen=one(Proposal, id=proposal.id).version,
        actor="approver",
        left_out=dict.fromkeys(chosen[58:], LeftOut.GIVES_WAY),
    )
    assert (decided.state, decided.approved) == (ProposalState.APPROVED, 58)

    issued = issuing.issue(
        pledge.pledge_id,
        [(match, f"40{number:08d}") for number, match in enumerate(chosen[:58])],
        date(2026, 9, 21),
        "officer",
    )
    assert issued == 58
    event_code = events.propose(
        NewEvent(
            pledge.pledge_id,
            commune,
            chosen[:58],
            datetime(2026, 9, 22, 1, 0, tzinfo=UTC),
            "Nhà văn hóa xã",
        ),
        "office",
    )
    event = one(Event, code=event_code)
    events.confirm(event.id, event.version, "officer")
    on("2026-09-22")
    outcomes = dict.fromkeys(chosen[:56], (Presence.PRESENT, ""))
    outcomes |= dict.fromkeys(chosen[56:58], (Presence.ABSENT, ""))
    events.record(event.id, outcomes, date(2026, 9, 22), one(Event, id=event.id).version, "office")
    events.attach(event.id, "bien-ban.pdf", b"%PDF-1.4\n%%EOF", "office")
    assert one(Pledge, id=pledge.pledge_id).delivered == 0
    events.confirm_minutes(event.id, one(Event, id=event.id).version, "approver")

    end = one(Pledge, id=pledge.pledge_id)
    assert (end.delivered, end.issued, end.free, end.reserved) == (56, 2, 2, 0)
    assert trace.verify().whole
