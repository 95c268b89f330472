"""A clerk's unfinished upload: kept, changed step by step, put away, nobody else's."""

from datetime import timedelta

import pytest
from sqlmodel import select

from db.commands.lists import drafts, send
from db.commands.lists.draft_check import check_draft
from db.errors import Refused
from db.models import Account, CommuneList, Person, UploadDraft
from db.queries.lists import lists
from db.rules.states import Benefit
from db.unit_of_work import data_version, reading
from tests import world
from tests.commands.lists.sending import THO, THREE, csv_of, drawn

pytestmark = pytest.mark.usefixtures("any_database")


def account(username: str) -> int:
    with reading() as session:
        return session.exec(select(Account.id).where(Account.username == username)).one() or 0


def start(content: bytes | None = None) -> object:
    return drafts.start(
        world.places().own,
        Benefit.HI,
        "danh-sach.csv",
        content=content or csv_of(THREE),
        actor="office",
    )


def test_a_draft_is_its_owner_s_and_writes_nothing_else() -> None:
    before = data_version()
    start()

    mine = next(iter(lists.drafts(account("office"))), None)
    assert mine is not None
    assert (mine.commune_code, mine.file_name) == (world.places().own, "danh-sach.csv")
    assert next(iter(lists.drafts(account("office2"))), None) is None
    with reading() as session:
        assert session.exec(select(CommuneList)).first() is None
        assert session.exec(select(Person)).first() is None
    assert data_version() == before


def test_files_in_work_stand_beside_each_other_and_a_press_means_its_own() -> None:
    first = drafts.start(
        world.places().own, Benefit.HI, "a.csv", content=csv_of(THREE), actor="office"
    )
    second = drafts.start(
        world.places().own_too, Benefit.SI, "b.csv", content=csv_of([THO]), actor="office"
    )
    first = drafts.correct({(2, "birth"): "1957"}, seen=first, actor="office")

    told = lists.drafts(account("office"))
    assert [(draft.file_name, draft.corrections) for draft in told] == [
        ("a.csv", {"2:birth": "1957"}),
        ("b.csv", {}),
    ]
    sent = send.submit(first, "office", confirmed=True, leave_errors=False)
    with reading() as session:
        assert session.exec(select(CommuneList.code)).all() == [sent]
        assert len(session.exec(select(Person)).all()) == len(THREE)
    assert [draft.seen for draft in lists.drafts(account("office"))] == [second]


def test_what_changed_since_it_was_drawn_is_not_sent() -> None:
    seen = drafts.start(
        world.places().own, Benefit.HI, "a.csv", content=csv_of(THREE), actor="office"
    )
    drafts.correct({(2, "hamlet"): "Bản Xiềng"}, seen=seen, actor="office")
    with pytest.raises(Refused, match="draft_changed"):
        send.submit(seen, "office", confirmed=True, leave_errors=False)
    with reading() as session:
        assert session.exec(select(CommuneList)).first() is None


def test_nobody_touches_the_file_of_somebody_else() -> None:
    seen = drafts.start(
        world.places().own, Benefit.HI, "a.csv", content=csv_of(THREE), actor="office"
    )
    with pytest.raises(Refused, match="draft_missing"):
        drafts.answer("sheet", "Sheet1", seen=seen, actor="office2")
    with pytest.raises(Refused, match="draft_missing"):
        send.submit(seen, "office2", confirmed=True, leave_errors=False)
    drafts.discard(seen.id, "office2")
    assert len(lists.drafts(account("office"))) == 1


def test_files_in_work_are_not_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_UNFINISHED", 2)
    start()
    start()
    with pytest.raises(Refused, match="too_many_drafts"):
        start()


def test_corrections_are_read_in_place_of_the_file_and_can_be_taken_back() -> None:
    wrong = csv_of(THREE).replace(b"12/07/1958", b"31/02/1958")
    seen = drafts.start(world.places().own, Benefit.HI, "a.csv", content=wrong, actor="office")
    assert [error.field for error in check_draft(drawn("office").id, "office").errors] == ["birth"]

    seen = drafts.correct({(3, "birth"): "28/02/1958"}, seen=seen, actor="office")
    assert check_draft(drawn("office").id, "office").errors == ()
    assert check_draft(drawn("office").id, "office").rows[1].birth == "1958-02-28"

    drafts.correct({(3, "birth"): ""}, seen=seen, actor="office")
    assert len(check_draft(drawn("office").id, "office").errors) == 1


def test_a_column_is_what_the_clerk_says_and_only_one_holds_a_field() -> None:
    content = "Tên gì đó,Họ và tên,Năm sinh\nLô Thị Xoan,Ghi nhầm cột,1956\n".encode()
    seen = drafts.start(world.places().own, Benefit.HI, "a.csv", content=content, actor="office")
    seen = drafts.map_column(1, "full_name", seen=seen, actor="office")

    drafts.map_column(0, "full_name", seen=seen, actor="office")

    assert [row.full_name for row in check_draft(drawn("office").id, "office").rows] == [
        "Lô Thị Xoan"
    ]
    with reading() as session:
        assert session.exec(select(UploadDraft.mapping)).one() == {"0": "full_name"}


def test_a_field_that_does_not_exist_is_refused() -> None:
    seen = drafts.start(
        world.places().own, Benefit.HI, "a.csv", content=csv_of(THREE), actor="office"
    )
    with pytest.raises(Refused, match="field_unknown"):
        drafts.map_column(0, "password", seen=seen, actor="office")
    with pytest.raises(Refused, match="field_unknown"):
        drafts.correct({(2, "password"): "x"}, seen=seen, actor="office")


def test_a_second_window_is_told_and_changes_nothing() -> None:
    seen = drafts.start(
        world.places().own, Benefit.HI, "a.csv", content=csv_of(THREE), actor="office"
    )
    drafts.correct({(2, "hamlet"): "Bản Xiềng"}, seen=seen, actor="office")

    with pytest.raises(Refused, match="draft_changed"):
        drafts.correct({(2, "hamlet"): "Bản Khác"}, seen=seen, actor="office")
    with pytest.raises(Refused, match="draft_changed"):
        drafts.answer(
            "sheet", "Sheet1", seen=seen._replace(at=seen.at - timedelta(seconds=1)), actor="office"
        )

    draft = next(iter(lists.drafts(account("office"))), None)
    assert draft is not None
    assert draft.corrections == {"2:hamlet": "Bản Xiềng"}


def test_a_draft_put_away_is_gone_and_putting_it_away_twice_is_harmless() -> None:
    seen = drafts.start(
        world.places().own, Benefit.HI, "a.csv", content=csv_of(THREE), actor="office"
    )
    drafts.discard(seen.id, "office")
    drafts.discard(seen.id, "office")

    assert next(iter(lists.drafts(account("office"))), None) is None
    with pytest.raises(Refused, match="draft_missing"):
        drafts.correct({(2, "hamlet"): "x"}, seen=seen, actor="office")


def test_a_file_larger_than_the_limit_is_refused() -> None:
    with pytest.raises(Refused, match="file_too_large"):
        start(b"a" * (drafts.LARGEST_FILE + 1))


def test_roles_that_send_no_lists_keep_no_drafts() -> None:
    for username in ("admin", "central", "nation", "leader", "approver"):
        with pytest.raises(Refused, match="not_allowed"):
            drafts.start(
                world.places().own, Benefit.HI, "a.csv", content=csv_of(THREE), actor=username
            )
