"""Pledges: recorded with the donor, cancelled as far as they are free, closed when used up."""

from dataclasses import dataclass, field
from datetime import date

from sqlmodel import col, func, select

from db.commands.donors import receipts
from db.commands.donors.donors import DonorEntry, enter
from db.commands.donors.ledger import shift
from db.commands.donors.receipts import Payment
from db.errors import Refused
from db.models import (
    Account,
    Category,
    Commune,
    Donor,
    Pledge,
    PledgeCategory,
    PledgeCommune,
)
from db.reference.rates import contribution_bases, state_shares
from db.rules import why
from db.rules.access import Action
from db.rules.names import clean
from db.rules.pricing import Price, Rates, quote
from db.rules.states import Benefit, PledgeState
from db.scope import Scope
from db.unit_of_work import UnitOfWork, writing

MONTHS = (12, 6, 3)
MOST_PIECES = 100_000
OLDEST = 120


@dataclass(frozen=True, slots=True)
class Wishes:
    """Whom the donor wishes to help; what is left out does not matter to the donor."""

    communes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    sex: str | None = None
    min_age: int | None = None
    max_age: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class PledgeEntry:
    """A pledge in pieces as typed; `year` is the programme year, by default the current one."""

    donor: DonorEntry
    benefit: Benefit
    quantity: int | None
    months: int
    registered_on: date | None
    expected_on: date | None = None
    year: int | None = None
    wishes: Wishes = field(default_factory=Wishes)
    paid_in_full: bool = False
    anonymous: bool = False
    is_second: bool = False
    """A person looked at a pledge just like this one, and it is another."""


@dataclass(frozen=True, slots=True)
class Recorded:
    pledge_id: int
    code: str


def record(entry: PledgeEntry, actor: str) -> Recorded:
    """Record a pledge, with its donor and, if paid in full today, its receipt.

    The price of one piece is frozen as of the day of registration, without any State share.

    Raises:
        Refused: quantity_wrong (most), months_not_allowed, registered_missing,
            registered_in_future, year_wrong (year), expected_too_early, ages_wrong,
            commune_elsewhere (codes), category_unknown (codes), rates_missing,
            pledge_alike (code, who, at), and those of `donors.enter`.
    """
    with writing(actor, Action.RECORD_PLEDGE) as work:
        year = entry.year or work.today.year
        quantity, registered_on = _checked(work, entry, year)
        donor = enter(work, entry.donor)
        if not entry.is_second:
            _check_not_alike(work, donor, entry)
        wishes = entry.wishes
        pledge = Pledge(
            code=work.next_code("HT", donor.province_code, year),
            province_code=donor.province_code,
            donor_id=donor.id or 0,
            year=year,
            benefit=entry.benefit,
            quantity=quantity,
            months=entry.months,
            piece_price=full_price(entry.benefit, entry.months, registered_on).gross,
            registered_on=registered_on,
            expected_on=entry.expected_on,
            anonymous=entry.anonymous,
            wish=clean(wishes.text),
            wished_sex=wishes.sex,
            min_age=wishes.min_age,
            max_age=wishes.max_age,
            recorded_by=actor,
            recorded_at=work.now,
            free=quantity,
        )
        work.record("pledge.recorded", pledge, after=pledge.state, pieces=quantity)
        pledge_id = pledge.id or 0
        work.session.add_all(
            PledgeCommune(pledge_id=pledge_id, commune_code=code) for code in set(wishes.communes)
        )
        work.session.add_all(
            PledgeCategory(pledge_id=pledge_id, category_code=code)
            for code in set(wishes.categories)
        )
        if entry.paid_in_full:
            receipts.enter(work, pledge, Payment(quantity * pledge.piece_price, work.today))
        return Recorded(pledge_id, pledge.code)


def withdraw(
    pledge_id: int, reason: str, actor: str, *, units: int | None = None, seen: int | None = None
) -> int:
    """Cancel what is free, all of it unless `units` says how much; returns how much.

    A pledge of which nothing else is left is cancelled, one whose rest is delivered is closed.

    Raises:
        Refused: reason_missing, nothing_free (code), capacity_gone, pledge_not_open (code, state).
    """
    reason = why.required(reason)
    with writing(actor, Action.CANCEL_PLEDGE) as work:
        pledge = work.get(Pledge, pledge_id, seen=seen)
        if pledge.state not in (PledgeState.RECORDED, PledgeState.ACTIVE):
            raise Refused("pledge_not_open", code=pledge.code, state=pledge.state)
        units = pledge.free if units is None else units
        if units < 1 or pledge.free < 1:
            raise Refused("nothing_free", code=pledge.code)
        shift(work, pledge_id, units, "free", "withdrawn")
        pledge.reason = clean(reason)
        if pledge.free + _committed(pledge) == 0:
            work.move(pledge, PledgeState.CANCELLED, units=units)
        else:
            pledge.version += 1
            work.record("pledge.withdrawn", pledge, units=units)
            close_if_used_up(work, pledge_id)
        return units


