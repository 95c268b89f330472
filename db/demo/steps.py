"""The steps of a story, each by the command that people use."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import col, select

from db import clock
from db.clock import VIETNAM
from db.commands.donors import pledges, receipts
from db.commands.donors.donors import DonorEntry
from db.commands.donors.pledges import PledgeEntry, Wishes
from db.commands.donors.receipts import Payment
from db.commands.handover import events
from db.commands.lists import drafts
from db.commands.lists import send as lists
from db.commands.matching import decisions, issuing, proposals
from db.commands.review import duplicates, postings, review
from db.demo import sheets
from db.demo.handed_over import signed_page
from db.demo.people import People
from db.demo.plot import Desk, Plot
from db.models import (
    CommuneList,
    DuplicatePair,
    Event,
    EventMatch,
    Match,
    Nomination,
    Objection,
    Posting,
    Proposal,
    Table,
)
from db.rules.states import Benefit, MatchState, NominationState, PairState, Presence
from db.unit_of_work import reading

_LOOKED_UP = "Đã tra cứu: chưa hưởng trợ cấp hưu trí xã hội, chưa có thẻ BHYT."
_RETURN_LIST = "Thiếu chữ ký xác nhận của UBND xã ở trang 2. Đề nghị bổ sung và nộp lại."
_RETURN_PROPOSAL = "Đề nghị xem lại hai người ở cuối danh sách: hộ đã có người đi làm công ty."
_OBJECTION = "Gia đình người này mới xây nhà, đề nghị xã xem lại."
_ASK = "Đề nghị cơ sở xác minh hai người này có phải là một."
_FIRST_NUMBER = {Benefit.HI: 7_100_000_000, Benefit.SI: 7_900_000_000}


def new_donor(people: People) -> DonorEntry:
    """A donor nobody has entered before."""
    donor = people.donors(1)[0]
    return DonorEntry(
        donor.name,
        donor.tax_code or "",
        donor.contact,
        donor.phone,
        is_another=True,
    )


def record_pledge(desk: Desk, plot: Plot) -> int:
    """A pledge for the commune, paid as far as the plot says; returns its id."""
    today = clock.today()
    entry = PledgeEntry(
        donor=new_donor(desk.people),
        benefit=plot.benefit,
        quantity=plot.pieces,
        months=12,
        registered_on=today,
        expected_on=min(today + timedelta(days=10), desk.today),
        wishes=Wishes(communes=(desk.commune.code,)),
    )
    recorded = pledges.record(entry, desk.officer)
    price = pledges.full_price(plot.benefit, 12, today).gross
    amount = plot.pieces * price * plot.paid_percent // 100
    if amount:
        payment = Payment(amount, today, f"UNC {20_000 + desk.number}")
        receipts.receive(recorded.pledge_id, payment, desk.officer)
    return recorded.pledge_id


def send(desk: Desk, plot: Plot) -> int:
    """Upload and submit the commune's list; returns its id."""
    code, year = desk.commune.code, clock.today().year
    count = plot.people - plot.twice
    people = sheets.drawn(desk.people, desk.dice, plot.benefit, year, count)
    if plot.twice:
        people += sheets.written_twice(people, code, plot.twice, desk.dice)
    content = sheets.file_of(desk.commune.name, people)
    name = f"Danh sách {desk.commune.name} {year}.csv"
    seen = drafts.start(code, plot.benefit, name, content=content, actor=desk.office)
    if plot.twice:  # the office is sure that they are two people each
        seen = drafts.answer("twins", "keep", seen=seen, actor=desk.office)
    lists.submit(seen, desk.office, confirmed=True, leave_errors=True)
    return _of(CommuneList, commune_code=code)


def judge(desk: Desk, plot: Plot, list_id: int) -> None:
    """Let the rule judge everybody; ask the office about a pair if the plot says so."""
    review.judge_list(list_id, desk.officer)
    if plot.asked:
        for pair in _pairs(list_id)[:1]:
            duplicates.decide(pair.id or 0, "ask", pair.version, _ASK, desk.officer)


def return_list(desk: Desk, list_id: int) -> None:
    """Give the list back to the office."""
    review.return_list(list_id, _RETURN_LIST, _version(CommuneList, list_id), desk.officer)


def finish_review(desk: Desk, list_id: int) -> None:
    """Decide what the rule left open, and close the review."""
    for pair in _pairs(list_id):
        duplicates.decide(pair.id or 0, "different", pair.version, "", desk.officer)
    doubtful = _ids(Nomination, list_id=list_id, state=NominationState.TO_CHECK)
    if doubtful:
        review.set_verdict(doubtful, NominationState.ELIGIBLE, _LOOKED_UP, desk.officer)
    review.finish(list_id, _version(CommuneList, list_id), desk.officer)


