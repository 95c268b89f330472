"""Every state has its own word, also where two objects share a value."""

import pytest

from components.handover import events as event_list
from components.lists import words as upload_words
from components.ui import formats, words
from db.intake.told.checked import ROWS_PER_SHEET
from db.rules.access import Role
from db.rules.states import EventState, MatchState, PlanState, ProposalState


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (MatchState.PROPOSED, "Đề xuất"),
        (EventState.PROPOSED, "Dự kiến"),
        (PlanState.PROPOSED, "Chờ duyệt"),
        (MatchState.APPROVED, "Chờ cấp"),
        (ProposalState.APPROVED, "Đã duyệt"),
    ],
)
def test_states_of_one_value_keep_their_own_words(state: MatchState, said: str) -> None:
    assert words.word(state) == said
    assert words.known(state.value, type(state).__name__.removesuffix("State")) == said


def test_every_state_and_role_has_a_word_and_a_colour() -> None:
    from db.rules import states

    enums = [
        each
        for name, each in vars(states).items()
        if name.endswith("State") and isinstance(each, type)
    ]
    for state in [*(member for each in enums for member in each), *states.Presence, *Role]:
        assert words.word(state)
        assert words.tone(state)


def test_a_field_in_a_sentence_keeps_its_abbreviations() -> None:
    assert upload_words.field_in_sentence("cccd") == "số CCCD"
    assert upload_words.field_in_sentence("bhxh") == "mã số BHXH"


def test_a_row_of_a_second_sheet_says_so() -> None:
    assert formats.row_word(7) == "7"
    assert formats.row_word(ROWS_PER_SHEET + 7) == "7 (trang 2)"


def test_every_event_stands_behind_one_of_the_filters() -> None:
    shown = {state for states in event_list.STATES.values() for state in states}
    assert shown == set(EventState)
