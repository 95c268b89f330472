"""The papers of a posting: the masked list on the screen and as Word files."""

from collections.abc import Sequence

import streamlit as st

from components.ui import downloads, formats, markup
from components.ui.i18n import N_, _, _n
from db import clock
from db.commands.review import postings as commands
from db.commands.review.postings import PostedList
from db.documents.posting import (
    PostedPerson,
    PostingProof,
    PostingSheet,
    posting_confirmation,
    posting_document,
)
from db.documents.word import DOTS, Letterhead
from db.queries.admin import trace
from db.queries.admin.accounts import User
from db.queries.review.postings import MaskedPerson, PostingView
from db.queries.review.review import ListInReview
from db.rules.masking import NameMask

_MASKS: dict[NameMask, str] = {
    "given_name": N_("Che tên gọi: Lô Thị X***"),
    "initials": N_("Chỉ họ và chữ đầu: Lô T. X."),
}
_SHOWN = 12


def mask_choice() -> NameMask:
    """How names are masked on the printed list."""
    mask: NameMask = st.radio(
        _("Che tên khi niêm yết"),
        list(_MASKS),
        format_func=lambda mask: _(_MASKS[mask]),
        horizontal=True,
        key="posting.mask",
    )
    return mask


def buttons(user: User, row: ListInReview, posting: PostingView, mask: NameMask) -> None:
    """The list to hang up and, once it has hung, what the commune confirms; made when pressed.

    They run outside the session: their text is Vietnamese anyway.
    """
    downloads.office_file(
        _n("Tải danh sách niêm yết: {n} người (.docx)", posting.hung).format(
            n=formats.number(posting.hung)
        ),
        lambda: posting_document(_sheet(commands.export(posting.id, user.username), mask)),
        f"niem-yet-{row.code}.docx",
        key="posting.download",
        width="stretch",
    )
    _confirmation(user, row, posting)
    markup.show(
        markup.note(
            "blue",
            _("Không in ra:"),
            _("số CCCD, ngày tháng sinh đầy đủ, điện thoại, bệnh tật, địa chỉ nhà."),
        )
    )


def _confirmation(user: User, row: ListInReview, posting: PostingView) -> None:
    hangs = clock.today() <= posting.due_on
    downloads.office_file(
        _("Tải giấy xác nhận đã niêm yết (.docx)"),
        lambda: posting_confirmation(
            _proof(commands.export_confirmation(posting.id, user.username))
        ),
        f"xac-nhan-niem-yet-{row.code}.docx",
        key="posting.confirmation",
        width="stretch",
        disabled=hangs,
    )
    if hangs:
        markup.show(
            markup.muted(
                _("Danh sách treo đến hết ngày {day}; giấy xác nhận lập được từ hôm sau.").format(
                    day=formats.day(posting.due_on)
                )
            )
        )


def preview(people: Sequence[MaskedPerson]) -> None:
    """The first lines of the list as it hangs."""
    markup.show(
        markup.table(
            [_("TT"), _("Họ và tên"), _("Năm sinh"), _("Thôn, bản"), _("Đối tượng")],
            [
                (number, one.name, one.birth_year, one.hamlet, one.category)
                for number, one in enumerate(people[:_SHOWN], start=1)
            ],
        )
    )
    if len(people) > _SHOWN:
        markup.show(
            markup.muted(
                _("Hiện {n} dòng đầu; tệp Word có đủ {all} người.").format(
                    n=_SHOWN, all=formats.number(len(people))
                )
            )
        )


def _letterhead(papers: PostedList) -> Letterhead:
    return Letterhead(
        parent=f"BHXH {papers.province}",
        body=papers.office or f"BHXH {papers.province}",
        place=papers.province_short,
        signer_title="Giám đốc",
        trace=trace.printed_line(),
    )


def _sheet(papers: PostedList, mask: NameMask) -> PostingSheet:
    return PostingSheet(
        letterhead=_letterhead(papers),
        commune=papers.commune,
        year=papers.year,
        round=papers.round,
        issued_on=papers.opened_on,
        opened_on=papers.opened_on,
        due_on=papers.due_on,
        complain_to=(
            f"{_committee(papers)} hoặc {papers.office or 'BHXH tỉnh'}, điện thoại {DOTS}"
        ),
        people=[
            PostedPerson(
                one.full_name,
                one.birth,
                one.hamlet,
                frozenset(one.categories),
                frozenset({one.benefit}),
            )
            for one in papers.people
        ],
        answer_days=papers.answer_days,
        mask=mask,
    )


def _proof(papers: PostedList) -> PostingProof:
    """The commune signs it, so its own letterhead stands on top."""
    return PostingProof(
        letterhead=Letterhead(
            parent="Ủy ban nhân dân",
            body=papers.commune,
            place=papers.commune.split(" ", 1)[-1],
            signer_title="Chủ tịch",
            trace=trace.printed_line(),
        ),
        commune=papers.commune,
        confirming_body=_committee(papers),
        office=papers.office or f"BHXH {papers.province}",
        year=papers.year,
        round=papers.round,
        issued_on=papers.closed_on or papers.today,
        opened_on=papers.opened_on,
        due_on=papers.due_on,
        place=papers.place,
        people=len(papers.people),
        benefits=frozenset(one.benefit for one in papers.people),
        unanswered=papers.unanswered,
        upheld=papers.upheld,
        dismissed=papers.dismissed,
    )


def _committee(papers: PostedList) -> str:
    """The commune's people's committee inside a sentence: "UBND xã Môn Sơn"."""
    return f"UBND {papers.commune[:1].lower()}{papers.commune[1:]}"
