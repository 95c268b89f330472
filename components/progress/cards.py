"""A goal and how far it has come: status words, bullet cards, legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from components.ui import formats
from components.ui.i18n import _, _n
from components.ui.markup import Html, Tone, bold, fill, heading, html, muted, tag
from components.ui.words import STATUS_WORDS
from db.rules.pace import Status, gap, share, status

_TONES: dict[Status, Tone] = {
    Status.REACHED: "solid",
    Status.ON_PACE: "blue",
    Status.BEHIND: "amber",
    Status.FAR_BEHIND: "red",
    Status.NO_GOAL: "grey",
    Status.TOO_SMALL: "grey",
}
_JUDGED = (Status.REACHED, Status.ON_PACE, Status.BEHIND, Status.FAR_BEHIND)
_TICKS = (0, 25, 50, 75, 100)
_NAMED = 3


@dataclass(frozen=True, slots=True)
class GoalCard:
    """One benefit of one place; shares are of the goal, `piece` is “thẻ” or “sổ”."""

    title: str
    piece: str
    goal: int | None
    given: int
    pace: float
    year: int
    last_year_share: float | None = None
    measured_before: int | None = None
    """How many provinces `last_year_share` is of, where some of this year had no goal then."""
    forecast: int | None = None
    plan_end: date | None = None
    without_goal: tuple[str, ...] = ()
    """Provinces that no figure of the card counts."""
    outside: int = 0
    """Given where there is no goal, and so in no other figure."""


def status_tag(which: Status) -> Html:
    """The status in its word and colour."""
    return tag(_(STATUS_WORDS[which]), _TONES[which])


def goal_card(card: GoalCard) -> Html:
    """The bullet card of the progress page: number, bar, and what they mean in words."""
    now = status(card.given, card.goal, card.pace)
    top = heading(card.title, status_tag(now))
    if not card.goal:
        told = _("Chưa giao mục tiêu năm {year}; chưa tính tiến độ.")
        return Html(top + _given(card, _("đã trao")) + muted(fill(told, year=card.year)))
    of_goal = f"{_('đã trao')} / {formats.number(card.goal)} {card.piece}"
    axis = "".join(f'<span style="left:{tick}%">{tick}%</span>' for tick in _TICKS)
    return Html(
        top
        + _given(card, of_goal)
        + _bar(card, now)
        + f'<div class="ct-axis" aria-hidden="true">{axis}</div>'
        + muted(_against_pace(card))
        + muted(_beside(card))
        + left_out(card)
    )


def left_out(card: GoalCard) -> Html:
    """What the figures do not count, because there is nothing to measure it against."""
    if not card.goal or not (card.without_goal or card.outside):
        return Html("")
    given = bold(f"{formats.number(card.outside)} {card.piece}")
    count = len(card.without_goal)
    if not count:
        return muted(fill(_("Chưa tính {given} đã trao ở các xã chưa có mục tiêu."), given=given))
    told = _n("Chưa tính {n} tỉnh, thành phố chưa có mục tiêu ({names}): đã trao {given}.", count)
    return muted(fill(told, n=count, names=_names(card.without_goal), given=given))


def plan_day(starts_on: date, ends_on: date, today: date) -> str:
    """Where a day lies in the plan's period: “ngày thứ 258/365”."""
    if today < starts_on:
        return _("kế hoạch bắt đầu ngày {day}").format(day=formats.day(starts_on))
    if today > ends_on:
        return _("kế hoạch đã kết thúc ngày {day}").format(day=formats.day(ends_on))
    return _("ngày thứ {nth}/{all} của kế hoạch").format(
        nth=(today - starts_on).days + 1, all=(ends_on - starts_on).days + 1
    )


def small_bullet(card: GoalCard) -> Html:
    """The same in four lines less, for the side of the work queue."""
    now = status(card.given, card.goal, card.pace)
    top = Html(f'<div class="ct-head"><span>{html(card.title)}</span>{status_tag(now)}</div>')
    if not card.goal:
        return Html(top + muted(bold(f"{formats.number(card.given)} {card.piece}")))
    rate = formats.percent(card.given / card.goal, 0)
    counts = fill(
        "{given} / {goal} ({rate})",
        given=bold(formats.number(card.given)),
        goal=formats.number(card.goal),
        rate=rate,
    )
    return Html(top + muted(counts) + _bar(card, now, small=True) + left_out(card))


def legend(pace: float, last_year: int | None = None, *, statuses: bool = True) -> Html:
    """What the colours and lines of the bars mean; above every chart of progress."""
    words = [
        f'<span><i class="ct-fill-{each}"></i>{html(_(STATUS_WORDS[each]))}</span>'
        for each in (_JUDGED if statuses else ())
    ]
    told = _("Cần đạt hôm nay {pace}") if pace < 1 else _("Cần đạt khi hết kế hoạch {pace}")
    expected = fill(told, pace=formats.percent(pace))
    words.append(f"<span><u></u>{expected}</span>")
    if last_year:
        before = fill(_("Cùng kỳ {year}"), year=last_year)
        words.append(f"<span><s></s>{before}</span>")
    return Html(f'<div class="ct-legend">{"".join(words)}</div>')


def _given(card: GoalCard, words: str) -> Html:
    number = formats.number(card.given)
    return Html(f'<p class="ct-given" style="margin:0">{number} <small>{html(words)}</small></p>')


def _bar(card: GoalCard, now: Status, *, small: bool = False) -> Html:
    done = min(share(card.given, card.goal) or 0.0, 1.0)
    before = (
        f'<s style="left:{min(card.last_year_share, 1.0):.2%}"></s>'
        if card.last_year_share is not None
        else ""
    )
    size = " ct-bar-small" if small else ""
    return Html(
        f'<div class="ct-bar{size}" aria-hidden="true">'
        f'<i class="ct-fill-{now}" style="width:{done:.2%}"></i>{before}'
        f'<u style="left:{card.pace:.2%}"></u></div>'
    )


def _against_pace(card: GoalCard) -> Html:
    behind = gap(card.given, card.goal, card.pace) or 0.0
    told = (
        _("{share} mục tiêu; hôm nay cần {pace} ({gap}).")
        if card.pace < 1
        else _("{share} mục tiêu; hết kế hoạch cần {pace} ({gap}).")
    )
    return fill(
        told,
        share=bold(formats.percent(share(card.given, card.goal) or 0.0)),
        pace=formats.percent(card.pace),
        gap=Html(f'<b class="ct-nowrap">{html(formats.points(behind))}</b>'),
    )


def _beside(card: GoalCard) -> Html:
    """Last year and the forecast, as far as they are known."""
    known = []
    if card.last_year_share is not None:
        last = formats.percent(card.last_year_share)
        told = _("Cùng kỳ {year}: {share}.")
        if card.measured_before is not None:
            told = _n(
                "Cùng kỳ {year}: {share} ({n} tỉnh, thành phố có mục tiêu cả hai năm).",
                card.measured_before,
            )
        known.append(fill(told, year=card.year - 1, share=last, n=card.measured_before or ""))
    if card.forecast is not None and card.plan_end and card.goal:
        known.append(
            fill(
                _("Dự kiến {day}: {total} ({share})."),
                day=formats.day_month(card.plan_end),
                total=bold(formats.number(card.forecast)),
                share=formats.percent(card.forecast / card.goal, 0),
            )
        )
    return Html(" ".join(known))


def _names(places: Sequence[str]) -> str:
    more = len(places) - _NAMED
    named = ", ".join(places[:_NAMED])
    return _("{names} và {more} nơi khác").format(names=named, more=more) if more > 0 else named
