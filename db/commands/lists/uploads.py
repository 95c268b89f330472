"""A file that was sent, with the list it was sent for."""

from sqlmodel import Session, col, select

from db.errors import Refused
from db.models import CommuneList, Upload
from db.scope import Scope


def of_scope(session: Session, scope: Scope, upload_id: int) -> tuple[Upload, CommuneList]:
    """The upload and its list, if the list may be seen.

    Raises:
        Refused: not_found.
    """
    found = session.exec(
        select(Upload, CommuneList)
        .join(CommuneList, col(CommuneList.id) == Upload.list_id)
        .where(Upload.id == upload_id, scope.covers(CommuneList))
    ).one_or_none()
    if found is None:
        raise Refused("not_found")
    upload, owner = found
    return upload, owner
