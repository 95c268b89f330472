"""Moving units between the buckets of a pledge, inside the caller's transaction."""

from typing import Literal

from sqlmodel import col

from db.errors import Refused
from db.models import Pledge
from db.unit_of_work import UnitOfWork, take

Bucket = Literal["free", "reserved", "approved", "issued", "delivered", "withdrawn"]


def shift(
    work: UnitOfWork, pledge_id: int, units: int, source: Bucket, target: Bucket, *, spend: int = 0
) -> None:
    """Move units from one bucket to another, spending (or with a minus refunding) đồng.

    One conditional UPDATE decides, so two commands can never take the same piece or đồng.

    Raises:
        Refused: capacity_gone (left), not_funded (missing đồng).
    """
    if units == 0 and spend == 0:
        return
    held, gaining = col(getattr(Pledge, source)), col(getattr(Pledge, target))
    changes = {source: held - units, target: gaining + units, "spent": col(Pledge.spent) + spend}
    unspent = col(Pledge.received) - col(Pledge.spent)
    work.session.flush()
    if take(work.session, Pledge, pledge_id, where=(held >= units) & (unspent >= spend), **changes):
        pledge = work.session.get_one(Pledge, pledge_id)
        work.session.refresh(pledge)
        return
    pledge = work.session.get_one(Pledge, pledge_id, populate_existing=True)
    left = getattr(pledge, source)
    if left < units:
        raise Refused("capacity_gone", code=pledge.code, left=left, wanted=units)
    raise Refused("not_funded", code=pledge.code, missing=spend - (pledge.received - pledge.spent))
