"""Text that a spreadsheet would run, and the apostrophe that keeps it text."""

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TEXT_MARK = "'"


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula."""
    return text.startswith(STARTS_A_FORMULA) or text.lstrip(" \u00a0").startswith(STARTS_A_FORMULA)


def marked_as_text(text: str) -> str:
    """The text as a spreadsheet may hold it: what would start a formula gets an apostrophe."""
    return TEXT_MARK + text if is_formula(text) else text


def without_text_mark(text: str) -> str:
    """The text that `marked_as_text` was given; the apostrophe of a name stays."""
    return text[1:] if text[:1] == TEXT_MARK and is_formula(text[1:]) else text
