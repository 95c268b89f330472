"""Decides which column holds which field, and asks where two could."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from db.intake.fields.headers import LIKELY, SURE
from db.intake.fields.names import COLUMN_CHOICES, FIELDS, IGNORED, TICK
from db.intake.tables.birth_columns import parts_of_birth
from db.intake.tables.by_values import field_of, is_category
from db.intake.tables.tables import Column, Table, nameless
from db.intake.told.checked import ColumnGuess, Question, Remembered
from db.intake.told.sentences import question
from db.rules.categories import is_tick_mark
from db.rules.names import fold
from db.rules.syllables import is_syllable

NO_COLUMN = "none"
FEWEST_VALUES = 2
MOSTLY = 0.8
DUPLICATE_HEADERS = "duplicate_headers"
ASKED_IF_SEVERAL = ("full_name", "birth", "cccd", "category")
LONGEST_HEADER_KEY = 120
OWN, OFFICE, NATION = "own", "office", "nation"
TOLD_BY_VALUES = frozenset({"full_name", "birth", "sex", "cccd", "bhxh", "hi_card", "phone"})
_BIRTH_FIELDS = ("birth", "male", "female", "birth_year", "age")
OLD_CARD_DIGITS = 9
UNTOLD_BY_SHAPE = frozenset({"bhxh", "phone"})
_NAMES_A_NUMBER = re.compile(r"^(?:ma|so|id|stk)\b")
"""Mã BN, Số thẻ hội viên: ten digits are not yet a number of insurance or of a phone."""
_REMARK = re.compile(r"^(?:ghi chu|gc|ly do|noi dung|ghi chu khac)\b")
_DATES_SOMETHING = re.compile(
    r"^(?:ngay|thang|nam|gio|dau thoi gian|thoi (?:gian|diem)|timestamp)\b"
)
"""Ngày mất, Dấu thời gian: a day of something is not yet a birth."""
_YEAR = re.compile(r"\b20\d\d\b")
_NOT_DIGIT = re.compile(r"\D")
_MANY_DIGITS = re.compile(r"\d[\s.\-]*(?:\d[\s.\-]*){7,}")


@dataclass(frozen=True, slots=True)
class Assignment:
    """Fields and the columns that hold them, with what was guessed and what must be asked."""

    fields: Mapping[str, int]
    guesses: tuple[ColumnGuess, ...]
    questions: tuple[Question, ...]


def assign(
    table: Table,
    chosen: Mapping[int | str, str],
    answers: Mapping[str, str],
    remembered: Mapping[str, Remembered],
) -> Assignment:
    """Give every field one column: the person's choice first, then what is remembered of choices,
    then sure, then likely matches."""
    samples = {column.index: table.sample(column.index) for column in table.columns}
    fields, fixed = _chosen_fields(table, chosen)
    _answered_fields(table, answers, fields, fixed)
    origins = _remembered_fields(table, remembered, samples, fields, fixed)
    _name_in_two_columns(table, samples, fields, fixed)
    questions: list[Question] = []
    code = DUPLICATE_HEADERS
    for field, columns in _candidates(table, samples, fixed).items():
        if field in fields:
            continue
        rivals = _rivals(columns, samples)
        fields[field] = rivals[0].index
        if len(rivals) > 1 and _is_asked(field, rivals):
            labels = _labels(rivals)
            if answers.get(code) in labels:
                fields[field] = rivals[labels.index(answers[code])].index
            else:
                text = question(DUPLICATE_HEADERS, field=COLUMN_CHOICES[field])
                questions.append(Question(code, text, labels))
            code = f"{DUPLICATE_HEADERS}_{field}"
    _settle_names(fields)
    _told_by_values(table, fields, fixed, samples)
    questions += _missing(table, fields, answers)
    guesses = _guesses(table, fields, fixed, samples, origins)
    return Assignment(fields, guesses, tuple(questions))


def _chosen_fields(
    table: Table, chosen: Mapping[int | str, str]
) -> tuple[dict[str, int], set[int]]:
    fields: dict[str, int] = {}
    fixed: set[int] = set()
    for column in table.columns:
        field = chosen.get(column.index, chosen.get(column.header))
        if field is None:
            continue
        fixed.add(column.index)
        if field in COLUMN_CHOICES and field != IGNORED:
            fields.setdefault(field, column.index)
    return fields, fixed


def _answered_fields(
    table: Table, answers: Mapping[str, str], fields: dict[str, int], fixed: set[int]
) -> None:
    for code, header in answers.items():
        field = code.removeprefix("column_")
        if field == code or field not in COLUMN_CHOICES:
            continue
        for column in table.columns:
            if column.header == header:
                fields[field] = column.index
                fixed.add(column.index)
                break


def header_key(header: str) -> str:
    """The header as memory knows it: folded, of bounded length."""
    return fold(header)[:LONGEST_HEADER_KEY]


def _remembered_fields(
    table: Table,
    remembered: Mapping[str, Remembered],
    samples: Mapping[int, list[str]],
    fields: dict[str, int],
    fixed: set[int],
) -> dict[int, str]:
    """Take over what headers held before; {column: origin}.

    A header that stands twice, or values that plainly are something else, are not what was meant.
    What the nation says only helps where the header itself says nothing.
    """
    if not remembered:
        return {}
    keys = [header_key(column.header) for column in table.columns]
    origins: dict[int, str] = {}
    for column, key in zip(table.columns, keys, strict=True):
        known = remembered.get(key)
        if known is None or column.index in fixed or keys.count(key) > 1:
            continue
        if known.origin == NATION and column.match is not None:
            continue
        if known.field in fields or _is_plainly_else(known.field, samples[column.index]):
            continue
        if known.field != IGNORED:
            fields[known.field] = column.index
        fixed.add(column.index)
        origins[column.index] = known.origin
    return origins


def _is_plainly_else(field: str, values: list[str]) -> bool:
    told = field_of(values) if len(values) >= FEWEST_VALUES else None
    return field in TOLD_BY_VALUES and told is not None and told != field


def _name_in_two_columns(
    table: Table, samples: Mapping[int, list[str]], fields: dict[str, int], fixed: set[int]
) -> None:
    """One header over two columns: family and middle names, then the given name, one word each."""
    by_index = {column.index: column for column in table.columns}
    for left in table.columns:
        right = by_index.get(left.index + 1)
        if right is None or {left.index, right.index} & fixed or "full_name" in fields:
            continue
        if left.match is None or left.match.field != "full_name":
            continue
        if right.match is not None and right.header != left.header:
            continue
        given, rest = samples[right.index], samples[left.index]
        words = [text for text in given if text.isalpha() and is_syllable(text)]
        if len(words) > MOSTLY * max(len(given), len(rest)) and field_of(given) is None:
            fields.update(family_name=left.index, given_name=right.index)
            fixed.update((left.index, right.index))
            return


def _candidates(
    table: Table, samples: Mapping[int, list[str]], fixed: set[int]
) -> dict[str, list[Column]]:
    found: dict[str, list[Column]] = {}
    parts = parts_of_birth(table)
    for column in table.columns:
        if column.index in fixed:
            continue
        field = parts.get(column.index)
        if field is None:
            if column.match is None or column.match.field == IGNORED:
                continue
            field = _by_content(column.match.field, samples[column.index])
        found.setdefault(field, []).append(column)
    return found


def _by_content(field: str, sample: list[str]) -> str:
    """Headers with two meanings: a number or a mark that something is to be given."""
    if not sample:
        return field
    numbers = sum(bool(_MANY_DIGITS.search(text)) for text in sample)
    marks = sum(is_tick_mark(text) for text in sample)
    if field in ("benefit_hi", "benefit_si") and numbers > len(sample) / 2:
        return "hi_card" if field == "benefit_hi" else "bhxh"
    if field in ("hi_card", "bhxh") and marks > len(sample) / 2:
        return "benefit_hi" if field == "hi_card" else "benefit_si"
    if field == "people" and numbers > len(sample) / 2:
        return "phone"
    return field


def _rivals(columns: list[Column], samples: Mapping[int, list[str]]) -> list[Column]:
    """The columns that could each be the field, best first; empty and equal ones drop out."""
    ranked = sorted(columns, key=_rank)
    filled = [column for column in ranked if samples[column.index]] or ranked[:1]
    filled = [each for each in filled if not _old_cards(each, samples)] or filled
    best = filled[0]
    return [
        column
        for column in filled
        if column is best
        or (_rank(column)[0] == _rank(best)[0] and samples[column.index] != samples[best.index])
    ]


def _old_cards(column: Column, samples: Mapping[int, list[str]]) -> bool:
    """A column of old nine-digit numbers is no rival of the one with the citizen IDs."""
    sample = samples[column.index]
    nine = sum(len(_NOT_DIGIT.sub("", text)) == OLD_CARD_DIGITS for text in sample)
    return column.match is not None and column.match.field == "cccd" and 2 * nine > len(sample)


def _is_asked(field: str, rivals: list[Column]) -> bool:
    """The fields that name a person, and any field whose header stands twice."""
    if field in ASKED_IF_SEVERAL:
        return True
    return field in FIELDS and len({fold(column.header) for column in rivals}) == 1


def _labels(rivals: list[Column]) -> tuple[str, ...]:
    """The headers; equal ones with the letter of their column."""
    headers = [column.header for column in rivals]
    return tuple(
        f"{column.header} ({nameless(column.index).lower()})"
        if headers.count(column.header) > 1
        else column.header
        for column in rivals
    )


def _told_by_values(
    table: Table, fields: dict[str, int], fixed: set[int], samples: Mapping[int, list[str]]
) -> None:
    """A column whose header says nothing is what its values are, if nothing else is."""
    for column in sorted(table.columns, key=_latest_year_first):
        values = samples[column.index]
        if column.match is not None or column.index in fixed or len(values) < FEWEST_VALUES:
            continue
        field = field_of(values)
        if field in ("birth", "phone") and _DATES_SOMETHING.match(fold(column.header)):
            continue
        if field == "people" and all(map(is_tick_mark, values)):
            continue
        if field in UNTOLD_BY_SHAPE and _NAMES_A_NUMBER.match(fold(column.header)):
            continue
        if field and _is_free(field, fields):
            fields[field] = column.index
    _remarks_are_categories(table, fields, fixed, samples)


def _latest_year_first(column: Column) -> int:
    """Of "Năm 2024" and "Năm 2026" the later one is meant."""
    years = _YEAR.findall(column.header)
    return -int(years[-1]) if years else 0


def _remarks_are_categories(
    table: Table, fields: dict[str, int], fixed: set[int], samples: Mapping[int, list[str]]
) -> None:
    """Where nothing else tells a category, remarks that all are categories do."""
    if any(field == "category" or field.startswith(TICK) for field in fields):
        return
    for column in table.columns:
        if column.index in fixed or column.index in fields.values():
            continue
        values = samples[column.index]
        if (
            _REMARK.match(fold(column.header))
            and len(values) >= FEWEST_VALUES
            and all(map(is_category, values))
        ):
            fields["category"] = column.index
            return


def _is_free(field: str, fields: Mapping[str, int]) -> bool:
    if field == "birth":
        return not any(each in fields for each in _BIRTH_FIELDS)
    if field == "full_name":
        return "full_name" not in fields and "family_name" not in fields
    return field not in fields


def _rank(column: Column) -> tuple[bool, bool, int]:
    header = fold(column.header)
    likely = column.match is None or column.match.certainty != SURE or header.endswith(" cu")
    return likely, not header.startswith(("ma ", "so ")), column.index


def _settle_names(fields: dict[str, int]) -> None:
    """A lone "Tên" is the whole name; a list of heads of households is a list of people."""
    if "full_name" in fields:
        for part in ("family_name", "middle_name", "given_name"):
            fields.pop(part, None)
    elif "given_name" in fields and "family_name" not in fields:
        fields["full_name"] = fields.pop("given_name")
    elif "family_name" in fields and "given_name" not in fields:
        fields["full_name"] = fields.pop("family_name")
    elif "family_name" not in fields and "head_name" in fields:
        fields["full_name"] = fields.pop("head_name")


def _missing(table: Table, fields: Mapping[str, int], answers: Mapping[str, str]) -> list[Question]:
    free = tuple(column.header for column in table.columns if column.index not in fields.values())
    needed = []
    if "full_name" not in fields and "family_name" not in fields:
        needed.append(("full_name", free))
    no_birth = not any(field in fields for field in _BIRTH_FIELDS)
    if no_birth and answers.get("column_birth") != NO_COLUMN:
        needed.append(("birth", (*free, NO_COLUMN)))
    return [
        Question(f"column_{field}", question("column", field=COLUMN_CHOICES[field]), choices)
        for field, choices in needed
        if choices
    ]


def _guesses(
    table: Table,
    fields: Mapping[str, int],
    fixed: set[int],
    samples: Mapping[int, list[str]],
    origins: Mapping[int, str],
) -> tuple[ColumnGuess, ...]:
    by_column = {index: field for field, index in fields.items()}
    return tuple(
        ColumnGuess(
            column.index,
            column.header,
            next(iter(samples[column.index]), ""),
            by_column.get(column.index),
            origins.get(column.index) or _certainty(column, fixed, by_column),
        )
        for column in table.columns
    )


def _certainty(column: Column, fixed: set[int], taken: Mapping[int, str]) -> str:
    if column.index in fixed:
        return SURE
    if column.match is None:
        return LIKELY if column.index in taken else "unknown"
    return LIKELY if column.match.certainty == LIKELY else SURE
