"""The workbook of wrong rows, corrected in Excel, lands where the rows came from."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from db.commands.lists import corrected_file, drafts
from db.commands.lists import send as lists
from db.commands.lists.draft_check import check_draft, check_upload
from db.documents.list_files import error_workbook
from db.errors import Refused
from db.models import AuditEntry, CommuneList, Upload
from db.rules.states import Benefit
from db.unit_of_work import reading, unattended_writing
from tests import world
from tests.commands.lists.sending import HOA, MAN, THO, XOAN, Line, csv_of, draft, drawn, live, send

pytestmark = pytest.mark.usefixtures("any_database")

BAD = (XOAN, replace(THO, birth="31/02/1958"), replace(HOA, cccd="0401790044"), MAN)


def corrected(content: bytes, cells: dict[str, str]) -> bytes:
    """The workbook as Excel saves it after somebody typed into cells."""
    book = load_workbook(BytesIO(content))
    for place, text in cells.items():
        book.active[place] = text  # type: ignore[index]
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def take(content: bytes, actor: str = "office", commune: str | None = None) -> corrected_file.Taken:
    return corrected_file.take(
        commune or world.places().own, Benefit.HI, "loi.xlsx", content, actor
    )


def sent_with_errors(*rows: Line) -> tuple[CommuneList, bytes]:
    sent = send(rows, leave_errors=True)
    with reading() as session:
        upload = session.exec(select(Upload)).one()
    return sent, error_workbook(check_upload(upload.id or 0, "office"))


def test_corrections_go_into_the_draft_the_rows_came_from() -> None:
    draft(BAD)
    book = error_workbook(check_draft(drawn("office").id, "office"))

    taken = take(corrected(book, {"C2": "28/02/1958", "E3": "040179000044"}))

    assert (taken.kind, taken.cells) == ("corrections", 2)
    checked = check_draft(drawn("office").id, "office")
    assert checked.errors == ()
    assert [(row.row, row.full_name) for row in checked.rows] == [
        (2, "Lô Thị Xoan"),
        (3, "Vi Văn Thọ"),
        (4, "Moong Thị Hoa"),
        (5, "La Thị Mận"),
    ]


def test_the_untouched_workbook_changes_nothing() -> None:
    draft(BAD)
    taken = take(error_workbook(check_draft(drawn("office").id, "office")))
    assert (taken.kind, taken.cells) == ("corrections", 0)
    assert len(check_draft(drawn("office").id, "office").errors) == 2


def test_a_workbook_with_other_columns_is_refused_and_the_draft_stays() -> None:
    draft(BAD)
    book = error_workbook(check_draft(drawn("office").id, "office"))
    with pytest.raises(Refused, match="error_sheet_changed"):
        take(corrected(book, {"C1": "Sinh ngày nào"}))
    assert len(check_draft(drawn("office").id, "office").rows) == 2


def test_rows_left_behind_are_added_to_the_list_they_were_left_from() -> None:
    sent, book = sent_with_errors(*BAD)
    other = world.places().own_too

    taken = take(corrected(book, {"C2": "28/02/1958", "E3": "040179000044"}), commune=other)

    assert (taken.kind, taken.commune_code, taken.list_code) == (
        "addition",
        world.places().own,
        sent.code,
    )
    assert lists.submit(drawn("office"), "office", confirmed=True, leave_errors=False) == sent.code
    assert live(sent.id) == ["Lô Thị Xoan", "La Thị Mận", "Vi Văn Thọ", "Moong Thị Hoa"]


def test_once_the_review_began_the_rows_are_a_list_of_their_own() -> None:
    sent, book = sent_with_errors(*BAD)
    with unattended_writing("tests") as work:
        owner = work.session.get_one(CommuneList, sent.id)
        owner.review_began_at = world.NOW
        work.session.add(owner)

    assert take(corrected(book, {"C2": "28/02/1958"})).kind == "draft"
    assert lists.submit(drawn("office"), "office", confirmed=True, leave_errors=True) != sent.code
    assert live(sent.id) == ["Lô Thị Xoan", "La Thị Mận"]


def test_the_workbook_of_another_office_is_just_a_file() -> None:
    _sent, book = sent_with_errors(*BAD)
    assert take(book, "far_office", world.places().far).kind == "draft"
    with pytest.raises(Refused, match="not_found"):
        check_upload(1, "far_office")


def test_taking_wrong_rows_home_is_recorded() -> None:
    sent_with_errors(*BAD)
    with reading() as session:
        line = session.exec(
            select(AuditEntry).where(AuditEntry.action == "export.wrong_rows")
        ).one()
    assert line.record_kind == "Upload"


def test_any_other_file_begins_a_draft() -> None:
    assert take(csv_of(BAD)).kind == "draft"
    assert take(b"PK\x03\x04 broken").kind == "draft"
    drafts.discard(drawn("office").id, "office")
