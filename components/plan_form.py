"""Proposing a version of the yearly plan: its papers, its goals, its split by commune."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from components import formats, goal_table
from components.goal_table import GoalTable
from components.i18n import _
from db.commands.plans import PlanEntry
from db.errors import Refused
from db.queries import goals
from db.queries.accounts import User
from db.queries.goals import EffectivePlan
from db.queries.places import communes_of
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
        self._start()
        number, signed_on, first, last = st.columns([3, 2, 2, 2])
        number.text_input(
            _("Số kế hoạch"), key=self.key("number"), placeholder="125/KH-BHXH", max_chars=60
        )
        signed_on.date_input(_("Ngày ký"), None, format="DD/MM/YYYY", key=self.key("signed_on"))
        first.date_input(_("Từ ngày"), format="DD/MM/YYYY", key=self.key("starts_on"))
        last.date_input(_("Đến ngày"), format="DD/MM/YYYY", key=self.key("ends_on"))
        cards, books, partners = st.columns([2, 2, 5])
        cards.text_input(_("Mục tiêu thẻ BHYT"), key=self.key("hi"), max_chars=12)
        books.text_input(_("Mục tiêu sổ BHXH"), key=self.key("si"), max_chars=12)
        partners.text_input(_("Đơn vị phối hợp"), key=self.key("partners"), max_chars=300)
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

    def _start(self) -> None:
        now = self.current
        targets = now.targets if now else {}
        for field, value in {
            "number": "",
            "starts_on": now.starts_on if now else date(self.year, 1, 1),
            "ends_on": now.ends_on if now else date(self.year, 12, 31),
            "partners": now.partners if now else "",
            "hi": formats.number(targets[Benefit.HI]) if Benefit.HI in targets else "",
            "si": formats.number(targets[Benefit.SI]) if Benefit.SI in targets else "",
        }.items():
            st.session_state.setdefault(self.key(field), value)

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
