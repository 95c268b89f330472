"""Offices and accounts of the demo: who works in which province, invented to the last name."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from db.commands.admin.accounts import hashed
from db.demo.people import People
from db.models import Account, Office, OfficeCommune
from db.reference.places import Commune, communes, former_communes, provinces
from db.rules.access import Role
from db.rules.passwords import DEMO_PASSWORD
from db.unit_of_work import UnitOfWork

_FEWEST_COMMUNES = 8
_PLACES = {"40": "nghean", "04": "caobang", "01": "hanoi", "96": "camau"}
"""Provinces whose accounts have names that are easy to type."""
_SEATS = {
    "40": {
        "concuong.nghean": ("Huyện Con Cuông", "Huyện Anh Sơn"),
        "quephong.nghean": ("Huyện Quế Phong", "Huyện Quỳ Châu"),
    }
}
"""Offices a visitor signs in for: the former districts they serve, the seat first."""
_SEED = "chung-tay-demo"


@dataclass(frozen=True, slots=True)
class Worker:
    username: str
    account_id: int


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does the work of a province; `offices` are by commune code."""

    province_code: str
    officer: Worker
    second_officer: Worker
    approver: Worker
    second_approver: Worker
    offices: dict[str, Worker]
    communes: tuple[Commune, ...]


def settle(work: UnitOfWork) -> dict[str, Crew]:
    """Put offices and accounts of all provinces and of the nation into an empty database."""
    secret = hashed(DEMO_PASSWORD)
    staff = _Staff(work, secret)
    for username, name, role in (
        ("trunguong", "Đỗ Thị Thanh Vân", Role.CENTRAL),
        ("lanhdao", "Phan Quang Nghĩa", Role.LEADER),
        ("quantri", "Vũ Minh Khánh", Role.ADMIN),
    ):
        staff.hire(username, name, role)
    return {province.code: _crew(staff, province.code) for province in provinces()}


class _Staff:
    """Adds accounts with the one password of the demo."""

    def __init__(self, work: UnitOfWork, secret: str) -> None:
        self.work = work
        self._secret = secret

    def hire(
        self,
        username: str,
        full_name: str,
        role: Role,
        province_code: str | None = None,
        office_id: int | None = None,
    ) -> Worker:
        account = Account(
            username=username,
            full_name=full_name,
            role=role,
            province_code=province_code,
            office_id=office_id,
            password_hash=self._secret,
            must_change_password=False,
        )
        self.work.session.add(account)
        self.work.session.flush()
        return Worker(username, account.id or 0)


def _crew(staff: _Staff, province_code: str) -> Crew:
    people = People(province_code, Random(f"{_SEED}-crew-{province_code}"))  # noqa: S311 - invented
    place = _PLACES.get(province_code)

    def hire(word: str, role: Role) -> Worker:
        username = f"{word}.{place}" if place else f"{province_code}.{word}"
        return staff.hire(username, people.name(), role, province_code)

    here = tuple(one for one in communes() if one.province_code == province_code)
    crew = Crew(
        province_code=province_code,
        officer=hire("canbo", Role.OFFICER),
        second_officer=hire("canbo2", Role.OFFICER),
        approver=hire("duyet", Role.APPROVER),
        second_approver=hire("duyet2", Role.APPROVER),
        offices=_offices(staff, people, here),
        communes=here,
    )
    hire("lanhdao", Role.LEADER)
    return crew


def _offices(staff: _Staff, people: People, here: tuple[Commune, ...]) -> dict[str, Worker]:
    """Offices of neighbouring former districts, each with one account."""
    province_code = here[0].province_code
    found: dict[str, Worker] = {}
    session = staff.work.session
    for number, (username, served) in enumerate(_areas(here), start=1):
        office = Office(province_code=province_code, name=f"BHXH cơ sở {_seat(username, served)}")
        session.add(office)
        session.flush()
        name = username or _office_username(province_code, number)
        worker = staff.hire(name, people.name(), Role.OFFICE, province_code, office.id)
        for commune in served:
            session.add(OfficeCommune(commune_code=commune.code, office_id=office.id or 0))
            found[commune.code] = worker
    session.flush()
    return found


def _areas(here: tuple[Commune, ...]) -> Iterator[tuple[str | None, list[Commune]]]:
    """What one office serves: former districts in order, small ones with the next ones."""
    districts: defaultdict[str, list[Commune]] = defaultdict(list)
    for commune in here:
        districts[_districts()[commune.code]].append(commune)
    for username, names in _SEATS.get(here[0].province_code, {}).items():
        yield username, [one for name in names for one in districts.pop(name)]
    served: list[Commune] = []
    for communes_of in districts.values():
        served += communes_of
        if len(served) >= _FEWEST_COMMUNES:
            yield None, served
            served = []
    if served:
        yield None, served


@cache
def _districts() -> dict[str, str]:
    """The former district of every commune: that of most communes it was made of."""
    made_of: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for former in former_communes():
        made_of[former.new_commune_code][former.district] += 1
    return {code: found.most_common(1)[0][0] for code, found in made_of.items()}


def _seat(username: str | None, served: list[Commune]) -> str:
    if username:
        district = _SEATS[served[0].province_code][username][0].removeprefix("Huyện ")
        return next(one.short_name for one in served if one.short_name == district)
    return served[0].short_name


def _office_username(province_code: str, number: int) -> str:
    place = _PLACES.get(province_code)
    return f"coso.{place}" if place and number == 1 else f"{province_code}.coso{number}"
