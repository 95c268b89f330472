"""The versions of a plan, and the plans of many provinces."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd
import streamlit as st

from components.ui import formats
from components.ui.i18n import _
from components.ui.markup import Html, facts, heading, muted, table, tag
from components.ui.words import pieces, short, tone, word
from db.queries.progress.goals import EffectivePlan, PlanVersion
from db.rules.states import Benefit

_MOST_VERSIONS = 30


def goals_in_words(targets: Mapping[Benefit, int]) -> str:
    """“2.000 thẻ, 150 sổ”."""
    return ", ".join(pieces(benefit, targets[benefit]) for benefit in Benefit if benefit in targets)


def plan_facts(plan: EffectivePlan | PlanVersion) -> Html:
    """The papers of one version and its goals."""
    rows = [
        (_("Số kế hoạch"), plan.number or "–"),
        (_("Ngày ký"), formats.day(plan.signed_on) if plan.signed_on else "–"),
        (_("Thời gian"), f"{formats.day(plan.starts_on)} – {formats.day(plan.ends_on)}"),
        (_("Mục tiêu cả tỉnh"), goals_in_words(plan.targets) or "–"),
        (_("Đơn vị phối hợp"), plan.partners or "–"),
    ]
    if isinstance(plan, PlanVersion):
        communes = formats.number(plan.communes) if plan.communes else _("không chia")
        rows.append((_("Số xã có mục tiêu riêng"), communes))
    return facts(rows)


def history(versions: Sequence[PlanVersion]) -> Html:
    """Who proposed and decided each version, newest first; one of them counts."""
    head = heading(_("Các bản kế hoạch"), line=_("Mới nhất trước; chỉ thêm bản, không sửa bản cũ."))
    if not versions:
        return Html(head + muted(_("Chưa có bản nào.")))
    rows = [
        (
            formats.number(one.ordinal),
            goals_in_words(one.targets),
            f"{one.proposed_by_name}, {formats.day_time(one.proposed_at)}",
            _decided(one),
            tag(_("Đang áp dụng"), "solid")
            if one.counts
            else tag(word(one.state), tone(one.state)),
            one.comment or "–",
        )
        for one in versions[:_MOST_VERSIONS]
    ]
    heads = [
        _("Bản"),
        _("Mục tiêu"),
        _("Đề xuất"),
        _("Quyết định"),
        _("Trạng thái"),
        _("Ý kiến"),
    ]
    return Html(head + table(heads, rows))


def chosen_province(
    provinces: Mapping[str, str],
    plans: Mapping[str, EffectivePlan],
    waiting: Mapping[str, datetime],
) -> str | None:
    """A line per province; returns the code of the one a person clicked."""
    codes = list(provinces)
    counted = [plans.get(code) for code in codes]
    targets = [plan.targets if plan else {} for plan in counted]
    event = st.dataframe(
        pd.DataFrame(
            {
                _("Tỉnh, thành phố"): [provinces[code] for code in codes],
                **{short(one): [_target(each, one) for each in targets] for one in Benefit},
                _("Số kế hoạch"): [plan.number if plan else "" for plan in counted],
                _("Đến ngày"): [formats.day(plan.ends_on) if plan else "" for plan in counted],
                _("Tình trạng"): [
                    _standing(plan, waiting.get(code))
                    for code, plan in zip(codes, counted, strict=True)
                ],
            }
        ),
        key="plans.table",
        on_select="rerun",
        selection_mode="single-cell",
        hide_index=True,
        height="content",
        column_config={
            short(one): st.column_config.TextColumn(alignment="right") for one in Benefit
        },
        alt=_("Mục tiêu năm của từng tỉnh"),
    )
    cells = event.selection.cells
    return codes[cells[0][0]] if cells and cells[0][0] < len(codes) else None


def _decided(one: PlanVersion) -> str:
    if one.decided_at is None:
        return "–"
    return f"{one.decided_by_name}, {formats.day_time(one.decided_at)}"


def _target(targets: Mapping[Benefit, int], benefit: Benefit) -> str:
    return formats.number(targets[benefit]) if benefit in targets else ""


def _standing(plan: EffectivePlan | None, waiting_since: datetime | None) -> str:
    if waiting_since is not None:
        return _("Chờ duyệt từ {day}").format(day=formats.day(waiting_since))
    return _("Đang áp dụng") if plan else _("Chưa giao mục tiêu")
