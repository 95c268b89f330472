"""Passwords, locks and sign-ins, on both databases."""

import threading
from datetime import datetime, timedelta

import bcrypt
import pytest
from sqlmodel import select

from db import clock
from db.__main__ import main
from db.commands.admin import accounts, sign_in
from db.commands.admin.locks import Visitor
from db.commands.progress import plans
from db.errors import Refused
from db.models import Account, SignIn, SignInFailure
from db.queries.admin.accounts import refuse_ended, signed_in
from db.rules.access import Action, Role
from db.scope import Actor
from db.unit_of_work import reading, writing
from tests import world

pytestmark = pytest.mark.usefixtures("any_database")
HERE = Visitor("this browser", "203.0.113.7")
STRANGER = Visitor("", "198.51.100.9")


def matches(password: str, stored: str) -> bool:
    return bcrypt.checkpw(password.encode(), stored.encode())


def account(username: str) -> Account:
    with reading() as session:
        return session.exec(select(Account).where(Account.username == username)).one()


def later(monkeypatch: pytest.MonkeyPatch, **passed: int) -> None:
    moved = datetime.now(clock.UTC) + timedelta(**passed)
    monkeypatch.setattr(clock, "real_now", lambda: moved)


def test_the_right_password_opens_and_the_wrong_one_does_not() -> None:
    assert sign_in.check("officer", world.PASSWORD, matches, HERE)
    assert not sign_in.check("officer", "sai", matches, HERE)
    assert not sign_in.check("nobody", world.PASSWORD, matches, HERE)
    assert not sign_in.check("officer", "x" * 100, matches, HERE)


def test_five_failures_lock_for_a_while_even_with_the_right_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(5):
        sign_in.check("officer", "sai", matches, HERE)
    assert not sign_in.check("officer", world.PASSWORD, matches, HERE)

    later(monkeypatch, minutes=16)
    assert sign_in.check("officer", world.PASSWORD, matches, HERE)


def guess(username: str, visitor: Visitor, times: int) -> None:
    for _ in range(times):
        sign_in.check(username, "sai", matches, visitor)


def test_a_stranger_who_guesses_keeps_nobody_out_who_was_here_before() -> None:
    sign_in.open_session("officer", HERE)
    guess("officer", STRANGER, 60)
    assert not sign_in.check("officer", world.PASSWORD, matches, STRANGER)
    assert sign_in.check("officer", world.PASSWORD, matches, HERE)


def test_one_address_waits_for_one_account_and_the_others_stay_open() -> None:
    guess("officer", STRANGER, 5)
    assert not sign_in.check("officer", world.PASSWORD, matches, STRANGER)
    assert sign_in.check("officer", world.PASSWORD, matches, HERE)
    assert sign_in.check("approver", world.PASSWORD, matches, STRANGER)


def test_one_address_does_not_guess_at_every_account() -> None:
    for number in range(50):
        guess(f"ten-{number}", STRANGER, 1)
    assert not sign_in.check("officer", world.PASSWORD, matches, STRANGER)
    assert sign_in.check("officer", world.PASSWORD, matches, HERE)


def test_many_addresses_do_not_guess_at_one_account() -> None:
    for number in range(50):
        guess("officer", Visitor("", f"198.51.100.{number}"), 1)
    assert not sign_in.check("officer", world.PASSWORD, matches, HERE)
    accounts.unlock("officer", "admin")
    assert sign_in.check("officer", world.PASSWORD, matches, HERE)


@pytest.mark.parametrize("username", ["officer", "approver", "leader", "central", "office"])
def test_only_an_administrator_unlocks(username: str) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        accounts.unlock("officer", username)


def test_who_runs_the_server_unlocks_by_command(capsys: pytest.CaptureFixture[str]) -> None:
    guess("admin", HERE, 5)
    assert not sign_in.check("admin", world.PASSWORD, matches, HERE)
    assert main(["unlock", "admin"]) == 0
    assert sign_in.check("admin", world.PASSWORD, matches, HERE)
    assert main(["unlock", "khong-co-ai"]) == 1
    assert "not_found" in capsys.readouterr().err


def test_wrong_old_passwords_are_counted_like_those_at_the_door() -> None:
    sign_in.open_session("officer", HERE)
    for code in ("password_wrong",) * 4 + ("password_locked",) * 2:
        with pytest.raises(Refused, match=code):
            accounts.change_own_password("sai", "mot-cum-tu-dai-hon", "officer", HERE)
    with pytest.raises(Refused, match="password_locked"):
        accounts.change_own_password(world.PASSWORD, "mot-cum-tu-dai-hon", "officer", HERE)


