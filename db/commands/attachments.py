"""A signed page or a photograph kept with a record, inside the caller's transaction."""

import hashlib
from pathlib import PurePath

from sqlmodel import col, select

from db.errors import Refused
from db.models import Attachment, Table
from db.rules.scans import MOST_BYTES, scan_type
from db.unit_of_work import UnitOfWork


def keep(
    work: UnitOfWork, row: Table, province_code: str, file_name: str, content: bytes
) -> Attachment:
    """Attach a PDF, JPEG or PNG to a record; the same content again changes nothing.

    Raises:
        Refused: scan_empty, scan_too_large (megabytes), scan_type.
    """
    if not content:
        raise Refused("scan_empty")
    if len(content) > MOST_BYTES:
        raise Refused("scan_too_large", megabytes=MOST_BYTES // 1024 // 1024)
    media_type = scan_type(content)
    if media_type is None:
        raise Refused("scan_type")
    digest = hashlib.sha256(content).hexdigest()
    kind, identity = type(row).__name__, row.id  # type: ignore[attr-defined]
    known = work.session.exec(
        select(Attachment).where(
            col(Attachment.record_kind) == kind,
            col(Attachment.record_id) == identity,
            col(Attachment.sha256) == digest,
        )
    ).first()
    if known is not None:
        return known
    attachment = Attachment(
        province_code=province_code,
        record_kind=kind,
        record_id=identity,
        file_name=PurePath(file_name.replace("\\", "/")).name[:200] or "tep",
        content_type=media_type,
        sha256=digest,
        content=content,
        added_by=work.actor,
        added_at=work.now,
    )
    work.record("attachment.added", attachment, to=f"{kind} {identity}")
    return attachment
