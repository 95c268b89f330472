"""How a pledge is spoken of: its donor, what was pledged, how its money stands."""

from datetime import date

from components.ui import formats
from components.ui.i18n import N_, _
from components.ui.markup import Html, Tone, tag
from components.ui.words import donor, pieces
from db.queries.donors.pledges import PledgeRow
from db.rules.ledger import Funding
from db.rules.states import Binds, PledgeState

FUNDINGS: dict[Funding, str] = {
    "awaiting": N_("Chờ chuyển"),
    "partly_received": N_("Nhận một phần"),
    "received": N_("Đã nhận"),
}
_TONES: dict[Funding, Tone] = {
    "awaiting": "amber",
    "partly_received": "amber",
    "received": "green",
}


def donor_name(row: PledgeRow) -> str:
    """The donor's name, or the words that stand for it where it is not told."""
    name = donor(row.donor)
    return f"{name} ({_('không nêu tên')})" if row.donor and row.anonymous else name


def units(row: PledgeRow, amount: int) -> str:
    """A part of the pledge with its unit: “60 thẻ”, or đồng."""
    if row.binds is Binds.MONEY:
        return formats.money(amount)
    return pieces(row.benefit, amount)


def standing(row: PledgeRow, today: date) -> tuple[str, Tone]:
    """Cancelled or used up; else how the money stands, with what was promised."""
    if row.state is PledgeState.CANCELLED:
        return _("Đã hủy"), "grey"
    if row.state is PledgeState.CLOSED:
        return _("Đã dùng hết"), "blue"
    if row.funding != "received" and row.expected_on is not None and row.expected_on < today:
        return _("Quá hẹn chuyển"), "red"
    if row.funding == "awaiting" and row.expected_on is None:
        return _("Chưa hẹn"), "grey"
    return _(FUNDINGS[row.funding]), _TONES[row.funding]


def standing_tag(row: PledgeRow, today: date) -> Html:
    return tag(*standing(row, today))
