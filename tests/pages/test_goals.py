"""The goals' screen: proposed in a grid, decided by a second person, open to those above."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from components import screens
from components.progress import goal_table
from db.commands.progress import plans
from db.commands.progress.plans import PlanEntry
from db.models import KeptForm
from db.queries.progress import goals
from db.rules.access import Role
from db.rules.states import Benefit
from db.scope import Scope
from db.unit_of_work import reading
from tests import world
from tests.pages.opening import open_as, texts

HI, SI = Benefit.HI, Benefit.SI
OFFICER = Scope(Role.OFFICER, world.PROVINCE)
ENTRY = PlanEntry(
    2026,
    "125/KH-BHXH",
    date(2026, 1, 20),
    date(2026, 1, 1),
    date(2026, 12, 31),
    goals={HI: 2000, SI: 150},
    commune_goals={(world.places().own, HI): 40},
)
OWN = frozenset({world.places().own, world.places().other})


def blocks(app: AppTest) -> str:
    drawn = [element.proto.body for element in app.get("html")]
    return " ".join([*drawn, *texts(app.success), *texts(app.error)])


def name_of(code: str) -> str:
    from db.reference.places import communes_by_code

    return communes_by_code()[code].name


def row(commune: str, hi: str = "", si: str = "") -> dict[str, str]:
    return {"commune": commune, "hi": hi, "si": si}


def test_the_grid_reads_names_codes_and_vietnamese_numbers() -> None:
    at = world.places()
    table = goal_table.read(
        [row(name_of(at.own), "1.200", "0"), row("", "", ""), row(at.other, "", "7")], OWN
    )
    assert table.goals == {(at.own, HI): 1200, (at.own, SI): 0, (at.other, SI): 7}
    assert table.problems == ()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row("Xã Không Có Thật", "1")], "Dòng 1 (Xã Không Có Thật), Xã, phường"),
        ([row("", "5")], "chưa có tên xã"),
        ([row(world.places().far, "5")], "không thuộc tỉnh này"),
        ([row(world.places().own, "1,5")], "“1,5” không phải số nguyên"),
        ([row(world.places().own, "-3")], "“-3” không phải số nguyên"),
        ([row(world.places().own, "99999999")], "không phải số nguyên"),
        ([row(world.places().own, "1"), row(world.places().own, "2")], "đã có ở dòng 1"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(rows: list[dict[str, str]], said: str) -> None:
    table = goal_table.read(rows, OWN)
    assert said in table.problems[0]


def test_edits_of_the_browser_touch_known_columns_and_rows_only() -> None:
    start = [row("A", "1"), row("B", "2")]
    edits = {
        "edited_rows": {0: {"hi": "9", "state": "x"}, 7: {"hi": "1"}},
        "deleted_rows": [1],
        "added_rows": [{"commune": "C", "si": "3", "id": "4"}],
    }
    assert goal_table.applied(start, edits) == [row("A", "9"), {"commune": "C", "si": "3"}]


@pytest.mark.usefixtures("database")
class TestOnTheScreen:
    def test_an_officer_proposes_and_an_approver_makes_it_count(self) -> None:
        app = open_as("officer", screens.GOALS)
        app.text_input(key="plan.number.40.2026.0").set_value("125/KH-BHXH")
        app.text_input(key="plan.hi.40.2026.0").set_value("2.000")
        app.session_state["plan.grid.40.2026.0"] = {
            "edited_rows": {0: row(world.places().own, "40")},
            "added_rows": [],
            "deleted_rows": [],
        }
        app.run()
        assert "các xã <b>40" in blocks(app) or "các xã 40" in blocks(app)
        app.button(key="plan.propose").click().run()
        assert not app.exception
        assert goals.province_goals(OFFICER, 2026) == {}

        checker = open_as("approver", screens.GOALS)
        checker.button(key="plan.decide.True").click().run()
        assert not checker.exception
        assert goals.province_goals(OFFICER, 2026) == {("40", HI): 2000}
        assert goals.commune_goals(OFFICER, 2026) == {(world.places().own, HI): 40}

    def test_a_plan_half_typed_is_there_again_with_its_communes(self) -> None:
        app = open_as("officer", screens.GOALS)
        app.session_state["plan.grid.40.2026.0"] = {
            "edited_rows": {0: row(world.places().own, "40")},
            "added_rows": [],
            "deleted_rows": [],
        }
        app.text_input(key="plan.hi.40.2026.0").set_value("2.000").run()

        again = open_as("officer", screens.GOALS)
        assert again.text_input(key="plan.hi.40.2026.0").value == "2.000"
        assert "Đã mở lại phần nhập dở" in blocks(again)
        assert "các xã <b>40" in blocks(again) or "các xã 40" in blocks(again)
        again.text_input(key="plan.number.40.2026.0").set_value("125/KH-BHXH")
        again.button(key="plan.propose").click().run()
        assert not again.exception
        with reading() as session:
            assert session.exec(select(KeptForm)).all() == []

    def test_a_wrong_cell_stops_the_proposal_and_stays_in_the_grid(self) -> None:
        app = open_as("officer", screens.GOALS)
        app.session_state["plan.grid.40.2026.0"] = {
            "edited_rows": {0: row("Xã Không Có Thật", "40")},
            "added_rows": [],
            "deleted_rows": [],
        }
        app.run()
        assert "1 ô cần sửa" in blocks(app)
        assert app.button(key="plan.propose").disabled

    def test_a_rejection_without_a_reason_is_asked_for_one(self) -> None:
        plan = plans.propose(ENTRY, "officer")
        app = open_as("approver", screens.GOALS)
        app.button(key="plan.decide.False").click().run()
        assert "Hãy ghi lý do" in app.error[0].value
        app.text_input(key=f"plan.comment.{plan}").set_value("Thấp hơn năm trước")
        app.button(key="plan.decide.False").click().run()
        assert "Thấp hơn năm trước" in blocks(app)
        assert goals.effective(OFFICER, 2026) == {}

    def test_the_proposer_sees_disabled_buttons_and_why(self) -> None:
        from sqlmodel import select

        from db.models import Account
        from db.unit_of_work import unattended_writing

        plans.propose(ENTRY, "officer")
        with unattended_writing("tests") as work:
            account = work.session.exec(select(Account).where(Account.username == "officer")).one()
            account.role = Role.APPROVER
        app = open_as("officer", screens.GOALS)
        assert app.button(key="plan.decide.True").disabled
        assert "Anh/chị là người đề xuất nên không duyệt được" in blocks(app)

    def test_the_nation_sees_every_province_and_opens_one(self) -> None:
        plans.approve(plans.propose(ENTRY, "officer"), "approver")
        far = replace(ENTRY, commune_goals={})
        plans.propose(far, "far_officer")
        for username in ("central", "nation"):
            app = open_as(username, screens.GOALS)
            table = app.dataframe[0].value.set_index("Tỉnh, thành phố")
            assert len(table) == 34
            assert table.loc["Nghệ An", "Thẻ BHYT"] == "2.000"
            assert table.loc["Cao Bằng", "Tình trạng"].startswith("Chờ duyệt từ")

            one = open_as(username, screens.GOALS, tinh="40")
            assert "125/KH-BHXH" in blocks(one)
            assert len(one.button) == len(app.button)

    def test_a_leader_reads_the_province_and_changes_nothing(self) -> None:
        plans.propose(ENTRY, "officer")
        app = open_as("leader", screens.GOALS)
        assert not app.exception
        assert "Bản này chờ lãnh đạo duyệt" in blocks(app)
        assert len(app.text_input) == 0
