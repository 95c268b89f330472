"""What the pages about the house name exists: paths, commands, tables, settings and names."""

import ast
import importlib.util
import re
from pathlib import Path

import pytest

from db.models import Table
from db.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = [
    *("README.md", "db/README.md", "components/README.md", "tests/README.md"),
    *(".github/CONTRIBUTING.md", ".github/CHANGELOG.md"),
]
CODE = re.compile(r"```.*?```", re.DOTALL)
QUOTED = re.compile(r"`([^`\n]+)`")
WORDS_OF_TOOLS = {"csv", "db", "executemany", "launcher"}


def text_of(page: str) -> str:
    return (ROOT / page).read_text()


def quoted(text: str) -> list[str]:
    return QUOTED.findall(CODE.sub("", text))


def names_of_the_program() -> set[str]:
    """Everything defined, imported as a module or marked as a fixture in our own code."""
    found = set(Settings.model_fields)
    for part in ("app.py", "pages", "components", "db", "tests"):
        paths = [ROOT / part] if part.endswith(".py") else (ROOT / part).rglob("*.py")
        for path in paths:
            found.add(path.stem)
            for node in ast.walk(ast.parse(path.read_text())):
                match node:
                    case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                        found.add(name)
                    case ast.Name(id=name, ctx=ast.Store()):
                        found.add(name)
    return found


def missing_paths(text: str) -> set[str]:
    paths = {
        one
        for one in quoted(text)
        if re.fullmatch(r"[.\w*-][.\w*/-]*", one)
        and ("/" in one or re.search(r"\.(py|md|csv)$", one))
    }
    return {one for one in paths if not (ROOT / one).exists() and not any(ROOT.glob(one))}


def missing_commands(text: str) -> set[str]:
    targets = set(re.findall(r"^(\w+):", text_of("Makefile"), re.MULTILINE))
    made = set(re.findall(r"(?:^|`)make (\w+)", text, re.MULTILINE))
    known = set(re.findall(r'add_parser\(\s*"([\w-]+)"', text_of("db/__main__.py")))
    ours = set(re.findall(r"python -m db ([\w-]+)", text))
    modules = set(re.findall(r"python -m ((?:components|tests|db)\.[\w.]*\w)", text))
    unknown = {one for one in modules if importlib.util.find_spec(one) is None}
    return (made - targets) | (ours - known) | unknown


def missing_settings(text: str) -> set[str]:
    known = {f"CHUNGTAY_{name.upper()}" for name in Settings.model_fields}
    return set(re.findall(r"CHUNGTAY_[A-Z_]*[A-Z]", text)) - known


def missing_names(text: str) -> set[str]:
    names = {one for one in quoted(text) if re.fullmatch(r"[A-Za-z_]\w+", one)}
    names -= {*Table.metadata.tables, *WORDS_OF_TOOLS} | {
        one for one in names if one.startswith("CHUNGTAY_") or one.isupper()
    }
    return names - names_of_the_program() - set(roles_and_fields())


def roles_and_fields() -> list[str]:
    """Words of the contract of check-list, and roles as they are stored."""
    from db.rules.access import Role

    return [*(role.value for role in Role), "row", "rows", "rows_read", "province_code"]


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_exists(page: str) -> None:
    text = text_of(page)
    assert missing_paths(text) == set()
    assert missing_commands(text) == set()
    assert missing_settings(text) == set()
    assert missing_names(text) == set()


def test_every_table_has_its_line() -> None:
    part = text_of("db/README.md").split("## The tables")[1].split("## The states")[0]
    assert set(Table.metadata.tables) - set(quoted(part)) == set()


def test_what_does_not_exist_is_found() -> None:
    wrong = "`db/nowhere.py`, `make nothing`, python -m db vanish, CHUNGTAY_NOPE, `no_such_name`"
    assert missing_paths(wrong) == {"db/nowhere.py"}
    assert missing_commands(wrong) == {"nothing", "vanish"}
    assert missing_settings(wrong) == {"CHUNGTAY_NOPE"}
    assert missing_names(wrong) == {"no_such_name"}
