"""Minutes of a hand-over: printed before it to be signed, and after it with what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.documents.word import (
    DOTS,
    Letterhead,
    birth_text,
    letterhead_fields,
    long_date,
    money_text,
    render,
    supports_in_text,
)
from db.rules.amounts import money_words
from db.rules.benefits import KINDS
from db.rules.states import Benefit, Presence

PRESENCE_WORDS = {
    Presence.PRESENT: "Có mặt",
    Presence.AT_HOME: "Tại nhà",
    Presence.ABSENT: "Vắng mặt",
    Presence.REFUSED: "Từ chối",
}
COPIES = 3
"""One each for the commune, the office and the donor."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One invited person; `presence` is None before the event, `value` the donor's part in đồng."""

    full_name: str
    birth: str | None
    hamlet: str
    bhxh: str
    document_number: str
    value: int
    presence: Presence | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """One hand-over; `starts_at` in Vietnamese time, `representatives` pairs (body, names)."""

    letterhead: Letterhead
    commune_body: str
    year: int
    starts_at: datetime
    place: str
    benefit: Benefit
    months: int
    donor: str
    pledge_code: str
    keeper: str
    representatives: Sequence[tuple[str, str]]
    recipients: Sequence[Recipient]


def minutes_document(minutes: Minutes) -> bytes:
    """The minutes as .docx."""
    people = minutes.recipients
    handed_over = [one for one in people if one.presence in (Presence.PRESENT, Presence.AT_HOME)]
    value = sum(one.value for one in handed_over)
    recorded = any(one.presence for one in people)
    rows = [_row(one) for one in people]
    return render(
        "minutes.docx",
        {
            **letterhead_fields(minutes.letterhead, minutes.starts_at.date()),
            "commune_body": minutes.commune_body.upper(),
            "year": minutes.year,
            "moment": f"{minutes.starts_at:%H giờ %M}, {long_date(minutes.starts_at.date())}",
            "place": minutes.place,
            "supports_in_text": supports_in_text({minutes.benefit}),
            "document_header": KINDS[minutes.benefit].number_heading,
            "months": minutes.months,
            "donor": minutes.donor,
            "pledge_code": minutes.pledge_code,
            "keeper": minutes.keeper,
            "representatives": [
                {"body": body, "names": names or DOTS} for body, names in minutes.representatives
            ],
            "rows": rows,
            "waiting": [
                row
                for row, one in zip(rows, people, strict=True)
                if one.presence in (Presence.ABSENT, Presence.REFUSED)
            ],
            "result": _result(people),
            "handed_over": len(handed_over) if recorded else DOTS,
            "value": money_text(value) if recorded else DOTS,
            "value_in_words": money_words(value) if recorded else DOTS,
            "copies": COPIES,
        },
    )


def _row(one: Recipient) -> dict[str, str]:
    return {
        "name": one.full_name,
        "birth": birth_text(one.birth),
        "bhxh": one.bhxh,
        "document_number": one.document_number,
        "presence": PRESENCE_WORDS[one.presence] if one.presence else "",
    }


def _result(people: Sequence[Recipient]) -> str:
    def count(presence: Presence) -> str:
        return str(sum(one.presence == presence for one in people))

    counts = [count(presence) for presence in Presence]
    if not any(one.presence for one in people):
        counts = ["……"] * len(counts)
    present, at_home, absent, refused = counts
    return (
        f"Được mời {len(people)} người; nhận tại buổi trao {present}; trao tại nhà {at_home}; "
        f"vắng mặt {absent}; từ chối {refused}."
    )
