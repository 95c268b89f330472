"""The approved list as the files the insurer's collection opens."""

import io

import pytest
from docx import Document
from openpyxl import load_workbook

from components.matching import approved_file
from db.commands.matching import decisions, issuing
from db.queries.admin import trace
from tests import world
from tests.commands.matching import world as matching

pytestmark = pytest.mark.usefixtures("database")


def exported() -> issuing.Exported:
    made = matching.made(submitted=True)
    seen = matching.version(made.id)
    decisions.decide(made.id, "approve", made.proposed, comment="", seen=seen, actor="approver")
    return issuing.export_approved(made.id, "docx", "officer")


def test_the_word_file_names_everybody_and_both_who_answer_for_it() -> None:
    data = exported()
    document = Document(io.BytesIO(approved_file._document(data)))
    text = "\n".join(cell.text for table in document.tables for cell in table._cells)
    text += "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(one.full_name in text for one in data.people)
    assert world.NAMES["approver"] in text
    assert data.proposal_code in text
    feet = [paragraph.text for paragraph in document.sections[0].footer.paragraphs]
    assert trace.printed_line() in feet


def test_the_workbook_keeps_numbers_that_begin_with_zero() -> None:
    data = exported()
    sheet = load_workbook(io.BytesIO(approved_file._workbook(data))).worksheets[0]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {one.cccd for one in data.people} <= cells
    assert all(one.cccd.startswith("0") for one in data.people)
