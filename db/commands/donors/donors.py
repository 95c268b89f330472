"""Donors: entered with their first pledge, recognised at the next."""

from dataclasses import dataclass

from sqlmodel import col, or_, select

from db.errors import Refused
from db.models import Donor
from db.rules import donors as rules
from db.rules.identity import is_nothing, read_phone
from db.rules.names import clean, fold
from db.unit_of_work import UnitOfWork

_MOST_CANDIDATES = 1000


@dataclass(frozen=True, slots=True)
class DonorEntry:
    """A donor as typed. `number` is a tax code or a citizen number.

    `known_id` names a donor already recorded; `is_another` says that a person looked at
    the look-alikes and none of them is meant.
    """

    name: str
    number: str = ""
    contact: str = ""
    phone: str = ""
    known_id: int | None = None
    is_another: bool = False


def enter(work: UnitOfWork, entry: DonorEntry) -> Donor:
    """The donor's row: the known one with its contact brought up to date, or a new one.

    Raises:
        Refused: donor_name_missing, donor_number_wrong (value), phone_wrong (value),
            donor_number_known (name), donor_alike (names).
    """
    phone = _phone(entry.phone)
    if entry.known_id is not None:
        donor = work.get(Donor, entry.known_id)
        fresh = (clean(entry.contact), phone)
        if fresh != (donor.contact, donor.phone):
            donor.contact, donor.phone = fresh
            work.record("donor.changed", donor)
        return donor
    name = clean(entry.name)
    if not name:
        raise Refused("donor_name_missing")
    number = rules.read_number(entry.number)
    work.alone(f"donors {work.scope.province_code}")
    _check_unknown(work, name, number, entry.is_another)
    donor = Donor(
        province_code=work.scope.province_code or "",
        name=name,
        name_key=fold(name)[:200],
        tax_code=number,
        contact=clean(entry.contact),
        phone=phone,
        created_at=work.now,
    )
    work.record("donor.entered", donor)
    return donor


def _check_unknown(work: UnitOfWork, name: str, number: str | None, is_another: bool) -> None:
    """The same number is the same donor; the same name may be, so a person decides."""
    if number is not None:
        known = work.session.exec(
            select(Donor.name).where(work.scope.covers(Donor), Donor.tax_code == number)
        ).first()
        if known is not None:
            raise Refused("donor_number_known", name=known)
    if is_another:
        return
    words = rules.search_words(name)
    candidates = {
        donor_id or 0: known
        for donor_id, known in work.session.exec(
            select(Donor.id, Donor.name)
            .where(
                work.scope.covers(Donor),
                or_(*(col(Donor.name_key).contains(word, autoescape=True) for word in words)),
            )
            .order_by(col(Donor.id).desc())
            .limit(_MOST_CANDIDATES)
        )
    }
    if found := rules.alike(name, candidates, limit=3):
        raise Refused("donor_alike", names=[candidates[donor_id] for donor_id in found])


def _phone(text: str) -> str:
    if is_nothing(text):
        return ""
    number = read_phone(text).value
    if number is None:
        raise Refused("phone_wrong", value=text.strip())
    return number
