"""A commune's list of the past: sent, reviewed, posted and closed."""

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from random import Random
from typing import Any

from db.demo.days import Days, at
from db.demo.people import Invented
from db.demo.setting import Setting
from db.models import (
    CommuneList,
    CoverFact,
    Nomination,
    Objection,
    Person,
    Posting,
    Upload,
    UploadRow,
)
from db.reference.catalogue import categories
from db.reference.places import Commune
from db.rules.eligibility import Cover, PersonFacts, judge
from db.rules.names import match_key, sort_key
from db.rules.posted import PostedPerson
from db.rules.scoring import PointScale, Score, score
from db.rules.states import Benefit, ListState, NominationState, ObjectionState, PostingState
from db.rules.workdays import add_working_days

HEADER = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Mã số BHXH",
    "Thôn/bản",
    "Số điện thoại",
    "Mã hộ gia đình",
    "Quan hệ với chủ hộ",
    "Đối tượng",
)
_SAID = (
    "Đề nghị xem lại vì gia đình có người đi làm công ty.",
    "Người này đang làm việc ở xa, ít khi có mặt tại địa phương.",
    "Đề nghị bổ sung hộ khác khó khăn hơn.",
)
_ANSWERED = "Đã xác minh tại thôn ngày {day}: hoàn cảnh đúng như danh sách, giữ nguyên kết quả."
_COVER_SOURCE = "Tra cứu dữ liệu thu"


