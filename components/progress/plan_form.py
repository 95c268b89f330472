"""Proposing a version of the yearly plan: its papers, its goals, its split by commune."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from components.progress import goal_table
from components.progress.goal_table import GoalTable
from components.ui import formats
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
        now = self.current
        number, signed_on, first, last = st.columns([3, 2, 2, 2])
        number.text_input(
            _("Số kế hoạch"), key=self.key("number"), placeholder="125/KH-BHXH", max_chars=60
        )
        signed_on.date_input(_("Ngày ký"), None, **formats.ANY_DAY, key=self.key("signed_on"))
        begins = now.starts_on if now else date(self.year, 1, 1)
        first.date_input(_("Từ ngày"), begins, **formats.ANY_DAY, key=self.key("starts_on"))
        ends = now.ends_on if now else date(self.year, 12, 31)
        last.date_input(_("Đến ngày"), ends, **formats.ANY_DAY, key=self.key("ends_on"))
        *targets, partners = st.columns([*(2 for _each in Benefit), 5])
        for column, benefit in zip(targets, Benefit, strict=True):
            column.text_input(
                goal(benefit), self._target(benefit), key=self.key(benefit.value), max_chars=12
            )
        partners.text_input(
            _("Đơn vị phối hợp"),
            now.partners if now else "",
            key=self.key("partners"),
            max_chars=300,
        )
        st.caption(
            _("Chia theo xã nếu muốn: gõ, hoặc dán ba cột từ Excel. Ô trống là chưa giao mục tiêu.")
        )
        rows = self._rows()
        goal_table.grid(rows, self.key("grid"))
        table = self._table(rows)
        goal_table.tell(table, self._province_goals())
        return table

    def typed(self) -> PlanEntry:
        """What stands in the fields and the grid now; raises Refused("goal_cells_wrong", n)."""
        fields = st.session_state
        table = self._table(self._rows())
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
