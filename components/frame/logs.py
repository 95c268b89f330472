"""Logs hold no personal data: long numbers and tokens are masked before any handler sees them."""

import logging
import re
import traceback

# Citizen IDs, insurance numbers and phones, also as people space them; then signed tokens.
_LONG_NUMBER = re.compile(r"\d(?:[ .]?\d){8,}")
# What PostgreSQL says of a row it refused: all that stood in it.
_ROW = re.compile(r"(DETAIL: ).*")
_TOKEN = re.compile(r"eyJ[\w-]+(?:\.[\w-]*){1,2}")


def mask(text: str) -> str:
    """Return the text without numbers of nine or more digits, tokens, and rows of a database."""
    return _LONG_NUMBER.sub("•••", _TOKEN.sub("•••", _ROW.sub(r"\1•••", text)))


class MaskedRecord(logging.LogRecord):
    """A log record whose message and traceback are masked, whatever handler writes it."""

    def getMessage(self) -> str:  # noqa: N802 - logging's own name
        if self.exc_info and self.exc_info[0] and not self.exc_text:
            self.exc_text = mask("".join(traceback.format_exception(*self.exc_info)).rstrip())
        return mask(super().getMessage())


def mask_every_log() -> None:
    """From now on no logger of this process writes a number of a person."""
    logging.setLogRecordFactory(MaskedRecord)
