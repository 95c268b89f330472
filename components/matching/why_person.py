"""“Vì sao người này?”: enough to answer a villager who asks."""

import streamlit as st

from components.charts.stages import waterfall
from components.matching import words
from components.review.reasons import points_label
from components.ui import formats
from components.ui.formats import row_word
from components.ui.i18n import _, _n
from components.ui.markup import Html, bold, fill, heading, join, muted, note, person_head, show
from components.ui.style import large_text
from components.ui.words import word
from db.queries.matching.proposal import ProposalSheet
from db.queries.matching.proposal_people import ProposedPerson
from db.rules.states import MatchState

_MOST_PARTS = 8


def panel(sheet: ProposalSheet, one: ProposedPerson | None) -> None:
    """The card beside the table."""
    show(heading(_("Vì sao người này?"), line=_("Bấm vào tên trong bảng để xem từng người.")))
    if one is None:
        return
    with st.container(border=True):
        show(person_head(_title(one), _known(one), *words.outcome(one)))
        for code in one.warnings:
            lead, text = words.WARNINGS[code]
            show(note("amber", _(lead), _(text)))
        if one.left_out:
            told = " ".join(filter(None, (f"{word(one.left_out)}.", one.adjusted or one.reason)))
            show(note("amber", _("Không giữ suất."), told))
        elif one.adjusted:
            show(note("blue", _("Chỉnh tay."), one.adjusted))
        show(muted(_standing(sheet, one)))
        parts = [(points_label(code), points) for code, points in one.points]
        if parts:
            st.altair_chart(
                waterfall(parts[:_MOST_PARTS], large=large_text()), alt=_points_in_words(parts)
            )
        show(muted(_price(one)))
        show(muted(_source(sheet, one)))


def _title(one: ProposedPerson) -> str:
    if one.age is None:
        return one.full_name
    return _("{name}, {age} tuổi").format(name=one.full_name, age=one.age)


def _known(one: ProposedPerson) -> str:
    born = _("sinh {birth}").format(birth=formats.birth(one.birth)) if one.birth else ""
    number = _("CCCD {number}").format(number=one.cccd) if one.cccd else _("chưa có CCCD")
    known = (
        words.sex(one.sex),
        born,
        one.hamlet,
        words.inside(one.commune),
        number,
    )
    return ", ".join(filter(None, known))


def _standing(sheet: ProposalSheet, one: ProposedPerson) -> Html:
    place = fill(
        _("{points}, hạng {rank}/{all}."),
        points=bold(_n("{n} điểm", one.score).format(n=one.score)),
        rank=one.rank,
        all=sheet.candidates,
    )
    if sheet.threshold is None:
        return place
    return join([place, fill(_("Ngưỡng được ghép: {n} điểm."), n=sheet.threshold)], " ")


def _points_in_words(parts: list[tuple[str, int]]) -> str:
    return ", ".join(f"{label} +{points}" for label, points in parts)


def _price(one: ProposedPerson) -> str:
    return _(
        "Mức đóng {months} tháng: {gross}; Nhà nước {state}, địa phương {local}, "
        "nhà hảo tâm {donor}."
    ).format(
        months=one.months,
        gross=formats.money(one.gross),
        state=formats.money(one.state_share),
        local=formats.money(one.local_share),
        donor=formats.money(one.donor_share),
    )


def _source(sheet: ProposalSheet, one: ProposedPerson) -> str:
    reviewed = (
        _("rà soát ngày {day}").format(day=formats.day(one.reviewed_at))
        if one.reviewed_at
        else _("chưa ghi ngày rà soát")
    )
    text = _("Căn cứ: dòng {row} danh sách {code}; {reviewed}.").format(
        row=row_word(one.row_number), code=one.list_code, reviewed=reviewed
    )
    if one.state is MatchState.PROPOSED and (following := _next_in_line(sheet)):
        text += " " + _("Người kế tiếp: {name}, hạng {rank}, {points} điểm.").format(
            name=following.full_name, rank=following.rank, points=following.score
        )
    return text


def _next_in_line(sheet: ProposalSheet) -> ProposedPerson | None:
    return next(iter(sheet.in_reserve()), None)
