"""Base-level offices and the communes each one serves."""

from collections.abc import Collection

from sqlmodel import Session, col, delete, select

from db.errors import Refused
from db.models import Commune, Office, OfficeCommune
from db.rules.access import Action
from db.unit_of_work import writing


def create(province_code: str, name: str, commune_codes: list[str], actor: str) -> int:
    """Add an office; a commune that had another office moves to this one.

    Raises:
        Refused: name_missing, commune_elsewhere (not of this province).
    """
    if not name.strip():
        raise Refused("name_missing")
    with writing(actor, Action.MANAGE_OFFICES) as work:
        office = Office(province_code=province_code, name=name.strip())
        work.record("office.created", office)
        assert office.id is not None  # noqa: S101 - flushed by record
        _serve(work.session, office.id, province_code, commune_codes)
        return office.id


def serve(office_id: int, commune_codes: list[str], actor: str, *, seen: Collection[str]) -> None:
    """Set exactly the communes the office serves; `seen` are those it served on the screen.

    Raises:
        Refused: office_changed (name), commune_elsewhere (not of this province).
    """
    with writing(actor, Action.MANAGE_OFFICES) as work:
        office = work.get(Office, office_id)
        served = select(OfficeCommune.commune_code).where(OfficeCommune.office_id == office_id)
        if set(work.session.exec(served)) != set(seen):
            raise Refused("office_changed", name=office.name)
        work.session.connection().execute(
            delete(OfficeCommune).where(col(OfficeCommune.office_id) == office_id)
        )
        _serve(work.session, office_id, office.province_code, commune_codes)
        work.record("office.communes_set", office, communes=len(commune_codes))


def _serve(session: Session, office_id: int, province_code: str, codes: list[str]) -> None:
    known = set(
        session.exec(select(Commune.code).where(Commune.province_code == province_code)).all()
    )
    if strange := set(codes) - known:
        raise Refused("commune_elsewhere", codes=sorted(strange))
    session.connection().execute(
        delete(OfficeCommune).where(col(OfficeCommune.commune_code).in_(codes))
    )
    session.add_all(OfficeCommune(commune_code=code, office_id=office_id) for code in codes)
