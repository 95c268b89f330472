"""Offices and accounts of the demo: who works in which province, invented to the last name."""

from dataclasses import dataclass
from random import Random

from db.commands.accounts import hashed
from db.commands.demo.people import People
from db.models import Account, Office, OfficeCommune
from db.reference.places import Commune, communes, provinces
from db.rules.access import Role
from db.rules.demo import SHOWN
from db.rules.passwords import DEMO_PASSWORD
from db.unit_of_work import UnitOfWork

_COMMUNES_OF_AN_OFFICE = 10
_PLACES = {"40": "nghean", "04": "caobang", "01": "hanoi", "96": "camau"}
"""Provinces whose accounts have names that are easy to type."""
_SEATS = {"40": {"Con Cuông": "concuong.nghean", "Quế Phong": "quephong.nghean"}}
"""Offices named after a commune of theirs, with the account that signs in for them."""
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
        province_code,
        hire("canbo", Role.OFFICER),
        hire("canbo2", Role.OFFICER),
        hire("duyet", Role.APPROVER),
        hire("duyet2", Role.APPROVER),
        _offices(staff, people, here),
        here,
    )
    hire("lanhdao", Role.LEADER)
    return crew


def _offices(staff: _Staff, people: People, here: tuple[Commune, ...]) -> dict[str, Worker]:
    """Offices of about ten neighbouring communes, each with one account."""
    province_code = here[0].province_code
    seats = _SEATS.get(province_code, {})
    found: dict[str, Worker] = {}
    count = round(len(here) / _COMMUNES_OF_AN_OFFICE)
    session = staff.work.session
    for number in range(count):
        served = here[number * len(here) // count : (number + 1) * len(here) // count]
        seat = next((one.short_name for one in served if one.short_name in seats), None)
        office = Office(
            province_code=province_code, name=f"BHXH cơ sở {seat or served[0].short_name}"
        )
        session.add(office)
        session.flush()
        username = _office_username(province_code, number, seats.get(seat or ""))
        worker = staff.hire(username, people.name(), Role.OFFICE, province_code, office.id)
        for commune in served:
            session.add(OfficeCommune(commune_code=commune.code, office_id=office.id or 0))
            found[commune.code] = worker
    session.flush()
    return found


def _office_username(province_code: str, number: int, named: str | None) -> str:
    if named:
        return named
    shown = next((name for name in SHOWN if name == f"coso.{_PLACES.get(province_code)}"), None)
    return shown if shown and number == 0 else f"{province_code}.coso{number + 1}"
