"""The past of the demo: last year whole and this year up to today, for all provinces."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from db.commands.review.policies import published_seed
from db.demo import days, pledged
from db.demo.crews import Crew
from db.demo.people import People, shares
from db.demo.rows import Rows
from db.demo.setting import Setting
from db.models import Donor, Goal, Plan, Policy
from db.reference.catalogue import categories
from db.reference.places import Commune
from db.rules.names import fold
from db.rules.pace import pace
from db.rules.states import Benefit, PlanState

_SEED = "chung-tay-demo"
_CARDS_PER_COMMUNE, _BOOKS_PER_COMMUNE, _FEWEST_BOOKS = 5, 0.6, 20
_STANDINGS = (1.12, 0.99, 1.03, 0.91, 1.0, 0.7, 1.01, 0.88, 1.06, 0.78, 0.98, 0.94, 1.2, 0.62)
"""Given against today's pace, dealt out to the provinces: ahead, on pace, behind, far behind."""
_CHOSEN_STANDINGS = {("40", Benefit.HI): 0.9, ("40", Benefit.SI): 1.01}
_MINUTES_LATE = timedelta(days=7)
_PARTNERS = "Ban Thường trực Ủy ban MTTQ Việt Nam; Hội Liên hiệp Phụ nữ; Tỉnh đoàn"


@dataclass(frozen=True, slots=True)
class _ProvinceYear:
    """What one province does in one programme year."""

    crew: Crew
    year: int
    today: date
    dice: Random

    @property
    def province_code(self) -> str:
        return self.crew.province_code

    @property
    def whole(self) -> bool:
        return self.year < self.today.year


def tell(rows: Rows, crews: Mapping[str, Crew], today: date) -> None:
    """Gather plans, donors and every finished or waiting support of both years."""
    for place, (code, crew) in enumerate(sorted(crews.items())):
        donors = _donors(rows, crew, today)
        for year in (today.year - 1, today.year):
            dice = Random(f"{_SEED}-{code}-{year}")  # noqa: S311 - invented people
            _tell_year(rows, _ProvinceYear(crew, year, today, dice), donors, place)


def goals_of(communes: int) -> dict[Benefit, int]:
    """Yearly goals in the demo, by the number of communes."""
    return {
        Benefit.HI: 5 * round(_CARDS_PER_COMMUNE * communes / 5),
        Benefit.SI: max(_FEWEST_BOOKS, round(_BOOKS_PER_COMMUNE * communes)),
    }


def _tell_year(rows: Rows, of: _ProvinceYear, donors: list[int], place: int) -> None:
    goals = goals_of(len(of.crew.communes))
    _plan(rows, of, goals, by_commune=place % 2 == 0)
    policy = _policy(of)
    policy_id = rows.add(Policy, **policy.model_dump(exclude={"id"}))
    people = People(of.province_code, of.dice)
    slowness = of.dice.uniform(0.8, 1.7)
    for benefit in Benefit:
        pieces = round(goals[benefit] * _share_reached(of, benefit, place))
        setting = Setting(
            rows=rows,
            crew=of.crew,
            year=of.year,
            today=of.today,
            benefit=benefit,
            policy_id=policy_id,
            scale=policy.scale(benefit),
            people=people,
            dice=of.dice,
        )
        for communes, held in _rounds(of, benefit, pieces):
            steps = days.leading_to(held, slowness, of.dice)
            while steps.minuted >= of.today or steps.held.year > of.year:
                held -= timedelta(days=4)
                steps = days.leading_to(held, slowness, of.dice)
            pledged.tell(setting, steps, of.dice.choice(donors), communes)


def _share_reached(of: _ProvinceYear, benefit: Benefit, place: int) -> float:
    """How much of the yearly goal was handed over by today or by the end of the year."""
    if of.whole:
        return of.dice.uniform(0.5, 1.0)
    dealt = _STANDINGS[(place + (5 if benefit is Benefit.SI else 0)) % len(_STANDINGS)]
    standing = _CHOSEN_STANDINGS.get((of.province_code, benefit), dealt)
    return standing * pace(date(of.year, 1, 1), date(of.year, 12, 31), of.today)


