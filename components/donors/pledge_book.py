"""The pledge book on the screen: filters, table, sums, download."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from components.donors.words import FUNDINGS, donor_name, standing, units
from components.ui import downloads, filters, formats
from components.ui.i18n import N_, _, _n
from components.ui.markup import fill, muted, show
from components.ui.words import short
from db import clock
from db.commands.donors import pledges as commands
from db.documents.pledges_book import PledgeLine, pledges_book
from db.queries.admin.accounts import User
from db.queries.donors import pledges
from db.queries.donors.pledges import Filter, PledgeRow, Sort, Totals
from db.rules.states import Benefit

PAGE = 50
PAGER = "pledges.page"
_MOST_LINES = 20_000
_SORTS: dict[Sort, str] = {
    "newest": N_("Mới nhất trước"),
    "largest": N_("Giá trị lớn trước"),
    "most_free": N_("Còn nhiều suất trước"),
    "longest_unpaid": N_("Chờ tiền lâu nhất trước"),
}


def chosen_filter(user: User, today: date) -> tuple[Filter, Sort]:
    """Filters in one row; their codes stand in the address."""
    known = sorted({*pledges.years(user.scope), today.year}, reverse=True)
    year, benefit, funding, text, sort = st.columns([2, 3, 3, 4, 3])
    with year:
        chosen_year = filters.choice(
            "nam", _("Năm"), {str(one): str(one) for one in known}, str(today.year)
        )
    with benefit:
        every = {"": _("Thẻ và sổ")} | {one.value: short(one) for one in Benefit}
        chosen_benefit = filters.choice("sp", _("Tặng"), every, "")
    with funding:
        states = {"": _("Tất cả")} | {code: _(label) for code, label in FUNDINGS.items()}
        chosen_funding = filters.choice("kp", _("Kinh phí"), states, "")
    with text:
        wanted = st.text_input(
            _("Tìm"),
            key="pledges.text",
            placeholder=_("Tên, mã đăng ký hoặc mã số thuế"),
            type="search",
            max_chars=80,
        )
    with sort:
        order = filters.choice(
            "xep", _("Xếp theo"), {code: _(label) for code, label in _SORTS.items()}, "newest"
        )
    return (
        Filter(
            year=int(chosen_year),
            benefit=Benefit(chosen_benefit) if chosen_benefit else None,
            funding=next((code for code in FUNDINGS if code == chosen_funding), None),
            text=wanted or "",
        ),
        next(code for code in _SORTS if code == order),
    )


def sums(found: Totals) -> None:
    """The filtered book in one sentence."""
    counted = _n("{n} đăng ký", found.pledges)
    show(
        muted(
            fill(
                f"{counted}. {_('{pieces} suất, còn {free} chưa dùng; đã nhận {got} / {due}.')}",
                n=formats.number(found.pledges),
                pieces=formats.number(found.pieces),
                free=formats.number(found.free),
                got=formats.money(found.received),
                due=formats.money(found.expected),
            )
        )
    )


def first_row(pages: int) -> int:
    """How many rows stand before the page shown; a filter with fewer pages begins anew."""
    page = int(st.session_state.get(PAGER, 1))
    if page > pages:
        del st.session_state[PAGER]
        page = 1
    return (page - 1) * PAGE


def chosen_pledge(rows: Sequence[PledgeRow], today: date) -> str | None:
    """The table; returns the code of the row a person clicked."""
    columns = {
        _("Mã"): [row.code for row in rows],
        _("Nhà hảo tâm"): [donor_name(row) for row in rows],
        _("Hỗ trợ"): [units(row, row.pledged) for row in rows],
        _("Kinh phí"): [standing(row, today)[0] for row in rows],
        _("Đã nhận / dự kiến (₫)"): [_of(row.received, row.expected) for row in rows],
        _("Chưa dùng"): [formats.number(row.free) for row in rows],
        _("Đã trao"): [formats.number(row.delivered) for row in rows],
        _("Ngày đăng ký"): [formats.day(row.registered_on) for row in rows],
    }
    numbers = (_("Hỗ trợ"), _("Đã nhận / dự kiến (₫)"), _("Chưa dùng"), _("Đã trao"))
    event = st.dataframe(
        pd.DataFrame(columns),
        key="pledges.table",
        on_select="rerun",
        selection_mode="single-cell",
        hide_index=True,
        column_config={name: st.column_config.TextColumn(alignment="right") for name in numbers},
        alt=_("Sổ đăng ký hỗ trợ, mỗi dòng một đăng ký"),
    )
    cells = event.selection.cells
    return rows[cells[0][0]].code if cells and cells[0][0] < len(rows) else None


def download(user: User, wanted: Filter, sort: Sort, count: int) -> None:
    """A button that makes the file when it is clicked, and not before."""
    number = min(count, _MOST_LINES)
    downloads.office_file(
        _n("Tải Excel ({n} dòng)", number).format(n=formats.number(number)),
        partial(file_of, user, wanted, sort),
        f"so-dang-ky-{wanted.year}.xlsx",
        key="pledges.download",
        disabled=count == 0,
    )


def file_of(user: User, wanted: Filter, sort: Sort) -> bytes:
    """The filtered book as .xlsx; needs no session, rights and scope are checked again."""
    rows = pledges.book(user.scope, wanted, sort=sort, limit=_MOST_LINES)
    commands.note_export(len(rows), user.scope, user.username)
    return pledges_book(
        [_line(row) for row in rows],
        title=f"Sổ đăng ký hỗ trợ năm {wanted.year}",
        made_by=user.full_name,
        made_at=clock.now().astimezone(clock.VIETNAM),
    )


def _line(row: PledgeRow) -> PledgeLine:
    return PledgeLine(**{each.name: getattr(row, each.name) for each in fields(PledgeLine)})


def _of(part: int, whole: int) -> str:
    return f"{formats.number(part)} / {formats.number(whole)}"