@pytest.mark.parametrize("username", ["approver", "admin"])
def test_who_decides_is_signed_out_after_half_an_hour_without_a_touch(
    monkeypatch: pytest.MonkeyPatch, username: str
) -> None:
    opened = sign_in.open_session(username, HERE)
    later(monkeypatch, minutes=25)
    user = signed_in(opened.token, HERE.browser)
    assert user is not None
    assert not user.seen_lately
    sign_in.note_seen(opened.token)

    later(monkeypatch, minutes=50)
    user = signed_in(opened.token, HERE.browser)
    assert user is not None
    later(monkeypatch, minutes=57)
    assert signed_in(opened.token, HERE.browser) is None
    with pytest.raises(Refused, match="sign_in_ended"):
        refuse_ended(user.username)


@pytest.mark.parametrize("username", ["officer", "office", "leader", "central"])
def test_the_others_stay_signed_in_for_the_day(
    monkeypatch: pytest.MonkeyPatch, username: str
) -> None:
    opened = sign_in.open_session(username, HERE)
    later(monkeypatch, hours=11)
    assert signed_in(opened.token, HERE.browser) is not None


def test_parallel_failures_are_all_counted() -> None:
    threads = [
        threading.Thread(target=sign_in.check, args=("officer", "sai", matches, HERE))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading() as session:
        counted = session.exec(select(SignInFailure.failures)).all()
    assert counted == [4, 4, 4]  # here, for the account anywhere, from this address


def test_every_kind_of_closed_door_costs_one_hash() -> None:
    tried: list[str] = []

    def counting(password: str, stored: str) -> bool:
        tried.append(stored)
        return matches(password, stored)

    accounts.set_active(account("office").id or 0, False, "admin")
    for username in ("nobody", "office", "officer"):
        sign_in.check(username, "sai", counting, HERE)
    assert len(tried) == 3


def test_a_sign_in_is_worth_nothing_in_another_browser() -> None:
    opened = sign_in.open_session("officer", Visitor("this browser"))
    assert signed_in(opened.token, "this browser") is not None
    assert signed_in(opened.token, "another") is None
    assert signed_in("guessed", "this browser") is None


def test_only_digests_of_tokens_are_stored() -> None:
    opened = sign_in.open_session("officer", Visitor("this browser"))
    with reading() as session:
        entry = session.exec(select(SignIn)).one()
    assert opened.token not in entry.token_digest
    assert "this browser" not in entry.browser_digest


def test_signing_out_ends_this_sign_in_only() -> None:
    here, there = (sign_in.open_session("officer", Visitor(place)) for place in ("here", "there"))
    sign_in.close_session(here.token)
    assert signed_in(here.token, "here") is None
    assert signed_in(there.token, "there") is not None


def test_a_sign_in_ends_after_twelve_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = sign_in.open_session("officer", Visitor("here"))
    later(monkeypatch, hours=12, minutes=1)
    assert signed_in(opened.token, "here") is None


@pytest.mark.parametrize(
    "end",
    [
        lambda id_: accounts.set_active(id_, False, "admin"),
        lambda id_: accounts.end_sessions(id_, "admin"),
        lambda id_: accounts.reset_password(id_, "admin"),
    ],
    ids=["deactivated", "sessions ended", "password reset"],
)
def test_the_administrator_ends_every_sign_in(end: object) -> None:
    opened = sign_in.open_session("officer", Visitor("here"))
    end(account("officer").id)  # type: ignore[operator]
    assert signed_in(opened.token, "here") is None


def test_changing_ones_password_ends_every_sign_in_and_the_old_password() -> None:
    opened = sign_in.open_session("officer", Visitor("here"))
    accounts.change_own_password(world.PASSWORD, "mot-cum-tu-dai-hon", "officer", HERE)
    assert signed_in(opened.token, "here") is None
    assert not sign_in.check("officer", world.PASSWORD, matches, HERE)
    assert sign_in.check("officer", "mot-cum-tu-dai-hon", matches, HERE)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("ngan", "password_length"),
        ("x" * 73, "password_length"),
        ("mật khẩu có dấu", "password_ascii"),
        (" khoang trang dau", "password_ascii"),
        ("matkhau12345", "password_obvious"),
        ("qwertyuiop12", "password_obvious"),
        ("chung-tay-2026", "password_obvious"),
        ("aaaaaaaaaaaaaa", "password_obvious"),
        ("officer12345", "password_obvious"),
        (world.PASSWORD, "password_same"),
    ],
)
def test_a_poor_password_is_refused(new: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        accounts.change_own_password(world.PASSWORD, new, "officer", HERE)


def test_the_first_password_must_be_changed_before_anything_else() -> None:
    accounts.reset_password(account("officer").id or 0, "admin")
    from db.rules.access import Action
    from db.unit_of_work import writing

    with pytest.raises(Refused, match="password_change_due"), writing("officer", Action.ISSUE):
        pass


def test_a_role_changes_at_the_next_command() -> None:
    with reading() as session:
        who = session.exec(select(Account).where(Account.username == "officer")).one()
    accounts.change(
        who.id or 0,
        accounts.NewAccount("officer", "Lê Thị Minh Hằng", accounts.Role.APPROVER, "40"),
        "admin",
    )
    opened = sign_in.open_session("officer", Visitor("here"))
    user = signed_in(opened.token, "here")
    assert user is not None
    assert user.role is accounts.Role.APPROVER


def test_nobody_locks_themselves_out() -> None:
    with pytest.raises(Refused, match="own_account"):
        accounts.set_active(account("admin").id or 0, False, "admin")


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (accounts.NewAccount("A B", "Tên", accounts.Role.ADMIN), "username_form"),
        (accounts.NewAccount("mai.an", " ", accounts.Role.ADMIN), "name_missing"),
        (accounts.NewAccount("mai.an", "Mai An", accounts.Role.OFFICER), "scope_missing"),
        (accounts.NewAccount("mai.an", "Mai An", accounts.Role.OFFICE, "40"), "scope_missing"),
        (accounts.NewAccount("officer", "Mai An", accounts.Role.ADMIN), "username_taken"),
    ],
)
def test_an_account_without_its_parts_is_refused(new: accounts.NewAccount, code: str) -> None:
    with pytest.raises(Refused, match=code):
        accounts.create(new, "admin")


