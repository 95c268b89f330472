"""A benefit in the places asked for, added up into one card."""

from collections.abc import Sequence

from components import reads
from components.progress.cards import GoalCard
from components.progress.filters import Asked
from components.ui.i18n import _, language
from components.ui.words import piece, word
from db.queries.admin.accounts import User
from db.queries.freshness import AsOf
from db.queries.progress.progress import Codes, ProvinceStanding
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


def compared(asked: Asked, rows: Sequence[ProvinceStanding]) -> Codes:
    """The provinces whose numbers are measured: those with a goal, or all while none has one."""
    chosen = _chosen(asked, rows)
    with_goal = [row for row in chosen if row.goal]
    if not with_goal or len(with_goal) == len(chosen):
        return asked.within(rows)
    return tuple(row.code for row in with_goal)


def _added_up(user: User, asked: Asked, benefit: Benefit, now: AsOf) -> GoalCard:
    rows = reads.provinces(user, asked.year, benefit, now)
    within = compared(asked, rows)
    chosen = _chosen(asked, rows)
    measured = [row for row in chosen if within is None or row.code in within]
    without = [row for row in chosen if row not in measured]
    period = reads.period(user, asked.year, asked.province, now)
    history = reads.history(user, asked.year, benefit, within, now, plan_of=asked.province)
    before = [row for row in measured if row.goal_before]
    return GoalCard(
        title=word(benefit),
        piece=piece(benefit),
        goal=sum(row.goal or 0 for row in measured) or None,
        given=sum(row.given for row in measured),
        pace=pace.pace(period.starts_on, period.ends_on, now.today),
        year=asked.year,
        last_year_share=_last_year(before),
        measured_before=None if len(before) == len(measured) else len(before),
        forecast=pace.forecast(history.this_year, now.today, period.ends_on),
        plan_end=period.ends_on,
        without_goal=tuple(row.name for row in without),
        outside=sum(row.given for row in without) + sum(row.outside for row in measured),
    )


def _chosen(asked: Asked, rows: Sequence[ProvinceStanding]) -> list[ProvinceStanding]:
    within = asked.within(rows)
    return [row for row in rows if within is None or row.code in within]


def _last_year(rows: Sequence[ProvinceStanding]) -> float | None:
    """Of provinces that have a goal this year and had one last year."""
    return pace.share(sum(r.given_before for r in rows), sum(r.goal_before or 0 for r in rows))
