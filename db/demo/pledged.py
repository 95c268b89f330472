"""One pledge of the past on its whole way, from the promise to the people."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from db.commands.review.policies import published_seed
from db.demo import handed_over, listed
from db.demo.days import Days, at
from db.demo.listed import Listed
from db.demo.setting import MONTHS, Setting
from db.models import (
    Decision,
    Donor,
    Match,
    Pledge,
    PledgeCommune,
    Proposal,
    ProposalParticipant,
    Receipt,
)
from db.reference.places import Commune
from db.rules.states import MatchState, PledgeState, ProposalState

_WISHES = ("Ưu tiên hộ cận nghèo.", "Trao trước Tết.", "Ưu tiên người cao tuổi, neo đơn.", "")
_FREE_DAYS, _WAITING_DAYS = 75, 60
_LESS = "Nhà hảo tâm giảm số lượng theo khả năng."
_RETURNED = "Đề nghị soát lại thứ tự ưu tiên theo điểm."
_MISTYPED = "Nhập nhầm số tiền."


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A person with the frozen price of the support; `match_id` once it is written."""

    person: Listed
    donor_share: int
    match_id: int
    absent: bool


def tell(setting: Setting, steps: Days, donor_id: int, communes: Mapping[Commune, int]) -> None:
    """Write one pledge for so many people in each commune, all of it finished or waiting."""
    reserve = [1 if setting.dice.random() < 0.12 else 0 for _ in communes]
    people: list[Listed] = []
    left: list[Listed] = []
    for (commune, wanted), spare in zip(communes.items(), reserve, strict=True):
        found = listed.write(setting, steps, commune, wanted + spare)
        found.sort(key=lambda one: -one.score.total)
        people += found[:wanted]
        left += found[wanted:]
    people.sort(key=lambda one: -one.score.total)
    pledge_id = _pledge(setting, steps, donor_id, len(people), list(communes))
    proposal_id = _proposal(setting, steps, pledge_id, people, left)
    chosen = _matches(setting, steps, pledge_id, proposal_id=proposal_id, people=people, left=left)
    _decide(setting, steps, proposal_id, chosen)
    _settle(setting, steps, pledge_id, chosen)
    _receive(setting, steps, pledge_id)
    for commune in communes:
        invited = [(one.match_id, one.absent) for one in chosen if one.person.commune == commune]
        handed_over.write(setting, steps, pledge_id, commune, invited)


def _pledge(
    setting: Setting, steps: Days, donor_id: int, people: int, communes: Sequence[Commune]
) -> int:
    rows, dice = setting.rows, setting.dice
    quantity = people + (dice.randint(1, 6) if dice.random() < 0.25 else 0)
    recorded_at = at(steps.registered, dice.randint(8, 16), dice.randint(0, 59))
    pledge_id = rows.add(
        Pledge,
        code=rows.next_code("HT", setting.province_code, setting.year),
        province_code=setting.province_code,
        donor_id=donor_id,
        year=setting.year,
        benefit=setting.benefit,
        quantity=quantity,
        months=MONTHS,
        piece_price=setting.price((), steps.registered).gross,
        registered_on=steps.registered,
        expected_on=steps.registered + timedelta(days=14),
        wish=dice.choice(_WISHES),
        anonymous=_is_anonymous(setting, donor_id),
        state=PledgeState.ACTIVE,
        reason="",
        version=1,
        recorded_by=setting.officer,
        recorded_at=recorded_at,
        free=quantity,
        issued=0,
        delivered=0,
        withdrawn=0,
        received=0,
        spent=0,
    )
    rows.note(
        recorded_at,
        setting.officer,
        "pledge.recorded",
        (Pledge, pledge_id),
        after=PledgeState.ACTIVE,
        pieces=quantity,
    )
    if dice.random() < 0.6:
        for commune in communes:
            rows.add(PledgeCommune, pledge_id=pledge_id, commune_code=commune.code)
    return pledge_id


