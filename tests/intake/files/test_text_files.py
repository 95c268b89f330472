"""Whatever wrote a text file, its people are read alike; correct Unicode is left alone."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.intake.files.legacy_columns import repaired
from db.intake.files.sheets import Sheet
from db.reference.places import communes, former_communes, provinces
from tests.intake.files import fixtures_text as files
from tests.intake.lists import checked, csv_of

FAMILIES = ("Nguyễn", "Lê", "Lý", "Lô", "Hà", "Đỗ", "Vàng", "Êban", "Niê", "Y", "H'", "Kpă", "Siu")
GIVENS = ("Xuân", "Hòa", "Là", "Sử", "Blô", "Hrê", "Phê", "Ân", "Ý", "Tú", "Hồ", "Krông", "Pék")


@pytest.mark.parametrize("name", files.READ_ALIKE)
def test_the_same_people_are_read_from_every_kind_of_text_file(name: str) -> None:
    result = checked(files.READ_ALIKE[name])
    assert result.verdict == "import", result.questions or result.errors or result.message
    assert [row.full_name for row in result.rows] == files.NAMES
    assert [row.birth for row in result.rows] == ["1956-03-05", "1961", "1970-12"]
    assert [(row.hamlet or "").lower() for row in result.rows] == [
        hamlet.lower() for hamlet in files.HAMLETS
    ]
    assert [row.categories for row in result.rows] == [("HCN",), ("KT",), ("BHN",)]
    assert [row.row for row in result.rows] == [2, 3, 4]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("windows-1258", "windows-1258"),
        ("tcvn3", "tcvn3"),
        ("vni", "vni"),
        ("read as latin-1", "utf-8+utf-8-twice"),
        ("utf-16-be without mark", "utf-16-be"),
    ],
)
def test_the_encoding_is_named_and_a_conversion_is_told(name: str, encoding: str) -> None:
    result = checked(files.READ_ALIKE[name])
    assert result.source.encoding == encoding
    told = [warning for warning in result.warnings if warning.code == "encoding_converted"]
    assert bool(told) is not encoding.startswith("utf-16")
    assert all(warning.value for warning in told)


def test_a_broken_letter_spoils_its_cell_and_not_the_file() -> None:
    content = files.text().encode().replace("Quỳnh".encode(), b"Qu\xe1\xbbnh")
    result = checked(content + "4,Vi Văn Bư".encode()[:-1])
    assert [row.row for row in result.rows] == [2, 3]
    assert {error.code for error in result.errors} == {"name_letters_lost", "birth_missing"}


def test_a_single_name_in_an_old_font_is_enough() -> None:
    content = csv_of("Hä vµ tªn,N¨m sinh,§Þa chØ", "Vµng A Sö,1961,Th«n Nam S¬n").encode("latin-1")
    row = checked(content).rows[0]
    assert (row.full_name, row.address) == ("Vàng A Sử", "Thôn Nam Sơn")


def test_correct_names_of_places_are_never_converted() -> None:
    names = {place.name for place in communes()} | {place.short_name for place in provinces()}
    names |= {link.name for link in former_communes()}
    sheet = Sheet("", {row: (name,) for row, name in enumerate(sorted(names), 1)})
    assert repaired(sheet) is sheet
    western = [name for name in sorted(names) if name and max(name) < "\u0100"]
    alone = Sheet("", {row: (name,) for row, name in enumerate(western, 1)})
    assert repaired(alone) is alone


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.tuples(st.sampled_from(FAMILIES), st.sampled_from(GIVENS), st.sampled_from(GIVENS)),
        min_size=1,
        max_size=6,
    )
)
def test_correct_names_of_people_are_never_converted(parts: list[tuple[str, str, str]]) -> None:
    sheet = Sheet("", {row: (" ".join(words),) for row, words in enumerate(parts, 1)})
    assert repaired(sheet) is sheet


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(files.NAMES + files.HAMLETS)), min_size=3, max_size=8))
def test_what_was_converted_once_is_not_converted_again(names: list[str]) -> None:
    for encode in (files.tcvn3, files.vni):
        sheet = Sheet("", {row: (encode(name),) for row, name in enumerate(names, 1)})
        once = repaired(sheet)
        assert [cells[0].lower() for cells in once.rows.values()] == [n.lower() for n in names]
        assert repaired(once).rows == once.rows


def test_decomposed_letters_are_told_as_a_repair_of_the_name() -> None:
    content = csv_of("Họ và tên,Năm sinh", unicodedata.normalize("NFD", "Lê Thị Nguyệt") + ",1961")
    result = checked(content)
    assert result.rows[0].full_name == "Lê Thị Nguyệt"
    assert "name_spelling" in {warning.code for warning in result.warnings}


def test_letters_written_as_entities_are_read_if_the_header_needs_it() -> None:
    lines = "STT;H&#7885; v&agrave; t&ecirc;n;N&#259;m sinh\n1;L&ocirc; Th&#7883; Xu&acirc;n;1956\n"
    found = checked(lines)
    assert [(row.full_name, row.birth) for row in found.rows] == [("Lô Thị Xuân", "1956")]
    kept = checked("Họ và tên,Năm sinh,Địa chỉ\nLô Thị Xuân,1956,A&ecirc;B\n")
    assert kept.rows[0].address == "A&ecirc;B"
