"""How many statements one run of a screen sends: a query in a loop would show here."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import streamlit as st
from sqlalchemy import event

from components import screens
from components.screens import Screen
from db.engine import engine
from db.rules.access import Role, may
from tests import world
from tests.pages.opening import open_as
from tests.pages.test_every_screen import ONE_OF_EACH

pytestmark = pytest.mark.usefixtures("database")

MOST = 25
MOST_ON = {screens.START: 50, screens.WORK: 50, screens.PROGRESS: 40}
"""The first page of most roles is their work, made from a dozen kinds of records; progress asks
for two benefits, this year's and last year's. Both are then kept until the data changes."""
FRAME = 5
"""Who is here, before what was pressed, for the frame and for the page; the kind of the database,
the data version: what no cache may answer."""


@contextmanager
def statements() -> Iterator[list[str]]:
    """Everything that goes to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine(), "before_cursor_execute", note)


@pytest.mark.parametrize("screen", screens.ALL, ids=lambda screen: screen.url_path)
def test_a_screen_asks_a_bounded_number_of_questions(screen: Screen) -> None:
    _one_of_many_things()
    for role in Role:
        if not may(role, screen.action):
            continue
        app = open_as(ONE_OF_EACH[role], screen)
        st.cache_data.clear()
        with statements() as sent:
            app.run()
        assert not app.exception
        assert len(sent) <= MOST_ON.get(screen, MOST), "\n\n".join(sent)


def test_progress_that_was_drawn_before_asks_only_who_is_here_and_whether_anything_changed() -> (
    None
):
    app = open_as("central", screens.PROGRESS)
    with statements() as sent:
        app.run()
    assert len(sent) <= FRAME, "\n\n".join(sent)


def _one_of_many_things() -> None:
    """Several lists and pledges, so that one question per row shows in the number."""
    for number in range(1, 13):
        world.add_list(people=2, round_=number, seed=number)
        world.add_pledge(quantity=5)
