"""Proposals: who would receive what, who made it, and what was decided."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ColumnElement, literal_column, text
from sqlmodel import CheckConstraint, Field, Index, UniqueConstraint, col

from db.models.base import Table, stored_by_value
from db.rules.states import LIVE_MATCH, Benefit, LeftOut, MatchState, ProposalState

_LIVE = text("state IN ({})".format(", ".join(f"'{state.value}'" for state in LIVE_MATCH)))


class Proposal(Table, table=True):
    __table_args__ = (Index(None, "province_code", "year", "state"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=20)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    pledge_id: int = Field(foreign_key="pledge.id", index=True)
    policy_id: int = Field(foreign_key="policy.id")
    year: int
    benefit: Benefit = Field(sa_type=stored_by_value(Benefit))
    state: ProposalState = Field(
        default=ProposalState.DRAFT, sa_type=stored_by_value(ProposalState)
    )
    version: int = 1
    round: int = 1
    """Grows with every submission; decisions belong to one round."""
    input_hash: str = Field(max_length=64)
    seed: str = Field(max_length=64)
    threshold: int | None = None
    candidates: int = 0
    made_by: str = Field(max_length=64)
    made_at: datetime
    submitted_at: datetime | None = None
    expires_on: date
    note: str = Field(default="", max_length=500)


class ProposalParticipant(Table, table=True):
    """Everyone who made, submitted or adjusted it: none of them decides on it."""

    __tablename__ = "proposal_participant"

    proposal_id: int = Field(primary_key=True, foreign_key="proposal.id")
    account_id: int = Field(primary_key=True, foreign_key="account.id")


class Match(Table, table=True):
    __table_args__ = (
        Index(
            "uq_match_live",
            "person_id",
            "benefit",
            "year",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        UniqueConstraint("proposal_id", "nomination_id"),
        CheckConstraint("gross = state_share + local_share + donor_share", name="price_adds_up"),
        Index(None, "province_code", "year", "benefit", "state"),
        Index(None, "pledge_id", "state"),
        Index(
            "ix_match_progress",
            "year",
            "benefit",
            "state",
            "province_code",
            "commune_code",
            "delivered_on",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    commune_code: str = Field(foreign_key="commune.code", max_length=5)
    proposal_id: int = Field(foreign_key="proposal.id", index=True)
    pledge_id: int = Field(foreign_key="pledge.id")
    nomination_id: int = Field(foreign_key="nomination.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    year: int
    benefit: Benefit = Field(sa_type=stored_by_value(Benefit))
    state: MatchState = Field(sa_type=stored_by_value(MatchState))
    rank: int
    score: int
    why: dict[str, Any] = Field(sa_type=JSON)
    adjusted: str = Field(default="", max_length=500)
    """Reason of a change by hand, empty when the rule alone decided."""
    months: int
    units: int = Field(sa_type=BigInteger)
    """What it takes from the pledge: 1 piece, or the donor's share in đồng."""
    gross: int = Field(sa_type=BigInteger)
    state_share: int = Field(sa_type=BigInteger)
    local_share: int = Field(sa_type=BigInteger)
    donor_share: int = Field(sa_type=BigInteger)
    document_number: str | None = Field(default=None, max_length=20)
    issued_on: date | None = None
    delivered_on: date | None = None
    reason: str = Field(default="", max_length=500)
    left_out: LeftOut | None = Field(default=None, sa_type=stored_by_value(LeftOut))


class Decision(Table, table=True):
    """A checker's word on one round of a proposal; insert-only."""

    __table_args__ = (UniqueConstraint("proposal_id", "round", "account_id"),)

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    proposal_id: int = Field(foreign_key="proposal.id")
    round: int
    account_id: int = Field(foreign_key="account.id")
    verdict: str = Field(max_length=16)
    comment: str = Field(default="", max_length=500)
    match_ids: list[int] = Field(sa_type=JSON)
    left_out: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """{match id: why} of the proposed people who are not among them."""
    decided_at: datetime


def is_live_match(match: type[Match]) -> ColumnElement[bool]:
    """In one of LIVE_MATCH; the literals are what lets SQLite use the partial index by person."""
    return col(match.state).in_([literal_column(f"'{state.value}'") for state in LIVE_MATCH])
