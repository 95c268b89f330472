"""What waits today: two or more of everything in Nghệ An, something in other provinces."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from random import Random

from sqlmodel import select

from db import clock
from db.commands.donors import pledges, receipts
from db.commands.donors.pledges import PledgeEntry
from db.commands.donors.receipts import Payment
from db.commands.lists import drafts
from db.commands.progress import plans
from db.demo import moving_days, sheets, steps, story
from db.demo.crews import Crew
from db.demo.moving_days import Story, working_days_ago
from db.demo.past import goals_of
from db.demo.people import People
from db.demo.plot import Desk, Plot, Step
from db.models import Account, SignInFailure
from db.reference.places import Commune
from db.rules.states import Benefit
from db.unit_of_work import unattended_writing

_SEED = "chung-tay-demo"
_HOME = "40"
_LOCKED, _LOCKED_DAYS = "96.coso2", 7
_OF_CON_CUONG: tuple[Plot, ...] = (
    Plot(Step.SENT, 1, 48, twice=4),
    Plot(Step.SENT, 2, 112, twice=6),
    Plot(Step.JUDGED, 2, 36, twice=4, asked=True),
    Plot(Step.REVIEWED, 1, 33),
    Plot(Step.POSTED, 1, 38, proved=False),
    Plot(Step.POSTED, 6, 31),
    Plot(Step.CLOSED, 2, 60, pieces=40),
    Plot(Step.ISSUED, 2, 37, pieces=24),
    Plot(Step.INVITED, 1, 46, pieces=30, event_in=6),
    Plot(Step.CONFIRMED, 1, 30, pieces=22, event_in=2),
    Plot(Step.RETURNED, 1, 30, Benefit.SI),
    Plot(Step.HELD, 1, 35, Benefit.SI, pieces=10),
)
_OF_QUE_PHONG: tuple[Plot, ...] = (
    Plot(Step.JUDGED, 4, 41, twice=4, asked=True),
    Plot(Step.REVIEWED, 3, 52, Benefit.SI),
    Plot(Step.POSTED, 2, 44, objection=True),
    Plot(Step.POSTED, 4, 35),
    Plot(Step.CLOSED, 3, 34, Benefit.SI, pieces=12),
    Plot(Step.APPROVED, 3, 40, pieces=20, paid_percent=15),
    Plot(Step.ISSUED, 12, 33, Benefit.SI, pieces=8),
    Plot(Step.CONFIRMED, 3, 43, pieces=26, event_in=-2),
    Plot(Step.CONFIRMED, 1, 32, pieces=21, event_in=0),
    Plot(Step.HELD, 1, 35, Benefit.SI, pieces=9, page=False),
    Plot(Step.RETURNED, 2, 31, Benefit.SI),
)
_OF_OTHERS: tuple[Plot, ...] = (
    Plot(Step.DRAFTED, 1, 45, pieces=30),
    Plot(Step.DRAFTED, 8, 34, pieces=18),
    Plot(Step.SUBMITTED, 1, 38, pieces=25),
    Plot(Step.SUBMITTED, 3, 42, Benefit.SI, pieces=10),
    Plot(Step.SENT_BACK, 1, 50, pieces=28),
    Plot(Step.SENT_BACK, 2, 36, Benefit.SI, pieces=9),
    Plot(Step.APPROVED, 2, 55, pieces=32),
    Plot(Step.INVITED, 2, 39, pieces=25, event_in=0),
    Plot(Step.HELD, 1, 34, pieces=25),
    Plot(Step.SENT, 3, 40, twice=3),
)
_IN_SHOWN_PROVINCES: tuple[Plot, ...] = (
    Plot(Step.JUDGED, 1, 33, twice=2, asked=True),
    Plot(Step.SUBMITTED, 2, 36, pieces=20),
    Plot(Step.CONFIRMED, 2, 33, pieces=20, event_in=0),
    Plot(Step.HELD, 1, 30, pieces=16),
    Plot(Step.POSTED, 5, 32),
)
_SHOWN = ("01", "04")
_ELSEWHERE: tuple[Plot, ...] = (
    Plot(Step.SENT, 2, 34, twice=2),
    Plot(Step.POSTED, 1, 32),
    Plot(Step.SUBMITTED, 2, 36, pieces=20),
    Plot(Step.CLOSED, 2, 30, pieces=15),
    Plot(Step.JUDGED, 1, 33, twice=2),
    Plot(Step.APPROVED, 2, 31, pieces=18),
    Plot(Step.REVIEWED, 1, 30, Benefit.SI),
    Plot(Step.CONFIRMED, 1, 33, pieces=20, event_in=4),
    Plot(Step.HELD, 1, 30, pieces=16),
)


def tell(crews: Mapping[str, Crew], today: date) -> None:
    """Let everything happen by the real commands, each step on its own day."""
    moving_days.tell(_stories(crews, today))
    _lock(_LOCKED)


def _stories(crews: Mapping[str, Crew], today: date) -> Iterator[Story]:
    home = crews[_HOME]
    plots = [(crew, *each) for crew in crews.values() for each in _plots_of(crew)]
    for number, (crew, commune, plot) in enumerate(plots, start=1):
        yield story.tell(_desk(crew, commune, today, number), plot)
    for place, crew in enumerate(crews.values()):
        for late in range(3 if crew is home else place % 2):
            yield _late_pledge(crew, today, late)
    for code in (_HOME, "01"):
        yield _second_plan(crews[code], today)
    yield _unsent_list(home, today)


def _plots_of(crew: Crew) -> Iterable[tuple[Commune, Plot]]:
    """What goes on in a province, and in which communes."""
    if crew.province_code == _HOME:
        return _at_home(crew)
    mainland = [one for one in crew.communes if not one.is_island]
    if crew.province_code in _SHOWN:
        return zip(mainland, _IN_SHOWN_PROVINCES, strict=False)
    place = int(crew.province_code)
    if place % 3:
        return []
    return [(mainland[place % len(mainland)], _ELSEWHERE[place % len(_ELSEWHERE)])]


def _at_home(crew: Crew) -> Iterator[tuple[Commune, Plot]]:
    """The communes of the two offices that the visitor signs in for, then those of others."""
    named = {"concuong.nghean": _OF_CON_CUONG, "quephong.nghean": _OF_QUE_PHONG}
    for username, plots in named.items():
        served = _served(crew, username)
        for place, plot in enumerate(plots):
            yield served[place % len(served)], plot
    others = [one for one in crew.communes if crew.offices[one.code].username not in named]
    yield from zip(others[::8], _OF_OTHERS, strict=False)


def _served(crew: Crew, username: str) -> list[Commune]:
    return [one for one in crew.communes if crew.offices[one.code].username == username]


def _desk(crew: Crew, commune: Commune, today: date, number: int) -> Desk:
    dice = Random(f"{_SEED}-story-{number}")  # noqa: S311 - invented people
    return Desk(
        crew=crew,
        commune=commune,
        people=People(crew.province_code, dice),
        dice=dice,
        today=today,
        number=number,
    )


def _late_pledge(crew: Crew, today: date, late: int) -> Story:
    """A pledge whose day of payment has passed: nothing came, or only a part."""
    yield working_days_ago(today, 24 + 2 * late)
    dice = Random(f"{_SEED}-late-{crew.province_code}-{late}")  # noqa: S311 - invented people
    registered = clock.today()
    donor = steps.new_donor(People(crew.province_code, dice))
    entry = PledgeEntry(
        donor=donor,
        benefit=Benefit.HI,
        quantity=20 + 5 * late,
        months=12,
        registered_on=registered,
        expected_on=today - timedelta(days=6 - 3 * late),
        year=today.year,
    )
    officer = crew.second_officer.username
    recorded = pledges.record(entry, officer)
    if late:
        yield working_days_ago(today, 15)
        payment = Payment(8_000_000 * late, clock.today(), f"UNC {30_000 + late}")
        receipts.receive(recorded.pledge_id, payment, officer)


def _second_plan(crew: Crew, today: date) -> Story:
    """A version of the plan with a higher goal, which the approver has not seen yet."""
    yield working_days_ago(today, 2)
    goals = goals_of(len(crew.communes))
    entry = plans.PlanEntry(
        year=today.year,
        number="512/KH-BHXH",
        signed_on=clock.today(),
        starts_on=date(today.year, 1, 1),
        ends_on=date(today.year, 12, 31),
        partners="Ban Thường trực Ủy ban MTTQ Việt Nam; Hội Nông dân",
        goals={benefit: goal + goal // 10 for benefit, goal in goals.items()},
    )
    plans.propose(entry, crew.officer.username)


def _unsent_list(crew: Crew, today: date) -> Story:
    """A file that an office began to work on yesterday, with three cells to correct."""
    yield working_days_ago(today, 1)
    office = "quephong.nghean"
    commune = _served(crew, office)[-1]
    dice = Random(f"{_SEED}-unsent")  # noqa: S311 - invented people
    people = sheets.drawn(People(_HOME, dice), dice, Benefit.HI, today.year, 34)
    content = sheets.file_of(commune.name, people, with_errors=True)
    drafts.start(
        commune.code, Benefit.HI, f"DS {commune.name} dot 2.csv", content=content, actor=office
    )


def _lock(username: str) -> None:
    """Somebody mistyped the password too often; here the lock lasts until it is looked at."""
    with unattended_writing(username) as work:
        account = work.session.exec(select(Account).where(Account.username == username)).one()
        now = clock.real_now()
        work.session.add(
            SignInFailure(
                username=username,
                place="",
                failures=5,
                last_at=now,
                locked_until=now + timedelta(days=_LOCKED_DAYS),
            )
        )
        work.record("sign_in.locked", account)
