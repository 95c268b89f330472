"""`python -m db check-list FILE`: what the upload screen would say, writing nothing."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from db.intake.checking import check
from db.intake.told.checked import CheckedList, row_in_sheet
from db.intake.told.contract import as_contract
from db.reference.places import communes, communes_by_code, provinces_by_code

UNUSABLE_CALL = 2
ENTRIES_AT_ONCE = 200
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def main(argv: Sequence[str] | None = None, *, today: date | None = None) -> int:
    """Check one file and print the result; 0 whatever the verdict, 2 if the call is unusable.

    Needs no database and no account. `today` is the day in Vietnam unless given.
    """
    parser = _parser()
    options = parser.parse_args(argv)
    day = today or datetime.now(VIETNAM).date()
    try:
        content = Path(options.file).read_bytes()
        office, own_commune = _office(options.office)
        answers = dict(_answer(text) for text in options.answer)
    except (OSError, ValueError) as error:
        print(f"check-list: {error}", file=sys.stderr)  # noqa: T201 - a command line speaks
        return UNUSABLE_CALL
    checked = check(
        content,
        Path(options.file).name,
        year=options.year or day.year,
        today=day,
        communes=office,
        commune_code=own_commune,
        answers=answers,
    )
    for piece in _as_json(checked) if options.json else (told(checked),):
        sys.stdout.buffer.write(piece.encode())
    sys.stdout.buffer.write(b"\n")
    sys.stdout.flush()
    return 0


def _as_json(checked: CheckedList) -> Iterator[str]:
    """One object, some entries at a time: as a whole it takes more memory than the list itself."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for place, (key, value) in enumerate(as_contract(checked, iter).items()):
        yield f'{", " if place else "{"}"{key}": '
        if isinstance(value, Iterator):
            yield "["
            sign = ""
            while entries := list(islice(value, ENTRIES_AT_ONCE)):
                yield f"{sign}{encode(entries)[1:-1]}"
                sign = ", "
            yield "]"
        else:
            yield encode(value)
    yield "}"


def told(checked: CheckedList) -> str:
    """The result in sentences, for a person at a terminal."""
    lines = [checked.message] if checked.message else []
    lines += [
        f"{question.message} [{question.code} = {' | '.join(question.choices)}]"
        for question in checked.questions
    ]
    if checked.verdict != "reject":
        lines.append(
            f"Đọc {checked.rows_read} người, {len(checked.rows)} dòng tốt, "
            f"{len(checked.errors)} ô phải sửa, {len(checked.warnings)} ô cần xem."
        )
    for problem in (*checked.errors, *checked.warnings):
        lines.append(f"Dòng {row_in_sheet(problem.row)}, {problem.field}: {problem.message}")
    return "\n".join(lines)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m db check-list", description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--year", type=int, help="programme year, this year by default")
    parser.add_argument(
        "--office", help="a two-digit province code, or commune codes separated by commas"
    )
    parser.add_argument(
        "--answer", action="append", default=[], metavar="CODE=VALUE", help="answers a question"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _office(text: str | None) -> tuple[frozenset[str] | None, str | None]:
    """The communes an office may list, and the list's own commune if only one is named."""
    if not text:
        return None, None
    codes = [code.strip() for code in text.split(",") if code.strip()]
    if len(codes) == 1 and codes[0] in provinces_by_code():
        return frozenset(c.code for c in communes() if c.province_code == codes[0]), None
    unknown = [code for code in codes if code not in communes_by_code()]
    if unknown or not codes:
        raise ValueError(f"--office: no such province or commune: {', '.join(unknown) or text}")
    return frozenset(codes), codes[0] if len(codes) == 1 else None


def _answer(text: str) -> tuple[str, str]:
    code, sign, value = text.partition("=")
    if not sign:
        raise ValueError(f"--answer needs CODE=VALUE, got {text!r}")
    return code.strip(), value.strip()


if __name__ == "__main__":
    sys.exit(main())
