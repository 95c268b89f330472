"""Word files from the templates beside this module, which an office may edit."""

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Pt
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from db.rules.benefits import KINDS
from db.rules.states import Benefit

_TEMPLATES = Path(__file__).parent / "templates"

DOTS = "…………………………"
"""Room to write by hand what is not known when the document is printed."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues a document: its superior, itself, the town in the date line, who signs."""

    parent: str
    body: str
    place: str
    signer_title: str
    signer: str = ""
    number: str = DOTS
    trace: str = ""
    """Where the audit chain stood, in small at the foot of every page."""


def render(template: str, context: Mapping[str, Any]) -> bytes:
    """Fill a template with values that stay text, whatever they contain.

    Raises jinja2.UndefinedError when an edited template asks for a field that does not exist.
    """
    document = DocxTemplate(_TEMPLATES / template)
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    document.render(_printable(context), jinja_env=environment)
    file = io.BytesIO()
    document.save(file)
    trace = context.get("trace")
    return _with_foot(file, _printable(trace)) if trace else file.getvalue()


def _with_foot(file: io.BytesIO, text: str) -> bytes:
    """With a small line more at the foot of every page; the template's own parts are no more."""
    document = Document(file)
    document.sections[0].footer.add_paragraph().add_run(text).font.size = Pt(8)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def letterhead_fields(letterhead: Letterhead, on: date) -> dict[str, str]:
    """The fields that the top and the signature of every template share."""
    return {
        "parent": letterhead.parent.upper(),
        "body": letterhead.body.upper(),
        "number": letterhead.number,
        "place_and_date": f"{letterhead.place}, {long_date(on)}",
        "signer_title": letterhead.signer_title.upper(),
        "signer": letterhead.signer,
        "trace": letterhead.trace,
    }


def supports_in_text(benefits: Collection[Benefit]) -> str:
    """What is given, for running text: "thẻ BHYT", "sổ BHXH" or both."""
    return ", ".join(kind.in_sentence for benefit, kind in KINDS.items() if benefit in benefits)


def long_date(day: date) -> str:
    """A date line: days below 10 and the months 1 and 2 get a zero (Decree 30/2020)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def birth_text(birth: str | None) -> str:
    """Turn "1980-03-05" into "05/03/1980", as precise as it is known."""
    return "/".join(reversed(birth.split("-"))) if birth else ""


def money_text(amount: int) -> str:
    """Whole đồng as Vietnamese write them: 1.366.200."""
    return f"{amount:,}".replace(",", ".")


def _printable(value: Any) -> Any:
    """The same values without the control characters that break a Word file or its rows."""
    if isinstance(value, str):
        return "".join(char if char.isprintable() else " " for char in value)
    if isinstance(value, Mapping):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value
