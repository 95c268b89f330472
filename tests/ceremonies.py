"""Hand-overs for tests: people with issued cards, and events in any state."""

from datetime import UTC, date, datetime

from db.commands.handover import events
from db.commands.handover.events import NewEvent
from db.models import Event
from db.rules.states import Benefit, MatchState, Presence, ProposalState
from db.unit_of_work import reading
from tests import world

PDF = b"%PDF-1.4 signed page"
TOMORROW_AT_NINE = datetime(2026, 9, 16, 2, 0, tzinfo=UTC)
HELD_ON = world.TODAY


def issued(
    people: int = 3,
    *,
    quantity: int | None = None,
    commune: str | None = None,
    province: str = world.PROVINCE,
    benefit: Benefit = Benefit.HI,
    registered_on: date = world.TODAY,
    seed: int = 1,
) -> tuple[int, list[int]]:
    """A pledge with cards issued to people of one commune; (pledge id, match ids)."""
    commune = commune or world.places().own
    _list, nominations, _posting = world.add_posted(
        people=people, commune=commune, province=province, seed=seed, benefit=benefit, round_=seed
    )
    pledge = world.add_pledge(
        quantity=people if quantity is None else quantity,
        province=province,
        benefit=benefit,
        registered_on=registered_on,
    )
    _proposal, matches = world.add_proposal(
        pledge_id=pledge,
        nomination_ids=nominations,
        state=ProposalState.APPROVED,
        match_state=MatchState.ISSUED,
        maker="officer" if province == world.PROVINCE else "far_officer",
    )
    return pledge, matches


def new_event(pledge: int, matches: list[int], **changes: object) -> NewEvent:
    given: dict[str, object] = {
        "pledge_id": pledge,
        "commune_code": world.places().own,
        "match_ids": matches,
        "starts_at": TOMORROW_AT_NINE,
        "place": "Nhà văn hóa bản Búng",
        **changes,
    }
    return NewEvent(**given)  # type: ignore[arg-type]


def proposed(pledge: int, matches: list[int], actor: str = "office") -> Event:
    return event_of(events.propose(new_event(pledge, matches), actor))


def confirmed(pledge: int, matches: list[int]) -> Event:
    event = proposed(pledge, matches)
    events.confirm(event.id or 0, event.version, "officer")
    return event_of(event.code)


def held(pledge: int, matches: list[int], *presences: Presence) -> Event:
    """Held with a signed page; those without a presence were present."""
    event = confirmed(pledge, matches)
    answers = [*presences, *[Presence.PRESENT] * len(matches)]
    outcomes = {match: (answers[place], "") for place, match in enumerate(matches)}
    events.record(event.id or 0, outcomes, HELD_ON, event.version, "office")
    events.attach(event.id or 0, "bien-ban.pdf", PDF, "office")
    return event_of(event.code)


def minuted(pledge: int, matches: list[int], *presences: Presence) -> Event:
    event = held(pledge, matches, *presences)
    events.confirm_minutes(event.id or 0, event.version, "approver")
    return event_of(event.code)


def event_of(code: str) -> Event:
    from sqlmodel import select

    with reading() as session:
        return session.exec(select(Event).where(Event.code == code)).one()
