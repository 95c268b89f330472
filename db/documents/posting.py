"""The masked list for the commune's board, and the commune's word that it hung there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.documents.word import (
    DOTS,
    Letterhead,
    letterhead_fields,
    render,
    short_date,
    supports_in_text,
)
from db.rules.ages import birth_year
from db.rules.masking import NameMask, mask_names, neutral_category
from db.rules.states import Benefit
from db.rules.workdays import days_hung


@dataclass(frozen=True, slots=True)
class PostedPerson:
    """A person as known inside; the document masks them itself. `categories` are codes."""

    full_name: str
    birth: str | None
    hamlet: str
    categories: frozenset[str]
    benefits: frozenset[Benefit]


@dataclass(frozen=True, slots=True)
class PostingSheet:
    """One round of a commune's list; `complain_to` names offices with their telephones."""

    letterhead: Letterhead
    commune: str
    year: int
    round: int
    issued_on: date
    opened_on: date
    due_on: date
    complain_to: str
    people: Sequence[PostedPerson]
    answer_days: int = 7
    mask: NameMask = "given_name"


@dataclass(frozen=True, slots=True)
class PostingProof:
    """What the commune confirms after the posting; its letterhead is the commune's own.

    It speaks of what was known on `issued_on`.
    """

    letterhead: Letterhead
    commune: str
    confirming_body: str
    office: str
    year: int
    round: int
    issued_on: date
    opened_on: date
    due_on: date
    place: str
    people: int
    benefits: frozenset[Benefit]
    unanswered: int = 0
    upheld: int = 0
    dismissed: int = 0


def posting_document(sheet: PostingSheet) -> bytes:
    """The list to hang up, as .docx: masked names, birth years, neutral categories."""
    names = mask_names(((one.full_name, one.hamlet) for one in sheet.people), sheet.mask)
    benefits = {benefit for one in sheet.people for benefit in one.benefits}
    return render(
        "posting.docx",
        {
            **letterhead_fields(sheet.letterhead, sheet.issued_on),
            "supports": supports_in_text(benefits).upper(),
            "commune": sheet.commune,
            "year": sheet.year,
            "round": sheet.round,
            "opened_on": short_date(sheet.opened_on),
            "due_on": short_date(sheet.due_on),
            "rows": [_row(name, one) for name, one in zip(names, sheet.people, strict=True)],
            "count": len(sheet.people),
            "complain_to": sheet.complain_to,
            "answer_days": sheet.answer_days,
            "recipient": f"UBND {_in_text(sheet.commune)} (để niêm yết)",
        },
    )


def posting_confirmation(proof: PostingProof) -> bytes:
    """The commune's confirmation that the list hung for so many working days, as .docx."""
    return render(
        "posting_confirmation.docx",
        {
            **letterhead_fields(proof.letterhead, proof.issued_on),
            "supports_in_text": supports_in_text(set(proof.benefits)),
            "commune_in_text": _in_text(proof.commune),
            "confirming_body": proof.confirming_body,
            "office": proof.office,
            "year": proof.year,
            "round": proof.round,
            "count": proof.people,
            "place": proof.place or DOTS,
            "opened_on": short_date(proof.opened_on),
            "due_on": short_date(proof.due_on),
            "working_days": days_hung(proof.opened_on, proof.due_on),
            "objections": _objections(proof),
        },
    )


def _row(name: str, person: PostedPerson) -> dict[str, object]:
    return {
        "name": name,
        "birth_year": birth_year(person.birth) if person.birth else "",
        "hamlet": person.hamlet,
        "category": neutral_category(person.categories),
        "support": _support(person.benefits),
    }


def _support(benefits: frozenset[Benefit]) -> str:
    named = supports_in_text(benefits)
    return named[:1].upper() + named[1:]


def _in_text(commune: str) -> str:
    """A commune's name inside a sentence: "xã Môn Sơn"."""
    return commune[:1].lower() + commune[1:]


def _objections(proof: PostingProof) -> str:
    count = proof.unanswered + proof.upheld + proof.dismissed
    until = f"Từ ngày niêm yết đến ngày {short_date(proof.issued_on)}"
    if not count:
        return f"{until} không nhận được ý kiến nào về danh sách."
    answers = [
        f"{number} ý kiến {outcome}"
        for number, outcome in (
            (proof.upheld, "được chấp nhận"),
            (proof.dismissed, "không được chấp nhận"),
            (proof.unanswered, "đang được xem xét"),
        )
        if number
    ]
    return f"{until} đã nhận {count} ý kiến về danh sách: {', '.join(answers)}."