def acting(username: str, browser: str = "b") -> tuple[str, Actor]:
    opened = sign_in.open_session(username, Visitor(browser))
    user = signed_in(opened.token, browser)
    assert user is not None
    return opened.token, user.username


def act(actor: str) -> None:
    accounts.create(accounts.NewAccount("mai.an", "Mai An", Role.OFFICER, "40"), actor)


def test_nothing_acts_after_its_sign_in_was_closed() -> None:
    token, actor = acting("admin")
    sign_in.close_session(token)
    with pytest.raises(Refused, match="sign_in_ended"):
        act(actor)
    with pytest.raises(Refused, match="sign_in_ended"):
        refuse_ended(actor)


def test_nothing_acts_after_every_sign_in_was_ended() -> None:
    _token, actor = acting("officer")
    accounts.end_sessions(account("officer").id or 0, "admin")
    with pytest.raises(Refused, match="sign_in_ended"):
        plans.reject(1, "Chưa đủ số liệu", actor)


def test_nothing_acts_after_the_hours_of_a_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    _token, actor = acting("admin")
    later(monkeypatch, hours=13)
    with pytest.raises(Refused, match="sign_in_ended"):
        act(actor)


def test_nobody_acts_by_a_sign_in_of_another_browser_or_account() -> None:
    _token, actor = acting("admin")
    for stolen in (
        Actor.of("admin", actor.token_digest, "of another browser"),
        Actor.of("officer", actor.token_digest, actor.browser_digest),
    ):
        with pytest.raises(Refused, match="sign_in_ended"):
            act(stolen)


def test_a_live_sign_in_acts() -> None:
    _token, actor = acting("admin")
    act(actor)
    assert account("mai.an").role is Role.OFFICER


def test_signing_out_waits_for_the_command_that_has_begun() -> None:
    token, actor = acting("admin")
    steps: list[str] = []

    def leave() -> None:
        sign_in.close_session(token)
        steps.append("out")

    leaving = threading.Thread(target=leave)
    with writing(actor, Action.MANAGE_ACCOUNTS):
        leaving.start()
        leaving.join(0.3)
        steps.append("done")
    leaving.join()
    assert steps == ["done", "out"]
