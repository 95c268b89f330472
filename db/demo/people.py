"""Invented people and donors: names as they are heard in a region, numbers of the right form.

Families and peoples are weighted roughly as in the censuses; nobody of them exists.
"""

from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from stdnum.vn import mst

from db.reference.places import former_provinces, provinces_by_code
from db.rules.states import Benefit

_Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Invented:
    """A person as a commune would write one down; `categories` are codes."""

    full_name: str
    birth: str
    sex: str
    cccd: str | None
    bhxh: str | None
    phone: str
    hamlet: str
    household: str
    relation: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InventedDonor:
    name: str
    tax_code: str | None
    contact: str
    phone: str
    anonymous: bool


class _Weighted:
    """Values that are drawn as often as their weights say."""

    def __init__(self, weights: dict[str, int]) -> None:
        self.values = tuple(weights)
        self._up_to = tuple(accumulate(weights.values()))

    def draw(self, dice: Random) -> str:
        return self.values[bisect(self._up_to, dice.randrange(self._up_to[-1]))]


@dataclass(frozen=True, slots=True)
class _People:
    """How one of the peoples names its men and women; empty middles for names of one word."""

    families: _Names
    men: _Names
    women: _Names
    middle_men: _Names = ("Văn",)
    middle_women: _Names = ("Thị",)


