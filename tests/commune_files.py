"""Lists as communes make them: invented people in a workbook with title, header and signature."""

import io
import random
from dataclasses import dataclass, replace

from openpyxl import Workbook

HEADER = (
    "STT",
    "Họ và tên",
    "Ngày, tháng, năm sinh",
    "Giới tính",
    "Số CCCD",
    "Thôn, bản",
    "Đối tượng",
    "Số điện thoại",
)
FIRST_ROW = 8


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    birth: str
    sex: str
    cccd: str
    hamlet: str
    category: str
    phone: str


def invented(people: int, seed: int = 80, province: str = "40") -> list[Row]:
    """Adults without cover of their own, every name different, so that nobody is a duplicate."""
    dice = random.Random(seed)
    families = ("Lô", "Vi", "Nguyễn", "Trần", "Moong", "Lương", "Kha", "Cụt", "Hà", "Lữ")
    middles = ("Văn", "Thị", "Đình", "Thị Kim", "Xuân", "Thị Thu", "Bá", "Thị Hồng")
    givens = ("Thọ", "Mận", "Hoa", "Pó", "Xoan", "Dũng", "Nga", "Khăm", "Liên", "Tâm", "Bình")
    names = [f"{f} {m} {g}" for f in families for m in middles for g in givens]
    rows = []
    for number, name in enumerate(dice.sample(names, people)):
        year, female = dice.randint(1962, 1999), "Thị" in name
        rows.append(
            Row(
                name=name,
                birth=f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/{year}",
                sex="Nữ" if female else "Nam",
                cccd=f"0{province}{int(female)}{year % 100:02d}{number + 100000:06d}",
                hamlet=dice.choice(("Bản Búng", "Bản Cò Phạt", "Bản Thái Sơn", "Bản Nam Sơn")),
                category=dice.choice(
                    ("Hộ cận nghèo", "Hộ cận nghèo", "Lao động tự do", "Người cao tuổi")
                ),
                phone=f"09{dice.randint(10_000_000, 99_999_999)}",
            )
        )
    return rows


def workbook(rows: list[Row], commune: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([f"ỦY BAN NHÂN DÂN {commune.upper()}", *[""] * 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"])
    sheet.append(["", *[""] * 4, "Độc lập - Tự do - Hạnh phúc"])
    sheet.append([])
    sheet.append(["DANH SÁCH NGƯỜI CÓ HOÀN CẢNH KHÓ KHĂN"])
    sheet.append([f"(Kèm theo Công văn số 12/UBND của {commune})"])
    sheet.append([])
    sheet.append(HEADER)
    for number, row in enumerate(rows, start=1):
        sheet.append(
            [number, row.name, row.birth, row.sex, row.cccd, row.hamlet, row.category, row.phone]
        )
    sheet.append([])
    sheet.append(["", "NGƯỜI LẬP BIỂU", "", "", "", "TM. ỦY BAN NHÂN DÂN"])
    for cells in sheet.iter_rows(min_row=FIRST_ROW):
        for cell in cells[1:]:
            cell.number_format = "@"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def eighty(commune: str) -> tuple[bytes, dict[tuple[int, str], str]]:
    """80 people: three bad cells, and two rows that are one name and birth but two numbers.

    Returns the file and what the bad cells should hold: {(row, field): text}.
    """
    rows = invented(80)
    first, second = rows[40], rows[41]
    rows[41] = Row(
        name=first.name,
        birth=first.birth,
        sex=first.sex,
        cccd=second.cccd[:3] + first.cccd[3:6] + "777777",
        hamlet=second.hamlet,
        category=second.category,
        phone=second.phone,
    )
    wanted = {
        (FIRST_ROW + 2, "birth"): "28/02/1968",
        (FIRST_ROW + 5, "cccd"): rows[5].cccd,
        (FIRST_ROW + 9, "category"): "Hộ cận nghèo",
    }
    rows[2] = _with(rows[2], birth="31/02/1968", cccd="")
    rows[5] = _with(rows[5], cccd=rows[5].cccd + "9")
    rows[9] = _with(rows[9], category="Nhà neo đơn quá")
    return workbook(rows, commune), wanted


def _with(row: Row, **changes: str) -> Row:

    return replace(row, **changes)
