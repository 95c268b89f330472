"""Millions of invented people, lists that name some of them again with slips, and the figures.

Apart from the demo data and from the shares in db/reference. Among the people listed again:
no diacritics 24 %, ID missing 18 %, only the year 14 %, a slip in the ID 11 %, another commune
12 % (half of them in another province), day and month swapped, a part of the name missing and its
parts moved 7 % each, independently; who would be left without any slip has one of the last three.
Of all people 38 % are Nguyễn, 6 % have no citizen ID, 35 % no insurance number, and 0.05 % carry
the ID of somebody else in their commune; of those born before 1960, 22 % know only the year.
"""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from db.reference.places import Commune, communes, former_provinces

_FAMILIES = {
    "Nguyễn": 380, "Trần": 115, "Lê": 92, "Phạm": 66, "Hoàng": 36, "Huỳnh": 22, "Phan": 40,
    "Vũ": 28, "Võ": 30, "Đặng": 19, "Bùi": 19, "Đỗ": 13, "Hồ": 12, "Ngô": 12, "Dương": 9,
    "Lý": 7, "Trương": 14, "Đinh": 8, "Đoàn": 6, "Trịnh": 6, "Mai": 5, "Lương": 5, "Cao": 5,
    "Hà": 5, "Lâm": 4, "Tạ": 3, "Lưu": 3, "Châu": 3, "Lò": 5, "Vi": 4, "Nông": 4, "Giàng": 3,
    "Sùng": 2, "Vàng": 2, "Moong": 1, "Cụt": 1, "Thạch": 3, "Kim": 2, "Niê": 2, "Ksor": 2,
    "Triệu": 3, "Hoàng Văn": 1, "Quách": 2, "Tống": 2, "Kha": 1, "Lữ": 1, "Bế": 1,
}  # fmt: skip
_MIDDLES = {
    "M": {"Văn": 40, "Đình": 4, "Đức": 6, "Hữu": 6, "Xuân": 4, "Quốc": 4, "Minh": 5, "Công": 3,
          "Quang": 4, "Ngọc": 4, "Thanh": 4, "Hoàng": 3, "Bá": 2, "Trọng": 2, "": 3},
    "F": {"Thị": 55, "Thị Kim": 3, "Thị Thanh": 4, "Thị Ngọc": 4, "Thị Thu": 4, "Thị Hồng": 3,
          "Ngọc": 4, "Thị Mỹ": 2, "Thu": 3, "Kim": 2, "Thanh": 2, "Phương": 2, "": 3},
}  # fmt: skip
_GIVENS = {
    "M": "Hùng Dũng Tuấn Minh Sơn Bình Thắng Hải Nam Long Đức Cường Thành Tâm Hòa An Quang Vinh "
         "Tùng Trung Tiến Hiếu Huy Khánh Lâm Lộc Lợi Mạnh Nghĩa Nhân Phúc Phong Phú Quân Quý "
         "Sáng Tài Tân Thanh Thịnh Thọ Toàn Tú Việt Xuân Đạt Định Đông Giang Hậu Hiền Hiệp Hoàng "
         "Hưng Khoa Kiên Kỳ Luân Lực Lượng Ngọc Nhật Phước Sang Sỹ Tín Tịnh Trí Trường Vũ Vương "
         "Bảy Tư Út Khăm Pó Dua Dơn Chức Cảnh Cần Chiến Chính Bảo",
    "F": "Hoa Lan Hương Mai Hồng Thủy Hà Hạnh Nga Hằng Phương Linh Thảo Yến Loan Liên Thu Tuyết "
         "Ngọc Vân Xuân Hiền Huệ Nhung Oanh Trang Anh Thúy Dung Lý Lệ Mỹ Nguyệt Nhi Như Phượng "
         "Quyên Sen Tâm Thanh Thoa Thơm Thương Trinh Trâm Tươi Vy Ánh Bích Bình Cúc Châu Chi Diễm "
         "Diệp Đào Điệp Gấm Giang Hảo Hậu Hòa Hợi Kiều Kim Lài Lành Lê Lụa Mận Mơ Na Nở Nữ Sáu "
         "Tám Út Xoan Dợ Mỷ Thắm Thìn Tý",
}  # fmt: skip
SHARES = {
    "no_diacritics": 0.24, "id_missing": 0.18, "year_only": 0.14, "id_slip": 0.11,
    "other_commune": 0.12, "swapped": 0.07, "name_part_missing": 0.07, "name_moved": 0.07,
}  # fmt: skip
_ELSE = ("swapped", "name_part_missing", "name_moved")
WITHOUT_CCCD, WITHOUT_BHXH, ID_OF_ANOTHER = 0.06, 0.35, 0.0005
YEAR_ONLY_BEFORE_1960, NEW_YEARS_DAY_BEFORE_1975 = 0.22, 0.06
KNOWN_AMONG_LISTED = 0.03


@dataclass(frozen=True, slots=True)
class Invented:
    """One person; `id` is theirs for ever, in every list that names them."""

    id: int
    province_code: str
    commune_code: str
    full_name: str
    birth_date: str
    sex: str
    cccd: str | None
    bhxh: str | None