def _rounds(
    of: _ProvinceYear, benefit: Benefit, pieces: int
) -> Iterator[tuple[dict[Commune, int], date]]:
    """Pieces per commune for one pledge after the other, with the day they are handed over."""
    parts = shares(of.dice, pieces, *((4, 9) if benefit is Benefit.HI else (3, 6)))
    communes = of.dice.sample(of.crew.communes, len(of.crew.communes))
    if benefit is Benefit.HI:  # on islands the State pays everybody's card
        communes = [one for one in communes if not one.is_island]
    until = date(of.year, 12, 20) if of.whole else of.today - _MINUTES_LATE
    sizes = shares(of.dice, len(parts), 2, 5)
    held_on = days.of_hand_overs(of.year, until, len(sizes), of.dice)
    for size, held in zip(sizes, held_on, strict=False):
        chosen: dict[Commune, int] = {}
        while len(chosen) < size and communes:
            chosen[communes.pop()] = parts.pop()
        if chosen:
            yield chosen, held


def _plan(rows: Rows, of: _ProvinceYear, goals: dict[Benefit, int], *, by_commune: bool) -> None:
    signed = days.working_day_from(date(of.year - 1, 12, of.dice.randint(8, 19)))
    officer, approver = of.crew.officer.username, of.crew.approver.username
    plan = rows.add(
        Plan,
        province_code=of.province_code,
        year=of.year,
        number=f"{of.dice.randint(80, 420)}/KH-BHXH",
        signed_on=signed,
        starts_on=date(of.year, 1, 1),
        ends_on=date(of.year, 12, 31),
        partners=_PARTNERS,
        state=PlanState.APPROVED,
        version=2,
        proposed_by=officer,
        proposed_at=days.at(signed, 9, 10),
        decided_by=approver,
        decided_at=days.at(signed, 15, 30),
    )
    record = (Plan, plan)
    rows.note(
        days.at(signed, 9, 10),
        officer,
        "plan.proposed",
        record,
        after=PlanState.PROPOSED,
        year=of.year,
    )
    rows.note(
        days.at(signed, 15, 30),
        approver,
        "plan.approved",
        record,
        after=PlanState.APPROVED,
        year=of.year,
    )
    targets: dict[tuple[str | None, Benefit], int] = {
        (None, benefit): target for benefit, target in goals.items()
    }
    if by_commune:
        targets |= {
            (code, Benefit.HI): target
            for code, target in _by_commune(of, goals[Benefit.HI]).items()
        }
    for (commune, benefit), target in targets.items():
        rows.add(
            Goal,
            plan_id=plan,
            province_code=of.province_code,
            commune_code=commune,
            benefit=benefit,
            target=target,
        )


def _by_commune(of: _ProvinceYear, target: int) -> dict[str, int]:
    """The goal for cards split over the communes, more for larger hardship; the sum is kept."""
    codes = [one.code for one in of.crew.communes if not one.is_island]
    weights = [of.dice.randint(2, 8) for _ in codes]
    split = [target * weight // sum(weights) for weight in weights]
    for spare in range(target - sum(split)):
        split[spare % len(split)] += 1
    return dict(zip(codes, split, strict=True))


def _policy(of: _ProvinceYear) -> Policy:
    return Policy(
        province_code=of.province_code,
        year=of.year,
        points={one.code: [one.points_hi, one.points_si] for one in categories()},
        seed=published_seed(of.province_code, of.year),
        frozen_at=days.at(date(of.year - 1, 10, 1), 8, 0),
    )


def _donors(rows: Rows, crew: Crew, today: date) -> list[int]:
    dice = Random(f"{_SEED}-donors-{crew.province_code}")  # noqa: S311 - invented people
    count = 6 + len(crew.communes) // 12
    entered = days.at(date(today.year - 2, 10, 2), 8, 0)
    return [
        rows.add(
            Donor,
            province_code=crew.province_code,
            name=one.name,
            name_key=fold(one.name)[:200],
            tax_code=one.tax_code,
            contact=one.contact,
            phone=one.phone,
            created_at=entered,
        )
        for one in People(crew.province_code, dice).donors(count)
    ]
