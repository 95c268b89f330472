"""Everything the screens can say exists in English, with the same holes to fill."""

import ast
import re
from dataclasses import fields
from datetime import date
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from components import screens
from components.home import words as work_words
from components.lists import words as upload_words
from components.ui import i18n, words
from db.intake.fields.names import COLUMN_CHOICES, TICK
from db.intake.told.sentences import CHOICES
from db.queries.home import tasks
from db.rules.access import Role
from db.rules.states import Benefit
from tests import world
from tests.pages.opening import open_as, texts

ROOT = Path(__file__).parents[3]
CATALOGUE = ROOT / "components" / "locale" / "en" / "LC_MESSAGES"
SOURCES = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "components").rglob("*.py")]
MARKS = {"_", "N_", "_n", "pgettext"}
SAME_IN_BOTH = {
    "{message}",
    "{moment}, {place}. {donor}, {pledge}.",
    "{chosen}. {rest}",
    "BHXH cơ sở …",
}
VIETNAMESE_ON_PURPOSE = {
    "1,2 tỷ",
    "BHXH cơ sở …",
    "Lô T. X.",
    "Lô Thị X***",
    "đồng",
}
_VIETNAMESE = re.compile("[À-ÖØ-öø-ỹ]")
_HOLE = re.compile(r"\{(\w*)\}")
_ONE_OF_EACH = {role: name for name, (role, _province) in reversed(world.ACCOUNTS.items())}


def marked() -> list[tuple[str, str | None, str]]:
    """Every (mark, context, text) of the screens, and what they show of the check of a list."""
    labels = [label for field, label in COLUMN_CHOICES.items() if not field.startswith(TICK)]
    told_by_intake = (*labels, *CHOICES.values())
    found: list[tuple[str, str | None, str]] = [("_", None, text) for text in told_by_intake]
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id not in MARKS:
                continue
            said = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            if node.func.id == "pgettext":
                found.append((node.func.id, str(said[0]), str(said[1])))
            elif said and isinstance(said[0], str):
                found.append((node.func.id, None, said[0]))
    return found


def catalogue() -> Catalog:
    with (CATALOGUE / "app.po").open("rb") as file:
        return read_po(file, locale="en")


def entries() -> list[Message]:
    return [message for message in catalogue() if message.id]


def source(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def english(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def holes(text: str) -> set[str]:
    return set(_HOLE.findall(text))


def test_nothing_is_left_untranslated() -> None:
    known = {(message.context, source(message)) for message in entries() if all(english(message))}
    assert {(context, text) for _mark, context, text in marked()} - known == set()


def test_nothing_is_translated_that_no_screen_says() -> None:
    said = {(context, text) for _mark, context, text in marked()}
    assert {(message.context, source(message)) for message in entries()} - said == set()


def test_the_same_words_in_both_languages_are_meant_to_be() -> None:
    same = {source(message) for message in entries() if source(message) in english(message)}
    assert same == SAME_IN_BOTH


def test_no_vietnamese_is_left_within_the_english() -> None:
    left = {}
    for message in entries():
        for text in english(message):
            plain = text
            for meant in VIETNAMESE_ON_PURPOSE:
                plain = plain.replace(meant, "")
            if _VIETNAMESE.search(plain):
                left[source(message)] = text
    assert left == {}


def test_both_languages_have_the_same_holes() -> None:
    different = {
        text
        for message in entries()
        for text in english(message)
        if holes(text) != holes(source(message))
    }
    assert different == set()


def test_sentences_with_a_count_have_both_english_forms_and_no_others_do() -> None:
    counted = {text for mark, _context, text in marked() if mark == "_n"}
    plain = {text for mark, _context, text in marked() if mark == "_"}
    forms = {source(message) for message in entries() if not isinstance(message.id, str)}
    assert counted - forms == set()
    assert plain & forms == set()


def test_the_compiled_catalogue_says_what_the_source_says() -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue())
    compiled.seek(0)
    with (CATALOGUE / "app.mo").open("rb") as file:
        shipped = vars(GNUTranslations(file))["_catalog"]
    made = vars(GNUTranslations(compiled))["_catalog"]
    header = {""}  # holds the date of the compilation
    assert {key: shipped[key] for key in shipped.keys() - header} == {
        key: made[key] for key in made.keys() - header
    }


@pytest.mark.parametrize(("count", "people"), [(1, "1 person"), (2, "2 people")])
def test_english_counts_one_and_many(
    monkeypatch: pytest.MonkeyPatch, count: int, people: str
) -> None:
    monkeypatch.setattr(i18n, "language", lambda: "en")
    assert i18n._n("{n} người", count).format(n=count) == people


@pytest.mark.parametrize(("count", "cards"), [(1, "1 card"), (1_200, "1.200 cards")])
def test_english_keeps_the_vietnamese_form_of_numbers(
    monkeypatch: pytest.MonkeyPatch, count: int, cards: str
) -> None:
    monkeypatch.setattr(i18n, "language", lambda: "en")
    assert words.pieces(Benefit.HI, count) == cards


@pytest.mark.usefixtures("database")
def test_no_two_fields_of_a_list_have_one_english_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "language", lambda: "en")
    assert len({upload_words.field_word(field) for field in COLUMN_CHOICES}) == len(COLUMN_CHOICES)


@pytest.mark.parametrize("context", [None, "button"])
def test_a_state_and_a_verb_with_one_vietnamese_word_differ_in_english(
    monkeypatch: pytest.MonkeyPatch, context: str | None
) -> None:
    monkeypatch.setattr(i18n, "language", lambda: "en")
    said = i18n.pgettext(context, "Trả lại") if context else i18n._("Trả lại")
    assert said == ("Return" if context else "Returned")


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("kind", get_args(tasks.AnyTask))
def test_every_row_of_the_work_queue_speaks_english(
    monkeypatch: pytest.MonkeyPatch, kind: type[Any], count: int
) -> None:
    monkeypatch.setattr(i18n, "language", lambda: "en")
    given: dict[Any, Any] = {
        str: "A, B",
        int: count,
        int | None: count,
        Benefit: Benefit.HI,
        tuple[str, ...]: ("A", "B"),
        date | None: date(2026, 9, 10),
    }
    hints = get_type_hints(kind)
    task = kind(**{each.name: given[hints[each.name]] for each in fields(kind)})
    row = work_words.row(task, date(2026, 9, 15))
    assert not [text for text in (row.what, row.why, row.verb) if _VIETNAMESE.search(text)]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("role", Role)
def test_the_home_of_every_role_has_an_english_title(role: Role) -> None:
    app = open_as(_ONE_OF_EACH[role])
    app.session_state["language"] = "en"
    app.run()
    assert not app.exception
    title = {screens.WORK: "My work", screens.PROGRESS: "Progress"}[screens.home(role)]
    assert texts(app.title) == [title]
