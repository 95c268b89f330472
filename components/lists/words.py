"""The words of the check of a list: rows and fields, and what the clerk calls them."""

from components.reads import category_labels
from components.ui.i18n import _
from db.intake.fields.names import COLUMN_CHOICES, TICK


def field_word(field: str) -> str:
    """What a field of a person is called on screens; a column of ticks by its category."""
    if field.startswith(TICK):
        category = category_labels()[field.removeprefix(TICK)]
        return _("{category} (đánh dấu)").format(category=category)
    return _(COLUMN_CHOICES.get(field, field))


def field_in_sentence(field: str) -> str:
    """The same in the middle of a sentence: only the first letter is small, as in “số CCCD”."""
    word = field_word(field)
    return word[:1].lower() + word[1:]
