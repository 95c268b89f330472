"""Goals by commune as a grid to type or paste into: text cells, read on the server."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from components.ui import formats
from components.ui.i18n import _, _n
from components.ui.markup import fill, note, show
from components.ui.words import piece, short
from db.commands.progress.plans import MOST
from db.intake.places.finder import CommuneFinder
from db.intake.told import sentences
from db.rules.states import Benefit

Goals = dict[tuple[str, Benefit], int]
COMMUNE = "commune"
_COLUMNS = (COMMUNE, *(benefit.value for benefit in Benefit))
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class GoalTable:
    """What the grid says: targets in pieces, and sentences about cells that say nothing."""

    goals: Goals
    problems: tuple[str, ...]

    def total(self, benefit: Benefit) -> int:
        return sum(target for (_code, which), target in self.goals.items() if which is benefit)


def grid(start: Sequence[Mapping[str, str]], key: str, changed: Callable[[], None]) -> None:
    """Draw the grid; the browser's edits lie in the session under `key`."""
    st.data_editor(
        _frame(start),
        key=key,
        on_change=changed,
        num_rows="dynamic",
        hide_index=True,
        column_config=_columns(),
        alt=_("Mục tiêu theo xã, dán được từ Excel"),
    )


def read(rows: Sequence[Mapping[str, str]], communes: frozenset[str]) -> GoalTable:
    """The grid's rows, numbered from 1; blank rows say nothing, blank targets are no goal."""
    finder = CommuneFinder(communes)
    goals: Goals = {}
    problems: list[str] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        cells = {column: str(row.get(column) or "").strip() for column in _COLUMNS}
        if not any(cells.values()):
            continue
        code, problem = _commune(finder, cells[COMMUNE])
        if code is not None and code in seen:
            problem = _("xã này đã có ở dòng {n}. Gộp hai dòng làm một.").format(n=seen[code])
        targets, wrong = _targets(cells)
        named = [(_("Xã, phường"), problem)] if problem else []
        problems += [_line(number, cells[COMMUNE], *each) for each in named + wrong]
        if code is not None and code not in seen:
            goals |= {(code, benefit): target for benefit, target in targets.items()}
            seen[code] = number
    return GoalTable(goals, tuple(problems))


def applied(start: Sequence[Mapping[str, str]], edits: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rows after what the browser says was edited, deleted and added; known columns only."""
    rows = [dict(row) for row in start]
    for index, changes in dict(edits.get("edited_rows", {})).items():
        if 0 <= int(index) < len(rows):
            rows[int(index)].update(_known(changes))
    gone = {int(index) for index in edits.get("deleted_rows", [])}
    kept = [row for index, row in enumerate(rows) if index not in gone]
    return kept + [_known(added) for added in edits.get("added_rows", [])]


def rows_of(
    goals: Mapping[tuple[str, Benefit], int], names: Mapping[str, str]
) -> list[dict[str, str]]:
    """Stored goals as rows of the grid, one per commune; a blank row when there are none."""
    codes = sorted({code for code, _benefit in goals}, key=lambda code: names.get(code, code))
    return [
        {COMMUNE: names.get(code, code)}
        | {
            benefit.value: formats.number(goals[code, benefit]) if (code, benefit) in goals else ""
            for benefit in Benefit
        }
        for code in codes
    ] or [dict.fromkeys(_COLUMNS, "")]


def shown(goals: Mapping[tuple[str, Benefit], int], names: Mapping[str, str]) -> None:
    """The split by commune of a version, to read."""
    st.dataframe(
        _frame(rows_of(goals, names)),
        hide_index=True,
        column_config=_columns(),
        alt=_("Mục tiêu theo xã"),
    )


def tell(table: GoalTable, province: Mapping[Benefit, int]) -> None:
    """The errors by row, and whether the communes add up to the province."""
    if table.problems:
        count = len(table.problems)
        show(
            note(
                "red",
                _n("{n} ô cần sửa.", count).format(n=formats.number(count)),
                points=table.problems[:_MOST_SHOWN],
            )
        )
    for benefit in Benefit:
        total, wanted = table.total(benefit), province.get(benefit, 0)
        if total and total != wanted:
            show(
                note(
                    "amber",
                    _("Tổng các xã khác mục tiêu của tỉnh:"),
                    fill(
                        _("các xã {total} {piece}, tỉnh {wanted} {piece}. Vẫn đề xuất được."),
                        total=formats.number(total),
                        wanted=formats.number(wanted),
                        piece=piece(benefit),
                    ),
                )
            )


def _columns() -> dict[str, Any]:
    """Text columns only: number columns misread 1.200 when pasted."""
    return {
        COMMUNE: st.column_config.TextColumn(_("Xã, phường (tên hoặc mã)"), width="large"),
    } | {
        benefit.value: st.column_config.TextColumn(short(benefit), alignment="right")
        for benefit in Benefit
    }


def _frame(start: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(list(start), columns=list(_COLUMNS), dtype="string")


def _known(changes: Mapping[str, Any]) -> dict[str, str]:
    return {column: str(changes.get(column) or "") for column in _COLUMNS if column in changes}


def _commune(finder: CommuneFinder, text: str) -> tuple[str | None, str]:
    if not text:
        return None, _("chưa có tên xã. Nhập tên hoặc mã xã.")
    reading = finder.find(text)
    for finding in reading.findings:
        details = dict(finding.details)
        if finding.code == "place_outside_office":
            return None, _("{place} không thuộc tỉnh này.").format(**details)
        if finding.code != "place_also_old_name":
            return None, sentences.problem(finding.code, text, finding.suggestion, details)
    return reading.value, ""


def _targets(cells: Mapping[str, str]) -> tuple[dict[Benefit, int], list[tuple[str, str]]]:
    """The row's targets, and (column, sentence) for each cell that is no whole number."""
    targets: dict[Benefit, int] = {}
    wrong: list[tuple[str, str]] = []
    for benefit in Benefit:
        if not cells[benefit.value]:
            continue
        target = formats.parse_count(cells[benefit.value])
        if target is not None and target <= MOST:
            targets[benefit] = target
        else:
            told = _("“{value}” không phải số nguyên. Nhập dạng 1.200.")
            wrong.append((short(benefit), told.format(value=cells[benefit.value])))
    return targets, wrong


def _line(number: int, commune: str, column: str, problem: str) -> str:
    place = _("Dòng {n} ({commune})") if commune else _("Dòng {n}")
    return f"{place.format(n=number, commune=commune)}, {column}: {problem}"
