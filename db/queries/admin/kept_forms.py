"""Forms that somebody began to fill in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import select

from db.models import KeptForm
from db.queries.values import from_row
from db.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class Kept:
    content: dict[str, Any]
    updated_at: datetime


def kept(account_id: int, form: str) -> Kept | None:
    """What the account itself typed into this form."""
    with reading() as session:
        found = session.exec(
            select(KeptForm).where(KeptForm.account_id == account_id, KeptForm.form == form)
        ).one_or_none()
    return from_row(Kept, found) if found else None
