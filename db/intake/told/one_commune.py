"""A list is one commune's: rows that name another commune are put back for correction."""

from dataclasses import replace

from db.intake.told.checked import CellProblem, CheckedList, RowToCorrect
from db.intake.told.sentences import problem
from db.reference.places import communes_by_code


def only_of(checked: CheckedList, commune_code: str) -> CheckedList:
    """The checked list without rows of other communes, each named as an error to correct."""
    places = communes_by_code()
    own = places[commune_code].name
    strangers = []
    to_correct = list(checked.to_correct)
    for row in checked.rows:
        if row.commune_code and row.commune_code != commune_code:
            place = places[row.commune_code].name
            details = {"place": place, "own": own}
            message = problem("commune_of_another_list", place, None, details)
            strangers.append(
                CellProblem(row.row, "commune_code", "commune_of_another_list", place, message)
            )
            category = row.categories[0] if row.categories else None
            cells = (checked.raw or {}).get(row.row, ())
            to_correct.append(RowToCorrect(row.row, cells, row.hamlet, category))
    if not strangers:
        return checked
    left_out = {stranger.row for stranger in strangers}
    return replace(
        checked,
        verdict="import_with_errors" if checked.verdict == "import" else checked.verdict,
        rows=tuple(row for row in checked.rows if row.row not in left_out),
        to_correct=tuple(sorted(to_correct, key=lambda row: row.row)),
        errors=tuple(sorted([*checked.errors, *strangers], key=lambda error: error.row)),
    )
