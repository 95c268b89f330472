"""Vietnamese is the source language; English is a translation of it.

app.py looks the language up once for the run it begins. Streamlit runs callbacks and fragments
without it: they find what the run before them left, or look it up themselves. Work that
runs outside a session (deferred downloads, background cache refreshes) must be handed
finished text.
"""

import gettext
import threading
from functools import lru_cache
from pathlib import Path

import streamlit as st

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
_LOCALE_DIR = Path(__file__).parents[1] / "locale"
_run = threading.local()  # Streamlit gives every session's runs a thread of their own


def begin_run() -> None:
    """Look the language up for this run: a screen asks for hundreds of sentences."""
    _run.language = _chosen()


def language() -> str:
    """The code of the language this session reads: "vi" or "en"."""
    known: str | None = getattr(_run, "language", None)
    return known or _chosen()


def _(text: str) -> str:
    """The sentence in the session's language."""
    return _catalogue(language()).gettext(text)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark text for extraction now, translate when shown."""
    return text


def _n(text: str, count: int) -> str:
    """Like `_`, for a sentence whose English depends on a count; Vietnamese has one form."""
    return _catalogue(language()).ngettext(text, text, count)


def pgettext(context: str, text: str) -> str:
    """Like `_`, for a word with two meanings, as a state and as the verb on a button."""
    return _catalogue(language()).pgettext(context, text)


def _chosen() -> str:
    chosen = st.session_state.get("language", "vi")
    return chosen if chosen in LANGUAGES else "vi"


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("app", _LOCALE_DIR, [code], fallback=code == "vi")
