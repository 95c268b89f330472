"""Commune lists: what was sent, row by row, and who is nominated by it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, literal_column, text
from sqlmodel import Field, Index, UniqueConstraint, col

from db.models.base import Table, stored_by_value
from db.rules.states import Benefit, ListState, NominationState, UploadPurpose


class CommuneList(Table, table=True):
    __tablename__ = "commune_list"
    __table_args__ = (
        UniqueConstraint("commune_code", "year", "round"),
        Index(None, "province_code", "year", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=20)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    commune_code: str = Field(foreign_key="commune.code", max_length=5)
    year: int
    round: int
    benefit: Benefit = Field(sa_type=stored_by_value(Benefit))
    """The benefit asked for, where a row does not name one."""
    state: ListState = Field(default=ListState.DRAFT, sa_type=stored_by_value(ListState))
    version: int = 1
    reason: str = Field(default="", max_length=500)
    created_by: str = Field(max_length=64)
    created_at: datetime
    submitted_at: datetime | None = None
    review_began_at: datetime | None = None
    reviewed_at: datetime | None = None


class Upload(Table, table=True):
    """A file as it came. Known by its content: the same bytes again change nothing."""

    __table_args__ = (UniqueConstraint("list_id", "sha256"),)

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    list_id: int = Field(foreign_key="commune_list.id", index=True)
    file_name: str = Field(max_length=200)
    file_sha256: str = Field(default="", max_length=64, index=True)
    """Of the bytes alone: an error workbook names the file it came from by it."""
    sha256: str = Field(max_length=64)
    """Of the bytes and what was decided about them; given up by an undo, so that the same file
    may be sent again."""
    content: bytes
    mapping: dict[str, Any] = Field(sa_type=JSON)
    purpose: UploadPurpose = Field(
        default=UploadPurpose.NEW_ROUND, sa_type=stored_by_value(UploadPurpose)
    )
    counts: dict[str, Any] = Field(sa_type=JSON)
    effects: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """What it changed, as `db.rules.upload_undo` reads it; ids and values before and after."""
    sent_by: str = Field(max_length=64)
    sent_at: datetime
    undone_by: str | None = Field(default=None, max_length=64)
    undone_at: datetime | None = None
    undone: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Counts of what the undo took back, kept, and could not take back."""


class UploadDraft(Table, table=True):
    """One of a clerk's unfinished uploads: survives a lost connection, seen by nobody else."""

    __tablename__ = "upload_draft"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    commune_code: str = Field(foreign_key="commune.code", max_length=5)
    benefit: Benefit = Field(sa_type=stored_by_value(Benefit))
    file_name: str = Field(max_length=200)
    file_sha256: str = Field(max_length=64)
    content: bytes
    mapping: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """{column position: field} where the clerk changed what was read."""
    corrections: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """{"row:field": text} typed on the screen."""
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    purpose: UploadPurpose | None = Field(default=None, sa_type=stored_by_value(UploadPurpose))
    """As the clerk chose; None while what fits best is proposed."""
    announced: int | None = None
    """How many people the commune's cover letter says there are."""
    updated_at: datetime


class ColumnMemory(Table, table=True):
    """What one account once said a column with this header holds."""

    __tablename__ = "column_memory"

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    header_key: str = Field(primary_key=True, max_length=120)
    """The header folded: no accents, no case."""
    office_id: int | None = Field(default=None, foreign_key="office.id", index=True)
    header: str = Field(max_length=120)
    """As it stood in the file."""
    field: str = Field(max_length=40)
    chosen_at: datetime


class UploadRow(Table, table=True):
    """One row of the file as text, good or bad, so that nothing sent is ever lost."""

    __tablename__ = "upload_row"
    __table_args__ = (UniqueConstraint("upload_id", "row_number"),)

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    upload_id: int = Field(foreign_key="upload.id")
    row_number: int
    """The row as Excel shows it."""
    cells: list[str] = Field(sa_type=JSON)
    problems: list[dict[str, Any]] = Field(sa_type=JSON)


class Nomination(Table, table=True):
    """One person put forward for one benefit in one year by one list."""

    __table_args__ = (
        Index(
            "uq_nomination_live",
            "person_id",
            "benefit",
            "year",
            unique=True,
            sqlite_where=text("state <> 'withdrawn'"),
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        Index(None, "list_id", "state"),
        Index(None, "province_code", "year", "benefit", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    commune_code: str = Field(foreign_key="commune.code", max_length=5)
    list_id: int = Field(foreign_key="commune_list.id")
    person_id: int = Field(foreign_key="person.id")
    upload_id: int = Field(foreign_key="upload.id")
    row_number: int
    benefit: Benefit = Field(sa_type=stored_by_value(Benefit))
    year: int
    categories: list[str] = Field(sa_type=JSON)
    dependants: int = 0
    state: NominationState = Field(
        default=NominationState.LISTED, sa_type=stored_by_value(NominationState)
    )
    reasons: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    score: int = 0
    points: list[list[Any]] = Field(default_factory=list, sa_type=JSON)
    """[[what, points], …] under the policy frozen for the year."""
    reviewed_by: str | None = Field(default=None, max_length=64)
    reviewed_at: datetime | None = None
    created_at: datetime


def is_live(nomination: type[Nomination]) -> ColumnElement[bool]:
    """Not withdrawn; the literal is what lets SQLite use the partial index by person."""
    return col(nomination.state) != literal_column(f"'{NominationState.WITHDRAWN.value}'")
