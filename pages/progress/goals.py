"""Kế hoạch và mục tiêu: what the province promised for the year, proposed and approved."""

import streamlit as st

from components import screens
from components.frame import auth
from components.progress import goal_table, plan_history
from components.progress.plan_form import PlanForm
from components.progress.plan_history import goals_in_words
from components.ui import filters, formats, markup, notices
from components.ui.actions import press
from components.ui.i18n import _, _n
from db import clock
from db.commands.progress import plans as commands
from db.queries import places
from db.queries.progress import goals
from db.queries.progress.goals import EffectivePlan, PlanVersion
from db.rules import why
from db.rules.access import Action, may
from db.rules.states import PlanState

user = auth.require(screens.GOALS)
this_year = clock.today().year


def decide(plan: PlanVersion, approve: bool) -> None:
    comment = st.session_state[f"plan.comment.{plan.id}"]

    def command() -> str:
        if approve:
            commands.approve(plan.id, user.username, comment=comment, seen=plan.version)
            return _("Đã duyệt bản {n}.").format(n=plan.ordinal)
        commands.reject(plan.id, comment, user.username, seen=plan.version)
        return _("Đã từ chối bản {n}.").format(n=plan.ordinal)

    press(command)


def propose(form: PlanForm) -> None:
    def command() -> str:
        entry = form.typed()
        commands.propose(entry, user.username)
        return _("Đã đề xuất kế hoạch {goals}. Lãnh đạo duyệt xong mới áp dụng.").format(
            goals=goals_in_words(entry.goals)
        )

    if press(command):
        form.empty()


def show_nation() -> None:
    names, effective = places.provinces(), goals.effective(user.scope, year)
    markup.show(
        markup.muted(
            _("{n}/{all} tỉnh, thành phố đã có mục tiêu. Chọn một dòng để xem chi tiết.").format(
                n=formats.number(len(effective)), all=formats.number(len(names))
            )
        )
    )
    waiting = goals.waiting(user.scope, year)
    if chosen := plan_history.chosen_province(names, effective, waiting):
        filters.choose("tinh", chosen, "")
        st.rerun()


def show_split(plan: PlanVersion | EffectivePlan | None) -> None:
    split = goals.split_of(user.scope, plan.id) if plan else {}
    if plan and split:
        number = len({commune for commune, _benefit in split})
        with st.expander(_n("Mục tiêu của {n} xã", number).format(n=formats.number(number))):
            goal_table.shown(split, places.communes_of(plan.province_code))


def show_waiting(plan: PlanVersion) -> None:
    with st.container(border=True):
        proposed = _("{who} đề xuất {at}").format(
            who=plan.proposed_by_name, at=formats.day_time(plan.proposed_at)
        )
        markup.show(markup.heading(_("Bản {n} chờ duyệt").format(n=plan.ordinal), proposed))
        markup.show(plan_history.plan_facts(plan))
        show_split(plan)
        if not may(user.role, Action.DECIDE_PLAN):
            markup.show(markup.muted(_("Bản này chờ lãnh đạo duyệt.")))
            return
        own = plan.proposed_by == user.username
        if own:
            markup.show(markup.note("amber", _("Anh/chị là người đề xuất nên không duyệt được.")))
        st.text_input(_("Ý kiến"), key=f"plan.comment.{plan.id}", max_chars=why.MOST, disabled=own)
        with st.container(horizontal=True):
            for label, approve in (
                (_("Duyệt {goals}").format(goals=goals_in_words(plan.targets)), True),
                (_("Từ chối, có lý do"), False),
            ):
                st.button(
                    label,
                    type="primary" if approve else "secondary",
                    disabled=own,
                    on_click=decide,
                    args=(plan, approve),
                    key=f"plan.decide.{approve}",
                )


def show_province(code: str) -> None:
    effective = goals.effective(user.scope, year).get(code)
    versions = goals.history(user.scope, code, year)
    waiting = next((one for one in versions if one.state is PlanState.PROPOSED), None)
    left, right = st.columns(2, gap="large") if waiting else (st.container(), None)
    with left, st.container(border=True):
        markup.show(markup.heading(_("Đang áp dụng")))
        told = _("Chưa giao mục tiêu năm {year}; chưa tính tiến độ.").format(year=year)
        markup.show(plan_history.plan_facts(effective) if effective else markup.muted(told))
        show_split(effective)
    if waiting and right:
        with right:
            show_waiting(waiting)
    markup.show(plan_history.history(versions))
    if may(user.role, Action.PROPOSE_PLAN) and waiting is None:
        with st.expander(_("Đề xuất bản mới"), expanded=effective is None):
            form = PlanForm(user, code, year, effective)
            table = form.draw()
            st.button(
                _("Đề xuất kế hoạch năm {year}").format(year=year),
                type="primary",
                on_click=propose,
                args=(form,),
                disabled=bool(table.problems),
                key="plan.propose",
            )


st.page_link(screens.PROGRESS.file, label=_("Về tiến độ"), icon=":material/arrow_back:")
markup.page_head(_("Kế hoạch và mục tiêu"), user.unit)
notices.show()
years = {str(one): str(one) for one in (this_year + 1, this_year, this_year - 1)}
province = user.scope.province_code
first, second, _rest = st.columns([2, 3, 7])
with first:
    year = int(filters.choice("nam", _("Năm"), years, str(this_year)))
if province is None:
    with second:
        every = {"": _("Cả nước")} | places.provinces()
        province = filters.choice("tinh", _("Tỉnh, thành phố"), every, "")
if province:
    show_province(province)
else:
    show_nation()
