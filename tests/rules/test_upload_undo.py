"""Every fate of what an upload did, told apart."""

from dataclasses import replace

import pytest

from db.rules.states import ListState, NominationState
from db.rules.upload_undo import (
    Effects,
    Filled,
    NominationNow,
    PersonNow,
    Relisted,
    effects_of,
    plan_undo,
)

UPLOAD = 7
FRESH = NominationNow(
    NominationState.LISTED, ListState.SUBMITTED, UPLOAD, is_reviewed=False, is_matched=False
)
GONE = replace(FRESH, state=NominationState.WITHDRAWN)


@pytest.mark.parametrize(
    ("now", "taken", "kept", "impossible"),
    [
        (FRESH, 1, {}, {}),
        (replace(FRESH, list_state=ListState.RETURNED), 1, {}, {}),
        (replace(FRESH, is_reviewed=True), 0, {"reviewed": 1}, {}),
        (replace(FRESH, list_state=ListState.REVIEWED), 0, {"reviewed": 1}, {}),
        (replace(FRESH, upload_id=UPLOAD + 1), 0, {"changed_since": 1}, {}),
        (replace(FRESH, list_state=ListState.POSTED), 0, {}, {"posted": 1}),
        (replace(FRESH, list_state=ListState.CLOSED), 0, {}, {"posted": 1}),
        (
            replace(FRESH, list_state=ListState.CLOSED, is_matched=True, is_reviewed=True),
            0,
            {},
            {"matched": 1},
        ),
        (GONE, 0, {}, {"withdrawn_since": 1}),
        (None, 0, {}, {"withdrawn_since": 1}),
    ],
)
def test_a_nomination_goes_back_unless_somebody_worked_on_it(
    now: NominationNow | None, taken: int, kept: dict[str, int], impossible: dict[str, int]
) -> None:
    known = {} if now is None else {1: now}
    made = plan_undo(Effects(nominated=(1,)), UPLOAD, known, {})
    changed = plan_undo(Effects(relisted=(Relisted(1, ("KT",), 4, 3),)), UPLOAD, known, {})

    assert (len(made.withdraw), made.kept, made.impossible) == (taken, kept, impossible)
    assert (len(changed.relist), changed.kept, changed.impossible) == (taken, kept, impossible)


@pytest.mark.parametrize(
    ("now", "back", "kept", "impossible"),
    [
        (GONE, 1, {}, {}),
        (replace(GONE, list_state=ListState.REVIEWED), 0, {}, {"reviewed": 1}),
        (replace(GONE, list_state=ListState.POSTED), 0, {}, {"posted": 1}),
        (replace(GONE, is_listed_elsewhere=True), 0, {}, {"listed_elsewhere": 1}),
    ],
)
def test_who_was_taken_off_comes_back_while_the_list_is_open(
    now: NominationNow, back: int, kept: dict[str, int], impossible: dict[str, int]
) -> None:
    plan = plan_undo(Effects(withdrawn=(1,)), UPLOAD, {1: now}, {})
    assert (len(plan.put_back), plan.kept, plan.impossible) == (back, kept, impossible)


FILLED = Filled(5, {"phone": "", "cccd": None}, {"phone": "0912", "cccd": "040156000011"})


def test_values_go_back_where_they_are_still_the_file_s() -> None:
    effects = Effects(filled=(FILLED,))
    same = PersonNow({"phone": "0912", "cccd": "040156000011"}, is_reviewed=False)
    partly = PersonNow({"phone": "0999", "cccd": "040156000011"}, is_reviewed=False)

    assert plan_undo(effects, UPLOAD, {}, {5: same}).refill == [(5, {"phone": "", "cccd": None})]
    plan = plan_undo(effects, UPLOAD, {}, {5: partly})
    assert (plan.refill, plan.kept) == ([(5, {"cccd": None})], {"changed_since": 1})
    reviewed = plan_undo(effects, UPLOAD, {}, {5: replace(same, is_reviewed=True)})
    assert (reviewed.refill, reviewed.kept) == ([], {"reviewed": 1})
    assert plan_undo(effects, UPLOAD, {}, {}).kept == {"changed_since": 1}


def test_effects_survive_being_stored() -> None:
    effects = Effects((1, 2), (3,), (Relisted(4, ("KT",), 9, 2),), (FILLED,))
    assert effects_of(effects.stored()) == effects
    assert effects_of({}) == Effects()
