"""The minutes of a hand-over as a Word file, with the trace that it went out."""

from components.ui import formats
from components.ui.words import UNNAMED
from db.commands.handover import events
from db.documents.minutes import Minutes, Recipient, minutes_document
from db.documents.word import Letterhead
from db.queries.admin import trace
from db.queries.admin.accounts import User
from db.queries.handover.events import EventDetail


def made(user: User, event: EventDetail) -> bytes:
    """Runs when the button is pressed, outside the session: the text is Vietnamese anyway."""
    events.note_minutes_printed(event.row.id, user.username)
    return minutes_document(_minutes(event))


def _minutes(event: EventDetail) -> Minutes:
    row = event.row
    body = event.office or f"BHXH {event.province}"
    donor = UNNAMED if event.anonymous else row.donor
    return Minutes(
        letterhead=Letterhead(
            parent=f"BHXH {event.province}",
            body=body,
            place=event.province_short,
            signer_title="Giám đốc",
            trace=trace.printed_line(),
        ),
        commune_body=f"UBND {row.commune}",
        year=event.year,
        starts_at=row.starts_at.astimezone(formats.HERE),
        place=row.place,
        benefit=row.benefit,
        months=event.months,
        donor=donor,
        pledge_code=row.pledge_code,
        keeper=body,
        representatives=[
            (f"Đại diện UBND {row.commune}", ""),
            ("Đại diện nhà hảo tâm", ""),
            (f"Đại diện {body}", ""),
        ],
        recipients=[
            Recipient(
                full_name=person.name,
                birth=person.birth,
                hamlet=person.hamlet,
                bhxh=person.bhxh,
                document_number=person.document_number,
                value=person.value,
                presence=person.presence,
            )
            for person in event.people
        ],
    )