class Nation:
    """People of every commune, each ID given once; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._communes = communes()
        self._births = {
            code: [old.cccd_code for old in former_provinces() if old.new_code == code]
            for code in {commune.province_code for commune in self._communes}
        }
        self._given_ids: dict[str, int] = {}
        self._neighbours: dict[str, str] = {}
        self._last = 0

    def people(self, count: int) -> Iterator[Invented]:
        """The next so many people; ids run on from 1."""
        for _ in range(count):
            self._last += 1
            yield self._person(self._last)

    def again(self, person: Invented) -> Invented:
        """The same person as another list has them: with one slip or more."""
        dice = self._dice
        slips = [name for name, share in SHARES.items() if dice.random() < share]
        for name in slips or [dice.choice(_ELSE)]:
            person = getattr(self, f"_{name}")(person)
        return person

    def _person(self, number: int) -> Invented:
        dice = self._dice
        at = dice.choice(self._communes)
        sex = "F" if dice.random() < 0.53 else "M"
        family = dice.choices(_FAMILY_WORDS, cum_weights=_FAMILY_SUMS)[0]
        middles, sums, givens, given_sums = _BY_SEX[sex]
        middle = dice.choices(middles, cum_weights=sums)[0]
        given = dice.choices(givens, cum_weights=given_sums)[0]
        year = int(dice.triangular(1930, 2020, 1972))
        cccd = self._cccd(at, sex, year)
        if dice.random() < ID_OF_ANOTHER and at.code in self._neighbours:
            cccd = self._neighbours[at.code]
        self._neighbours[at.code] = cccd
        return Invented(
            id=number,
            province_code=at.province_code,
            commune_code=at.code,
            full_name=" ".join(filter(None, (family, middle, given))),
            birth_date=self._birth(year),
            sex=sex,
            cccd=None if dice.random() < WITHOUT_CCCD else cccd,
            bhxh=None if dice.random() < WITHOUT_BHXH else f"{number * 7_919 % 10**10:010}",
        )

    def _cccd(self, at: Commune, sex: str, year: int) -> str:
        code = self._dice.choice(self._births[at.province_code])
        prefix = f"{code}{2 * (year // 100 - 19) + (sex == 'F')}{year % 100:02}"
        count = self._given_ids[prefix] = self._given_ids.get(prefix, 0) + 1
        return f"{prefix}{(count * 618_033 + int(prefix)) % 1_000_000:06}"

    def _birth(self, year: int) -> str:
        chance = self._dice.random()
        if year < 1960 and chance < YEAR_ONLY_BEFORE_1960:
            return str(year)
        if year < 1975 and chance > 1 - NEW_YEARS_DAY_BEFORE_1975:
            return f"{year}-01-01"
        return f"{year}-{self._dice.randint(1, 12):02}-{self._dice.randint(1, 28):02}"

    def _no_diacritics(self, person: Invented) -> Invented:
        return replace(person, full_name=_bare(person.full_name))

    def _id_missing(self, person: Invented) -> Invented:
        return replace(person, cccd=None)

    def _year_only(self, person: Invented) -> Invented:
        return replace(person, birth_date=person.birth_date[:4])

    def _id_slip(self, person: Invented) -> Invented:
        if person.cccd is None:
            return person
        at = self._dice.randrange(11)
        signs = list(person.cccd)
        if self._dice.random() < 0.3 and signs[at] != signs[at + 1]:
            signs[at], signs[at + 1] = signs[at + 1], signs[at]
        else:
            signs[at] = self._dice.choice([sign for sign in "0123456789" if sign != signs[at]])
        return replace(person, cccd="".join(signs))

    def _other_commune(self, person: Invented) -> Invented:
        while True:
            to = self._dice.choice(self._communes)
            near = to.province_code == person.province_code
            if to.code != person.commune_code and (near or self._dice.random() < 0.03):
                return replace(person, commune_code=to.code, province_code=to.province_code)

    def _swapped(self, person: Invented) -> Invented:
        year, month, day = [*person.birth_date.split("-"), "", ""][:3]
        if not day or int(day) > 12 or day == month:
            return self._name_part_missing(person)
        return replace(person, birth_date=f"{year}-{day}-{month}")

    def _name_part_missing(self, person: Invented) -> Invented:
        words = person.full_name.split()
        if len(words) < 3:
            return self._name_moved(person)
        gone = self._dice.choice((0, *list(range(1, len(words) - 1)) * 4))
        return replace(person, full_name=" ".join(words[:gone] + words[gone + 1 :]))

    def _name_moved(self, person: Invented) -> Invented:
        *first, last = person.full_name.split()
        return replace(person, full_name=" ".join((last, *first)))


def _bare(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


def _falling(words: str) -> tuple[list[str], list[float]]:
    """The given names with their sums: the first is about six times as common as the last."""
    names = words.split()
    return names, list(accumulate(1 / (place + 15) for place in range(len(names))))


_FAMILY_WORDS, _FAMILY_SUMS = list(_FAMILIES), list(accumulate(_FAMILIES.values()))
_BY_SEX = {
    sex: (list(_MIDDLES[sex]), list(accumulate(_MIDDLES[sex].values())), *_falling(_GIVENS[sex]))
    for sex in ("M", "F")
}
