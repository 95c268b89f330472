"""No dead switch: what a rule can be told, or is called, something in the program reaches."""

import ast

from tests.rules import reach

WIRED_BY_THE_FAIR_MATCH = {
    "eligibility.judge(price)",
    "pricing.Rates(local_shares)",
    "pricing.quote(ladder)",
    "pricing.quote(subsidised_months)",
}
"""Tested and worded, and reached as soon as people are matched at the true price. Beside these
inputs of rules wait: dependants (asked nowhere, counted by `score`), classes of communes but for
islands (no screen), and the input hash of a proposal (stored, compared by nobody)."""


def test_every_optional_input_of_a_rule_is_set_somewhere() -> None:
    assert reach.switches_nobody_sets(reach.program()) == WIRED_BY_THE_FAIR_MATCH


def test_every_public_name_of_a_rule_is_used_somewhere() -> None:
    assert reach.names_nobody_uses(reach.program()) == set()


def test_a_switch_nobody_sets_is_found() -> None:
    rule = "def judge(person, *, strict=False): ...\ndef unused(): ..."
    modules = {"db/rules/some.py": ast.parse(rule), "db/other.py": ast.parse("judge(1)")}
    assert reach.switches_nobody_sets(modules) == {"some.judge(strict)"}
    assert reach.names_nobody_uses(modules) == {"some.unused"}
    modules["db/other.py"] = ast.parse("judge(1, strict=True)\nunused()")
    assert reach.switches_nobody_sets(modules) == set()
    assert reach.names_nobody_uses(modules) == set()
