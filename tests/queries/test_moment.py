"""One screen, one moment: what it asks is as of its first look, whoever writes meanwhile."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from components import reads
from db.commands.admin import accounts
from db.commands.admin.accounts import NewAccount
from db.queries import freshness
from db.queries.admin.accounts import everyone
from db.rules.access import Role
from db.scope import Scope
from db.unit_of_work import one_moment

pytestmark = pytest.mark.usefixtures("any_database")

NATION = Scope(Role.ADMIN)


def usernames() -> list[str]:
    return [row.username for row in everyone(NATION)]


def add(username: str) -> None:
    accounts.create(NewAccount(username, "Mai An", Role.OFFICER, "40"), "admin")


def add_from_elsewhere(username: str) -> None:
    with ThreadPoolExecutor(1) as others:
        others.submit(add, username).result()


def test_two_figures_of_one_screen_agree_while_somebody_writes() -> None:
    with one_moment():
        before, version = usernames(), freshness.now()
        add_from_elsewhere("mai.an")
        assert usernames() == before
        assert freshness.now() == version
    assert "mai.an" in usernames()
    assert freshness.now() != version


def test_nothing_newer_is_kept_under_an_older_version() -> None:
    with one_moment():
        now = reads.as_of()
        add_from_elsewhere("mai.an")
        kept = reads.keep(("usernames", now), usernames)
    assert "mai.an" not in kept
    with one_moment():
        later = reads.as_of()
        assert "mai.an" in reads.keep(("usernames", later), usernames)


def test_after_a_command_the_screen_sees_what_it_wrote() -> None:
    with one_moment():
        assert "mai.an" not in usernames()
        add("mai.an")
        assert "mai.an" in usernames()


def test_a_moment_ends_with_its_run() -> None:
    with pytest.raises(KeyboardInterrupt), one_moment():
        usernames()
        raise KeyboardInterrupt
    add("mai.an")
    assert "mai.an" in usernames()
