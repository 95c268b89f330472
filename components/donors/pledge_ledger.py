"""One pledge on the screen: facts, where its pieces are, its money and receipts."""

from collections.abc import Sequence
from datetime import date

from components.donors.words import donor_name, standing_tag, units
from components.ui import formats, words
from components.ui.i18n import N_, _, _n
from components.ui.markup import Html, facts, fill, heading, html, join, muted, table, tag
from components.ui.style import BLUE, LINE, PRIMARY, TRACK
from db.queries.donors.pledge_sheet import PledgeSheet, ReceiptRow
from db.queries.donors.pledges import PledgeRow
from db.rules.states import Binds

_BUCKETS = (
    ("delivered", N_("Đã trao"), PRIMARY),
    ("issued", N_("Đã cấp, chờ trao"), BLUE),
    ("approved", N_("Chờ cấp"), "#C26A0A"),
    ("reserved", N_("Đang đề xuất"), "#A9C3D0"),
    ("free", N_("Chưa dùng"), TRACK),
    ("withdrawn", N_("Đã hủy"), "#7B8794"),
)
_SEXES = {"F": N_("nữ"), "M": N_("nam")}
_MOST_RECEIPTS = 30


def sheet_facts(sheet: PledgeSheet, today: date) -> Html:
    """Who pledged what, when, for whom."""
    row = sheet.row
    return facts(
        [
            (_("Nhà hảo tâm"), donor_name(row)),
            (_("Mã số thuế / CCCD"), formats.mask_number(row.number) or "–"),
            (_("Liên hệ"), " · ".join(filter(None, (row.contact, row.phone))) or "–"),
            (_("Hỗ trợ"), _supported(row)),
            (_("Chương trình năm"), str(row.year)),
            (_("Ngày đăng ký"), _registered(row, today)),
            (_("Dự kiến chuyển tiền"), formats.day(row.expected_on) if row.expected_on else "–"),
            (_("Mong muốn"), _wishes(sheet)),
            (_("Người ghi"), f"{sheet.recorded_by}, {formats.day_time(sheet.recorded_at)}"),
        ]
    )


def ledger(row: PledgeRow) -> Html:
    """Every piece in its bucket: a bar, the numbers, and the sum that proves it."""
    parts = [(_(label), int(getattr(row, name)), fill_) for name, label, fill_ in _BUCKETS]
    at = 0.0
    bars, legend = [], []
    for label, amount, colour in parts:
        width = 100 * amount / row.pledged
        bars.append(
            f'<i style="top:0;height:20px;left:{at:.4f}%;width:{width:.4f}%;'
            f'background:{colour}"></i>'
        )
        at += width
        legend.append(
            f'<span><i style="background:{colour};border:1px solid {LINE}"></i>'
            f"{html(label)} <b>{formats.number(amount)}</b></span>"
        )
    proof = " + ".join(formats.number(amount) for _label, amount, _fill in parts)
    return Html(
        heading(_("Sổ theo dõi"), units(row, row.pledged))
        + f'<div class="ct-bar" role="img" aria-label="{html(proof)}">{"".join(bars)}</div>'
        + f'<div class="ct-legend">{"".join(legend)}</div>'
        + muted(f"{proof} = {units(row, row.pledged)}")
    )


def money(row: PledgeRow, today: date) -> Html:
    """What should come, what came, what issuing has spent of it."""
    lines: list[tuple[object, object]] = [
        (_("Dự kiến"), formats.money(row.expected)),
        (_("Đã nhận"), formats.money(row.received)),
        (_("Còn chờ"), formats.money(row.missing)),
        (_("Đã dùng để cấp"), formats.money(row.spent)),
        (_("Còn cấp được"), formats.money(row.received - row.spent)),
    ]
    if row.binds is Binds.PIECES:
        lines.insert(0, (_("Mức đóng trọn một suất"), formats.money(row.piece_price)))
    return Html(heading(_("Kinh phí"), standing_tag(row, today)) + facts(lines))


def receipts(found: Sequence[ReceiptRow]) -> Html:
    """The receipts, newest first; a reversal stands beside what it took back."""
    shown = list(found)[::-1][:_MOST_RECEIPTS]
    head = heading(
        _("Các khoản đã ghi"),
        _n("{n} khoản", len(found)).format(n=formats.number(len(found))),
    )
    if not shown:
        return Html(head + muted(_("Chưa ghi khoản nào.")))
    rows = [
        (
            formats.day(one.received_on),
            Html(f'<span class="ct-nowrap">{formats.number(one.amount)}</span>'),
            one.reference or "–",
            one.recorded_by,
            _receipt_state(one),
        )
        for one in shown
    ]
    heads = [_("Ngày nhận"), _("Số tiền (₫)"), _("Chứng từ"), _("Người ghi"), _("Ghi chú")]
    return Html(head + table(heads, rows, right={1}))


def matches(sheet: PledgeSheet) -> Html:
    """How many matches the pledge has, by state."""
    rows = [
        (words.word(state), formats.number(count)) for state, count in sorted(sheet.matches.items())
    ]
    if not rows:
        return Html(heading(_("Suất đã ghép")) + muted(_("Chưa ghép người nào.")))
    total = formats.number(sum(sheet.matches.values()))
    return Html(heading(_("Suất đã ghép"), total) + facts(rows))


def reversible(found: Sequence[ReceiptRow]) -> dict[int, str]:
    """Receipts that may still be reversed, in words."""
    return {
        one.id: f"{formats.day(one.received_on)} · {formats.money(one.amount)}"
        + (f" · {one.reference}" if one.reference else "")
        for one in reversed(found)
        if one.amount > 0 and not one.reversed
    }


def _supported(row: PledgeRow) -> str:
    if row.binds is Binds.MONEY:
        return units(row, row.pledged)
    months = _("{n} tháng").format(n=row.months)
    return f"{units(row, row.pledged)}, {months}"


def _registered(row: PledgeRow, today: date) -> str:
    days = (today - row.registered_on).days
    if days == 0:
        return f"{formats.day(row.registered_on)} ({_('hôm nay')})"
    passed = _n("đã {n} ngày", days).format(n=formats.number(days))
    return f"{formats.day(row.registered_on)} ({passed})"


def _wishes(sheet: PledgeSheet) -> str:
    parts = [", ".join(sheet.communes), ", ".join(sheet.categories)]
    if sheet.wished_sex:
        parts.append(_(_SEXES[sheet.wished_sex]))
    if sheet.min_age is not None:
        parts.append(_("từ {n} tuổi").format(n=sheet.min_age))
    if sheet.max_age is not None:
        parts.append(_("đến {n} tuổi").format(n=sheet.max_age))
    parts.append(sheet.wish)
    return "; ".join(filter(None, parts)) or _("Không có; trong cả tỉnh")


def _receipt_state(one: ReceiptRow) -> object:
    if one.reverses_id is not None:
        return join([tag(_("Đảo"), "grey"), fill(" {reason}", reason=one.reason)])
    return tag(_("Đã đảo"), "grey") if one.reversed else ""
