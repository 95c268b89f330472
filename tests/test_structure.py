"""Rules of the tree that no import checker can see."""

import ast
from collections.abc import Collection, Mapping
from enum import StrEnum
from pathlib import Path

import pytest

from components import screens
from components.ui import messages, words
from db.rules import access, states
from tests.sql_texts import Code

ROOT = Path(__file__).parents[1]
PAGES = sorted(path for path in (ROOT / "pages").rglob("*.py") if path.name != "__init__.py")
SOURCES = [
    ROOT / "app.py",
    *sorted(path for part in ("pages", "components", "db") for path in (ROOT / part).rglob("*.py")),
]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_screen_lies_where_the_old_navigation_would_serve_it() -> None:
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["__init__.py"]


def test_every_screen_is_registered_under_an_address_of_its_own() -> None:
    assert {relative(path) for path in PAGES} == {screen.file for screen in screens.ALL}
    assert len({screen.url_path for screen in screens.ALL}) == len(screens.ALL)


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_the_guard_comes_first(path: Path) -> None:
    body = [
        node
        for node in ast.parse(path.read_text()).body
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    first = body[0]
    assert isinstance(first, ast.Assign | ast.Expr)
    screen = next(each for each in screens.ALL if each.file == relative(path))
    name = next(name for name, value in vars(screens).items() if value is screen)
    assert ast.unparse(first.value) == f"auth.require(screens.{name})"


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_a_screen_can_be_read_at_one_go(path: Path) -> None:
    assert len(path.read_text().splitlines()) < 150


def refusal_codes() -> set[str]:
    return {
        node.args[0].value
        for path in SOURCES
        if "intake" not in path.parts  # a refused file is a verdict, worded by intake itself
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Refused"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_refusal_has_its_sentence() -> None:
    assert refusal_codes() - set(messages.REFUSALS) == set()


@pytest.mark.parametrize(
    "enum",
    [
        value
        for value in [*vars(states).values(), access.Role]
        if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum
    ],
)
def test_every_state_has_a_word(enum: type[StrEnum]) -> None:
    if enum is states.Binds:
        return
    for member in enum:
        assert words.word(member)
        assert words.tone(member) in {"grey", "blue", "amber", "red", "green"}


def test_every_action_belongs_to_somebody() -> None:
    assert set(access.MAY) == set(access.Action)
    assert all(access.MAY.values())


STARTS: dict[str, set[StrEnum]] = {
    "Plan": {states.PlanState.PROPOSED},
    "Pledge": {states.PledgeState.RECORDED},
    "CommuneList": {states.ListState.DRAFT},
    "Nomination": {states.NominationState.LISTED},
    "DuplicatePair": {states.PairState.OPEN},
    "Posting": {states.PostingState.OPEN},
    "Objection": {states.ObjectionState.RECEIVED},
    "Proposal": {states.ProposalState.DRAFT},
    "Match": {states.MatchState.PROPOSED, states.MatchState.RESERVE},
    "Event": {states.EventState.PROPOSED},
}
ENDS: dict[str, set[StrEnum]] = {
    "Plan": {states.PlanState.APPROVED, states.PlanState.REJECTED},
    "Pledge": {states.PledgeState.CLOSED, states.PledgeState.CANCELLED},
    "CommuneList": {states.ListState.CLOSED, states.ListState.WITHDRAWN},
    "Nomination": {states.NominationState.WITHDRAWN},
    "DuplicatePair": {states.PairState.SAME, states.PairState.DIFFERENT},
    "Posting": {states.PostingState.CLOSED},
    "Objection": {states.ObjectionState.UPHELD, states.ObjectionState.DISMISSED},
    "Proposal": {
        states.ProposalState.APPROVED,
        states.ProposalState.REJECTED,
        states.ProposalState.WITHDRAWN,
        states.ProposalState.EXPIRED,
    },
    "Match": {
        states.MatchState.DELIVERED,
        states.MatchState.DECLINED,
        states.MatchState.EXPIRED,
        states.MatchState.RELEASED,
        states.MatchState.REFUNDED,
    },
    "Event": {states.EventState.MINUTED, states.EventState.CANCELLED},
}


def reached(begin: set[StrEnum], steps: Mapping[StrEnum, Collection[StrEnum]]) -> set[StrEnum]:
    found, ahead = set(begin), list(begin)
    while ahead:
        further = set(steps.get(ahead.pop(), ())) - found
        found |= further
        ahead += further
    return found


@pytest.mark.parametrize("kind", states.TRANSITIONS)
def test_every_state_is_reached_and_leads_to_an_end(kind: str) -> None:
    steps = states.TRANSITIONS[kind]
    every = set(type(next(iter(steps))))
    backwards = {state: {one for one in steps if state in steps[one]} for state in every}
    assert reached(STARTS[kind], steps) == every
    assert reached(ENDS[kind], backwards) == every
    assert {state for state in every if not steps.get(state)} == ENDS[kind]


def test_the_sign_in_library_is_never_shared() -> None:
    holders = [relative(p) for p in SOURCES if "streamlit_authenticator" in p.read_text()]
    assert holders == ["components/frame/auth.py"]
    assert "cache_" not in (ROOT / "components/frame/auth.py").read_text()


def modules_of_the_database() -> Code:
    paths = [path for path in (ROOT / "db").rglob("*.py") if "migrations" not in path.parts]
    return Code(
        {
            ".".join(path.relative_to(ROOT).with_suffix("").parts): ast.parse(path.read_text())
            for path in paths
        }
    )


def test_sql_is_never_built_from_what_people_type() -> None:
    assert modules_of_the_database().strangers() == []


@pytest.mark.parametrize(
    ("source", "is_ours"),
    [
        (
            'A = ("a", "b")\ndef f(c):\n    c.execute(text(f"SELECT {\', \'.join(A)}"))',
            True,
        ),
        ('def f(c, t):\n    c.execute(text(f"SELECT 1 FROM {t.__tablename__}"))', True),
        ('def f(c, n):\n    c.execute(text(f"SELECT {n}"))\ndef g(c):\n    f(c, "id")', True),
        ('def f(c, n):\n    c.execute(text(f"SELECT {n}"))', False),
        ('def f(c, n):\n    c.execute(text(f"SELECT {n}"))\ndef g(c, n):\n    f(c, n)', False),
        ('def f(c, name):\n    c.execute(text("SELECT " + name))', False),
        ('def f(c, keys):\n    c.execute(text("SELECT {}".format(keys)))', False),
        ('def f(c):\n    rows = c.all()\n    c.execute(text(f"SELECT {rows[0]}"))', False),
        ("def f(c, rules: str):\n    c.exec_driver_sql(rules)", False),
    ],
)
def test_what_is_ours_in_a_statement(source: str, is_ours: bool) -> None:
    assert (Code({"db.some": ast.parse(source)}).strangers() == []) is is_ours


@pytest.mark.parametrize("path", sorted((ROOT / "components").rglob("*.py")), ids=relative)
def test_modules_mark_sentences_instead_of_translating_them_at_import(path: Path) -> None:
    at_import = [
        node
        for statement in ast.parse(path.read_text()).body
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef)
        for node in ast.walk(statement)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"_", "_n", "pgettext"}
    ]
    assert at_import == []