def close_if_used_up(work: UnitOfWork, pledge_id: int) -> bool:
    """Close a pledge when everything is delivered or withdrawn; True if it was closed now."""
    work.session.flush()
    pledge = work.session.get_one(Pledge, pledge_id, populate_existing=True)
    waiting = pledge.free + pledge.reserved + pledge.approved + pledge.issued
    if pledge.state is not PledgeState.ACTIVE or waiting or not pledge.delivered:
        return False
    work.move(pledge, PledgeState.CLOSED)
    return True


def note_export(rows: int, scope: Scope, actor: str) -> None:
    """Leave the trace of a download of the pledge book, before it is handed out.

    Raises Refused("not_allowed") also when the rows were read under a scope that has ended.
    """
    with writing(actor, Action.EXPORT_PLEDGES) as work:
        if work.scope != scope:
            raise Refused("not_allowed")
        work.record("export.pledges", rows=rows)


def full_price(benefit: Benefit, months: int, on: date) -> Price:
    """The price of one piece, whose `gross` is without any State share.

    Raises Refused("rates_missing").
    """
    return quote(benefit, months, (), on, Rates(contribution_bases(), state_shares()))


def _committed(pledge: Pledge) -> int:
    return pledge.reserved + pledge.approved + pledge.issued + pledge.delivered


def _checked(work: UnitOfWork, entry: PledgeEntry, year: int) -> tuple[int, date]:
    if entry.quantity is None or not 1 <= entry.quantity <= MOST_PIECES:
        raise Refused("quantity_wrong", most=MOST_PIECES)
    if entry.months not in MONTHS:
        raise Refused("months_not_allowed")
    registered_on = entry.registered_on
    if registered_on is None:
        raise Refused("registered_missing")
    if registered_on > work.today:
        raise Refused("registered_in_future")
    if year not in (registered_on.year, registered_on.year + 1):
        raise Refused("year_wrong", year=str(year))
    if entry.expected_on is not None and entry.expected_on < registered_on:
        raise Refused("expected_too_early")
    _check_wishes(work, entry.wishes)
    return entry.quantity, registered_on


def _check_not_alike(work: UnitOfWork, donor: Donor, entry: PledgeEntry) -> None:
    """Two officers with the same letter enter the same pledge: a person says if it is another."""
    work.alone(f"pledges of donor {donor.id}")
    same = work.session.exec(
        select(Pledge)
        .where(
            Pledge.donor_id == donor.id,
            Pledge.benefit == entry.benefit,
            Pledge.quantity == entry.quantity,
            Pledge.months == entry.months,
            Pledge.registered_on == entry.registered_on,
            col(Pledge.state) != PledgeState.CANCELLED,
        )
        .order_by(col(Pledge.id).desc())
    ).first()
    if same is not None:
        who = work.session.exec(
            select(Account.full_name).where(Account.username == same.recorded_by)
        ).first()
        raise Refused(
            "pledge_alike", code=same.code, who=who or same.recorded_by, at=same.recorded_at
        )


def _check_wishes(work: UnitOfWork, wishes: Wishes) -> None:
    ages = [age for age in (wishes.min_age, wishes.max_age) if age is not None]
    if ages != sorted(ages) or any(not 0 <= age <= OLDEST for age in ages):
        raise Refused("ages_wrong", most=OLDEST)
    own = select(Commune.code).where(
        Commune.province_code == work.scope.province_code,
        col(Commune.code).in_(wishes.communes),
    )
    if strange := set(wishes.communes) - set(work.session.exec(own).all()):
        raise Refused("commune_elsewhere", codes=sorted(strange))
    known = work.session.exec(
        select(func.count()).select_from(Category).where(col(Category.code).in_(wishes.categories))
    ).one()
    if known != len(set(wishes.categories)):
        raise Refused("category_unknown")
