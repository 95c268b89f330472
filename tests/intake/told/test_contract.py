"""`check-list` prints what others rely on, and needs nothing but the file."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from db.intake.check_list_command import main
from tests.intake.lists import BINH, HEADER, MON_SON, TODAY, XUAN, csv_of, workbook

ROOT = Path(__file__).parents[3]


def printed(
    capsysbinary: pytest.CaptureFixture[bytes], path: Path, *options: str
) -> dict[str, Any]:
    assert main([str(path), *options, "--json"], today=TODAY) == 0
    result: dict[str, Any] = json.loads(capsysbinary.readouterr().out)
    return result


@pytest.fixture
def good_list(tmp_path: Path) -> Path:
    path = tmp_path / "danh-sach.csv"
    path.write_text(csv_of(HEADER, XUAN, BINH), encoding="utf-8")
    return path


def test_the_object_has_exactly_the_agreed_keys(
    good_list: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    result = printed(capsysbinary, good_list, "--office", MON_SON)
    assert set(result) == {
        *("verdict", "reason", "message", "questions", "source", "columns", "rows_read", "rows"),
        *("errors", "warnings"),
    }
    assert set(result["source"]) == {
        *("encoding", "delimiter", "sheets", "header_rows", "first_data_row"),
    }
    assert result["rows"][0] == {
        "row": 2,
        "full_name": "Lô Thị Xuân",
        "birth": "1956-03-05",
        "sex": "F",
        "cccd": "040156001204",
        "bhxh": None,
        "hi_card": None,
        "commune_code": MON_SON,
        "hamlet": None,
        "address": None,
        "category": ["Hộ cận nghèo"],
        "phone": None,
        "household": None,
        "relation": None,
        "benefit": None,
    }
    assert (result["verdict"], result["rows_read"]) == ("import", 2)


def test_problems_have_exactly_the_agreed_keys(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "loi.csv"
    path.write_text(csv_of(HEADER, "1,Vi Văn Bình,31/02/1961,Nam,,HN"), encoding="utf-8")
    result = printed(capsysbinary, path)
    for problem in (*result["errors"], *result["warnings"]):
        assert set(problem) == {"row", "field", "code", "value", "message"}
    assert result["verdict"] == "import_with_errors"


def test_a_rejected_file_has_a_reason_and_a_sentence(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "anh.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    result = printed(capsysbinary, path)
    assert (result["verdict"], result["reason"]) == ("reject", "not_a_table_file")
    assert result["message"].startswith("Đây không phải bảng tính.")
    assert (result["rows"], result["rows_read"]) == ([], 0)


def test_a_question_is_answered_on_the_command_line(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "hai-cot.xlsx"
    rows = [["Họ và tên", "Năm sinh", "Số CCCD", "Số định danh"]]
    path.write_bytes(workbook([*rows, ["Vi Văn Bình", "1961", "040061000011", "040061000022"]]))
    asked = printed(capsysbinary, path)
    assert asked["verdict"] == "ask_user"
    assert asked["questions"][0]["choices"] == ["Số CCCD", "Số định danh"]
    answered = printed(capsysbinary, path, "--answer", "column_cccd=Số định danh")
    assert answered["rows"][0]["cccd"] == "040061000022"


def test_the_office_may_be_a_province(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "xa.csv"
    lines = ["Vi Văn Bình,1961,Môn Sơn", "Lô Văn An,1962,Phường Ba Đình"]
    path.write_text(csv_of("Họ và tên,Năm sinh,Xã", *lines), encoding="utf-8")
    result = printed(capsysbinary, path, "--office", "40")
    assert [row["commune_code"] for row in result["rows"]] == [MON_SON]
    assert [error["code"] for error in result["errors"]] == ["place_outside_office"]


@pytest.mark.parametrize("options", [["--office", "99"], ["--answer", "nothing"]])
def test_an_unusable_call_says_so_and_prints_no_object(
    good_list: Path, options: list[str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main([str(good_list), "--json", *options], today=TODAY) == 2
    captured = capsysbinary.readouterr()
    assert captured.out == b""
    assert captured.err


def test_a_missing_file_is_an_unusable_call(tmp_path: Path) -> None:
    assert main([str(tmp_path / "khong-co.csv")], today=TODAY) == 2


def test_one_process_needs_no_database_and_writes_nothing(good_list: Path, tmp_path: Path) -> None:
    here = tmp_path / "empty"
    here.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "db.intake.check_list_command", str(good_list), "--json"],
        cwd=here,
        env={"PYTHONPATH": str(ROOT), "DATABASE_URL": "nonsense://"},
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["verdict"] == "import"
    assert list(here.iterdir()) == []