_KINH_FAMILIES = _Weighted({
    "Nguyễn": 384, "Trần": 121, "Lê": 95, "Phạm": 70, "Hoàng": 51, "Phan": 45, "Vũ": 39, "Võ": 25,
    "Đặng": 21, "Bùi": 20, "Đỗ": 14, "Hồ": 13, "Ngô": 13, "Dương": 10, "Lý": 5, "Cao": 8,
    "Đinh": 9, "Trịnh": 7, "Mai": 6, "Lương": 5, "Thái": 4, "Tạ": 4, "Hà": 4, "Đoàn": 5,
})  # fmt: skip
_KINH = _People(
    _KINH_FAMILIES.values,
    ("An", "Bình", "Cường", "Dũng", "Đức", "Hải", "Hạnh", "Hiếu", "Hòa", "Hùng", "Khánh", "Lâm",
     "Long", "Minh", "Nam", "Nghĩa", "Phong", "Phúc", "Quang", "Sơn", "Tài", "Thành", "Thắng",
     "Thọ", "Tiến", "Toàn", "Trung", "Tuấn", "Tùng", "Vinh", "Xuân", "Lợi"),
    ("Anh", "Bích", "Châu", "Dung", "Hà", "Hạnh", "Hằng", "Hiền", "Hoa", "Hồng", "Huệ", "Hương",
     "Lan", "Liên", "Linh", "Loan", "Mai", "Mận", "Nga", "Ngọc", "Nhung", "Oanh", "Phương",
     "Quyên", "Tâm", "Thảo", "Thu", "Thủy", "Tuyết", "Vân", "Xuân", "Yến"),
    ("Văn", "Văn", "Đình", "Đức", "Hữu", "Minh", "Ngọc", "Quang", "Xuân", "Công", "Trọng"),
    ("Thị", "Thị", "Thị", "Thị Kim", "Thị Thanh", "Thị Ngọc", "Thị Thu", "Ngọc", "Thị Mỹ"),
)  # fmt: skip
_PEOPLES = {
    "thai": _People(
        ("Lô", "Vi", "Lương", "Kha", "Lữ", "Hà", "Quàng", "Lò", "Cà", "Tòng", "Ngân", "Vang"),
        ("Khăm", "Pó", "Thọ", "Thoong", "Inh", "Panh", "Xuân", "Tiến", "Nhất", "Phương"),
        ("Xoan", "Mận", "Pành", "Lả", "Hoài", "Duyên", "Xuân", "Nguyệt", "Phượng", "Ọt"),
    ),
    "mong": _People(
        ("Vừ", "Giàng", "Sùng", "Thào", "Lầu", "Xồng", "Và", "Hờ", "Mùa", "Vàng", "Cứ"),
        ("Chống", "Dua", "Nênh", "Pó", "Tủa", "Chù", "Lỳ", "Súa", "Giống", "Xìa"),
        ("Dợ", "Mỷ", "Xía", "Chư", "Dính", "Mảy", "Sua", "Ký", "Dở", "Cá"),
        ("A", "Bá", "Nhia"),
    ),
    "tay": _People(
        ("Nông", "Hoàng", "Triệu", "Bế", "Đàm", "Ma", "Lục", "Chu", "La", "Vi", "Lương", "Hứa"),
        ("Bảo", "Cương", "Dìn", "Hiệu", "Khìn", "Lưu", "Páo", "Thượng", "Viện", "Sấn"),
        ("Bích", "Đào", "Hiến", "Loan", "Niềm", "Pỉnh", "Slương", "Thắm", "Vẻ", "Xuyến"),
    ),
    "dao": _People(
        ("Bàn", "Đặng", "Triệu", "Phùng", "Lý", "Chảo", "Tẩn", "Phàn"),
        ("Chòi", "Kiềm", "Lụa", "Páo", "Sành", "Tòng", "Phúc", "Vạng"),
        ("Mùi", "Mẩy", "Pham", "Nhất", "Lai", "Chiêm", "Líu", "Mán"),
        ("Tiến", "Văn", "Phụ", "Tài"),
        ("Thị", "Tả", "Mùi"),
    ),
    "muong": _People(
        ("Bùi", "Đinh", "Quách", "Hà", "Phạm", "Trương", "Xa", "Cao"),
        ("Bống", "Diện", "Hẹ", "Nhỏ", "Thiềng", "Ún", "Dậu", "Tiểng"),
        ("Bệu", "Dín", "Hẻo", "Nhịm", "Thiệm", "Ượm", "Quằn", "Xuyên"),
    ),
    "khmer": _People(
        ("Thạch", "Sơn", "Kim", "Danh", "Lâm", "Châu", "Kiên", "Liêu", "Tăng", "Trà"),
        ("Sa Rây", "Phol", "Rương", "Hên", "Khêm", "Sóc", "Thươl", "Na Rinh", "Sang", "Dên"),
        ("Sô Khum", "Phuông", "Sa Rươl", "Hiên", "Kha", "Nhuôn", "Sa Mết", "Thia", "Ri", "Lên"),
        ("",),
        ("Thị", "Thị", ""),
    ),
    "highlands": _People(
        ("Niê", "Mlô", "Êban", "Kbuôr", "Siu", "Ksor", "Rơ Châm", "Kpă", "Rcom", "Hmok"),
        ("Y Bhăm", "Y Khoa", "Y Nguyên", "Y Thiên", "Y Blô", "Y Djoan", "Y Sên"),
        ("H Linh", "H Bia", "H Nga", "H Mai", "H Thủy", "H Duôn", "H Yuer"),
        ("",),
        ("",),
    ),
    "cham": _People(
        ("Bá", "Đàng", "Kiều", "Lưu", "Thành", "Từ", "Thiên", "Báo"),
        ("Sanh", "Khiêm", "Ngọ", "Thoảng", "Phổ", "Trượng"),
        ("Diễm", "Hợi", "Nhiệm", "Thiêm", "Xiêm", "Dương"),
    ),
}  # fmt: skip
_REGIONAL: dict[str, dict[str, float]] = {
    "04": {"tay": 0.62, "dao": 0.12, "mong": 0.14}, "08": {"tay": 0.4, "mong": 0.22, "dao": 0.15},
    "11": {"thai": 0.4, "mong": 0.38}, "12": {"thai": 0.35, "mong": 0.28, "dao": 0.12},
    "14": {"thai": 0.55, "mong": 0.17, "muong": 0.08}, "15": {"tay": 0.25, "mong": 0.2, "dao": 0.2},
    "19": {"tay": 0.35, "dao": 0.08}, "20": {"tay": 0.78}, "22": {"dao": 0.08, "tay": 0.05},
    "24": {"tay": 0.06}, "25": {"muong": 0.32, "dao": 0.04}, "37": {"muong": 0.03},
    "38": {"muong": 0.14, "thai": 0.1, "mong": 0.02}, "40": {"thai": 0.3, "mong": 0.08},
    "44": {"muong": 0.02}, "51": {"highlands": 0.12}, "52": {"highlands": 0.38, "cham": 0.03},
    "56": {"cham": 0.14}, "66": {"highlands": 0.3, "tay": 0.06},
    "68": {"highlands": 0.16, "cham": 0.04, "tay": 0.05}, "75": {"khmer": 0.03, "tay": 0.03},
    "80": {"khmer": 0.02}, "86": {"khmer": 0.2}, "91": {"khmer": 0.13}, "92": {"khmer": 0.15},
    "96": {"khmer": 0.07},
}  # fmt: skip
"""Share of peoples other than the Kinh among those on the lists, by province."""

