"""Invented people and papers for the tests of Word files, and what these files say."""

import io
import random
from datetime import date, datetime

from docx import Document

from db.documents.approved_list import ApprovedList, ApprovedPerson
from db.documents.minutes import Minutes, Recipient
from db.documents.posting import PostedPerson, PostingProof, PostingSheet
from db.documents.word import Letterhead
from db.rules.states import Benefit, Presence

OFFICE = Letterhead(
    parent="BHXH tỉnh Nghệ An",
    body="BHXH cơ sở Con Cuông",
    place="Môn Sơn",
    signer_title="Giám đốc",
    number="12/DS-BHXH",
)
COMMUNE = Letterhead(
    parent="Ủy ban nhân dân",
    body="Xã Môn Sơn",
    place="Môn Sơn",
    signer_title="Chủ tịch",
)
HAMLETS = ("Bản Búng", "Bản Thái Sơn", "Bản Cò Phạt", "Bản Nam Sơn", "Bản Tân Hòa")
HI, SI = frozenset({Benefit.HI}), frozenset({Benefit.SI})


def names(count: int) -> list[str]:
    chance = random.Random(1914)
    return [
        " ".join(
            (
                chance.choice(["Lô", "Vi", "Bùi", "Đặng", "Ngô", "Hồ", "Lương", "La"]),
                chance.choice(["Thị", "Văn", "Quang", "Thị Kim", "Xuân", "Bá"]),
                chance.choice(["Xuân", "Pó", "Nga", "Dũng", "Liên", "Khăm", "Mận", "Ửng"]),
            )
        )
        for _ in range(count)
    ]


def posting_sheet(*people: PostedPerson, count: int = 12) -> PostingSheet:
    listed = people or [
        PostedPerson(
            name,
            f"{1940 + number}-03-05",
            HAMLETS[number % len(HAMLETS)],
            frozenset({("HCN", "BHN", "KT", "DTTS")[number % 4]}),
            (HI, SI, HI | SI)[number % 3],
        )
        for number, name in enumerate(names(count))
    ]
    return PostingSheet(
        letterhead=OFFICE,
        commune="Xã Môn Sơn",
        year=2026,
        round=3,
        issued_on=date(2026, 9, 4),
        opened_on=date(2026, 9, 7),
        due_on=date(2026, 9, 9),
        complain_to="UBND xã Môn Sơn hoặc BHXH cơ sở Con Cuông, điện thoại 02381234567",
        people=listed,
    )


def posting_proof(**changes: int) -> PostingProof:
    return PostingProof(
        letterhead=COMMUNE,
        commune="Xã Môn Sơn",
        confirming_body="Ủy ban nhân dân xã Môn Sơn",
        office="BHXH cơ sở Con Cuông",
        year=2026,
        round=3,
        issued_on=date(2026, 9, 10),
        opened_on=date(2026, 9, 7),
        due_on=date(2026, 9, 10),
        place="nhà văn hóa các bản và trụ sở UBND xã",
        people=60,
        benefits=HI | SI,
        **changes,
    )


def minutes(*presences: Presence | None, name: str = "") -> Minutes:
    return Minutes(
        letterhead=OFFICE,
        commune_body="UBND xã Môn Sơn",
        year=2026,
        starts_at=datetime(2026, 10, 2, 8, 30),  # noqa: DTZ001 - Vietnamese wall time
        place="nhà văn hóa Bản Búng, xã Môn Sơn",
        benefit=Benefit.HI,
        months=12,
        donor="Công ty TNHH Sông Giăng",
        pledge_code="UH-2026-NAN-0012",
        keeper="BHXH cơ sở Con Cuông",
        representatives=[
            ("Đại diện UBND xã Môn Sơn", "ông Vi Văn Khăm, Phó Chủ tịch"),
            ("Đại diện nhà hảo tâm", ""),
            ("Đại diện BHXH cơ sở Con Cuông", "bà Lô Thị Nga, viên chức"),
        ],
        recipients=[
            Recipient(
                full_name=name or invented,
                birth=f"19{50 + number}",
                hamlet=HAMLETS[number % 2],
                bhxh=f"40{number:08}",
                document_number=f"40{number:08}",
                value=409_860,
                presence=presence,
            )
            for number, (invented, presence) in enumerate(
                zip(names(len(presences)), presences, strict=True)
            )
        ],
    )


def approved_list(*people: ApprovedPerson, count: int = 12) -> ApprovedList:
    listed = people or [
        ApprovedPerson(
            full_name=name,
            birth=f"{1950 + number}-0{1 + number % 9}-05",
            sex="MF"[number % 2],
            cccd=f"040{number % 2}{50 + number}{number:06}",
            bhxh=f"40{number:08}",
            address=f"{HAMLETS[number % 5]}, xã Môn Sơn",
            categories="Hộ cận nghèo; Người khuyết tật" if number % 2 else "Hộ cận nghèo",
            months=12,
            gross=1_366_200,
            state=956_340,
            local=0,
            donor=409_860,
        )
        for number, name in enumerate(names(count))
    ]
    return ApprovedList(
        letterhead=OFFICE,
        benefit=Benefit.HI,
        proposal_code="GH-2026-NAN-0231",
        pledge_code="UH-2026-NAN-0012",
        donor="Công ty TNHH Sông Giăng",
        approved_on=date(2026, 9, 15),
        made_by="Lê Thị Minh Hằng",
        approved_by="Nguyễn Đình Lâm",
        printed_by="Lê Thị Minh Hằng",
        printed_at=datetime(2026, 9, 16, 14, 5),  # noqa: DTZ001 - Vietnamese wall time
        people=listed,
    )


def text_of(content: bytes) -> str:
    """Everything a .docx says: paragraphs, cells and the foot of the page."""
    document = Document(io.BytesIO(content))
    footer = [paragraph.text for paragraph in document.sections[0].footer.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells, *footer])


def rows_of(content: bytes) -> list[list[str]]:
    """The cells of the table with people, its header first."""
    table = Document(io.BytesIO(content)).tables[1]
    return [[cell.text for cell in row.cells] for row in table.rows]
