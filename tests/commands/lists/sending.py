"""Send lists of invented people the way an office does: a CSV file, a draft, one command."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import col, select

from db import clock
from db.commands.lists import drafts
from db.commands.lists import send as lists
from db.models import Account, CommuneList, Nomination, Person, UploadDraft
from db.rules.drafts import DraftSeen
from db.rules.states import Benefit, NominationState
from db.unit_of_work import reading
from tests import world

HEADER = "STT,Họ và tên,Ngày sinh,Giới tính,Số CCCD,Thôn,Đối tượng,Hình thức hỗ trợ"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a commune's file."""

    name: str
    birth: str = "05/03/1956"
    sex: str = "Nữ"
    cccd: str = ""
    hamlet: str = "Bản Búng"
    category: str = "Hộ cận nghèo"
    benefit: str = ""


XOAN = Line("Lô Thị Xoan", cccd="040156000011")
THO = Line("Vi Văn Thọ", "12/07/1958", "Nam", "040058000022")
MAN = Line("La Thị Mận", "1962")
HOA = Line("Moong Thị Hoa", "09/11/1979", cccd="040179000044")
THREE = (XOAN, THO, MAN)


def csv_of(people: Iterable[Line]) -> bytes:
    rows = [
        f"{number},{p.name},{p.birth},{p.sex},{p.cccd},{p.hamlet},{p.category},{p.benefit}"
        for number, p in enumerate(people, 1)
    ]
    return "\n".join([HEADER, *rows]).encode()


def draft(
    people: Iterable[Line],
    *,
    commune: str | None = None,
    actor: str = "office",
    benefit: Benefit = Benefit.HI,
) -> None:
    commune = commune or world.places().own
    drafts.start(commune, benefit, "danh-sach.csv", content=csv_of(people), actor=actor)


def drawn(actor: str) -> DraftSeen:
    """What a screen that was just drawn knows of the file its clerk worked on last."""
    with reading() as session:
        newest = col(UploadDraft.updated_at).desc(), col(UploadDraft.id).desc()
        draft = session.exec(
            select(UploadDraft)
            .join(Account, col(Account.id) == UploadDraft.account_id)
            .where(Account.username == actor)
            .order_by(*newest)
        ).first()
    return DraftSeen(draft.id or 0, draft.updated_at) if draft else DraftSeen(0, clock.now())


def send(
    people: Iterable[Line],
    *,
    commune: str | None = None,
    actor: str = "office",
    benefit: Benefit = Benefit.HI,
    leave_errors: bool = False,
) -> CommuneList:
    """A list sent by an office; the row as it is stored."""
    draft(people, commune=commune, actor=actor, benefit=benefit)
    code = lists.submit(drawn(actor), actor, confirmed=True, leave_errors=leave_errors)
    with reading() as session:
        return session.exec(select(CommuneList).where(CommuneList.code == code)).one()


def listed(list_id: int | None) -> list[tuple[str, Benefit, NominationState]]:
    """(name, benefit, state) of everybody a list ever nominated, as they came."""
    with reading() as session:
        found = session.exec(
            select(Person.full_name, Nomination.benefit, Nomination.state)
            .join(Nomination, Nomination.person_id == Person.id)  # type: ignore[arg-type]
            .where(Nomination.list_id == list_id)
            .order_by(Nomination.id)  # type: ignore[arg-type]
        )
        return [(name, benefit, state) for name, benefit, state in found]


def live(list_id: int | None) -> list[str]:
    """Names of the people a list nominates now."""
    return [name for name, _b, state in listed(list_id) if state is not NominationState.WITHDRAWN]


def people() -> list[Person]:
    with reading() as session:
        return list(session.exec(select(Person).order_by(Person.id)))  # type: ignore[arg-type]