def test_every_list_to_choose_from_asks_in_our_words() -> None:
    """Emptied while one searches, it would show the framework's English."""
    silent = [
        f"{relative(path)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"selectbox", "multiselect"}
        and "placeholder" not in {keyword.arg for keyword in node.keywords}
    ]
    assert silent == []


def public_commands() -> dict[str, ast.FunctionDef]:
    """Every command that names who acts, by module and name."""
    return {
        f"{relative(path)}:{node.name}": node
        for path in (ROOT / "db" / "commands").rglob("*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and "actor" in {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
    }


OWN_UNFINISHED_WORK = {
    "db/commands/lists/column_memory.py:of",
    "db/commands/lists/draft_check.py:check_stored",
    "db/commands/lists/draft_check.py:read_draft",
}
"""They change nothing, and are asked in a run whose guard has just looked."""


@pytest.mark.parametrize("name", sorted(public_commands().keys() - OWN_UNFINISHED_WORK))
def test_every_command_hands_on_who_acts_as_it_was_given(name: str) -> None:
    """To `writing`, which looks at the sign-in, or to another command: never as a bare name."""
    handed_on = [
        node
        for node in ast.walk(public_commands()[name])
        if isinstance(node, ast.Call)
        and "actor"
        in {ast.unparse(each) for each in (*node.args, *(word.value for word in node.keywords))}
    ]
    assert handed_on
    assert not [
        node for node in handed_on if ast.unparse(node.func) in {"unattended_writing", "str"}
    ]
