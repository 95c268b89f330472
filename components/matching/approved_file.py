"""The approved list for the insurer's collection, as Word or Excel; each file is recorded."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from components.ui.downloads import office_file
from components.ui.i18n import _, _n
from components.ui.markup import muted, show
from components.ui.words import UNNAMED
from db.commands.matching import issuing
from db.commands.matching.issuing import Exported
from db.documents.approved_list import ApprovedList, ApprovedPerson, approved_list_document
from db.documents.word import Letterhead
from db.documents.workbook import CellValue, workbook_of
from db.queries.admin import trace
from db.queries.matching.issuing import ApprovedProposal

_HEADERS = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Mã số BHXH",
    "Địa chỉ",
    "Đối tượng",
    "Số tháng",
    "Mức đóng",
    "Nhà nước hỗ trợ",
    "Địa phương hỗ trợ",
    "Nhà hảo tâm hỗ trợ",
    "Số thẻ, sổ",
)
_SEX = {"M": "Nam", "F": "Nữ"}


def buttons(proposal: ApprovedProposal, username: str) -> None:
    """Two buttons; the file is made, and the export recorded, at the click."""
    forms: dict[str, tuple[str, Callable[[Exported], bytes]]] = {
        "docx": (_("Tải Word"), _document),
        "xlsx": (_("Tải Excel"), _workbook),
    }
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch"):
            line = _n("{code}: {n} người", proposal.people).format(
                code=proposal.code, n=proposal.people
            )
            show(muted(line))
        for form, (label, make) in forms.items():
            office_file(
                label,
                partial(_made, proposal.id, form, username, make),
                f"danh-sach-duyet-{proposal.code}.{form}",
                key=f"approved.{form}.{proposal.id}",
            )


def _made(proposal_id: int, form: str, username: str, make: Callable[[Exported], bytes]) -> bytes:
    return make(issuing.export_approved(proposal_id, form, username))


def _document(exported: Exported) -> bytes:
    return approved_list_document(
        ApprovedList(
            letterhead=Letterhead(
                parent="Bảo hiểm xã hội Việt Nam",
                body=f"BHXH {exported.province[0].lower()}{exported.province[1:]}",
                place=exported.place,
                signer_title="Giám đốc",
                trace=trace.printed_line(),
            ),
            benefit=exported.benefit,
            proposal_code=exported.proposal_code,
            pledge_code=exported.pledge_code,
            donor=exported.donor or UNNAMED,
            approved_on=exported.approved_on,
            made_by=exported.made_by,
            approved_by=exported.approved_by,
            printed_by=exported.printed_by,
            printed_at=exported.printed_at,
            people=[
                ApprovedPerson(
                    full_name=one.full_name,
                    birth=one.birth,
                    sex=one.sex,
                    cccd=one.cccd,
                    bhxh=one.bhxh,
                    address=one.address,
                    categories=one.categories,
                    months=one.months,
                    gross=one.gross,
                    state=one.state,
                    local=one.local,
                    donor=one.donor,
                )
                for one in exported.people
            ],
        )
    )


def _workbook(exported: Exported) -> bytes:
    rows: list[list[CellValue]] = [
        [
            number,
            one.full_name,
            "/".join(reversed((one.birth or "").split("-"))),
            _SEX.get(one.sex or "", ""),
            one.cccd,
            one.bhxh,
            one.address,
            one.categories,
            one.months,
            one.gross,
            one.state,
            one.local,
            one.donor,
            one.document_number,
        ]
        for number, one in enumerate(exported.people, start=1)
    ]
    notes = (
        f"Khoản hỗ trợ {exported.pledge_code}, {exported.donor or UNNAMED}; duyệt ngày "
        f"{exported.approved_on:%d/%m/%Y}: {exported.approved_by}; đề xuất: {exported.made_by}.",
        f"Người in: {exported.printed_by}, {exported.printed_at:%H:%M %d/%m/%Y}. Tài liệu nội bộ.",
    )
    return workbook_of(f"Danh sách duyệt {exported.proposal_code}", _HEADERS, rows, notes=notes)
