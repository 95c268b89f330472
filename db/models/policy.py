"""How a province scores and times its year: set before review opens, frozen after."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger
from sqlmodel import Field, UniqueConstraint

from db.models.base import Table
from db.rules.scoring import PointScale
from db.rules.states import Benefit


class Policy(Table, table=True):
    __table_args__ = (UniqueConstraint("province_code", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    year: int
    points: dict[str, Any] = Field(sa_type=JSON)
    """{category code: points in the order of `Benefit`, None where it gives no right}"""
    never_insured: int = 10
    lapsed: int = 5
    per_dependant: int = 3
    dependants_at_most: int = 9
    tie_breaks: list[str] = Field(
        default_factory=lambda: ["poverty_points", "review_date"], sa_type=JSON
    )
    """In order, before the drawn lot."""
    seed: str = Field(max_length=64)
    """Published with the policy; breaks ties nobody can steer."""
    posting_days: int = 3
    objection_days: int = 7
    proposal_days: int = 10
    handover_days: int = 30
    reservation_days: int = 14
    two_approvers_from: int = Field(default=500_000_000, sa_type=BigInteger)
    frozen_at: datetime | None = None

    def scale(self, benefit: Benefit) -> PointScale:
        """What this policy counts for one benefit."""
        place = list(Benefit).index(benefit)
        return PointScale(
            categories={
                code: points[place]
                for code, points in self.points.items()
                if points[place] is not None
            },
            never_insured=self.never_insured,
            lapsed=self.lapsed,
            per_dependant=self.per_dependant,
            dependants_at_most=self.dependants_at_most,
            tie_breaks=tuple(self.tie_breaks),
        )