_HEALTH = _Weighted({
    "HCN": 38, "TN": 12, "MSTB": 9, "LDTD": 10, "KT": 6, "NCT": 7, "BHN": 6, "TMC": 2, "HSSV": 4,
    "THT": 4, "KK": 7,
})  # fmt: skip
_BOOKS = _Weighted(
    {"HN": 12, "HCN": 28, "TN": 12, "MSTB": 8, "LDTD": 26, "KT": 4, "THT": 5, "KK": 5}
)
_AGES = {"NCT": (62, 69), "TMC": (7, 15), "HSSV": (16, 22)}
_HAMLET_WORDS = {
    "Đồng bằng sông Hồng": "Thôn",
    "Trung du và miền núi phía Bắc": "Bản",
    "Bắc Trung Bộ": "Xóm",
    "Nam Trung Bộ và Tây Nguyên": "Thôn",
    "Đông Nam Bộ": "Khu phố",
    "Đồng bằng sông Cửu Long": "Ấp",
}
_HAMLETS = (
    "Tân Tiến", "Đồng Tâm", "Hợp Thành", "Yên Hòa", "Phú Lộc", "Trung Sơn", "Nam Sơn", "Bình Minh",
    "Tân Lập", "Thanh Bình", "Xuân Tiến", "Hòa Bình", "Vĩnh Phú", "Phúc Thịnh", "An Khang",
)  # fmt: skip
_THAI_HAMLETS = ("Búng", "Cò Phạt", "Thái Sơn", "Nà Cà", "Huồi Tụ", "Pắc Pó", "Nà Lạn", "Tả Cồ")
_RELATIONS = ("Chủ hộ", "Chủ hộ", "Vợ", "Chồng", "Con", "Mẹ", "Bố")
_MOBILE = ("032", "033", "035", "037", "038", "070", "077", "081", "083", "086", "091", "097")

_COMPANY_FORMS = ("Công ty TNHH", "Công ty Cổ phần", "Công ty TNHH MTV", "Doanh nghiệp tư nhân")
_COMPANY_WORK = (
    "Dược phẩm", "Xây dựng", "Vật liệu", "Thương mại", "May mặc", "Nông sản", "Thủy sản", "Chè",
    "Vận tải", "Cơ khí", "Gỗ", "Điện máy", "Bao bì", "Du lịch",
)  # fmt: skip
_COMPANY_NAMES = (
    "Sông Lam Xanh", "Trường Thịnh", "Minh Phát", "An Bình", "Đại Cát", "Hoàng Gia Phát",
    "Tân Phú Lộc", "Việt Hưng", "Thiên Ân", "Phương Đông", "Bảo Long", "Hải Đăng", "Nam Á Châu",
    "Thành Tín", "Gia Khánh", "Lộc Xuân", "Đức Trí", "Quang Minh", "Sao Mai", "Hồng Hà",
)  # fmt: skip
_GROUPS = (
    "Câu lạc bộ Thiện nguyện {name}", "Nhóm Bạn trẻ {name}", "Hội đồng hương {place}",
    "Hội Doanh nhân trẻ {place}", "Quỹ Nghĩa tình {name}", "Chùa {name}", "Giáo xứ {name}",
)  # fmt: skip


