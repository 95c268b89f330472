"""How a hand-over is spoken of: its form, its people, where it stands."""

from components.ui import formats
from components.ui.i18n import N_, _
from components.ui.markup import Html, Tone, tag
from components.ui.words import donor, pieces, tone, word
from db.queries.handover.events import EventRow
from db.rules.states import EventState

FORMS = {
    "ceremony": N_("Lễ trao tại xã"),
    "at_office": N_("Trao tại BHXH"),
    "at_home": N_("Trao tại nhà"),
}
_TONES: dict[str, Tone] = {
    "grey": "grey",
    "blue": "blue",
    "amber": "amber",
    "green": "green",
    "red": "red",
}


def form(code: str) -> str:
    return _(FORMS[code])


def items(row: EventRow) -> str:
    """65 thẻ"""
    return pieces(row.benefit, row.people)


def state_tag(row: EventRow) -> Html:
    return tag(word(row.state), _TONES[tone(row.state)])


def why(row: EventRow) -> str:
    """When, where, whose gift, and how many are recorded."""
    told = _("{moment}, {place}. {donor}, {pledge}.").format(
        moment=formats.day_time(row.starts_at),
        place=row.place,
        donor=donor(row.donor),
        pledge=row.pledge_code,
    )
    if row.state in (EventState.PROPOSED, EventState.CANCELLED) or not row.recorded:
        return told
    counts = _("Đã ghi {recorded}/{people}, đã nhận {received}.").format(
        recorded=formats.number(row.recorded),
        people=formats.number(row.people),
        received=formats.number(row.received),
    )
    return f"{told} {counts}"
