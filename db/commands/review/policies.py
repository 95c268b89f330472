"""How a province scores and times its year: made from the defaults, frozen when review opens."""

import hashlib

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from db.models import Category, Policy
from db.unit_of_work import UnitOfWork


def policy_for(work: UnitOfWork, province_code: str, year: int) -> Policy:
    """The province's policy of a year; the defaults become its row when it is first asked for."""
    asked = select(Policy).where(Policy.province_code == province_code, Policy.year == year)
    if found := work.session.exec(asked).one_or_none():
        return found
    policy = Policy(
        province_code=province_code,
        year=year,
        points=_default_points(work),
        seed=published_seed(province_code, year),
    )
    try:
        with work.session.begin_nested():
            work.session.add(policy)
    except IntegrityError:  # somebody else made it a moment ago
        return work.session.exec(asked).one()
    work.record("policy.created", policy)
    return policy


def freeze(work: UnitOfWork, policy: Policy) -> None:
    """From here on the policy never changes: the database refuses it."""
    work.session.refresh(policy, with_for_update=True)
    if policy.frozen_at is None:
        policy.frozen_at = work.now
        work.record("policy.frozen", policy)


def published_seed(province_code: str, year: int) -> str:
    """sha256 of "province-year": anybody can compute it, nobody can choose it."""
    return hashlib.sha256(f"{province_code}-{year}".encode()).hexdigest()


def _default_points(work: UnitOfWork) -> dict[str, list[int | None]]:
    categories = work.session.exec(select(Category)).all()
    return {one.code: [one.points_hi, one.points_si] for one in categories}
