"""Whether a person may be given a support, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from db.rules.ages import YOUNGEST_FOR_BOOK, age_range
from db.rules.pricing import Price
from db.rules.states import Benefit, NominationState

STATE_PAYS_CATEGORIES = frozenset({"HN", "BTXH"})
STATE_PAYS_CARD_CODES = (
    frozenset({"HN", "BT", "LH", "CT", "TE"})
    | frozenset({"DT", "DK", "XD"})
    | frozenset({"CC", "CK", "CB", "KC", "TS", "AK", "PV", "HG"})
    | frozenset({"QN", "CA", "CY", "TQ", "TA", "TY", "HD", "LS"})
)
"""The first two letters of health insurance cards that the State budget pays in full."""

CHILD_AGE = 6
SOCIAL_PENSION_AGE = 75
POOR_SOCIAL_PENSION_AGE = 70
RENEWAL_DAYS = 30


@dataclass(frozen=True, slots=True)
class Cover:
    """One fact about a person's insurance; `valid_until` None means nobody knows the end."""

    benefit: Benefit
    valid_until: date | None
    card_code: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the decision needs to know; `birth` is "YYYY", "YYYY-MM", "YYYY-MM-DD" or None.

    `commune_classes` holds those of "hard", "specially_hard", "island", "ethnic_mountain" that
    apply to the commune on the day of the decision.
    """

    birth: str | None
    commune_code: str | None
    categories: frozenset[str]
    commune_classes: frozenset[str] = frozenset()
    covers: tuple[Cover, ...] = ()
    helped_this_year: bool = False
    possible_duplicate: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground of a verdict; `state` is what it alone would decide."""

    code: str
    state: NominationState
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state is that of the gravest reason; no reason at all means eligible."""

    state: NominationState
    reasons: tuple[Reason, ...]


def judge(
    person: PersonFacts,
    benefit: Benefit,
    on: date,
    *,
    price: Price | None = None,
) -> Verdict:
    """Decide on one person and benefit as of a day.

    A cover that ends within RENEWAL_DAYS does not stand in the way. `price` is today's quote
    for the person, if there is one: nobody is given what leaves nothing to pay.
    """
    reasons = (
        *_missing(person),
        *(_health_reasons(person, on) if benefit == Benefit.HI else _book_reasons(person, on)),
        *_insured(person, benefit, on),
        *_circumstances(person, price),
    )
    return Verdict(_gravest(reasons), reasons)


def _gravest(reasons: tuple[Reason, ...]) -> NominationState:
    states = {reason.state for reason in reasons}
    for gravest in (NominationState.NOT_ELIGIBLE, NominationState.TO_CHECK):
        if gravest in states:
            return gravest
    return NominationState.ELIGIBLE


def _missing(person: PersonFacts) -> Iterator[Reason]:
    known = {
        "birth": person.birth,
        "commune": person.commune_code,
        "category": person.categories,
    }
    missing = [name for name, value in known.items() if not value]
    if missing:
        yield _to_check("documents_missing", fields=",".join(missing))


def _health_reasons(person: PersonFacts, on: date) -> Iterator[Reason]:
    """Groups whose card the State pays in full: Law on health insurance, Art. 12 (1) to (3)."""
    for category in sorted(person.categories & STATE_PAYS_CATEGORIES):
        yield _not_eligible("state_pays", why="category", value=category)
    yield from _place_reasons(person)
    if person.birth:
        yield from _age_reasons(person, *age_range(person.birth, on))


def _place_reasons(person: PersonFacts) -> Iterator[Reason]:
    classes, categories = person.commune_classes, person.categories
    for everyone in ("specially_hard", "island"):
        if everyone in classes:
            yield _not_eligible("state_pays", why="place", value=everyone)
    if "DTTS" not in categories:
        return
    if "hard" in classes:
        yield _not_eligible("state_pays", why="place", value="hard")
    elif "HCN" in categories and "ethnic_mountain" in classes:
        yield _not_eligible("state_pays", why="place", value="ethnic_mountain")


def _age_reasons(person: PersonFacts, lowest: int, highest: int) -> Iterator[Reason]:
    if highest < CHILD_AGE:
        yield _not_eligible("state_pays", why="age", value=f"under_{CHILD_AGE}")
    elif lowest < CHILD_AGE:
        yield _to_check("birth_not_precise", limit=str(CHILD_AGE))
    poor = person.categories & {"HN", "HCN"}
    pension_age = POOR_SOCIAL_PENSION_AGE if poor else SOCIAL_PENSION_AGE
    if highest >= pension_age:
        # Most people of this age draw the social pension, and their card comes with it.
        yield _to_check("social_pension_age", age=str(pension_age))


def _book_reasons(person: PersonFacts, on: date) -> Iterator[Reason]:
    if not person.birth:
        return
    lowest, highest = age_range(person.birth, on)
    if highest < YOUNGEST_FOR_BOOK:
        yield _not_eligible("under_15_no_book")
    elif lowest < YOUNGEST_FOR_BOOK:
        yield _to_check("birth_not_precise", limit=str(YOUNGEST_FOR_BOOK))


def _insured(person: PersonFacts, benefit: Benefit, on: date) -> Iterator[Reason]:
    for cover in person.covers:
        if cover.benefit != benefit:
            continue
        if cover.valid_until is None:
            yield _to_check("cover_end_unknown", source=cover.source)
        elif cover.valid_until >= on and _state_card(cover):
            yield _not_eligible("state_pays", why="card", value=cover.card_code[:2].upper())
        elif cover.valid_until > on + timedelta(days=RENEWAL_DAYS):
            yield _not_eligible(
                "still_insured", until=cover.valid_until.isoformat(), source=cover.source
            )


def _state_card(cover: Cover) -> bool:
    return cover.benefit == Benefit.HI and cover.card_code[:2].upper() in STATE_PAYS_CARD_CODES


def _circumstances(person: PersonFacts, price: Price | None) -> Iterator[Reason]:
    if person.helped_this_year:
        yield _not_eligible("helped_this_year")
    if person.possible_duplicate:
        yield _to_check("possible_duplicate")
    if price is not None and price.donor == 0:
        yield _not_eligible("nothing_left_to_pay", group=price.group)


def _not_eligible(code: str, **details: str) -> Reason:
    return Reason(code, NominationState.NOT_ELIGIBLE, details)


def _to_check(code: str, **details: str) -> Reason:
    return Reason(code, NominationState.TO_CHECK, details)
