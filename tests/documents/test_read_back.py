"""What we write into sheets reads back as what it was."""

from hypothesis import given, settings
from hypothesis import strategies as st

from db.documents.list_files import error_workbook
from db.documents.workbook import workbook_of
from db.intake.error_sheet import corrections_in
from tests.intake.lists import checked, csv_of

HEADERS = ("Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Thôn", "Đối tượng", "Số điện thoại")
WORDS = ("Lô", "Vi", "Thị", "Văn", "Xoan", "Thọ", "Mận", "Pó", "Dếnh", "Ánh", "Huỳnh", "Ỷ")
names = st.lists(st.sampled_from(WORDS), min_size=2, max_size=4).map(" ".join)


@st.composite
def people(draw: st.DrawFn) -> tuple[str, ...]:
    """One person as a careful clerk writes them."""
    sex = draw(st.sampled_from(("Nam", "Nữ")))
    year, month, day = (
        draw(st.integers(1931, 1999)),
        draw(st.integers(1, 12)),
        draw(st.integers(1, 28)),
    )
    number = draw(st.integers(0, 999_999))
    return (
        draw(names),
        draw(st.sampled_from((f"{day:02}/{month:02}/{year}", f"{month:02}/{year}", str(year)))),
        sex,
        f"040{int(sex == 'Nữ')}{year % 100:02}{number:06}",
        draw(st.sampled_from(("Bản Búng", "=1+1", "-Xiềng", "+84", "@nhà", "'Tư", "Tổ 3"))),
        draw(st.sampled_from(("Hộ cận nghèo", "Người khuyết tật", "Người cao tuổi"))),
        f"09{number:08}",
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(people(), min_size=1, max_size=8, unique_by=lambda person: person[3]))
def test_people_written_into_a_sheet_are_read_as_they_were(rows: list[tuple[str, ...]]) -> None:
    result = checked(
        workbook_of("Danh sách", HEADERS, rows), "xuat.xlsx", answers={"twins": "keep"}
    )
    assert result.errors == ()
    assert [
        (
            row.full_name,
            "/".join(reversed(row.birth.split("-"))),
            {"M": "Nam", "F": "Nữ"}[row.sex or ""],
            row.cccd,
            row.phone,
        )
        for row in result.rows
    ] == [(name, birth, sex, cccd, phone) for name, birth, sex, cccd, _, _, phone in rows]
    assert [row.hamlet for row in result.rows] == [row[4] for row in rows]


cells = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("=+-@'\"0 x"),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(names, cells, cells, cells, cells), min_size=1, max_size=6))
def test_wrong_rows_left_as_they_are_correct_nothing(rows: list[tuple[str, ...]]) -> None:
    quoted = [
        ",".join(['"' + cell.replace('"', '""') + '"' for cell in (name, "31/02/1958", *rest)])
        for name, *rest in rows
    ]
    result = checked(csv_of("Họ và tên,Ngày sinh,Thôn,Số CCCD,Ghi chú,Địa chỉ", *quoted))
    if result.to_correct:
        assert corrections_in(error_workbook(result), result) == {}
