"""Proposing a version of the yearly plan: its papers, its goals, its split by commune."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from components.progress import goal_table
from components.progress.goal_table import GoalTable
from components.ui import formats, kept_form
from components.ui.i18n import _
from components.ui.words import goal
from db.commands.progress.plans import PlanEntry
from db.errors import Refused
from db.queries.admin.accounts import User
from db.queries.places import communes_of
from db.queries.progress import goals
from db.queries.progress.goals import EffectivePlan
from db.rules.states import Benefit

_UNREADABLE = -1


@dataclass(frozen=True, slots=True)
class PlanForm:
    """The form of one province and year, begun from the plan that counts now, if any."""

    user: User
    province_code: str
    year: int
    current: EffectivePlan | None

    def draw(self) -> GoalTable:
        """All fields and the grid, with what is wrong with it below."""
        rows = self._begin()
        kept_form.tell(self._form, self.empty)
        self._papers()
        st.caption(
            _("Chia theo xã nếu muốn: gõ, hoặc dán ba cột từ Excel. Ô trống là chưa giao mục tiêu.")
        )
        goal_table.grid(rows, self.key("grid"), self._keep)
        table = self._table(rows)
        goal_table.tell(table, self._province_goals())
        return table

    def empty(self) -> None:
        """Callback: the plan was proposed, or what was typed is not wanted."""
        kept_form.drop(self.user, self._form)
        for field in (*self._first(), "grid", "rows"):
            st.session_state.pop(self.key(field), None)

    def _begin(self) -> list[dict[str, str]]:
        """What stands in the fields at first, and the grid's rows before they are edited."""
        keys = {field: self.key(field) for field in self._first()}
        kept = kept_form.table(self.user, self._form, self.key("rows"))
        kept_form.restore(self.user, self._form, keys)
        for field, first in self._first().items():
            st.session_state.setdefault(keys[field], first)
        st.session_state.setdefault(self.key("rows"), kept.get("rows") or self._rows())
        rows: list[dict[str, str]] = st.session_state[self.key("rows")]
        return rows

    def _first(self) -> dict[str, Any]:
        now = self.current
        return {
            "number": "",
            "signed_on": None,
            "starts_on": now.starts_on if now else date(self.year, 1, 1),
            "ends_on": now.ends_on if now else date(self.year, 12, 31),
            "partners": now.partners if now else "",
        } | {benefit.value: self._target(benefit) for benefit in Benefit}

    def _papers(self) -> None:
        number, signed_on, first, last = st.columns([3, 2, 2, 2])
        number.text_input(
            _("Số kế hoạch"),
            key=self.key("number"),
            placeholder="125/KH-BHXH",
            max_chars=60,
            on_change=self._keep,
        )
        for column, label, field in (
            (signed_on, _("Ngày ký"), "signed_on"),
            (first, _("Từ ngày"), "starts_on"),
            (last, _("Đến ngày"), "ends_on"),
        ):
            column.date_input(
                label, None, **formats.ANY_DAY, key=self.key(field), on_change=self._keep
            )
        *targets, partners = st.columns([*(2 for _each in Benefit), 5])
        for column, benefit in zip(targets, Benefit, strict=True):
            column.text_input(
                goal(benefit), key=self.key(benefit.value), max_chars=12, on_change=self._keep
            )
        partners.text_input(
            _("Đơn vị phối hợp"), key=self.key("partners"), max_chars=300, on_change=self._keep
        )

    def _keep(self) -> None:
        """Callback of every field and of the grid."""
        rows = goal_table.applied(
            st.session_state[self.key("rows")], st.session_state.get(self.key("grid"), {})
        )
        keys = {field: self.key(field) for field in self._first()}
        kept_form.keep(self.user, self._form, keys, rows=rows)

    @property
    def _form(self) -> str:
        return self.key("form")

    def typed(self) -> PlanEntry:
        """What stands in the fields and the grid now; raises Refused("goal_cells_wrong", n)."""
        fields = st.session_state
        table = self._table(st.session_state[self.key("rows")])
        if table.problems:
            raise Refused("goal_cells_wrong", n=len(table.problems))
        return PlanEntry(
            year=self.year,
            number=fields[self.key("number")],
            signed_on=fields[self.key("signed_on")],
            starts_on=fields[self.key("starts_on")],
            ends_on=fields[self.key("ends_on")],
            partners=fields[self.key("partners")],
            goals=self._province_goals(),
            commune_goals=table.goals,
        )

    def key(self, field: str) -> str:
        """A widget's key: another province, year or version begins with fresh fields."""
        version = self.current.id if self.current else 0
        return f"plan.{field}.{self.province_code}.{self.year}.{version}"

    def _target(self, benefit: Benefit) -> str:
        targets = self.current.targets if self.current else {}
        return formats.number(targets[benefit]) if benefit in targets else ""

    def _province_goals(self) -> dict[Benefit, int]:
        """A number that cannot be read stays wrong, so that the command refuses it."""
        found: dict[Benefit, int] = {}
        for benefit in Benefit:
            if text := st.session_state[self.key(benefit.value)].strip():
                target = formats.parse_count(text)
                found[benefit] = _UNREADABLE if target is None else target
        return found

    def _rows(self) -> list[dict[str, str]]:
        now = self.current
        split = goals.split_of(self.user.scope, now.id) if now else {}
        return goal_table.rows_of(split, communes_of(self.province_code))

    def _table(self, rows: list[dict[str, str]]) -> GoalTable:
        edited = goal_table.applied(rows, st.session_state.get(self.key("grid"), {}))
        return goal_table.read(edited, frozenset(communes_of(self.province_code)))
