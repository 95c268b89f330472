"""What the progress screen is asked: benefit, year, region, province, order; codes in the URL."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components import reads
from components.ui import filters
from components.ui.i18n import _
from components.ui.style import on_phone
from components.ui.words import word
from db.queries.admin.accounts import User
from db.queries.freshness import AsOf
from db.queries.progress.progress import Codes, ProvinceStanding
from db.rules.benefits import AS_REPORTED, BY_SLUG, KINDS
from db.rules.names import fold
from db.rules.pace import Order
from db.rules.states import Benefit

ALL = "all"
BENEFIT, YEAR, REGION, PROVINCE, ORDER = "sp", "nam", "vung", "tinh", "xep"


@dataclass(frozen=True, slots=True)
class Asked:
    """`region` is a region's name; `province` a code; both None for everything."""

    benefit: Benefit
    year: int
    region: str | None = None
    province: str | None = None

    def covers(self, row: ProvinceStanding) -> bool:
        return self.region in (None, row.region)

    def within(self, rows: Sequence[ProvinceStanding]) -> Codes:
        """The provinces that numbers are added up for; None for all of them."""
        if self.province is not None:
            return (self.province,)
        return None if self.region is None else tuple(r.code for r in rows if self.covers(r))


def ask(user: User, now: AsOf) -> Asked:
    """Draw the filters; on a phone only the benefit stands open."""
    national = user.scope.province_code is None
    if on_phone():
        benefit = _benefit()
        with st.expander(_("Bộ lọc: năm, vùng, tỉnh") if national else _("Bộ lọc: năm")):
            year = _year(user, now)
            rows = _rows(user, year, now)
            places = (_region(rows), _province(rows)) if national else (None, None)
        return Asked(benefit, year, *places)
    benefit_at, year_at, *place_at = st.columns([2.2, 1, 2, 2])
    with benefit_at:
        benefit = _benefit()
    with year_at:
        year = _year(user, now)
    if not national:
        return Asked(benefit, year)
    rows = _rows(user, year, now)
    with place_at[0]:
        region = _region(rows)
    with place_at[1]:
        province = _province(rows)
    return Asked(benefit, year, region, province)


def order() -> Order:
    """How the rows are sorted; drawn beside the title of the chart."""
    options = {
        Order.GAP: _("Chậm nhất trước"),
        Order.BEST: _("Tốt nhất trước"),
        Order.SHORTFALL: _("Thiếu nhiều nhất trước"),
        Order.NAME: _("Theo tên"),
    }
    labels = {each.value: label for each, label in options.items()}
    return Order(filters.choice(ORDER, _("Xếp theo"), labels, Order.GAP.value, hide_label=True))


def choose_province(code: str | None) -> None:
    """Callback: drill down to a province, or back to everything."""
    filters.choose(PROVINCE, code or ALL, ALL)


def _benefit() -> Benefit:
    labels = {KINDS[each].slug: word(each) for each in AS_REPORTED}
    first = KINDS[AS_REPORTED[0]].slug
    return BY_SLUG[filters.choice(BENEFIT, _("Sản phẩm"), labels, first, widget="segmented")]


def _year(user: User, now: AsOf) -> int:
    years = {str(year): str(year) for year in reads.years(user, now)}
    return int(filters.choice(YEAR, _("Năm"), years, str(now.today.year)))


def _rows(user: User, year: int, now: AsOf) -> Sequence[ProvinceStanding]:
    return reads.provinces(user, year, Benefit.SI, now)


def _region(rows: Sequence[ProvinceStanding]) -> str | None:
    names = sorted({row.region for row in rows})
    by_code = {_initials(name): name for name in names}
    chosen = filters.choice(REGION, _("Vùng"), {ALL: _("Cả nước"), **by_code}, ALL)
    return by_code.get(chosen)


def _province(rows: Sequence[ProvinceStanding]) -> str | None:
    # The unaccented name is in the label because the search of a select box needs accents.
    names = {row.code: f"{row.name} ({fold(row.name)})" for row in rows}
    ordered = dict(sorted(names.items(), key=lambda each: fold(each[1])))
    everything = _("Tất cả {count} tỉnh, thành phố").format(count=len(rows))
    chosen = filters.choice(PROVINCE, _("Tỉnh, thành phố"), {ALL: everything, **ordered}, ALL)
    return chosen if chosen in names else None


def _initials(name: str) -> str:
    """Bắc Trung Bộ → BTB: what stands for a region in the address."""
    return "".join(word[0] for word in fold(name).split()).upper()
