"""What the tables say of progress, in SQL of its own: nothing here is shared with the program."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import text

from db.unit_of_work import reading

_GOALS = """
    SELECT goal.province_code, goal.target FROM goal
    WHERE goal.commune_code IS NULL AND goal.benefit = :benefit AND goal.plan_id IN (
        SELECT plan.id FROM plan WHERE plan.year = :year AND plan.state = 'approved'
        AND NOT EXISTS (
            SELECT 1 FROM plan AS later WHERE later.province_code = plan.province_code
            AND later.year = plan.year AND later.state = 'approved'
            AND (later.decided_at > plan.decided_at
                OR (later.decided_at = plan.decided_at AND later.id > plan.id))
        )
    )
"""
_COMMUNE_GOALS = _GOALS.replace("goal.province_code, goal.target", "goal.commune_code, goal.target")
_GIVEN = """
    SELECT {place}, count(*) FROM "match"
    WHERE year = :year AND benefit = :benefit AND state = 'delivered' AND delivered_on <= :day
    GROUP BY {place}
"""
_REACHED = """
    SELECT count(*) FROM "match" WHERE year = :year AND benefit = :benefit
    AND state IN ('proposed', 'approved', 'issued', 'delivered') AND province_code = :place
"""
_LISTED = """
    SELECT nomination.commune_code, count(*) FROM nomination
    WHERE year = :year AND benefit = :benefit AND state <> 'withdrawn' GROUP BY commune_code
"""
_OFFICE = """
    SELECT commune_code FROM office_commune JOIN account ON account.office_id =
    office_commune.office_id WHERE account.username = :username
"""


def goals(year: int, benefit: str) -> dict[str, int]:
    """{province code: target of the plan approved last}."""
    return _counts(_GOALS, year=year, benefit=benefit)


def commune_goals(year: int, benefit: str) -> dict[str, int]:
    asked = _COMMUNE_GOALS.replace("commune_code IS NULL", "commune_code IS NOT NULL")
    return _counts(asked, year=year, benefit=benefit)


def given(year: int, benefit: str, day: date, place: str = "province_code") -> dict[str, int]:
    """{province or commune code: handed over by the end of a day}."""
    asked = _GIVEN.format(place=place)
    return _counts(asked, year=year, benefit=benefit, day=day)


def listed(year: int, benefit: str) -> dict[str, int]:
    return _counts(_LISTED, year=year, benefit=benefit)


def matched(year: int, benefit: str, province: str) -> int:
    with reading() as session:
        asked = text(_REACHED).bindparams(year=year, benefit=benefit, place=province)
        return int(session.execute(asked).scalar_one())


def communes_of(username: str) -> set[str]:
    """The communes of somebody's office."""
    with reading() as session:
        return set(session.execute(text(_OFFICE).bindparams(username=username)).scalars())


def total(counts: dict[str, int], places: Collection[str]) -> int:
    return sum(count for place, count in counts.items() if place in places)


def _counts(statement: str, **asked: object) -> dict[str, int]:
    with reading() as session:
        rows = session.execute(text(statement).bindparams(**asked))
        return {str(place): int(count) for place, count in rows}