def _is_anonymous(setting: Setting, donor_id: int) -> bool:
    """Some private persons do not want to be named."""
    return setting.rows.seen(Donor, donor_id)["tax_code"] is None and donor_id % 3 == 0


def _receive(setting: Setting, steps: Days, pledge_id: int) -> None:
    """Receipts: whole, in two parts, or for a closed pledge no more than was needed.

    Where rates rose between the promise and the proposal the donor paid the difference.
    """
    pledge = setting.rows.seen(Pledge, pledge_id)
    expected = pledge["quantity"] * pledge["piece_price"]
    kind = setting.dice.random()
    parts = [expected]
    if kind < 0.1 and pledge["state"] is PledgeState.CLOSED:
        parts = [min(expected, -(-pledge["spent"] // 1_000_000) * 1_000_000)]
    elif kind < 0.3:
        parts = [expected // 2, expected - expected // 2]
    if pledge["spent"] > sum(parts):
        parts.append(pledge["spent"] - sum(parts))
    if kind > 0.985:
        _mistyped(setting, steps, pledge_id, expected)
    for number, amount in enumerate(parts):
        paid = min(steps.paid + timedelta(days=2 * number), steps.issued)
        _receipt(setting, pledge_id, amount, paid)
    setting.rows.amend(Pledge, pledge_id, received=sum(parts))


def _mistyped(setting: Setting, steps: Days, pledge_id: int, expected: int) -> None:
    wrong = expected // 10
    first = _receipt(setting, pledge_id, wrong, steps.paid)
    _receipt(setting, pledge_id, -wrong, steps.paid, reverses_id=first, reason=_MISTYPED)


def _receipt(setting: Setting, pledge_id: int, amount: int, on: date, **more: Any) -> int:
    dice = setting.dice
    moment = at(on, 10, 15) if amount > 0 else at(on, 14, 40)
    receipt = setting.rows.add(
        Receipt,
        province_code=setting.province_code,
        pledge_id=pledge_id,
        amount=amount,
        received_on=on,
        reference=f"UNC {dice.randint(10_000, 99_999)}",
        recorded_by=setting.officer,
        recorded_at=moment,
        **{"reverses_id": None, "reason": ""} | more,
    )
    action = "receipt.recorded" if amount > 0 else "receipt.reversed"
    setting.rows.note(
        moment,
        setting.officer,
        action,
        (Receipt, receipt),
    )
    return receipt


def _proposal(
    setting: Setting,
    steps: Days,
    pledge_id: int,
    people: Sequence[Listed],
    left: Sequence[Listed],
) -> int:
    rows, code = setting.rows, setting.province_code
    round_ = 2 if setting.dice.random() < 0.06 else 1
    made_at, submitted_at = at(steps.proposed, 9, 0), at(steps.proposed, 10, 30)
    inputs = "|".join(str(one.nomination_id) for one in [*people, *left])
    proposal_id = rows.add(
        Proposal,
        code=rows.next_code("GH", code, setting.year),
        province_code=code,
        pledge_id=pledge_id,
        policy_id=setting.policy_id,
        year=setting.year,
        benefit=setting.benefit,
        state=ProposalState.APPROVED,
        version=2 + round_,
        round=round_,
        input_hash=hashlib.sha256(inputs.encode()).hexdigest(),
        seed=published_seed(code, setting.year),
        threshold=people[-1].score.total,
        candidates=len(people) + len(left),
        made_by=setting.officer,
        made_at=made_at,
        submitted_at=submitted_at,
        expires_on=steps.proposed + timedelta(days=14),
    )
    rows.add(
        ProposalParticipant, proposal_id=proposal_id, account_id=setting.crew.officer.account_id
    )
    record = (Proposal, proposal_id)
    rows.note(
        submitted_at,
        setting.officer,
        "proposal.submitted",
        record,
        after=ProposalState.SUBMITTED,
        people=len(people),
        round=round_,
    )
    return proposal_id


def _matches(
    setting: Setting,
    steps: Days,
    pledge_id: int,
    *,
    proposal_id: int,
    people: Sequence[Listed],
    left: Sequence[Listed],
) -> list[_Chosen]:
    absent = _absent(setting, steps, len(people))
    chosen = []
    for rank, one in enumerate([*people, *left], start=1):
        price = setting.price(one.categories, steps.proposed, island=one.commune.is_island)
        taken = rank <= len(people)
        away = rank in absent
        state = MatchState.ISSUED if away else MatchState.DELIVERED
        match_id = setting.rows.add(
            Match,
            province_code=setting.province_code,
            commune_code=one.commune.code,
            proposal_id=proposal_id,
            pledge_id=pledge_id,
            nomination_id=one.nomination_id,
            person_id=one.person_id,
            year=setting.year,
            benefit=setting.benefit,
            state=state if taken else MatchState.RESERVE,
            rank=rank,
            score=one.score.total,
            why={
                "points": [list(part) for part in one.score.parts],
                "wishes": [],
                "price_group": price.group,
                "state_percent": price.state_percent,
                "provisional": price.provisional,
            },
            months=MONTHS,
            units=1,
            gross=price.gross,
            state_share=price.state,
            local_share=price.local,
            donor_share=price.donor,
            document_number=setting.people.document_number() if taken else None,
            issued_on=steps.issued if taken else None,
            delivered_on=steps.held if taken and not away else None,
        )
        if taken:
            chosen.append(_Chosen(one, price.donor, match_id, away))
    return chosen


def _absent(setting: Setting, steps: Days, people: int) -> set[int]:
    """Ranks of those who were away not long ago: their card or book still waits."""
    recent = (setting.today - steps.held).days <= _WAITING_DAYS
    return {setting.dice.randint(1, people)} if recent and setting.dice.random() < 0.12 else set()


def _decide(setting: Setting, steps: Days, proposal_id: int, chosen: Sequence[_Chosen]) -> None:
    rows, crew = setting.rows, setting.crew
    last = rows.seen(Proposal, proposal_id)["round"]
    for round_ in range(1, last + 1):
        final = round_ == last
        rows.add(
            Decision,
            province_code=setting.province_code,
            proposal_id=proposal_id,
            round=round_,
            account_id=crew.approver.account_id,
            verdict="approve" if final else "return",
            comment="" if final else _RETURNED,
            match_ids=[one.match_id for one in chosen] if final else [],
            decided_at=at(steps.approved, 9 + 5 * final, 20),
        )
    rows.note(
        at(steps.approved, 14, 20),
        crew.approver.username,
        "proposal.approved",
        (Proposal, proposal_id),
        after=ProposalState.APPROVED,
        approved=len(chosen),
        declined=0,
    )


def _settle(setting: Setting, steps: Days, pledge_id: int, chosen: Sequence[_Chosen]) -> None:
    """Put the pledge's ledger where its matches are; what was free for long is withdrawn."""
    rows = setting.rows
    waiting = sum(one.absent for one in chosen)
    rest = rows.seen(Pledge, pledge_id)["quantity"] - len(chosen)
    withdrawn = rest if (setting.today - steps.registered).days > _FREE_DAYS else 0
    open_ = waiting or rest > withdrawn
    rows.amend(
        Pledge,
        pledge_id,
        state=PledgeState.ACTIVE if open_ else PledgeState.CLOSED,
        reason=_LESS if withdrawn else "",
        version=6,
        free=rest - withdrawn,
        issued=waiting,
        delivered=len(chosen) - waiting,
        withdrawn=withdrawn,
        spent=sum(one.donor_share for one in chosen),
    )
    rows.note(
        at(steps.issued, 15, 10),
        setting.officer,
        "match.issued",
        (Pledge, pledge_id),
        matches=[one.match_id for one in chosen],
    )
