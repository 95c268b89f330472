"""A benefit in the places asked for, added up into one card."""

from collections.abc import Sequence

from components import reads
from components.progress.cards import GoalCard
from components.progress.filters import Asked
from components.ui.i18n import _, language
from components.ui.words import piece, word
from db.queries.admin.accounts import User
from db.queries.freshness import AsOf
from db.queries.progress.progress import ProvinceStanding
from db.rules import pace
from db.rules.states import Benefit


def card(user: User, asked: Asked, benefit: Benefit, now: AsOf) -> GoalCard:
    """The nation, a region, a province or an office's communes against their goal."""
    key = ("card", user.scope, asked, benefit, now, language())
    return reads.keep(key, lambda: _added_up(user, asked, benefit, now))


def own_title(user: User, year: int, rows: Sequence[ProvinceStanding]) -> str:
    """Whose progress it is: the nation's, a province's, or an office's own communes'."""
    if user.scope.office_id is not None:
        return _("Tiến độ của {unit} năm {year}").format(unit=user.unit, year=year)
    if user.scope.province_code is not None and rows:
        return _("Tiến độ của {unit} năm {year}").format(unit=rows[0].name, year=year)
    return _("Tiến độ cả nước năm {year}").format(year=year)


def _added_up(user: User, asked: Asked, benefit: Benefit, now: AsOf) -> GoalCard:
    rows = reads.provinces(user, asked.year, benefit, now)
    within = asked.within(rows)
    chosen = [row for row in rows if within is None or row.code in within]
    period = reads.period(user, asked.year, asked.province, now)
    history = reads.history(user, asked.year, benefit, within, now)
    return GoalCard(
        title=word(benefit),
        piece=piece(benefit),
        goal=_goal(chosen),
        given=sum(row.given for row in chosen),
        pace=pace.pace(period.starts_on, period.ends_on, now.today),
        year=asked.year,
        last_year_share=_last_year(chosen),
        forecast=pace.forecast(history.this_year, now.today, period.ends_on),
        plan_end=period.ends_on,
    )


def _goal(rows: Sequence[ProvinceStanding]) -> int | None:
    return sum(row.goal or 0 for row in rows) or None


def _last_year(rows: Sequence[ProvinceStanding]) -> float | None:
    """Only provinces whose goal of last year is known can be measured against it."""
    known = [row for row in rows if row.goal_before]
    return pace.share(sum(r.given_before for r in known), sum(r.goal_before or 0 for r in known))
