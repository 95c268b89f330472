"""A hand-over of the past: proposed, confirmed, held, proved and minuted."""

import hashlib
from collections.abc import Sequence

from db.demo.days import Days, at
from db.demo.setting import Setting
from db.models import Attachment, Event, EventMatch, Outcome
from db.reference.places import Commune
from db.rules.states import EventState, Presence

_FORMS = (("ceremony", "Hội trường UBND"), ("at_office", "Bộ phận Một cửa"), ("at_home", "Nhà dân"))
_GUESTS = "Lãnh đạo BHXH tỉnh; Ủy ban MTTQ Việt Nam; nhà hảo tâm"
_RECEIVERS = ("Vợ", "Chồng", "Con", "Mẹ")


def write(
    setting: Setting,
    steps: Days,
    pledge_id: int,
    commune: Commune,
    invited: Sequence[tuple[int, bool]],
) -> None:
    """A minuted event for (match id, was absent) pairs of one commune."""
    rows, dice, code = setting.rows, setting.dice, setting.province_code
    office = setting.crew.offices[commune.code].username
    form, place = dice.choices(_FORMS, (75, 17, 8))[0]
    proposed_at, minuted_at = at(steps.invited, 8, 50), at(steps.minuted, 16, 5)
    event_code = rows.next_code("TT", code, setting.year)
    event = rows.add(
        Event,
        code=event_code,
        province_code=code,
        commune_code=commune.code,
        year=setting.year,
        pledge_id=pledge_id,
        starts_at=at(steps.held, dice.choice((7, 8, 9, 14)), 30),
        place=f"{place}, {commune.name[0].lower()}{commune.name[1:]}",
        form=form,
        guests=_GUESTS if form == "ceremony" else "",
        state=EventState.MINUTED,
        version=5,
        proposed_by=office,
        proposed_at=proposed_at,
        held_on=steps.held,
        confirmed_by=setting.officer,
        minutes_confirmed_by=setting.crew.approver.username,
        minutes_confirmed_at=minuted_at,
    )
    for match_id, absent in invited:
        rows.add(EventMatch, event_id=event, match_id=match_id)
        away_but_signed = dice.random() < 0.08
        present = Presence.AT_HOME if away_but_signed else Presence.PRESENT
        rows.add(
            Outcome,
            province_code=code,
            event_id=event,
            match_id=match_id,
            sequence=1,
            presence=Presence.ABSENT if absent else present,
            receiver=dice.choice(_RECEIVERS) if away_but_signed and not absent else "",
            on_date=steps.held,
            recorded_by=office,
            recorded_at=at(steps.held, 16, 30),
        )
    _attach(setting, event, event_code, office, steps)
    received = sum(not absent for _, absent in invited)
    rows.note(
        proposed_at,
        office,
        "event.proposed",
        (Event, event),
        after=EventState.PROPOSED,
        people=len(invited),
    )
    rows.note(
        minuted_at,
        setting.crew.approver.username,
        "event.minuted",
        (Event, event),
        after=EventState.MINUTED,
        people=received,
    )


def signed_page(event_code: str) -> bytes:
    """A small PDF that stands for the scanned minutes with everybody's signature."""
    text = f"BT /F1 14 Tf 72 760 Td (Bien ban trao {event_code} - ban scan gia lap) Tj ET"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        f"<</Length {len(text)}>>stream\n{text}\nendstream",
    )
    page, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(page))
        page += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(page)}\n%%EOF\n"
    return f"{page}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode()


def _attach(setting: Setting, event: int, event_code: str, office: str, steps: Days) -> None:
    content = signed_page(event_code)
    setting.rows.add(
        Attachment,
        province_code=setting.province_code,
        record_kind="Event",
        record_id=event,
        file_name=f"bien-ban-{event_code}.pdf",
        content_type="application/pdf",
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        added_by=office,
        added_at=at(steps.held, 16, 45),
    )
