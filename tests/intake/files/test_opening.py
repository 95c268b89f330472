"""What is no readable table is turned away, with a reason."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.intake.files import delimited, guard
from tests.intake.lists import HEADER, XUAN, checked, commune_workbook, csv_of, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512


def zip_of(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(commune_workbook())) as archive:
        parts = {member: archive.read(member) for member in archive.namelist()}
    return zip_of({**parts, name: content})


def encrypted_zip() -> bytes:
    content = bytearray(commune_workbook())
    at = -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        content[at + 8] |= 1
    return bytes(content)


REFUSED: dict[str, list[bytes | str]] = {
    "empty_file": [b"", b"\xef\xbb\xbf\r\n \n"],
    "not_a_table_file": [
        b"%PDF-1.7",
        b"\x89PNG\r\n",
        b"<html><table></table></html>",
        OLE,
        zip_of({"word/document.xml": b"<w/>"}),
        f"{HEADER}\x00\n1,Triệu Thị Mơ".encode(),
        HEADER.encode() + b"\n1,\xff\xfe\xfd\xfc\xfb\xfa\n",
        b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>",
    ],
    "corrupt_file": [
        b"PK\x03\x04 broken",
        commune_workbook()[:2000],
        zip_of({"xl/workbook.xml": b"<a"}),
        OLE + "Workbook".encode("utf-16-le"),
    ],
    "password_protected": [OLE + "EncryptedPackage".encode("utf-16-le"), encrypted_zip()],
    "macros_not_allowed": [with_part("xl/vbaProject.bin", b"x")],
    "xml_dtd_forbidden": [
        with_part("xl/styles.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'),
        with_part("xl/styles.xml", "<!DOCTYPE a><a/>".encode("utf-16")),
    ],
    "no_data_rows": [csv_of(HEADER), workbook([[None]]), workbook([HEADER.split(",")])],
    "no_header": [csv_of("một,hai,ba", "1,2,3"), workbook([["Kính gửi ông bà"]])],
    "too_large": [csv_of(HEADER, "1," + "a" * 600_000)],
    "uncompressed_too_large": [
        with_part("xl/media/a.bin", b"\x00" * (guard.RATIO_COUNTS_FROM_BYTES + 1)),
        zip_of({f"xl/{n}.xml": b"" for n in range(guard.MAX_MEMBERS + 1)}),
    ],
}


@pytest.mark.parametrize(
    ("reason", "content"), [(reason, each) for reason, all_ in REFUSED.items() for each in all_]
)
def test_a_file_that_cannot_be_a_list_is_rejected_with_its_reason(
    reason: str, content: bytes | str
) -> None:
    result = checked(content)
    assert (result.verdict, result.reason) == ("reject", reason)
    assert result.message
    assert result.rows == ()


def test_a_file_over_the_limit_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_FILE_BYTES", 100)
    assert checked("a" * 101).reason == "too_large"


def test_more_rows_than_allowed_are_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_ROWS", 0)
    assert checked(csv_of(HEADER, *[XUAN] * 101)).reason == "too_large"


def test_a_list_without_a_name_column_and_nothing_to_choose_from_is_rejected() -> None:
    content = csv_of("STT,Ngày sinh,Số CCCD,Giới tính,Địa chỉ", "1,1957,040157001204,Nữ,Bản Xiềng")
    assert checked(content).reason == "no_name_column"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_files_of_every_delimiter_and_unicode_encoding_read_alike(
    delimiter: str, encoding: str
) -> None:
    content = csv_of(HEADER, XUAN).replace(",", delimiter).encode(encoding)
    result = checked(content)
    assert result.verdict == "import"
    assert result.rows[0].full_name == "Lô Thị Xuân"
    assert (result.source.delimiter, result.source.encoding) == (delimiter, encoding)


def test_a_comma_inside_quotes_is_no_delimiter() -> None:
    content = csv_of("STT;Họ và tên;Ngày sinh;Địa chỉ", '1;Lô Văn An;1957;"a, b, c, d, e, f"')
    assert checked(content).rows[0].address == "a, b, c, d, e, f"


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_check_fail(content: bytes) -> None:
    assert checked(content).verdict in ("reject", "ask_user", "import", "import_with_errors")


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_text_under_a_header_makes_the_check_fail(text: str) -> None:
    result = checked(f"{HEADER}\n{text}".encode("utf-8", "replace"))
    assert result.rows_read >= len(result.rows)


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=6, max_size=6), max_size=6))
def test_every_person_read_is_either_good_or_has_an_error_or_repeats(
    cells: list[list[str]],
) -> None:
    lines = [",".join(part.replace(",", " ").replace('"', "") for part in row) for row in cells]
    result = checked(csv_of(HEADER, *lines).encode("utf-8", "replace"))
    good = {row.row for row in result.rows}
    bad = {problem.row for problem in result.errors}
    repeated = {problem.row for problem in result.warnings if problem.code == "same_row_twice"}
    assert not good & bad
    assert result.rows_read == len(good) + len(bad) + len(repeated)


def test_a_lone_quotation_mark_as_ditto_swallows_nobody() -> None:
    content = csv_of(
        "Họ và tên,Năm sinh,Thôn",
        "Vi Văn Bình,1961,Bản Cửa",
        'Lô Văn An,1962,"',
        'Kha Văn Ba,1963,"',
    )
    result = checked(content)
    assert [(row.full_name, row.hamlet) for row in result.rows] == [
        ("Vi Văn Bình", "Bản Cửa"),
        ("Lô Văn An", "Bản Cửa"),
        ("Kha Văn Ba", "Bản Cửa"),
    ]


def test_a_cell_of_two_lines_in_quotes_stays_one_cell() -> None:
    content = csv_of("Họ và tên,Năm sinh,Đối tượng", 'Vi Văn Bình,1961,"Hộ nghèo', 'Khuyết tật"')
    assert [row.categories for row in checked(content).rows] == [("HN", "KT")]
