"""A formula that no program calculated has no value: it is never taken for a name or a blank."""

import re
import zipfile
from io import BytesIO

from tests.intake.lists import checked, workbook

HEADER = ["STT", "Họ và tên", "Năm sinh", "Số CCCD", "Thôn"]


def _with_zeros(content: bytes) -> bytes:
    """As some libraries write formulas: with 0 for the value that they do not know."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = re.sub(rb"</f><v\s*/>|</f><v></v>", b"</f><v>0</v>", part)
            new.writestr(name, part)
    return stream.getvalue()


def test_a_name_that_was_never_calculated_is_an_error() -> None:
    rows = [HEADER, [1, "Vi Văn Bình", 1961, "", "Bản Yên"], [2, "=F3&G3", 1964, "", "Bản Yên"]]
    found = checked(workbook(rows), "cong-thuc.xlsx")
    assert [row.full_name for row in found.rows] == ["Vi Văn Bình"]
    assert [(e.row, e.field, e.code) for e in found.errors] == [
        (3, "full_name", "formula_without_value")
    ]
    typed = checked(workbook(rows), "cong-thuc.xlsx", corrections={(3, "full_name"): "Hà Thị Tư"})
    assert typed.verdict == "import"


def test_a_column_of_formulas_that_are_all_zero_was_not_calculated() -> None:
    rows = [HEADER, [1, "Vi Văn Bình", 1961, "=F2", "Bản Yên"],
            [2, "Hà Thị Tư", 1964, "=F3", "Bản Yên"]]  # fmt: skip
    found = checked(_with_zeros(workbook(rows)), "cong-thuc.xlsx")
    assert [(e.row, e.field, e.code) for e in found.errors] == [
        (2, "cccd", "formula_without_value"),
        (3, "cccd", "formula_without_value"),
    ]


def test_a_formula_in_a_column_that_nobody_needs_harms_nothing() -> None:
    rows = [[*HEADER, "Thành tiền"], [1, "Vi Văn Bình", 1961, "", "Bản Yên", "=F2"],
            [2, "Hà Thị Tư", 1964, "", "Bản Yên", "=F3"]]  # fmt: skip
    assert checked(_with_zeros(workbook(rows)), "cong-thuc.xlsx").verdict == "import"
    assert checked(workbook(rows), "cong-thuc.xlsx").verdict == "import"
