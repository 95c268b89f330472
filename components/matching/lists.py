"""Lists that lead into matching, approving and issuing."""

from components import entries
from components.donors import words
from components.entries import Entry
from components.screens import APPROVAL, ISSUING, MATCHING
from components.ui import filters, formats
from components.ui.i18n import _, _n
from components.ui.markup import fill, late, tag
from components.ui.words import donor, tone, word
from db import clock
from db.queries.admin.accounts import User
from db.queries.donors.pledges import PledgeRow
from db.queries.matching import proposals as matching
from db.queries.matching.proposals import ProposalRow
from db.rules.states import ProposalState

_PLEDGES, _PROPOSALS = "match.pledges", "match.proposals"


def waiting_pledges(user: User, *, may_propose: bool) -> None:
    """Every pledge with something free, page by page."""
    rows, count = matching.to_match(user.scope, offset=entries.first_row(_PLEDGES))
    if not rows:
        entries.empty(
            _("Không còn khoản hỗ trợ nào chờ ghép."),
            _("Khoản mới xuất hiện ở đây ngay khi ghi đăng ký của nhà hảo tâm."),
        )
    pledges_to_match(rows, may_propose=may_propose)
    entries.pager(_PLEDGES, count)


def every_proposal(user: User, *, may_decide: bool) -> None:
    """Every proposal in the state chosen, page by page."""
    states = {"": _("Tất cả")} | {state.value: word(state) for state in ProposalState}
    chosen = filters.choice("tinh-trang", _("Tình trạng"), states, "")
    rows, count = matching.proposals(
        user.scope,
        states=[ProposalState(chosen)] if chosen else None,
        offset=entries.first_row(_PROPOSALS),
    )
    if not rows:
        entries.empty(
            _("Không có đợt ghép nào ở tình trạng này."),
            _("Chọn tình trạng khác, hoặc ghép một khoản còn suất."),
        )
    proposals(rows, may_decide=may_decide)
    entries.pager(_PROPOSALS, count)


def pledges_to_match(rows: list[PledgeRow], *, may_propose: bool) -> None:
    """Pledges with something free."""
    verb = _("Ghép") if may_propose else _("Xem")
    today = clock.today()
    entries.entries(
        [
            Entry(
                row.code,
                words.donor_name(row),
                _("{code}, còn {free} trên {pledged}, đăng ký ngày {day}").format(
                    code=row.code,
                    free=words.units(row, row.free),
                    pledged=words.units(row, row.pledged),
                    day=formats.day(row.registered_on),
                ),
                words.standing_tag(row, today),
                verb,
            )
            for row in rows
        ],
        MATCHING,
        "ht",
    )


def proposals(rows: list[ProposalRow], *, may_decide: bool) -> None:
    """Proposals with their state; each opens as the approver sees it."""
    entries.entries([_proposal(row, may_decide) for row in rows], APPROVAL, "gh")


def pledges_to_issue(rows: list[PledgeRow]) -> None:
    """Pledges with approved people who wait for a card or book."""
    today = clock.today()
    entries.entries(
        [
            Entry(
                row.code,
                words.donor_name(row),
                _("{code}, chờ cấp {approved}, đã cấp {issued}").format(
                    code=row.code,
                    approved=words.units(row, row.approved),
                    issued=words.units(row, row.issued),
                ),
                words.standing_tag(row, today),
                _("Cấp") if row.approved else _("Xem"),
            )
            for row in rows
        ],
        ISSUING,
        "ht",
    )


def _proposal(row: ProposalRow, may_decide: bool) -> Entry:
    people = _n("{n} người", row.people).format(n=formats.number(row.people))
    until = _("Giữ chỗ đến {day}.").format(day=formats.day(row.expires_on))
    open_state = row.state in (
        ProposalState.DRAFT,
        ProposalState.SUBMITTED,
        ProposalState.RETURNED,
    )
    why = fill(
        _("{code} cho {pledge}, {money}; {maker} đề xuất lúc {at}. {until}"),
        code=row.code,
        pledge=row.pledge_code,
        money=formats.money(row.money),
        maker=row.made_by,
        at=formats.day_time(row.submitted_at or row.made_at),
        until=(late(until) if row.is_overdue else until) if open_state else "",
    )
    decide = may_decide and row.state is ProposalState.SUBMITTED
    return Entry(
        row.code,
        f"{people}: {donor(row.donor)}",
        why,
        tag(word(row.state), tone(row.state)),
        _("Duyệt") if decide else _("Xem"),
    )
