"""The third card of the progress screen: who needs a push, or where one place stands."""

from collections.abc import Sequence

from components.progress.filters import Asked
from components.ui import formats
from components.ui.i18n import _, _n
from components.ui.markup import Html, bold, fill, heading, html, join, late, muted
from components.ui.words import piece, pieces, word
from db.queries.admin.accounts import User
from db.queries.progress.progress import CommuneStanding, ProvinceStanding
from db.rules.pace import Order, PlaceRow, Status, in_order, share, shortfall, status
from db.rules.states import Benefit

_NAMED = 5
_NAMED_COMMUNES = 3
_ON_PACE = (Status.REACHED, Status.ON_PACE)
_NOT_JUDGED = (Status.NO_GOAL, Status.TOO_SMALL)


def third_card(
    user: User,
    asked: Asked,
    rows: Sequence[ProvinceStanding],
    *,
    here: ProvinceStanding | None,
    communes: Sequence[CommuneStanding],
    pace: float,
) -> Html:
    """The nation or a region, the province drilled down to, or the reader's own place."""
    if here is None:
        return _nation([row for row in rows if asked.covers(row)], pace, asked.benefit)
    if user.scope.province_code is not None:
        return _own_place(here, communes, pace, asked.benefit)
    return _province(here, rows, communes, pace, asked.benefit)


def _nation(rows: Sequence[ProvinceStanding], pace: float, benefit: Benefit) -> Html:
    """How many provinces are far behind, which, and what would bring them back."""
    behind = [
        row
        for row in in_order(rows, pace, Order.GAP)
        if status(row.given, row.goal, pace) is Status.FAR_BEHIND
    ]
    judged = [row for row in rows if status(row.given, row.goal, pace) not in _NOT_JUDGED]
    on_pace = sum(status(row.given, row.goal, pace) in _ON_PACE for row in judged)
    top = heading(_("Cần đôn đốc"), word(benefit))
    told = fill(
        _("tỉnh chậm nhiều; {on_pace}/{all} đúng tiến độ"), on_pace=on_pace, all=len(judged)
    )
    number = _number(formats.number(len(behind)), told, bad=bool(behind))
    number = Html(number + _not_judged(len(rows) - len(judged)))
    if not behind:
        return Html(top + number)
    missing = sum(shortfall(row.given, row.goal, pace) for row in behind)
    advice = fill(
        _("Trao thêm {missing} thì các tỉnh này về đúng tiến độ."),
        missing=bold(pieces(benefit, missing)),
    )
    return Html(top + number + muted(_worst(behind)) + muted(advice))


def _not_judged(count: int) -> Html:
    if not count:
        return Html("")
    told = _n("Không tính {n} tỉnh chưa có mục tiêu hoặc mục tiêu quá nhỏ.", count)
    return muted(fill(told, n=count))


def _province(
    row: ProvinceStanding,
    rows: Sequence[ProvinceStanding],
    communes: Sequence[CommuneStanding],
    pace: float,
    benefit: Benefit,
) -> Html:
    """The rank of a province in the nation, and which communes it should push."""
    ranked = in_order([each for each in rows if each.goal], pace, Order.BEST)
    rank = next((place for place, each in enumerate(ranked, 1) if each.code == row.code), None)
    if rank is None:
        told = muted(html(_("Chưa có mục tiêu nên chưa xếp hạng.")))
        return Html(heading(row.name, word(benefit)) + told + _communes(communes, pace))
    told = fill(_("/ {all} tỉnh, thành phố có mục tiêu"), all=len(ranked))
    number = _number(_("Hạng {rank}").format(rank=rank), told)
    return Html(heading(row.name, word(benefit)) + number + _missing(row, communes, pace, benefit))


def _own_place(
    row: PlaceRow,
    communes: Sequence[CommuneStanding],
    pace: float,
    benefit: Benefit,
) -> Html:
    """The same without a rank, for those who see their own place only."""
    missing = shortfall(row.given, row.goal, pace)
    told = _("{piece} còn thiếu so với tiến độ").format(piece=piece(benefit))
    number = _number(formats.number(missing), html(told), bad=missing > 0)
    return Html(heading(_("Cần đôn đốc"), word(benefit)) + number + _communes(communes, pace))


def _missing(
    row: PlaceRow, communes: Sequence[CommuneStanding], pace: float, benefit: Benefit
) -> Html:
    missing = shortfall(row.given, row.goal, pace)
    words = bold(pieces(benefit, missing))
    line = (
        fill(_("Thiếu {missing} so với tiến độ."), missing=words)
        if missing
        else html(_("Không thiếu so với tiến độ."))
    )
    return Html(muted(line) + _communes(communes, pace))


def _communes(communes: Sequence[CommuneStanding], pace: float) -> Html:
    if not communes:
        return Html("")
    none = sum(commune.given == 0 for commune in communes)
    told = fill(
        _("{none} xã, phường chưa trao suất nào."),
        none=bold(f"{formats.number(none)}/{formats.number(len(communes))}"),
    )
    worst = [
        (commune.name, shortfall(commune.given, commune.goal, pace))
        for commune in in_order(communes, pace, Order.SHORTFALL)
    ]
    named = [
        fill("{name} {missing}", name=bold(name), missing=formats.number(missing))
        for name, missing in worst[:_NAMED_COMMUNES]
        if missing
    ]
    most = fill(_("Thiếu nhiều nhất: {names}."), names=join(named, ", ")) if named else Html("")
    return Html(muted(told) + (muted(most) if named else ""))


def _worst(behind: Sequence[PlaceRow]) -> Html:
    named = join(
        (
            fill(
                "{name} {rate}",
                name=bold(row.name),
                rate=formats.percent(share(row.given, row.goal) or 0.0, 0),
            )
            for row in behind[:_NAMED]
        ),
        ", ",
    )
    more = len(behind) - _NAMED
    if more <= 0:
        return Html(f"{named}.")
    return fill(_("{names} và {more} tỉnh khác."), names=named, more=more)


def _number(number: str, words: Html, *, bad: bool = False) -> Html:
    shown = late(number) if bad else html(number)
    return Html(f'<p class="ct-given" style="margin:0">{shown} <small>{words}</small></p>')
