"""Lists as communes send them: tidy people, a few doubtful ones, some written down twice."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from sqlmodel import col, select

from db.demo.listed import HEADER, cells_of
from db.demo.people import Invented, People
from db.models import Person
from db.rules.states import Benefit
from db.unit_of_work import reading

_TITLE = ("ỦY BAN NHÂN DÂN", "DANH SÁCH NGƯỜI CÓ HOÀN CẢNH KHÓ KHĂN ĐỀ NGHỊ HỖ TRỢ")


def drawn(people: People, dice: Random, benefit: Benefit, year: int, count: int) -> list[Invented]:
    """People for one list, a few of whom the review has to look at or to turn down."""
    found = [people.draw(benefit, year) for _ in range(count)]
    for place in dice.sample(range(count), max(2, count // 12)):
        found[place] = _doubtful(found[place], dice, benefit, year)
    return found


def written_twice(
    found: Sequence[Invented], commune_code: str, count: int, dice: Random
) -> list[Invented]:
    """Some people again: as they stand in an earlier list of the commune, or in this one."""
    with reading() as session:
        before = session.exec(
            select(Person)
            .where(Person.commune_code == commune_code, col(Person.cccd).is_not(None))
            .order_by(col(Person.id))
            .limit(count // 2)
        ).all()
    known = [
        replace(
            dice.choice(found),
            full_name=person.full_name,
            birth=person.birth_date or "",
            sex=person.sex or "F",
            cccd=None if place % 2 else person.cccd,
        )
        for place, person in enumerate(before)
    ]
    twins = dice.sample([one for one in found if one.cccd], count - len(known))
    return [*known, *(replace(one, cccd=None, phone="", bhxh=None) for one in twins)]


def file_of(commune: str, people: Sequence[Invented], *, with_errors: bool = False) -> bytes:
    """The CSV file an office uploads; with errors some cells cannot be read."""
    rows = [cells_of(number, one) for number, one in enumerate(people, start=1)]
    if with_errors:
        rows[3][2], rows[9][4], rows[14][2] = "31/02/1980", "0401", "không rõ"
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_TITLE[0], commune.upper()])
    writer.writerow([_TITLE[1]])
    writer.writerows([HEADER, *rows])
    return text.getvalue().encode("utf-8-sig")


def _doubtful(one: Invented, dice: Random, benefit: Benefit, year: int) -> Invented:
    """Of pension age, or poor enough that the State pays the card already."""
    if benefit is Benefit.HI and dice.random() < 0.5:
        return replace(one, categories=("HN",))
    if benefit is Benefit.HI:
        return replace(one, birth=str(year - dice.randint(76, 84)), categories=("NCT",))
    return replace(one, birth=f"{year - 14}-12-30", categories=("KK",))
