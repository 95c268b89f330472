"""What one support costs, and who pays which part of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from db.errors import Refused
from db.reference.rates import ContributionBase, StateShare
from db.rules.states import Benefit

ISLAND = "ISLAND"
OTHER = "OTHER"
LADDER_PERCENT = (100, 70, 60, 50, 40)
SUBSIDISED_MONTHS = 120
"""Months of voluntary social insurance that the State subsidises in a life (Law 41/2024)."""


@dataclass(frozen=True, slots=True)
class LocalShare:
    """The percent of the contribution that a province adds for one group."""

    effective_from: date
    province_code: str
    benefit: str
    group: str
    percent: int
    source: str


@dataclass(frozen=True, slots=True)
class Rates:
    """Everything that prices depend on; the rows may come in any order."""

    bases: tuple[ContributionBase, ...]
    state_shares: tuple[StateShare, ...]
    local_shares: tuple[LocalShare, ...] = ()


@dataclass(frozen=True, slots=True)
class Price:
    """One support in whole đồng: gross = state + local + donor."""

    gross: int
    state: int
    local: int
    donor: int
    group: str
    state_percent: int
    provisional: bool = False


def quote(
    benefit: Benefit,
    months: int,
    categories: Collection[str],
    on: date,
    rates: Rates,
    *,
    province_code: str = "",
    island: bool = False,
    ladder: int = 1,
    subsidised_months: int = 0,
) -> Price:
    """Price a support of `months` months that is paid on a day and begins in its month.

    `ladder` is the place in the household (1 to 5 or more) for health insurance, and
    `subsidised_months` what the State has already subsidised of social insurance, which is
    priced at the minimum income. Raises Refused("rates_missing", on, benefit).
    """
    if months < 1 or ladder < 1:
        raise ValueError("months and ladder begin at 1")
    groups = (*sorted(categories), *((ISLAND,) if island else ()), OTHER)
    if benefit == Benefit.HI:
        return _health(months, groups, on, rates=rates, province_code=province_code, ladder=ladder)
    return _social(
        months,
        groups,
        on,
        rates=rates,
        province_code=province_code,
        subsidised_months=subsidised_months,
    )


def _health(
    months: int, groups: tuple[str, ...], on: date, *, rates: Rates, province_code: str, ladder: int
) -> Price:
    base = _base(rates, Benefit.HI, on)
    group, state_percent = _state_share(rates, Benefit.HI, groups, on)
    # Only people without a State share are insured as a household, and step down its ladder.
    step = 100 if state_percent else LADDER_PERCENT[min(ladder, len(LADDER_PERCENT)) - 1]
    gross = _part(months * base.hi_base * base.hi_rate_bp * step, 1_000_000)
    state = _part(gross * state_percent, 100)
    local = _part(gross * _local_percent(rates, Benefit.HI, province_code, groups, on), 100)
    return _price(
        gross, state, local, group=group, state_percent=state_percent, provisional=base.provisional
    )


def _social(
    months: int,
    groups: tuple[str, ...],
    on: date,
    *,
    rates: Rates,
    province_code: str,
    subsidised_months: int,
) -> Price:
    gross = state = local = 0
    provisional = False
    for past in range(months):
        month = _month_after(on, past)
        base = _base(rates, Benefit.SI, month)
        due = _part(base.si_line * base.si_rate_bp, 10_000)
        _, percent = _state_share(rates, Benefit.SI, groups, month)
        gross += due
        if subsidised_months + past < SUBSIDISED_MONTHS:
            state += _part(due * percent, 100)
        local += _part(due * _local_percent(rates, Benefit.SI, province_code, groups, month), 100)
        provisional = provisional or base.provisional
    group, state_percent = _state_share(rates, Benefit.SI, groups, _month_after(on, 0))
    return _price(
        gross, state, local, group=group, state_percent=state_percent, provisional=provisional
    )


def _price(
    gross: int, state: int, local: int, *, group: str, state_percent: int, provisional: bool
) -> Price:
    local = min(local, gross - state)
    return Price(
        gross=gross,
        state=state,
        local=local,
        donor=gross - state - local,
        group=group,
        state_percent=state_percent,
        provisional=provisional,
    )


def _base(rates: Rates, benefit: Benefit, on: date) -> ContributionBase:
    known = [row for row in rates.bases if row.effective_from <= on]
    if not known:
        raise Refused("rates_missing", on=on, benefit=benefit)
    return max(known, key=lambda row: row.effective_from)


def _state_share(
    rates: Rates, benefit: Benefit, groups: tuple[str, ...], on: date
) -> tuple[str, int]:
    """The group with the highest share and its percent; "OTHER" and 0 when there is none."""
    current = _current((row for row in rates.state_shares if row.benefit == benefit), on)
    return max(
        ((group, current.get(group, 0)) for group in groups),
        key=lambda share: (share[1], share[0] == OTHER),
    )


def _local_percent(
    rates: Rates, benefit: Benefit, province_code: str, groups: tuple[str, ...], on: date
) -> int:
    current = _current(
        (
            row
            for row in rates.local_shares
            if row.benefit == benefit and row.province_code == province_code
        ),
        on,
    )
    return max(current.get(group, 0) for group in groups)


class _Share(Protocol):
    @property
    def effective_from(self) -> date: ...
    @property
    def group(self) -> str: ...
    @property
    def percent(self) -> int: ...


_AnyShare = TypeVar("_AnyShare", bound=_Share)


def _current(rows: Iterable[_AnyShare], on: date) -> dict[str, int]:
    """The percent in force per group: a later row of a group replaces the earlier one."""
    begun = sorted(
        (row for row in rows if row.effective_from <= on), key=lambda row: row.effective_from
    )
    return {row.group: row.percent for row in begun}


def _month_after(on: date, months: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _part(numerator: int, denominator: int) -> int:
    """Whole đồng, half a đồng upwards."""
    return (2 * numerator + denominator) // (2 * denominator)