def post(desk: Desk, plot: Plot, list_id: int) -> None:
    """Hang the list on the commune's board."""
    seen = _version(CommuneList, list_id)
    posting = postings.open_posting(list_id, desk.place, seen, desk.office)
    if plot.proved:
        page = signed_page(f"niem yet {list_id}")
        postings.prove(posting, f"niem-yet-{list_id}.pdf", page, desk.office)
    if plot.objection:
        about = _ids(Nomination, list_id=list_id, state=NominationState.ELIGIBLE)[2]
        postings.object_to(posting, about, "Người dân trong xã", _OBJECTION, desk.office)


def close(desk: Desk, list_id: int) -> None:
    """Take the list down after its days."""
    posting = _of(Posting, list_id=list_id)
    for objection in _ids(Objection, posting_id=posting):
        seen = _version(Objection, objection)
        postings.answer_objection(objection, False, _LOOKED_UP, seen, desk.officer)
    postings.close(posting, _version(Posting, posting), desk.officer)


def submit(desk: Desk, pledge_id: int) -> None:
    """Send the draft of the pledge to the approver."""
    proposal = _of(Proposal, pledge_id=pledge_id)
    proposals.submit(proposal, _version(Proposal, proposal), desk.officer)


def decide(desk: Desk, pledge_id: int, verdict: decisions.Ruling) -> None:
    """Approve everybody, or return the proposal with a comment."""
    proposal = _of(Proposal, pledge_id=pledge_id)
    people = _ids(Match, proposal_id=proposal, state=MatchState.PROPOSED)
    comment = _RETURN_PROPOSAL if verdict == "return" else ""
    chosen = people if verdict == "approve" else []
    seen = _version(Proposal, proposal)
    decisions.decide(
        proposal, verdict, chosen, comment=comment, seen=seen, actor=desk.crew.approver.username
    )


def issue(desk: Desk, plot: Plot, pledge_id: int) -> None:
    """Note the numbers of the cards or books."""
    first = _FIRST_NUMBER[plot.benefit] + desk.number * 1000
    people = _ids(Match, pledge_id=pledge_id, state=MatchState.APPROVED)
    numbers = [(match_id, str(first + place)) for place, match_id in enumerate(people)]
    issuing.issue(pledge_id, numbers, clock.today(), desk.officer)


def invite(desk: Desk, plot: Plot, pledge_id: int, held_on: date | None) -> None:
    """Propose time and place of the hand-over; `held_on` is its day where the story tells it."""
    day = held_on or desk.today + timedelta(days=plot.event_in)
    hour = (8, 9, 14)[desk.number % 3]
    new = events.NewEvent(
        pledge_id=pledge_id,
        commune_code=desk.commune.code,
        match_ids=_ids(Match, pledge_id=pledge_id, state=MatchState.ISSUED),
        starts_at=datetime.combine(max(day, clock.today()), time(hour, 30), VIETNAM),
        place=f"Hội trường UBND {desk.commune.name[0].lower()}{desk.commune.name[1:]}",
        form="ceremony",
        guests="Lãnh đạo BHXH tỉnh; Ủy ban MTTQ Việt Nam xã; nhà hảo tâm",
    )
    events.propose(new, desk.office)


def confirm(desk: Desk, pledge_id: int) -> None:
    """Agree to the hand-over that the office proposed."""
    event_id = _of(Event, pledge_id=pledge_id)
    events.confirm(event_id, _version(Event, event_id), desk.officer)


def hold(desk: Desk, plot: Plot, pledge_id: int) -> None:
    """Record who was there: two absent, one at home."""
    event_id = _of(Event, pledge_id=pledge_id)
    with reading() as session:
        invited = session.exec(
            select(EventMatch.match_id)
            .where(EventMatch.event_id == event_id)
            .order_by(col(EventMatch.match_id))
        ).all()
    outcomes = dict.fromkeys(invited, (Presence.PRESENT, ""))
    outcomes |= dict.fromkeys(invited[:2], (Presence.ABSENT, ""))
    outcomes |= dict.fromkeys(invited[2:3], (Presence.AT_HOME, "Con"))
    events.record(event_id, outcomes, clock.today(), _version(Event, event_id), desk.office)
    if plot.page:
        events.attach(event_id, "bien-ban-trao.pdf", signed_page(f"trao {event_id}"), desk.office)


def _pairs(list_id: int) -> Sequence[DuplicatePair]:
    """Undecided pairs of people on a list."""
    with reading() as session:
        people = select(Nomination.person_id).where(Nomination.list_id == list_id)
        return session.exec(
            select(DuplicatePair)
            .where(
                DuplicatePair.state == PairState.OPEN,
                col(DuplicatePair.first_id).in_(people) | col(DuplicatePair.second_id).in_(people),
            )
            .order_by(col(DuplicatePair.id))
        ).all()


def _ids(table: type[Table], **values: Any) -> list[int]:
    with reading() as session:
        column: Any = table.id  # type: ignore[attr-defined]
        found = session.exec(select(column).filter_by(**values).order_by(column))
        return list(found)


def _of(table: type[Table], **values: Any) -> int:
    """The newest row with these values."""
    return _ids(table, **values)[-1]


def _version(table: type[Table], identity: int) -> int:
    with reading() as session:
        row: Any = session.get_one(table, identity)
        return int(row.version)