@dataclass(frozen=True, slots=True)
class Listed:
    """An eligible person of a closed list."""

    nomination_id: int
    person_id: int
    commune: Commune
    categories: tuple[str, ...]
    score: Score


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The list being written."""

    setting: Setting
    steps: Days
    commune: Commune
    list_id: int
    upload_id: int


def write(setting: Setting, steps: Days, commune: Commune, eligible: int) -> list[Listed]:
    """A closed list with so many eligible people and now and then some others."""
    dice = setting.dice
    people = [setting.people.draw(setting.benefit, setting.year) for _ in range(eligible)]
    others = [setting.people.draw(setting.benefit, setting.year) for _ in range(_others(dice))]
    sheet = _send(setting, steps, commune, [*people, *others])
    found = [_nominate(sheet, number, one) for number, one in enumerate(people, start=2)]
    for number, one in enumerate(others, start=eligible + 2):
        _turn_down(sheet, number, one)
    _post(sheet, found, people)
    return found


def cells_of(number: int, one: Invented) -> list[str]:
    """The person as a row of a list under HEADER."""
    birth = "/".join(reversed(one.birth.split("-")))
    labels = "; ".join(_labels()[code] for code in one.categories)
    return [
        str(number),
        one.full_name,
        birth,
        "Nữ" if one.sex == "F" else "Nam",
        one.cccd or "",
        one.bhxh or "",
        one.hamlet,
        one.phone,
        one.household,
        one.relation,
        labels,
    ]


def _others(dice: Random) -> int:
    return dice.choices((0, 1, 2, 3), (30, 40, 20, 10))[0]


def _send(setting: Setting, steps: Days, commune: Commune, people: Sequence[Invented]) -> _Sheet:
    rows, dice = setting.rows, setting.dice
    office = setting.crew.offices[commune.code].username
    submitted = steps.submitted - timedelta(days=dice.randint(0, 2))
    sent_at = at(max(submitted, steps.registered), dice.randint(8, 16), dice.randint(0, 59))
    list_id = rows.add(
        CommuneList,
        code=rows.next_code("DS", setting.province_code, setting.year),
        province_code=setting.province_code,
        commune_code=commune.code,
        year=setting.year,
        round=rows.next_round(commune.code, setting.year),
        benefit=setting.benefit,
        state=ListState.CLOSED,
        version=6,
        created_by=office,
        created_at=sent_at,
        submitted_at=sent_at,
        review_began_at=at(steps.reviewed, 9, 5),
        reviewed_at=at(steps.reviewed, 11, 20),
    )
    cells = [cells_of(number, one) for number, one in enumerate(people, start=1)]
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *cells])
    content = text.getvalue().encode()
    counts = {"rows": len(people), "people": len(people), "nominations": len(people)}
    upload_id = rows.add(
        Upload,
        province_code=setting.province_code,
        list_id=list_id,
        file_name=f"danh sach {commune.name}.csv",
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        mapping={},
        counts=counts,
        sent_by=office,
        sent_at=sent_at,
    )
    for number, row in enumerate(cells, start=2):
        rows.add(
            UploadRow,
            province_code=setting.province_code,
            upload_id=upload_id,
            row_number=number,
            cells=row,
            problems=[],
        )
    record = (CommuneList, list_id)
    rows.note(
        sent_at, office, "commune_list.submitted", record, after=ListState.SUBMITTED, **counts
    )
    rows.note(
        at(steps.reviewed, 11, 20),
        setting.officer,
        "commune_list.reviewed",
        record,
        after=ListState.REVIEWED,
    )
    return _Sheet(setting, steps, commune, list_id, upload_id)


def _person(sheet: _Sheet, one: Invented) -> int:
    return sheet.setting.rows.add(
        Person,
        province_code=sheet.setting.province_code,
        commune_code=sheet.commune.code,
        full_name=one.full_name,
        name_key=match_key(one.full_name),
        sort_key=sort_key(one.full_name),
        birth_date=one.birth,
        sex=one.sex,
        cccd=one.cccd,
        bhxh=one.bhxh,
        hamlet=one.hamlet,
        phone=one.phone,
        household=one.household,
        relation=one.relation,
        created_at=at(sheet.steps.submitted, 9, 0),
    )


def _nominate(sheet: _Sheet, number: int, one: Invented) -> Listed:
    points = _score(sheet.setting.benefit, one.categories, sheet.setting.scale)
    person = _person(sheet, one)
    nomination = _nomination(
        sheet,
        number,
        one,
        person_id=person,
        points=points,
        state=NominationState.ELIGIBLE,
        reasons=[],
    )
    return Listed(nomination, person, sheet.commune, one.categories, points)


def _turn_down(sheet: _Sheet, number: int, one: Invented) -> None:
    """Withdrawn by the commune, or not eligible because insurance goes on for long."""
    setting, reviewed = sheet.setting, sheet.steps.reviewed
    person = _person(sheet, one)
    points = _score(setting.benefit, one.categories, setting.scale)
    if setting.dice.random() < 0.2:
        _nomination(
            sheet,
            number,
            one,
            person_id=person,
            points=points,
            state=NominationState.WITHDRAWN,
            reasons=[],
        )
        return
    until = reviewed + timedelta(days=setting.dice.randint(60, 330))
    setting.rows.add(
        CoverFact,
        province_code=setting.province_code,
        person_id=person,
        benefit=setting.benefit,
        valid_until=until,
        source=_COVER_SOURCE,
        noted_by=setting.officer,
        noted_at=at(reviewed, 10, 0),
    )
    facts = PersonFacts(
        one.birth,
        sheet.commune.code,
        frozenset(one.categories),
        covers=(Cover(setting.benefit, until, source=_COVER_SOURCE),),
    )
    verdict = judge(facts, setting.benefit, reviewed)
    reasons = [
        {"code": reason.code, "state": reason.state.value, "details": dict(reason.details)}
        for reason in verdict.reasons
    ]
    _nomination(
        sheet, number, one, person_id=person, points=points, state=verdict.state, reasons=reasons
    )


def _nomination(
    sheet: _Sheet,
    number: int,
    one: Invented,
    *,
    person_id: int,
    points: Score,
    state: NominationState,
    reasons: list[dict[str, Any]],
) -> int:
    setting = sheet.setting
    return setting.rows.add(
        Nomination,
        province_code=setting.province_code,
        commune_code=sheet.commune.code,
        list_id=sheet.list_id,
        person_id=person_id,
        upload_id=sheet.upload_id,
        row_number=number,
        benefit=setting.benefit,
        year=setting.year,
        categories=list(one.categories),
        state=state,
        reasons=reasons,
        score=points.total,
        points=[list(part) for part in points.parts],
        reviewed_by=setting.officer,
        reviewed_at=at(sheet.steps.reviewed, 11, 0),
        created_at=at(sheet.steps.submitted, 9, 0),
    )


def _post(sheet: _Sheet, people: Sequence[Listed], invented: Sequence[Invented]) -> None:
    setting, steps = sheet.setting, sheet.steps
    name = sheet.commune.name
    posting = setting.rows.add(
        Posting,
        province_code=setting.province_code,
        commune_code=sheet.commune.code,
        list_id=sheet.list_id,
        state=PostingState.CLOSED,
        version=2,
        place=f"Trụ sở UBND {name[0].lower()}{name[1:]}",
        opened_on=steps.opened,
        due_on=steps.due,
        closed_on=steps.closed,
        opened_by=setting.crew.offices[sheet.commune.code].username,
        closed_by=setting.officer,
        people=_as_hung(setting.benefit, people, invented),
    )
    setting.rows.note(
        at(steps.closed, 8, 45),
        setting.officer,
        "posting.closed",
        (Posting, posting),
        after=PostingState.CLOSED,
        people=len(people),
    )
    if setting.dice.random() < 0.05:
        _object(sheet, posting, setting.dice.choice(people))


def _as_hung(
    benefit: Benefit, people: Sequence[Listed], invented: Sequence[Invented]
) -> list[dict[str, Any]]:
    both = sorted(zip(people, invented, strict=True), key=lambda pair: sort_key(pair[1].full_name))
    return [
        PostedPerson(
            nomination_id=listed.nomination_id,
            full_name=one.full_name,
            birth=one.birth,
            hamlet=one.hamlet,
            categories=one.categories,
            benefit=benefit,
        ).kept()
        for listed, one in both
    ]


def _object(sheet: _Sheet, posting: int, about: Listed) -> None:
    setting, steps = sheet.setting, sheet.steps
    setting.rows.add(
        Objection,
        province_code=setting.province_code,
        commune_code=sheet.commune.code,
        posting_id=posting,
        nomination_id=about.nomination_id,
        received_on=steps.due,
        answer_by=add_working_days(steps.due, 7),
        said_by="Người dân trong xã",
        text=setting.dice.choice(_SAID),
        state=ObjectionState.DISMISSED,
        version=2,
        answer=_ANSWERED.format(day=f"{steps.closed:%d/%m/%Y}"),
        recorded_by=setting.crew.offices[sheet.commune.code].username,
        recorded_at=at(steps.due, 9, 30),
        answered_by=setting.officer,
        answered_at=at(steps.closed, 8, 30),
    )


@lru_cache(maxsize=1)
def _labels() -> dict[str, str]:
    return {one.code: one.label for one in categories()}


_scores: dict[tuple[Benefit, tuple[str, ...]], Score] = {}


def _score(benefit: Benefit, codes: tuple[str, ...], scale: PointScale) -> Score:
    """Nobody in the past is known to have been insured before; the scale is the same for all."""
    key = (benefit, codes)
    if key not in _scores:
        _scores[key] = score(codes, scale, insured="never")
    return _scores[key]
