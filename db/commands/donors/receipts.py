"""Money of a pledge: it comes in parts; a wrong entry is reversed, never changed."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from db.errors import Refused
from db.models import Pledge, Receipt
from db.rules import why
from db.rules.access import Action
from db.rules.names import clean
from db.rules.states import Binds, PledgeState
from db.unit_of_work import UnitOfWork, take, writing


@dataclass(frozen=True, slots=True)
class Payment:
    """đồng that came on a day; `beyond_expected` says a person confirmed that it is more."""

    amount: int | None
    received_on: date | None
    reference: str = ""
    beyond_expected: bool = False


def receive(pledge_id: int, payment: Payment, actor: str, *, seen: int | None = None) -> int:
    """Record money that came for a pledge; returns the receipt's id.

    Raises:
        Refused: amount_wrong, received_missing, received_in_future, receipt_known (reference),
            receipt_beyond (code, missing), pledge_not_open (code, state).
    """
    with writing(actor, Action.RECORD_RECEIPT) as work:
        return enter(work, work.get(Pledge, pledge_id, seen=seen), payment)


def reverse(receipt_id: int, reason: str, actor: str) -> int:
    """Undo a whole receipt by a row that takes its amount back; returns that row's id.

    Raises:
        Refused: reason_missing, receipt_reversed, receipt_spent (code, unspent).
    """
    reason = why.required(reason)
    with writing(actor, Action.RECORD_RECEIPT) as work:
        receipt = work.get(Receipt, receipt_id)
        pledge = work.get(Pledge, receipt.pledge_id)
        again = select(Receipt.id).where(Receipt.reverses_id == receipt_id)
        if receipt.reverses_id is not None or work.session.exec(again).first() is not None:
            raise Refused("receipt_reversed")
        row = Receipt(
            province_code=pledge.province_code,
            pledge_id=receipt.pledge_id,
            amount=-receipt.amount,
            received_on=work.today,
            reference=receipt.reference,
            reverses_id=receipt_id,
            reason=clean(reason),
            recorded_by=work.actor,
            recorded_at=work.now,
        )
        _move_received(work, pledge, -receipt.amount)
        return _recorded(work, "receipt.reversed", row, pledge)


def enter(work: UnitOfWork, pledge: Pledge, payment: Payment) -> int:
    """The receipt within a transaction already open; raises like `receive`."""
    amount, received_on = _checked(work, pledge, payment)
    row = Receipt(
        province_code=pledge.province_code,
        pledge_id=pledge.id or 0,
        amount=amount,
        received_on=received_on,
        reference=clean(payment.reference)[:120],
        recorded_by=work.actor,
        recorded_at=work.now,
    )
    _move_received(work, pledge, amount)
    return _recorded(work, "receipt.recorded", row, pledge)


def expected(pledge: Pledge) -> int:
    """đồng the pledge should bring: what was not withdrawn, at the frozen price."""
    if pledge.binds is Binds.MONEY:
        return (pledge.amount or 0) - pledge.withdrawn
    return ((pledge.quantity or 0) - pledge.withdrawn) * pledge.piece_price


def _move_received(work: UnitOfWork, pledge: Pledge, amount: int) -> None:
    """One UPDATE, which takes back only what was not spent."""
    work.session.flush()
    moved = take(
        work.session,
        Pledge,
        pledge.id or 0,
        where=col(Pledge.received) - col(Pledge.spent) + amount >= 0,
        received=col(Pledge.received) + amount,
        version=col(Pledge.version) + 1,
    )
    work.session.refresh(pledge)
    if not moved:
        raise Refused("receipt_spent", code=pledge.code, unspent=pledge.received - pledge.spent)


def _recorded(work: UnitOfWork, action: str, row: Receipt, pledge: Pledge) -> int:
    """The line stands with the pledge, so that who meets a newer version learns whose it is."""
    work.session.add(row)
    work.session.flush()
    work.record(action, pledge, receipt=row.id)
    return row.id or 0


def _checked(work: UnitOfWork, pledge: Pledge, payment: Payment) -> tuple[int, date]:
    if payment.amount is None or payment.amount <= 0:
        raise Refused("amount_wrong")
    if payment.received_on is None:
        raise Refused("received_missing")
    if payment.received_on > work.today:
        raise Refused("received_in_future")
    if pledge.state not in (PledgeState.RECORDED, PledgeState.ACTIVE):
        raise Refused("pledge_not_open", code=pledge.code, state=pledge.state)
    missing = max(expected(pledge) - pledge.received, 0)
    if payment.amount > missing and not payment.beyond_expected:
        raise Refused("receipt_beyond", code=pledge.code, missing=missing)
    _check_new(work, pledge, payment)
    return payment.amount, payment.received_on


def _check_new(work: UnitOfWork, pledge: Pledge, payment: Payment) -> None:
    """A second click or a second clerk must not count the same transfer twice."""
    reference = clean(payment.reference)[:120]
    if not reference:
        return
    reversals = select(Receipt.reverses_id).where(col(Receipt.reverses_id).is_not(None))
    same = select(Receipt.id).where(
        Receipt.pledge_id == pledge.id,
        Receipt.reference == reference,
        Receipt.amount == payment.amount,
        Receipt.received_on == payment.received_on,
        col(Receipt.id).not_in(reversals),
    )
    if work.session.exec(same).first() is not None:
        raise Refused("receipt_known", reference=reference)
