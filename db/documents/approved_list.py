"""The approved list for the insurer's collection: full data, internal, marked with its printer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.documents.word import (
    Letterhead,
    birth_text,
    letterhead_fields,
    money_text,
    render,
    short_date,
    supports_in_text,
)
from db.rules.amounts import money_words
from db.rules.states import Benefit

_SEX = {"M": "Nam", "F": "Nữ"}


@dataclass(frozen=True, slots=True)
class ApprovedPerson:
    """One approved match with its frozen price in đồng; `categories` are labels."""

    full_name: str
    birth: str | None
    sex: str | None
    cccd: str
    bhxh: str
    address: str
    categories: str
    months: int
    gross: int
    state: int
    local: int
    donor: int


@dataclass(frozen=True, slots=True)
class ApprovedList:
    """One approved proposal; `printed_at` in Vietnamese time."""

    letterhead: Letterhead
    benefit: Benefit
    proposal_code: str
    pledge_code: str
    donor: str
    approved_on: date
    made_by: str
    approved_by: str
    printed_by: str
    printed_at: datetime
    people: Sequence[ApprovedPerson]


def approved_list_document(approved: ApprovedList) -> bytes:
    """The full list as .docx, with who printed it and when at the foot of every page."""
    people = approved.people
    donor = sum(one.donor for one in people)
    return render(
        "approved_list.docx",
        {
            **letterhead_fields(approved.letterhead, approved.printed_at.date()),
            "supports": supports_in_text({approved.benefit}).upper(),
            "proposal_code": approved.proposal_code,
            "pledge_code": approved.pledge_code,
            "donor": approved.donor,
            "approved_on": short_date(approved.approved_on),
            "rows": [_row(one) for one in people],
            "count": len(people),
            "total": {
                "gross": money_text(sum(one.gross for one in people)),
                "state": money_text(sum(one.state for one in people)),
                "local": money_text(sum(one.local for one in people)),
                "donor": money_text(donor),
            },
            "donor_in_words": money_words(donor),
            "made_by": approved.made_by,
            "approved_by": approved.approved_by,
            "printed_by": approved.printed_by,
            "printed_at": f"{approved.printed_at:%H:%M} ngày {short_date(approved.printed_at)}",
        },
    )


def _row(person: ApprovedPerson) -> dict[str, object]:
    return {
        "name": person.full_name,
        "birth": birth_text(person.birth),
        "sex": _SEX.get(person.sex or "", ""),
        "cccd": person.cccd,
        "bhxh": person.bhxh,
        "address": person.address,
        "categories": person.categories,
        "months": person.months,
        "gross": money_text(person.gross),
        "state": money_text(person.state),
        "local": money_text(person.local),
        "donor": money_text(person.donor),
    }
