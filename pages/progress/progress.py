"""Tiến độ: who is behind, where, how it came about, where it is stuck."""

import streamlit as st

from components import reads, screens
from components.frame import auth
from components.progress import attention, charts, filters, sums, table
from components.progress.cards import goal_card, legend, plan_day
from components.progress.filters import choose_province
from components.ui import formats, notices
from components.ui.i18n import _, _n
from components.ui.markup import bold, fill, heading, page_head, show
from db.queries.progress.progress import History
from db.rules import pace
from db.rules.access import may
from db.rules.benefits import AS_REPORTED, KINDS

user = auth.require(screens.PROGRESS)
now = reads.as_of()
head = st.container()
notices.show()

asked = filters.ask(user, now)
national = user.scope.province_code is None
province = asked.province if national else user.scope.province_code
rows = reads.provinces(user, asked.year, asked.benefit, now)
period = reads.period(user, asked.year, province, now)
today_pace = pace.pace(period.starts_on, period.ends_on, now.today)
every_period = reads.period(user, asked.year, None, now) if national else period
every_pace = pace.pace(every_period.starts_on, every_period.ends_on, now.today)
with head:
    page_head(
        _("Tiến độ thực hiện"),
        fill(
            _("{unit}. Số liệu đến hết ngày {day}, {plan}, theo biên bản đã xác nhận."),
            unit=user.unit,
            day=bold(formats.day(now.today)),
            plan=plan_day(period.starts_on, period.ends_on, now.today),
        ),
    )
within = asked.within(rows)
here = next((row for row in rows if row.code == province), None)
key = (user.scope, asked, now)
communes = (
    reads.communes(user, asked.year, asked.benefit, province, now) if province is not None else []
)

cards = {each: sums.card(user, asked, each, now) for each in AS_REPORTED}
third = attention.third_card(user, asked, rows, here=here, communes=communes, pace=today_pace)
card = cards[asked.benefit]
blocks = (*map(goal_card, cards.values()), third)
for column, block in zip(st.columns(len(blocks)), blocks, strict=True):
    with column, st.container(border=True, height="stretch"):
        show(block)

left, right = st.columns([1.16, 0.9], gap="large")
with left:
    title_at, order_at = st.columns([2, 1], vertical_alignment="center")
    with title_at:
        show(heading(_("Tỉnh nào đang chậm?") if national else _("Xã, phường nào đang chậm?")))
    with order_at:
        order = filters.order()
    ranked = pace.in_order([row for row in rows if asked.covers(row)], every_pace, order)
    worst_first = pace.Order.SHORTFALL if order is pace.Order.GAP else order  # goals are small
    ranked_communes = pace.in_order(communes, today_pace, worst_first)
    show(legend(every_pace, asked.year - 1))
    if national:
        charts.province_bars(ranked, every_pace, asked.province, (key, order))
    else:
        charts.commune_bars(ranked_communes, today_pace, (key, order))

stages = reads.stage_counts(user, asked.year, asked.benefit, within, now)
days = reads.days_to_handover(user, asked.year, asked.benefit, within, now)


def history() -> History:
    measured = sums.compared(asked, rows)
    return reads.history(user, asked.year, asked.benefit, measured, now, plan_of=asked.province)


if national:
    with right:
        line = _("Vị trí gần đúng; số là % mục tiêu. Bấm vào ô để xem các xã.")
        show(heading(_("Ở đâu?"), line=line))
        bright = None if asked.region is None else [row.code for row in rows if asked.covers(row)]
        charts.tile_map(
            rows, every_pace, asked.province, bright=bright, key=key, on_choose=choose_province
        )
    trend_at, stages_at = st.columns([1.16, 0.9], gap="large")
else:
    trend_at = stages_at = right
with trend_at:
    charts.trend(history, period, card, now.today, key)
with stages_at:
    charts.stages(stages, days, len(card.without_goal), key)

drilled = here is not None
with st.container(horizontal=True, vertical_alignment="center", key="progress_table_head"):
    title = (
        _("Các xã, phường của {place}").format(
            place=user.unit if user.scope.office_id else here.name
        )
        if here
        else _("Bảng số liệu theo tỉnh")
    )
    line = (
        _n("{count} xã, phường.", len(communes)).format(count=len(communes))
        if drilled
        else _("Chọn một dòng để xem các xã, phường.")
    )
    with st.container(width="stretch"):
        show(heading(title, line=line))
    if drilled and national:
        st.button(
            _("Bỏ chọn, xem cả nước"),
            icon=":material/close:",
            on_click=choose_province,
            args=(None,),
        )
    if may(user.role, screens.GOALS.action):
        st.page_link(screens.GOALS.file, label=_("Kế hoạch và mục tiêu"), icon=":material/flag:")
    table.download(
        title,
        ranked_communes if drilled else ranked,
        today_pace if drilled else every_pace,
        now.today,
        f"tien-do-{asked.year}-{KINDS[asked.benefit].slug}.xlsx",
    )
if drilled:
    table.commune_table(ranked_communes, today_pace)
else:
    table.province_table(ranked, every_pace, choose_province)
