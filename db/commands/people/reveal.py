"""Looking at the full numbers of one person: allowed with a purpose, and remembered."""

from dataclasses import dataclass
from enum import StrEnum

from db.errors import Refused
from db.models import Nomination, Person
from db.rules.access import Action
from db.unit_of_work import writing


class Purpose(StrEnum):
    """Why somebody needs to see the numbers; a code, so that the trace holds no free text."""

    COMPARE_PAPERS = "compare_papers"
    LOOK_UP_COVER = "look_up_cover"
    CONTACT = "contact"
    ANSWER_OBJECTION = "answer_objection"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The identifying numbers of one person, unmasked; empty where unknown."""

    cccd: str
    bhxh: str
    hi_card: str
    phone: str


def reveal(nomination_id: int, purpose: Purpose | None, actor: str) -> Numbers:
    """The full numbers of a nominated person; who looked and why goes into the trace.

    Raises:
        Refused: not_found, reason_missing.
    """
    if purpose is None:
        raise Refused("reason_missing")
    with writing(actor, Action.REVEAL_PERSON) as work:
        nomination = work.get(Nomination, nomination_id)
        person = work.session.get_one(Person, nomination.person_id)
        work.record("view.person", person, purpose=purpose.value, nomination=nomination_id)
        return Numbers(person.cccd or "", person.bhxh or "", person.hi_card or "", person.phone)
