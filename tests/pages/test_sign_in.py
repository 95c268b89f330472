"""The door: the form, the words it uses, and what it forgets."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from components import screens
from db.commands.admin import accounts
from db.models import Account
from db.rules.access import Role
from db.unit_of_work import reading
from tests import world
from tests.pages.opening import APP, open_as, texts

pytestmark = pytest.mark.usefixtures("database")


def attempt(username: str, password: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=30).run()
    app.text_input[0].set_value(username)
    app.text_input[1].set_value(password)
    return app.button[0].click().run()


def id_of(username: str) -> int:
    with reading() as session:
        return session.exec(select(Account.id).where(Account.username == username)).one() or 0


def test_the_right_person_lands_on_the_work_queue_and_the_form_is_gone() -> None:
    app = attempt("officer", world.PASSWORD)
    assert not app.exception
    assert texts(app.title) == ["Việc cần làm"]
    assert not [field for field in app.text_input if field.label == "Mật khẩu"]


def test_a_leader_lands_on_progress() -> None:
    assert texts(attempt("leader", world.PASSWORD).title) == ["Tiến độ thực hiện"]


@pytest.mark.parametrize("username", ["officer", "nobody", "office"])
def test_every_failure_has_the_same_words(username: str) -> None:
    accounts.set_active(id_of("office"), False, "admin")
    [said] = texts(attempt(username, "sai").error)
    assert said.startswith("Không đăng nhập được: sai tên hoặc mật khẩu")


def test_a_locked_account_hears_the_same_words() -> None:
    for _ in range(5):
        attempt("officer", "sai")
    [said] = texts(attempt("officer", world.PASSWORD).error)
    assert said.startswith("Không đăng nhập được")


def test_signing_out_shows_the_form_and_forgets_the_person() -> None:
    app = open_as("officer")
    app.session_state["something.typed"] = "riêng tư"
    app.button(key="sign_out").click().run()
    assert app.text_input[0].label == "Tên đăng nhập"
    assert "something.typed" not in app.session_state
    assert "auth.token" not in app.session_state


def test_a_switched_off_account_stops_at_its_next_click() -> None:
    app = open_as("officer")
    accounts.set_active(id_of("officer"), False, "admin")
    app.run()
    assert any("Phiên làm việc đã kết thúc" in told for told in texts(app.info))


def test_a_role_that_changed_shows_at_the_next_run() -> None:
    app = open_as("officer", screens.UPLOAD)
    assert app.title
    accounts.change(
        id_of("officer"), accounts.NewAccount("officer", "Ai Đó", Role.LEADER, "40"), "admin"
    )
    app.run()
    assert texts(app.error) == ["Anh/chị không có quyền mở trang này."]


def test_the_first_password_is_changed_before_anything_else() -> None:
    password = accounts.reset_password(id_of("officer"), "admin")
    app = attempt("officer", password)
    assert texts(app.title) == ["Đổi mật khẩu"]
    for field, value in zip(app.text_input, (password, "mot-cum-tu-dai-hon", "khac"), strict=True):
        field.set_value(value)
    app.button[-1].click().run()
    assert "Hai lần nhập mật khẩu mới chưa giống nhau." in texts(app.error)

    for field in app.text_input[2:]:
        field.set_value("mot-cum-tu-dai-hon")
    app.button[-1].click().run()
    assert "Vui lòng đăng nhập bằng mật khẩu mới" in texts(app.info)[0]
    assert texts(attempt("officer", "mot-cum-tu-dai-hon").title) == ["Việc cần làm"]


def test_the_form_shows_no_accounts_unless_the_data_is_invented() -> None:
    app = AppTest.from_file(APP, default_timeout=30).run()
    assert "chung-tay-2026" not in str(app)


def test_an_account_without_a_province_serves_the_whole_country(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("components.frame.demo_note.database_kind", lambda: "demo")
    monkeypatch.setattr(
        "components.frame.demo_note.demo_accounts.listed",
        lambda: [("lanhdao", Role.LEADER, "")],
    )
    app = AppTest.from_file(APP, default_timeout=30).run()
    table = next(block.proto.body for block in app.get("html") if "lanhdao" in block.proto.body)
    assert "<td>Cả nước</td>" in table