class People:
    """Draws people of one province; everything follows from the dice."""

    def __init__(self, province_code: str, dice: Random) -> None:
        self._dice = dice
        self._province = provinces_by_code()[province_code]
        self._peoples = _REGIONAL.get(province_code, {})
        self._prefixes = _cccd_prefixes()[province_code]
        self._number = dice.randrange(20_000)

    def draw(self, benefit: Benefit, year: int) -> Invented:
        """Somebody whom a commune could list for a benefit in a year."""
        dice = self._dice
        group = self._group()
        female = dice.random() < 0.56
        categories = self._categories(benefit, group)
        born, birth = self._birth(categories[0], year)
        sex = "F" if female else "M"
        bhxh = self._digits(10, "40") if dice.random() < 0.3 else None
        household = self._digits(10, "40") if dice.random() < 0.55 else ""
        return Invented(
            full_name=self.name(group, female),
            birth=birth,
            sex=sex,
            cccd=self._cccd(born, female) if dice.random() < 0.95 else None,
            bhxh=bhxh if benefit is Benefit.HI else None,
            phone=self.phone() if dice.random() < 0.6 else "",
            hamlet=self._hamlet(group),
            household=household,
            relation=self._relation(categories[0], female),
            categories=categories,
        )

    def name(self, group: str = "", female: bool | None = None) -> str:
        """A full name; without arguments that of a Kinh man or woman."""
        dice = self._dice
        if female is None:
            female = dice.random() < 0.5
        people = _PEOPLES.get(group, _KINH)
        kinh = people is _KINH
        family = _KINH_FAMILIES.draw(dice) if kinh else dice.choice(people.families)
        middle = dice.choice(people.middle_women if female else people.middle_men)
        given = dice.choice(people.women if female else people.men)
        if group == "highlands":
            return f"{given} {family}"
        return " ".join(word for word in (family, middle, given) if word)

    def phone(self) -> str:
        return self._digits(10, self._dice.choice(_MOBILE))

    def document_number(self) -> str:
        """Ten digits, never the same twice within a province and year."""
        self._number += 1
        return f"{self._province.code}26{self._number % 1_000_000:06d}"

    def donors(self, count: int) -> list[InventedDonor]:
        """Companies, groups and private persons, each with its own name."""
        found: dict[str, InventedDonor] = {}
        while len(found) < count:
            donor = self._donor()
            found.setdefault(donor.name, donor)
        return list(found.values())

    def _donor(self) -> InventedDonor:
        dice = self._dice
        kind = dice.random()
        if kind < 0.55:
            name = " ".join(map(dice.choice, (_COMPANY_FORMS, _COMPANY_WORK, _COMPANY_NAMES)))
            return InventedDonor(name, _tax_code(dice), self.name(), self.phone(), False)
        if kind < 0.78:
            pattern = dice.choice(_GROUPS)
            place = self._province.short_name
            name = pattern.format(name=dice.choice(_COMPANY_NAMES), place=place)
            return InventedDonor(name, None, self.name(), self.phone(), False)
        female = dice.random() < 0.5
        title = "Bà" if female else "Ông"
        name = f"{title} {self.name(female=female)}"
        return InventedDonor(name, None, "", self.phone(), dice.random() < 0.35)

    def _group(self) -> str:
        drawn = self._dice.random()
        for group, share in self._peoples.items():
            drawn -= share
            if drawn < 0:
                return group
        return ""

    def _categories(self, benefit: Benefit, group: str) -> tuple[str, ...]:
        dice = self._dice
        weighted = _HEALTH if benefit is Benefit.HI else _BOOKS
        first = weighted.draw(dice)
        if not group or first in ("HN", "HCN"):
            return (first, "DTTS") if group and dice.random() < 0.3 else (first,)
        if benefit is Benefit.HI and dice.random() < 0.45:
            return ("DTTS_NKK",)
        return (first, "DTTS") if dice.random() < 0.5 else (first,)

    def _birth(self, category: str, year: int) -> tuple[int, str]:
        dice = self._dice
        youngest, oldest = _AGES.get(category, (18, 64))
        born = year - dice.randint(youngest, oldest)
        if dice.random() < 0.12:
            return born, str(born)
        return born, f"{born}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"

    def _cccd(self, born: int, female: bool) -> str:
        century = 2 if born >= 2000 else 0
        start = f"{self._dice.choice(self._prefixes)}{century + female}{born % 100:02d}"
        return self._digits(12, start)

    def _hamlet(self, group: str) -> str:
        dice = self._dice
        if group in ("thai", "mong", "tay", "dao"):
            return f"Bản {dice.choice(_THAI_HAMLETS)}"
        word = _HAMLET_WORDS[self._province.region]
        if word in ("Khu phố", "Thôn", "Xóm") and dice.random() < 0.5:
            return f"{word} {dice.randint(1, 12)}"
        return f"{word} {dice.choice(_HAMLETS)}"

    def _relation(self, category: str, female: bool) -> str:
        if category in ("TMC", "HSSV"):
            return "Con"
        fitting = [word for word in _RELATIONS if word not in (("Chồng", "Bố") if female else
                                                               ("Vợ", "Mẹ"))]  # fmt: skip
        return self._dice.choice(fitting)

    def _digits(self, length: int, start: str) -> str:
        left = length - len(start)
        return f"{start}{self._dice.randrange(10**left):0{left}d}"


def shares(dice: Random, total: int, least: int, most: int) -> list[int]:
    """Break a total into random parts of `least` to `most`; the last may be smaller."""
    parts = []
    while total > 0:
        parts.append(min(total, dice.randint(least, most)))
        total -= parts[-1]
    return parts


def _tax_code(dice: Random) -> str | None:
    """A number with the right check digit under a prefix that no tax office uses."""
    if dice.random() < 0.2:
        return None
    while True:
        start = f"99{dice.randrange(1, 10**7):07d}"
        digit = mst.calc_check_digit(start)
        if len(digit) == 1:
            return start + digit


@cache
def _cccd_prefixes() -> dict[str, tuple[str, ...]]:
    """Citizen numbers begin with the province of birth, one of the 63."""
    prefixes = defaultdict(list)
    for former in former_provinces():
        prefixes[former.new_code].append(former.cccd_code)
    return {code: tuple(found) for code, found in prefixes.items()}
