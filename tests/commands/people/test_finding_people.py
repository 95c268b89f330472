"""People found again: by every rule of the database, as the same, as a question, or not at all."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from db.commands.lists import plan as list_plan
from db.commands.lists.draft_check import check_draft
from db.commands.people.recognition import certain, look_up
from db.commands.review import duplicates
from db.models import DuplicatePair, Person, UploadRow
from db.rules.likeness import Band, traits
from db.rules.names import match_key
from db.rules.states import Benefit, PairState
from db.unit_of_work import reading, unattended_writing
from tests import world
from tests.commands.lists.sending import MAN, THO, XOAN, Line, draft, drawn, live, people, send

pytestmark = pytest.mark.usefixtures("any_database")

STORED: dict[str, str | None] = {
    "full_name": "Vi Văn Thọ",
    "birth_date": "1958-07-02",
    "sex": "M",
    "cccd": "040058000022",
    "bhxh": "4012345678",
}
OTHERS = Line("Cụt Thị Nga", "02/02/1971", cccd="040171000033")


def store(**changes: str | None) -> int:
    """One person of the first commune; the id."""
    given = {"commune_code": world.places().own, "province_code": world.PROVINCE} | STORED
    row = Person(**(given | changes), name_key="", sort_key="", created_at=world.NOW)  # type: ignore[arg-type]
    row.name_key = match_key(row.full_name)
    with unattended_writing("tests") as work:
        work.session.add(row)
        work.session.flush()
        return row.id or 0


def found(**changes: str | None) -> list[tuple[int, Band]]:
    """(person id, band) of everybody whom STORED, so changed, may be."""
    given = {"commune_code": world.places().own, "province_code": world.PROVINCE} | STORED
    with reading() as session:
        (those,) = look_up(session, [traits(given | changes)])
        return [(one.stored.id, one.judgement.band) for one in those]


def pairs() -> list[DuplicatePair]:
    with reading() as session:
        return list(session.exec(select(DuplicatePair).order_by(col(DuplicatePair.id))))


NOTHING = {"cccd": None, "bhxh": None}


@pytest.mark.parametrize(
    ("listed", "band"),
    [
        ({"bhxh": None, "full_name": "Tho", "birth_date": None}, Band.ASK),
        ({"cccd": None, "full_name": "Tho", "birth_date": None}, Band.ASK),
        ({**NOTHING}, Band.SAME),
        ({**NOTHING, "full_name": "VI VAN THO"}, Band.SAME),
        ({**NOTHING, "full_name": "Thọ Vi Văn"}, Band.SAME),
        ({**NOTHING, "full_name": "Vi Thọ", "birth_date": "1958"}, Band.ASK),
        ({**NOTHING, "birth_date": "1958"}, Band.ASK),
        ({**NOTHING, "birth_date": "1958-02-07"}, Band.ASK),
        ({**NOTHING, "birth_date": "1959-07-02"}, Band.ASK),
        ({"bhxh": None, "cccd": "040058000023"}, Band.ASK),
        ({"bhxh": None, "full_name": "Trần Thị Bé", "birth_date": "1990"}, Band.ASK),
    ],
)
def test_a_person_of_the_commune_is_found_by_any_two_things(
    listed: dict[str, str | None], band: Band
) -> None:
    stored = store()
    assert found(**listed) == [(stored, band)]


def test_a_person_is_found_wherever_they_moved() -> None:
    stored = store()
    far = {"commune_code": world.places().far, "province_code": world.ELSEWHERE}
    near = {"commune_code": world.places().other}
    assert found(**far) == [(stored, Band.SAME)]
    assert found(**far, bhxh=None, cccd="040058000023") == [(stored, Band.ASK)]
    assert found(**near, **NOTHING) == [(stored, Band.ASK)]
    assert found(**near, **NOTHING, birth_date="1958-02-07") == [(stored, Band.ASK)]


@pytest.mark.parametrize("written", ["Lý Thị Mỹ", "Lí Thị Mĩ", "LY THI MY"])
def test_a_name_with_y_or_i_at_its_end_is_found_without_numbers(written: str) -> None:
    send((Line("Lý Thị Mỹ"),))
    own = {**NOTHING, "full_name": written, "birth_date": "1956-03-05", "sex": "F"}
    assert [band for _, band in found(**own)] == [Band.SAME]
    assert [band for _, band in found(**own, commune_code=world.places().other)] == [Band.ASK]


def test_somebody_else_is_not_found() -> None:
    store()
    assert found(**NOTHING, full_name="Vi Văn Bình") == []
    assert found(**NOTHING, birth_date="1985-01-30") == []
    assert found(full_name="Lô Thị Xoan", sex="F", cccd="040158000077", bhxh=None) == []


def test_missing_values_never_meet() -> None:
    store(**NOTHING, birth_date=None)
    assert found(**NOTHING, birth_date=None, full_name="Lô Thị Xoan") == []


def test_two_people_who_fit_equally_are_a_question() -> None:
    store(**NOTHING)
    store(**NOTHING)
    with reading() as session:
        own = {"commune_code": world.places().own, "province_code": world.PROVINCE}
        (those,) = look_up(session, [traits(STORED | NOTHING | own)])
    assert [one.judgement.band for one in those] == [Band.SAME, Band.SAME]
    assert certain(those) is None


def test_who_is_certainly_known_is_not_stored_again_and_the_evidence_stays() -> None:
    first = send((THO,), benefit=Benefit.SI)
    otherwise = replace(THO, name="VI VAN THO", birth="1958", cccd="")
    # Without a number a year is not enough; with the full day it is.
    sent = send((replace(otherwise, birth=THO.birth), XOAN))

    tho, xoan = people()
    assert (tho.full_name, tho.cccd, xoan.full_name) == ("Vi Văn Thọ", THO.cccd, "Lô Thị Xoan")
    assert live(first.id) == live(sent.id)[:1] == ["Vi Văn Thọ"]
    assert pairs() == []
    with reading() as session:
        row = session.exec(select(UploadRow).order_by(col(UploadRow.id).desc())).all()[1]
    (noted,) = [problem for problem in row.problems if problem["code"] == "recognised"]
    assert (noted["level"], noted["person"]) == ("known", tho.id)
    assert noted["evidence"]["full_name"] == "near"
    assert noted["evidence"]["cccd"] == "missing"


def counted(rehearsal: list_plan.Rehearsal) -> tuple[int, int, int]:
    return len(rehearsal.known), len(rehearsal.recognised), len(rehearsal.new)


def test_the_rehearsal_counts_who_is_recognised() -> None:
    send((THO, XOAN), benefit=Benefit.SI)
    draft((replace(THO, name="Vi Van Tho"), XOAN, MAN))
    rehearsal = list_plan.rehearse(
        drawn("office").id, "office", check_draft(drawn("office").id, "office")
    )
    assert counted(rehearsal) == (2, 0, 1)
    draft((replace(THO, cccd=""), XOAN, MAN))
    rehearsal = list_plan.rehearse(
        drawn("office").id, "office", check_draft(drawn("office").id, "office")
    )
    assert counted(rehearsal) == (2, 1, 1)


def test_a_stored_year_becomes_the_day_that_a_list_knows() -> None:
    send((replace(THO, birth="1958"),), benefit=Benefit.SI)
    send((THO,))
    assert [person.birth_date for person in people()] == ["1958-07-12"]


def test_a_likely_person_is_stored_and_asked_about_with_the_score() -> None:
    send((THO,), benefit=Benefit.SI)
    send((replace(THO, cccd="040058000023"),))
    (pair,) = pairs()
    assert (pair.first_id, pair.second_id) == tuple(person.id for person in people())
    assert pair.state is PairState.OPEN
    assert pair.evidence["cccd"] == "near"
    assert pair.score is not None
    assert pair.score > 30


def test_an_equal_number_with_another_name_and_birth_is_two_records_and_a_question() -> None:
    send((THO,), benefit=Benefit.SI)
    send((replace(OTHERS, cccd=THO.cccd, sex="Nam"),))
    assert len(people()) == 2
    assert [pair.evidence["full_name"] for pair in pairs()] == ["different"]


def test_two_rows_that_fit_one_person_are_asked_about() -> None:
    send((THO,), benefit=Benefit.SI)
    send((replace(THO, cccd=""), replace(THO, name="Vi Thọ", cccd="")))
    assert len(people()) == 3
    assert len(pairs()) == 3


def test_somebody_of_another_province_is_asked_about_and_never_taken_over() -> None:
    send((THO,), commune=world.places().far, actor="far_office", benefit=Benefit.SI)
    send((THO,))
    assert [person.province_code for person in people()] == [world.ELSEWHERE, world.PROVINCE]
    assert [pair.province_code for pair in pairs()] == [world.PROVINCE]


def test_a_spelling_that_was_decided_once_is_known_for_ever() -> None:
    slip = replace(THO, cccd="040058000023")
    send((THO,))
    send((slip, XOAN), benefit=Benefit.SI)
    (pair,) = pairs()
    duplicates.decide(pair.id or 0, "same", pair.version, "", "officer")

    send((replace(slip, category="Hộ nghèo"), MAN), benefit=Benefit.SI)
    kept = [person.full_name for person in people() if person.merged_into_id is None]
    assert sorted(kept) == ["La Thị Mận", "Lô Thị Xoan", "Vi Văn Thọ"]
    assert len(pairs()) == 1


def test_two_people_parted_once_are_never_asked_about_again() -> None:
    twin = replace(THO, name="Vi Văn Thơ", cccd="040058000023")
    send((THO,))
    send((twin,), benefit=Benefit.SI)
    (pair,) = pairs()
    duplicates.decide(pair.id or 0, "different", pair.version, "", "officer")

    send((twin, XOAN))
    assert len(people()) == 3
    assert [one.state for one in pairs()] == [PairState.DIFFERENT]


def decide(pair: DuplicatePair, verdict: duplicates.PairDecision) -> None:
    duplicates.decide(pair.id or 0, verdict, pair.version, "", "officer")


def kept() -> list[str]:
    """Names and births of the people that are nobody else."""
    return [
        f"{person.full_name} {person.birth_date}"
        for person in people()
        if person.merged_into_id is None
    ]


NAMESAKE = replace(THO, birth="1958", cccd="")


def test_a_bare_name_and_year_decided_once_is_not_asked_about_next_time() -> None:
    bare = Line("Vi Thọ", "1958", "Nam")
    send((THO,))
    send((bare,), benefit=Benefit.SI)
    (pair,) = pairs()
    decide(pair, "same")

    sent = send((bare, XOAN), benefit=Benefit.SI)
    assert live(sent.id) == ["Lô Thị Xoan"]
    assert len(pairs()) == 1
    assert kept() == ["Vi Văn Thọ 1958-07-12", "Lô Thị Xoan 1956-03-05"]


def test_a_namesake_parted_once_is_known_next_time() -> None:
    send((THO,))
    send((NAMESAKE,), benefit=Benefit.SI)
    (pair,) = pairs()
    decide(pair, "different")

    sent = send((NAMESAKE, XOAN))
    assert live(sent.id) == ["Vi Văn Thọ", "Lô Thị Xoan"]
    assert len(kept()) == 3
    assert len(pairs()) == 1


def test_two_namesakes_that_read_alike_stay_a_question() -> None:
    send((NAMESAKE,))
    send((replace(NAMESAKE, category="Người khuyết tật"),), benefit=Benefit.SI)
    (pair,) = pairs()
    decide(pair, "different")
    send((NAMESAKE, XOAN))
    assert len(kept()) == 4
    assert len(pairs()) == 3


def test_every_rule_looks_people_up_in_an_index() -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        asked.append((statement, parameters))

    with reading() as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", note)
        look_up(session, [traits(STORED)])
        event.remove(connection, "before_cursor_execute", note)
        (blocking, parameters), *_ = asked
        explain = "EXPLAIN QUERY PLAN "
        if connection.dialect.name == "postgresql":
            explain = "EXPLAIN "
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # few rows tempt to it
        plan = [row[-1] for row in connection.exec_driver_sql(explain + blocking, parameters)]
    looked_up = [line for line in plan if "ix_person_" in line]
    read_whole = [line for line in plan if "SCAN p" in line or "Seq Scan on person" in line]
    assert len(looked_up) == blocking.count("person p WHERE")
    assert read_whole == []
