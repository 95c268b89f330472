"""Layouts and cells as clerks make them, each with what a careful reader finds in it."""

from dataclasses import dataclass

from tests.intake.lists import csv_of, workbook

HEAD = "STT,Họ và tên,Năm sinh"


@dataclass(frozen=True, slots=True)
class Layout:
    """`people` are (row, name, birth); `warnings`, `errors` and `questions` are codes."""

    content: bytes | str
    people: tuple[tuple[int, str, str], ...]
    warnings: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


BINH = (2, "Vi Văn Bình", "1961")
AN = (3, "Lô Văn An", "1962")

LAYOUTS: dict[str, Layout] = {
    "stacked tables in another order": Layout(
        csv_of(HEAD, "1,Vi Văn Bình,1961", "Năm sinh,Giới tính,Họ và tên", "1962,Nam,Lô Văn An"),
        (BINH, (4, "Lô Văn An", "1962")),
    ),
    "header of two rows printed again": Layout(
        csv_of(
            "STT,Họ và tên,Năm sinh,",
            ",,Nam,Nữ",
            "1,Vi Văn Bình,1961,",
            "STT,Họ và tên,Năm sinh,",
            ",,Nam,Nữ",
            "(1),(2),(3),(4)",
            "2,Lô Thị An,,1962",
        ),
        ((3, "Vi Văn Bình", "1961"), (7, "Lô Thị An", "1962")),
    ),
    "signatures under a list that numbers its people": Layout(
        csv_of(
            HEAD,
            "1,Vi Văn Bình,1961",
            "2,Lô Văn An,1962",
            ",,",
            ",Cán bộ tổng hợp,",
            ",Hà Thị Lan,Lê Văn Tám",
        ),
        (BINH, AN),
    ),
    "a last person without a number is no signature": Layout(
        csv_of(HEAD, "1,Vi Văn Bình,1961", "2,Lô Văn An,1962", ",Hà Thị Lan,"),
        (BINH, AN),
        errors=("birth_missing",),
    ),
    "who signed, in words seldom used": Layout(
        csv_of(
            HEAD,
            "1,Vi Văn Bình,1961",
            ",Danh sách này gồm 01 (một) người./.,",
            ",T/M BAN CHỈ ĐẠO,Người tổng hợp",
            ",Hà Thị Lan,Lê Văn Tám",
        ),
        (BINH,),
    ),
    "the foot and the head of a page": Layout(
        csv_of(
            HEAD,
            "1,Vi Văn Bình,1961",
            ",Cộng mang sang trang sau,",
            "UBND XÃ MÔN SƠN,,Trang 2/2",
            ",Trang trước chuyển sang,",
            "2,Lô Văn An,1962",
        ),
        (BINH, (6, "Lô Văn An", "1962")),
    ),
    "one header over two columns of a name": Layout(
        csv_of("STT,Họ và tên,,Năm sinh", "1,Vi Văn,Bình,1961", "2,Lô Văn,An,1962"),
        (BINH, AN),
    ),
    "merged header over two columns of a name": Layout(
        workbook(
            [
                ["STT", "Họ và tên", None, "Năm sinh"],
                [1, "Vi Văn", "Bình", 1961],
                [2, "Lô Văn", "An", 1962],
            ],
            ["B1:C1"],
        ),
        (BINH, AN),
    ),
    "the same name in two hamlets": Layout(
        csv_of(HEAD, "I,Thôn Một,", "1,Vi Văn Bình,1961", "II,Thôn Hai,", "1,Vi Văn Bình,1961"),
        ((3, "Vi Văn Bình", "1961"), (5, "Vi Văn Bình", "1961")),
        ("duplicate_in_file", "from_heading", "from_heading"),
    ),
    "groups lettered in small letters": Layout(
        csv_of(
            HEAD, "a,Nhóm thứ nhất,", "1,Vi Văn Bình,1961", "b,Nhóm thứ hai,", "1,Lô Văn An,1962"
        ),
        ((3, "Vi Văn Bình", "1961"), (5, "Lô Văn An", "1962")),
    ),
    "a bar table with a ruled line": Layout(
        csv_of("| STT | Họ và tên | Năm sinh |", "|---|---|---|", "| 1 | Lô Văn An | 1962 |"),
        (AN,),
    ),
    "letters lost when the file was saved": Layout(
        csv_of(HEAD, "1,Nguy?n V?n ???ng,1961", "2,Lô Văn An,1962", "3,Tr\ufffdn Văn Tám,1963"),
        (AN,),
        errors=("name_letters_lost",),
    ),
    "a total that fits": Layout(
        csv_of("Danh sách gồm 2 người", HEAD, "1,Vi Văn Bình,1961", "2,Lô Văn An,1962"),
        ((3, "Vi Văn Bình", "1961"), (4, "Lô Văn An", "1962")),
    ),
    "a total that does not fit": Layout(
        csv_of(HEAD, "1,Vi Văn Bình,1961", "2,Lô Văn An,1962", ",Tổng số: 137 người,"),
        (BINH, AN),
        ("total_mismatch",),
    ),
    "subtotals of hamlets": Layout(
        csv_of(
            HEAD,
            "I,Thôn Một,",
            "1,Vi Văn Bình,1961",
            ",Cộng: 1 người,",
            "II,Thôn Hai,",
            "2,Lô Văn An,1962",
            ",Cộng: 1 người,",
            ",Tổng cộng: 2 người,",
        ),
        ((3, "Vi Văn Bình", "1961"), (6, "Lô Văn An", "1962")),
        ("from_heading", "from_heading"),
    ),
    "a commune as a heading": Layout(
        csv_of(HEAD, "Xã Môn Sơn,,", "1,Vi Văn Bình,1961"),
        ((3, "Vi Văn Bình", "1961"),),
        ("from_heading",),
    ),
    "no header at all": Layout(
        csv_of("1,Vi Văn Bình,1961,Nam,040061000011", "2,Lô Văn An,1962,Nam,040062000012"),
        ((1, "Vi Văn Bình", "1961"), (2, "Lô Văn An", "1962")),
        questions=("no_header",),
    ),
    "a column of numbers without a header": Layout(
        csv_of(
            "Họ và tên,Năm sinh,", "Vi Văn Bình,1961,040061000011", "Lô Văn An,1962,040062000012"
        ),
        (BINH, AN),
    ),
    "the same header twice": Layout(
        csv_of(
            "Họ và tên,Năm sinh,Số điện thoại,Số điện thoại",
            "Vi Văn Bình,1961,0912345678,0987654321",
        ),
        (BINH,),
        questions=("duplicate_headers",),
    ),
    "the same empty header twice": Layout(
        csv_of("Họ và tên,Năm sinh,Số điện thoại,Số điện thoại", "Vi Văn Bình,1961,0912345678,"),
        (BINH,),
    ),
    "two people in one cell": Layout(
        csv_of(HEAD, "1,Vi Văn Bình và Lô Thị An,1961", "2,Lô Văn An,1962"),
        (AN,),
        errors=("name_two_people",),
    ),
    "two people under each other": Layout(
        workbook([["Họ và tên", "Năm sinh"], ["Vi Văn Bình\nLô Thị An", "1961"]]),
        (),
        errors=("name_two_people",),
    ),
    "a name over two lines": Layout(
        workbook([["Họ và tên", "Năm sinh"], ["Vi Văn\nBình", "1961"]]), (BINH,)
    ),
    "a name with its number": Layout(
        csv_of(HEAD, "1,Vi Văn Bình - CCCD: 040061000011,1961"), (), errors=("name_and_more",)
    ),
    "one person twice": Layout(
        csv_of("Họ và tên,Ngày sinh", "Vi Văn Bình,05/03/1961", "VI VĂN BÌNH,05/03/1961"),
        ((2, "Vi Văn Bình", "1961-03-05"), (3, "Vi Văn Bình", "1961-03-05")),
        ("name_case", "duplicate_in_file"),
        questions=("twins",),
    ),
    "namesakes of one year": Layout(
        csv_of("Họ và tên,Năm sinh,Thôn", "Vi Văn Bình,1961,Một", "Vi Văn Bình,1961,Hai"),
        (BINH, (3, "Vi Văn Bình", "1961")),
        ("duplicate_in_file",),
    ),
    "mostly wrong": Layout(
        csv_of(HEAD, "1,Vi Văn Bình,1961", *[f"{n},Lô Văn {n},x" for n in range(2, 8)]),
        (BINH,),
        errors=("name_and_more", "birth_unreadable") * 6,
        questions=("mostly_wrong",),
    ),
    "month first": Layout(
        csv_of("Họ và tên,Ngày sinh", "Vi Văn Bình,03/25/1961", "Lô Văn An,04/30/1962"),
        (),
        errors=("birth_impossible",) * 2,
        questions=("date_order",),
    ),
    "all names in capitals": Layout(
        csv_of(HEAD, "1,VI VĂN BÌNH,1961", "2,LÔ VĂN AN,1962", "3,KHA VĂN BA,1963"),
        (BINH, AN, (4, "Kha Văn Ba", "1963")),
        ("name_case",),
    ),
    "a stranger's letter in a name": Layout(
        csv_of(HEAD, "1,Vi Văn Bìnһ,1961".replace("һ", "h"), "2,Lô Văn Аn,1962"),
        (BINH, AN),
        ("name_spelling",),
    ),
    "invisible signs in a name": Layout(
        csv_of(HEAD, "1,Vi\u200b Văn Bình,1961"), (BINH,), ("name_spelling",)
    ),
    "tones in the old place": Layout(
        csv_of(HEAD, "1,Lê Thị Thuý Hoà,1961"),
        ((2, "Lê Thị Thúy Hòa", "1961"),),
        ("name_spelling",),
    ),
    "a card of a poor household": Layout(
        csv_of("Họ và tên,Năm sinh,Mã thẻ BHYT", "Vi Văn Bình,1961,HN2404012345678"),
        (BINH,),
        ("card_proves_state_pays",),
    ),
    "a household card": Layout(
        csv_of("Họ và tên,Năm sinh,Mã thẻ BHYT", "Vi Văn Bình,1961,GD4404012345678"), (BINH,)
    ),
    "a severe disability": Layout(
        csv_of("Họ và tên,Năm sinh,Đối tượng", "Vi Văn Bình,1961,Khuyết tật nặng"),
        (BINH,),
        ("state_may_pay",),
    ),
    "a number in groups": Layout(
        csv_of("Họ và tên,Năm sinh,Số CCCD", "Vi Văn Bình,1961,040 061 000 011"),
        (BINH,),
        ("number_cleaned",),
    ),
    "the letter O for a zero": Layout(
        csv_of("Họ và tên,Năm sinh,Số CCCD", "Vi Văn Bình,1961,O4OO61000011"),
        (BINH,),
        ("number_cleaned",),
    ),
    "a lost zero": Layout(
        csv_of("Họ và tên,Năm sinh,Số CCCD", "Vi Văn Bình,1961,40061000011"),
        (BINH,),
        ("cccd_zero_restored",),
    ),
    "a number as a float": Layout(
        csv_of("Họ và tên,Năm sinh,Số CCCD", "Vi Văn Bình,1961,40061000011.0"),
        (BINH,),
        ("cccd_zero_restored",),
    ),
    "scientific notation": Layout(
        csv_of("Họ và tên,Năm sinh,Số CCCD", "Vi Văn Bình,1961,4.0061E+10"),
        (),
        errors=("cccd_scientific",),
    ),
    "a phone without its zero": Layout(
        csv_of("Họ và tên,Năm sinh,SĐT", "Vi Văn Bình,1961,912345678"), (BINH,), ("phone_repaired",)
    ),
    "a phone in groups": Layout(
        csv_of("Họ và tên,Năm sinh,SĐT", "Vi Văn Bình,1961,0912.345.678"), (BINH,)
    ),
    "an English month": Layout(
        csv_of("Họ và tên,Ngày sinh", "Vi Văn Bình,5-Mar-1961"), ((2, "Vi Văn Bình", "1961-03-05"),)
    ),
    "an apostrophe before a day": Layout(
        csv_of("Họ và tên,Ngày sinh", "Vi Văn Bình,'01/01/1950"),
        ((2, "Vi Văn Bình", "1950-01-01"),),
    ),
    "a serial number for a day": Layout(
        csv_of("Họ và tên,Ngày sinh", "Vi Văn Bình,22345"),
        ((2, "Vi Văn Bình", "1961-03-05"),),
        ("birth_excel_serial",),
    ),
    "money beside people": Layout(
        csv_of("Họ và tên,Năm sinh,Số tiền đóng,Tỷ lệ (%)", 'Vi Văn Bình,1961,"1.366.200",30'),
        (BINH,),
    ),
    "signatures": Layout(
        csv_of(
            HEAD,
            "1,Vi Văn Bình,1961",
            ",NGƯỜI LẬP BIỂU,TM. ỦY BAN NHÂN DÂN",
            ",Nguyễn Thị Lan,Lê Văn Tám",
        ),
        (BINH,),
    ),
    "symbols under the header": Layout(
        csv_of(HEAD, "A,B,1", "1,Vi Văn Bình,1961"), ((3, "Vi Văn Bình", "1961"),), ()
    ),
    "a text of 400 signs for an address": Layout(
        csv_of("Họ và tên,Năm sinh,Địa chỉ", f"Vi Văn Bình,1961,{'a' * 400}"),
        (),
        errors=("text_too_long",),
    ),
    "markup and formulas": Layout(
        csv_of("Họ và tên,Năm sinh,Địa chỉ", "Vi Văn Bình,1961,=1+1", "Lô Văn An,1962,<b>x</b>"),
        (BINH, AN),
    ),
}
