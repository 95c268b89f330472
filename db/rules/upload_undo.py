"""What an accepted upload can give back: taken back, kept because somebody worked on it since,
or past undoing, each with the reason."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from db.rules.states import ListState, NominationState

REVIEWED = "reviewed"
CHANGED_SINCE = "changed_since"
POSTED = "posted"
MATCHED = "matched"
WITHDRAWN_SINCE = "withdrawn_since"
LISTED_ELSEWHERE = "listed_elsewhere"

_OPEN = (ListState.SUBMITTED, ListState.RETURNED)
_PUBLIC = (ListState.POSTED, ListState.CLOSED)


@dataclass(frozen=True, slots=True)
class Relisted:
    """A nomination that followed a corrected list, as it was before."""

    nomination_id: int
    categories: tuple[str, ...]
    row_number: int
    upload_id: int


@dataclass(frozen=True, slots=True)
class Filled:
    """Values of a person that a file set: {field: before} and {field: after}."""

    person_id: int
    before: Mapping[str, str | None]
    after: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Effects:
    """What one upload changed. `nominated` and `withdrawn` are ids of nominations."""

    nominated: tuple[int, ...] = ()
    withdrawn: tuple[int, ...] = ()
    relisted: tuple[Relisted, ...] = ()
    filled: tuple[Filled, ...] = ()

    def stored(self) -> dict[str, Any]:
        """As JSON holds it; `effects_of` reads it back."""
        return {
            "nominated": list(self.nominated),
            "withdrawn": list(self.withdrawn),
            "relisted": [
                [one.nomination_id, list(one.categories), one.row_number, one.upload_id]
                for one in self.relisted
            ],
            "filled": [[one.person_id, dict(one.before), dict(one.after)] for one in self.filled],
        }


def effects_of(stored: Mapping[str, Any]) -> Effects:
    return Effects(
        tuple(stored.get("nominated", ())),
        tuple(stored.get("withdrawn", ())),
        tuple(
            Relisted(id_, tuple(categories), row, upload)
            for id_, categories, row, upload in stored.get("relisted", ())
        ),
        tuple(Filled(*one) for one in stored.get("filled", ())),
    )


@dataclass(frozen=True, slots=True)
class NominationNow:
    """A nomination that the upload made, changed or withdrew, as it stands."""

    state: NominationState
    list_state: ListState
    upload_id: int
    is_reviewed: bool
    is_matched: bool
    is_listed_elsewhere: bool = False
    """Another nomination puts the person forward for this benefit and year."""


@dataclass(frozen=True, slots=True)
class PersonNow:
    """A person whose values the upload set."""

    values: Mapping[str, str | None]
    is_reviewed: bool


@dataclass(slots=True)
class UndoPlan:
    """What an undo does, and how many people or changes it leaves and why ({reason: count})."""

    withdraw: list[int] = field(default_factory=list)
    put_back: list[int] = field(default_factory=list)
    relist: list[Relisted] = field(default_factory=list)
    refill: list[tuple[int, dict[str, str | None]]] = field(default_factory=list)
    kept: Counter[str] = field(default_factory=Counter)
    impossible: Counter[str] = field(default_factory=Counter)

    @property
    def taken_back(self) -> dict[str, int]:
        """{what: count} of the changes that vanish."""
        counts = {
            "nominated": len(self.withdraw),
            "withdrawn": len(self.put_back),
            "relisted": len(self.relist),
            "filled": len(self.refill),
        }
        return {what: count for what, count in counts.items() if count}

    def counts(self) -> dict[str, dict[str, int]]:
        return {
            "taken_back": self.taken_back,
            "kept": dict(self.kept),
            "impossible": dict(self.impossible),
        }


def plan_undo(
    effects: Effects,
    upload_id: int,
    nominations: Mapping[int, NominationNow],
    people: Mapping[int, PersonNow],
) -> UndoPlan:
    """Sort every effect of an upload into the three parts."""
    plan = UndoPlan()
    for id_ in effects.nominated:
        if not _is_left(plan, nominations.get(id_), upload_id):
            plan.withdraw.append(id_)
    for one in effects.relisted:
        if not _is_left(plan, nominations.get(one.nomination_id), upload_id):
            plan.relist.append(one)
    for id_ in effects.withdrawn:
        now = nominations.get(id_)
        if now is None or now.is_listed_elsewhere:
            plan.impossible[LISTED_ELSEWHERE] += 1
        elif now.list_state not in _OPEN:
            plan.impossible[POSTED if now.list_state in _PUBLIC else REVIEWED] += 1
        else:
            plan.put_back.append(id_)
    _refill(plan, effects.filled, people)
    return plan


def _is_left(plan: UndoPlan, now: NominationNow | None, upload_id: int) -> bool:
    """Whether the nomination stays as it is; the reason is counted."""
    if now is None or now.state is NominationState.WITHDRAWN:
        plan.impossible[WITHDRAWN_SINCE] += 1
    elif now.is_matched:
        plan.impossible[MATCHED] += 1
    elif now.list_state in _PUBLIC:
        plan.impossible[POSTED] += 1
    elif now.is_reviewed or now.list_state not in _OPEN:
        plan.kept[REVIEWED] += 1
    elif now.upload_id != upload_id:
        plan.kept[CHANGED_SINCE] += 1
    else:
        return False
    return True


def _refill(plan: UndoPlan, filled: Iterable[Filled], people: Mapping[int, PersonNow]) -> None:
    for one in filled:
        now = people.get(one.person_id)
        if now is None:
            plan.kept[CHANGED_SINCE] += 1
            continue
        if now.is_reviewed:
            plan.kept[REVIEWED] += 1
            continue
        same = [name for name, value in one.after.items() if now.values.get(name) == value]
        if len(same) < len(one.after):
            plan.kept[CHANGED_SINCE] += 1
        if same:
            plan.refill.append((one.person_id, {name: one.before[name] for name in same}))
