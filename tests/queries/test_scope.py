"""Whatever is asked, nobody sees a row outside their own province or office."""

import contextlib
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any, get_args

import pytest
from sqlmodel import Session, select

import db.queries
from db.errors import Refused
from db.models import Account, Table
from db.rules.states import Benefit, ListState, MatchState, NominationState, ProposalState
from db.scope import Scope, scope_of
from db.unit_of_work import reading
from tests import world

pytestmark = pytest.mark.usefixtures("any_database")

MARKS = ("-NAN-", "Dược Sông Lam", "Con Cuông", "04018", "Bản ")
"""What only Nghệ An's records hold in the world filled below."""
NO_SCOPE = {
    "admin.accounts.refuse_ended": "asks after the one sign-in it is handed",
    "admin.accounts.signed_in": "finds out who is asking",
    "admin.demo_accounts.listed": "the invented accounts of a demo, on the door",
    "admin.kept_forms.kept": "what the reader typed",
    "admin.trace.codes": "of lines that were asked for before",
    "admin.trace.head": "where the chain stands: a number and a hash",
    "admin.trace.last_of": "who changed a record that the reader has open, and when",
    "admin.trace.latest_of": "the reader's own steps",
    "admin.trace.verify": "whether the chain is whole: no rows of it",
    "categories.labels": "public words",
    "freshness.now": "the day and a number",
    "home.queue.of": "takes the scope of the user it is handed",
    "lists.lists.drafts": "the reader's own unfinished file",
    "places.communes_of": "public places",
    "places.office_communes": "public places",
    "places.provinces": "public places",
}
"""Queries that show rows without asking for a scope, and why they may."""


def public_functions() -> dict[str, Callable[..., Any]]:
    found = {}
    for module in pkgutil.walk_packages(db.queries.__path__, "db.queries."):
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if function.__module__ == loaded.__name__ and not name.startswith("_"):
                found[f"{module.name.removeprefix('db.queries.')}.{name}"] = function
    return found


def takes_rows(function: Callable[..., Any]) -> bool:
    """Whether it works on rows or a table that another query asked for within its scope."""
    kinds = [parameter.annotation for parameter in inspect.signature(function).parameters.values()]
    return any(
        isinstance(each, type) and issubclass(each, Table | Session)
        for kind in kinds
        for each in (kind, *get_args(kind))
    )


def reads_nothing(function: Callable[..., Any]) -> bool:
    return "reading(" not in inspect.getsource(function)


def questions() -> list[tuple[str, Callable[..., Any]]]:
    """Every public query that takes a scope."""
    return [
        (label, function)
        for label, function in public_functions().items()
        if "scope" in inspect.signature(function).parameters and not takes_rows(function)
    ]


def test_every_query_asks_for_a_scope_or_says_why_it_need_not() -> None:
    without = {
        label
        for label, function in public_functions().items()
        if "scope" not in inspect.signature(function).parameters
        and not takes_rows(function)
        and not (reads_nothing(function) and label not in NO_SCOPE)
    }
    assert without == set(NO_SCOPE)


def scope_as(username: str) -> Scope:
    with reading() as session:
        return scope_of(session.exec(select(Account).where(Account.username == username)).one())


def fill() -> dict[str, Any]:
    """Something at every stage in Nghệ An; arguments that point straight at it."""
    list_id, nominations, posting_id = world.add_posted(people=4)
    world.add_list(commune=world.places().other, people=2, state=ListState.SUBMITTED)
    world.add_list(
        commune=world.places().own_too,
        people=2,
        nomination_state=NominationState.TO_CHECK,
        state=ListState.SUBMITTED,
    )
    pledge = world.add_pledge()
    proposal, matches = world.add_proposal(
        pledge_id=pledge,
        nomination_ids=nominations,
        state=ProposalState.APPROVED,
        match_state=MatchState.ISSUED,
    )
    return {
        "list_id": list_id,
        "posting_id": posting_id,
        "pledge_id": pledge,
        "proposal_id": proposal,
        "match_ids": matches,
        "commune_code": world.places().own,
        "province_code": world.PROVINCE,
        "province": world.PROVINCE,
        "year": world.YEAR,
        "benefit": Benefit.HI,
        "today": world.TODAY,
        "day": world.TODAY,
        "name": "Công ty CP Dược Sông Lam",
        "group": "all",
        "states": list(ListState),
        "codes": {"pledge": "HT-2026-NAN-0001", "list": "DS-2026-NAN-0001"},
        "username": "far_officer",
        "plan_id": 1,
        "pair_id": 1,
        "event_id": 1,
        "attachment_id": 1,
        "account_id": 1,
    }


def answers(function: Callable[..., Any], scope: Scope, known: dict[str, Any]) -> str:
    """The answers to every way of pointing at Nghệ An's records, as text."""
    texts = []
    for code in ("HT-2026-NAN-0001", "DS-2026-NAN-0001", "GH-2026-NAN-0001", "TT-2026-NAN-0001"):
        given: dict[str, Any] = {}
        for name, parameter in inspect.signature(function).parameters.items():
            if name == "scope":
                given[name] = scope
            elif name in known:
                given[name] = known[name]
            elif "code" in name:
                given[name] = code
            elif parameter.default is not inspect.Parameter.empty:
                continue
            elif name in ("wanted", "filter"):
                given[name] = importlib.import_module("db.queries.donors.pledges").Filter()
            elif name == "text":
                given[name] = "1"
            else:
                pytest.fail(f"name a value for {function.__module__}.{function.__name__}({name})")
        with contextlib.suppress(Refused):
            texts.append(repr(function(**given)))
    return " ".join(texts)


def test_another_province_and_another_office_see_nothing_of_it() -> None:
    known = fill()
    for username in ("far_officer", "far_approver", "far_office"):
        scope = scope_as(username)
        for label, function in questions():
            seen = answers(function, scope, known)
            for mark in MARKS:
                assert mark not in seen, (username, label, mark)


def test_an_office_sees_its_own_communes_only() -> None:
    known = fill()
    scope = scope_as("office2")
    for label, function in questions():
        seen = answers(function, scope, known)
        assert "DS-2026-NAN-0001" not in seen, label
        assert "HT-2026-NAN" not in seen, label


def test_the_own_province_sees_its_records() -> None:
    known = fill()
    scope = scope_as("officer")
    seen = " ".join(answers(function, scope, known) for _label, function in questions())
    assert "HT-2026-NAN-0001" in seen
    assert "DS-2026-NAN-0001" in seen
    assert "GH-2026-NAN-0001" in seen
