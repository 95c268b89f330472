"""The yearly plan of a province and its goals: versions are added, never edited."""

from datetime import date, datetime

from sqlalchemy import text
from sqlmodel import CheckConstraint, Field, Index

from db.models.base import Table, stored_by_value
from db.rules.states import Benefit, PlanState


class Plan(Table, table=True):
    """One proposed version of a province's plan for a year; the last approved one counts."""

    __table_args__ = (
        CheckConstraint("starts_on < ends_on", name="period_in_order"),
        Index(None, "province_code", "year"),
    )

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    year: int
    number: str = Field(default="", max_length=60)
    signed_on: date | None = None
    starts_on: date
    ends_on: date
    partners: str = Field(default="", max_length=300)
    state: PlanState = Field(default=PlanState.PROPOSED, sa_type=stored_by_value(PlanState))
    version: int = 1
    proposed_by: str = Field(max_length=64)
    proposed_at: datetime
    decided_by: str | None = Field(default=None, max_length=64)
    decided_at: datetime | None = None
    comment: str = Field(default="", max_length=500)


class Goal(Table, table=True):
    """A target of one plan version; `commune_code` None is the province's own."""

    __table_args__ = (
        CheckConstraint("target >= 0", name="target_not_negative"),
        Index(
            "uq_goal_province",
            "plan_id",
            "benefit",
            unique=True,
            sqlite_where=text("commune_code IS NULL"),
            postgresql_where=text("commune_code IS NULL"),
        ),
        Index("uq_goal_commune", "plan_id", "benefit", "commune_code", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    commune_code: str | None = Field(default=None, foreign_key="commune.code", max_length=5)
    benefit: Benefit = Field(sa_type=stored_by_value(Benefit))
    target: int
