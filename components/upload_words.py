"""The words of the check of a list: fields and what the clerk calls them."""

from components.i18n import _
from db.intake.fields import COLUMN_CHOICES


def field_word(field: str) -> str:
    """What a field of a person is called on screens."""
    return _(COLUMN_CHOICES.get(field, field))
