"""What the issuing counter reads: the money there is, the people who have their number."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components.ui import formats, markup
from components.ui.i18n import _
from db.queries.matching.issuing import IssueRow, IssueSheet


def money(sheet: IssueSheet) -> None:
    """What was received against what issuing everybody who waits would spend."""
    markup.show(markup.heading(_("Kinh phí")))
    markup.show(
        markup.facts(
            [
                (_("Đã nhận, chưa dùng"), formats.money(sheet.available)),
                (_("Cần cho người chờ cấp"), formats.money(sheet.needed)),
            ]
        )
    )
    if sheet.needed > sheet.available:
        missing = formats.money(sheet.needed - sheet.available)
        markup.show(
            markup.note(
                "amber",
                _("Còn thiếu {missing}.").format(missing=missing),
                _("Chỉ cấp được phần đã nhận tiền; ghi nhận kinh phí rồi cấp tiếp."),
            )
        )


def people(rows: Sequence[IssueRow]) -> None:
    """Approved or issued people with their numbers, for reading."""
    columns = {
        _("Họ và tên"): [one.full_name for one in rows],
        _("Ngày sinh"): [formats.birth(one.birth) for one in rows],
        _("Thôn, bản"): [", ".join(filter(None, [one.hamlet, one.commune])) for one in rows],
        _("Số thẻ, sổ"): [one.document_number for one in rows],
        _("Ngày cấp"): [formats.day(one.issued_on) if one.issued_on else "" for one in rows],
    }
    st.dataframe(
        pd.DataFrame(columns), hide_index=True, alt=_("Những người đã được cấp thẻ, cấp sổ")
    )
