"""Donors found again by what was typed of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, or_, select

from db.models import Donor, Pledge
from db.queries.values import from_row
from db.rules import donors as rules
from db.scope import Scope
from db.unit_of_work import reading

_MOST_CANDIDATES = 1000


@dataclass(frozen=True, slots=True)
class KnownDonor:
    id: int
    name: str
    number: str
    contact: str
    phone: str
    anonymous: bool
    """Whether the last pledge was: the next one hardly is otherwise."""
    pledges: int


def alike(scope: Scope, name: str, number: str = "") -> list[KnownDonor]:
    """Donors who may be the one typed: by number, by name, or by the words so far."""
    words = rules.search_words(name)
    digits = "".join(sign for sign in number + name if sign.isdigit())
    likely = [col(Donor.name_key).contains(word, autoescape=True) for word in words if word]
    if len(digits) >= 6:
        bare = func.replace(Donor.tax_code, "-", "")
        likely.append(bare.startswith(digits, autoescape=True))
    if not likely or len(name.strip()) + len(digits) < 3:
        return []
    with reading() as session:
        found = session.exec(
            select(Donor).where(scope.covers(Donor), or_(*likely)).limit(_MOST_CANDIDATES)
        ).all()
        chosen = _likeliest(found, name, words, digits)
        return _known(session, scope, chosen)


def _likeliest(
    found: Sequence[Donor], name: str, words: list[str], digits: str, most: int = 6
) -> list[Donor]:
    """Same number first, then like names, then names that hold every word typed."""
    by_id = {donor.id or 0: donor for donor in found}
    chosen = [
        key
        for key, donor in by_id.items()
        if len(digits) >= 6 and (donor.tax_code or "").replace("-", "").startswith(digits)
    ]
    if name.strip():
        chosen += rules.alike(name, {key: donor.name for key, donor in by_id.items()})
    if sum(map(len, words)) >= 4:
        chosen += [
            key for key, donor in by_id.items() if all(word in donor.name_key for word in words)
        ]
    return [by_id[key] for key in list(dict.fromkeys(chosen))[:most]]


def _known(session: Session, scope: Scope, donors: list[Donor]) -> list[KnownDonor]:
    counts = dict(
        session.exec(
            select(Pledge.donor_id, func.count())
            .where(scope.covers(Pledge), col(Pledge.donor_id).in_([one.id for one in donors]))
            .group_by(col(Pledge.donor_id))
        ).all()
    )
    last = dict(
        session.exec(
            select(Pledge.donor_id, Pledge.anonymous)
            .where(scope.covers(Pledge), col(Pledge.donor_id).in_([one.id for one in donors]))
            .order_by(col(Pledge.id))
        ).all()
    )
    return [
        from_row(
            KnownDonor,
            one,
            number=one.tax_code or "",
            pledges=counts.get(one.id or 0, 0),
            anonymous=last.get(one.id or 0, False),
        )
        for one in donors
    ]
