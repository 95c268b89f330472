"""A column matched by hand once is matched by itself the next time."""

from collections.abc import Mapping

import pytest
from sqlmodel import select

from db.commands.lists import column_memory, drafts, send
from db.commands.lists.draft_check import check_draft
from db.errors import Refused
from db.models import Account
from db.queries.lists import lists as sent
from db.rules.states import Benefit
from db.unit_of_work import reading, unattended_writing
from tests import world
from tests.commands.lists.sending import drawn

pytestmark = pytest.mark.usefixtures("any_database")

STRANGE = "Người hưởng lợi của đợt này"
HEADER = f"STT,{STRANGE},Ngày sinh,Giới tính,Số CCCD,Miền đất ấy,Đối tượng"
PEOPLE = (
    "Lô Thị Xoan,05/03/1956,Nữ,040156000011,Búng,Hộ cận nghèo",
    "Vi Văn Thọ,12/07/1958,Nam,040058000022,Xiềng,Hộ cận nghèo",
    "La Thị Mận,01/02/1962,Nữ,040162000033,Búng,Hộ cận nghèo",
)
OTHERS = (
    "Moong Thị Hoa,09/11/1979,Nữ,040179000044,Búng,Hộ cận nghèo",
    "Kha Văn Pó,03/04/1960,Nam,040060000055,Búng,Hộ cận nghèo",
)


def file(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *(f"{n},{row}" for n, row in enumerate(rows, 1))]).encode()


def start(content: bytes, actor: str = "office", commune: str | None = None) -> None:
    drafts.start(commune or world.places().own, Benefit.HI, "a.csv", content=content, actor=actor)


def map_columns(mapping: Mapping[int, str], actor: str = "office") -> None:
    for index, field in mapping.items():
        draft = next(iter(sent.drafts(id_of(actor))), None)
        assert draft is not None
        drafts.map_column(index, field, seen=draft.seen, actor=actor)


def id_of(username: str) -> int:
    with reading() as session:
        return session.exec(select(Account.id).where(Account.username == username)).one() or 0


def certainties(actor: str = "office") -> dict[str, tuple[str | None, str]]:
    return {
        guess.header: (guess.field, guess.certainty)
        for guess in check_draft(drawn(actor).id, actor).guesses
    }


def send_mapped(actor: str = "office", commune: str | None = None, *rows: str) -> None:
    start(file(*(rows or PEOPLE)), actor, commune)
    map_columns({1: "full_name", 5: "hamlet"}, actor)
    send.submit(drawn(actor), actor, confirmed=True, leave_errors=True)


def colleague_of(username: str, name: str) -> None:
    """One more account of the same office."""
    with unattended_writing("tests") as work:
        own = work.session.exec(select(Account).where(Account.username == username)).one()
        values = own.model_dump(exclude={"id"}) | {"username": name, "full_name": "Đồng nghiệp"}
        work.session.add(Account(**values))


def test_nothing_is_remembered_before_the_list_is_sent() -> None:
    start(file(*PEOPLE))
    map_columns({5: "hamlet"})
    drafts.discard(drawn("office").id, "office")
    assert column_memory.of("office") == []


def test_the_next_file_of_the_same_clerk_is_matched_as_the_last() -> None:
    send_mapped()
    start(file("Moong Thị Hoa,09/11/1979,Nữ,040179000044,Khác,Hộ cận nghèo"))

    assert certainties()["Miền đất ấy"] == ("hamlet", "own")
    assert check_draft(drawn("office").id, "office").rows[0].hamlet == "Khác"


def test_a_colleague_inherits_it_and_another_province_does_not() -> None:
    send_mapped()
    colleague_of("office", "dong.nghiep")
    start(file(*PEOPLE), "dong.nghiep")
    start(file(*PEOPLE), "far_office", world.places().far)

    assert certainties("dong.nghiep")["Miền đất ấy"] == ("hamlet", "office")
    assert certainties("far_office")["Miền đất ấy"][1] != "office"


def test_the_nation_knows_what_two_offices_agree_on_and_nobody_denies() -> None:
    send_mapped()
    send_mapped("office2", world.places().other, *OTHERS)
    start(file(*PEOPLE), "far_office", world.places().far)
    assert certainties("far_office")["Miền đất ấy"] == ("hamlet", "nation")

    map_columns({5: "address"}, "far_office")
    send.submit(drawn("far_office"), "far_office", confirmed=True, leave_errors=True)
    assert "Miền đất ấy" not in {line.header for line in column_memory.of("officer")}


def test_a_header_left_out_by_hand_stays_left_out() -> None:
    start(file(*PEOPLE))
    map_columns({5: "ignore"})
    send.submit(drawn("office"), "office", confirmed=True, leave_errors=True)
    start(file(*PEOPLE))
    assert certainties()["Miền đất ấy"] == (None, "own")


def test_values_that_are_plainly_something_else_are_not_forced_into_it() -> None:
    start(file(*PEOPLE))
    map_columns({5: "phone"})
    send.submit(drawn("office"), "office", confirmed=True, leave_errors=True)
    numbers = [row.replace("Búng", "040156000099").replace("Xiềng", "040156000098")
               for row in PEOPLE]  # fmt: skip
    start(file(*numbers))
    assert certainties()["Miền đất ấy"][0] != "phone"


def test_what_is_one_s_own_can_be_forgotten_and_nothing_else() -> None:
    send_mapped()
    line = next(each for each in column_memory.of("office") if each.header != STRANGE)
    assert (line.header, line.field, line.origin) == ("Miền đất ấy", "hamlet", "own")
    colleague_of("office", "dong.nghiep")
    with pytest.raises(Refused, match="memory_not_own"):
        column_memory.forget([line.header_key], "dong.nghiep")

    column_memory.forget([line.header_key], "office")
    assert [each.header for each in column_memory.of("office")] == [STRANGE]


def test_a_header_that_stands_twice_is_not_decided_by_memory() -> None:
    send_mapped()
    twice = file(*(f"{row},khác" for row in PEOPLE), header=f"{HEADER},Miền đất ấy")
    start(twice)
    told = {
        guess.certainty
        for guess in check_draft(drawn("office").id, "office").guesses
        if guess.header == "Miền đất ấy"
    }
    assert told == {"unknown"}
