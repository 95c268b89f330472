"""Numbers of people and tokens never reach a log."""

import io
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.frame.logs import MaskedRecord, mask


@pytest.mark.parametrize(
    "text",
    [
        "040058001204",
        "0912345678",
        "0912 345 678",
        "040.058.001204",
        "DN 4 79 0123456789",
        "eyJhbGciOi.eyJzaWQiOi.c2lnbmF0dXJl",
    ],
)
def test_what_names_a_person_or_opens_a_session_is_masked(text: str) -> None:
    masked = mask(f"before {text} after")
    assert masked.startswith("before ")
    assert masked.endswith("••• after")
    assert text[-4:] not in masked


@given(st.integers(min_value=10**8, max_value=10**15))
def test_no_number_of_nine_digits_or_more_survives(number: int) -> None:
    assert str(number) not in mask(f"cannot find {number}!")


@pytest.mark.parametrize("text", ["reference 26b6abd8", "line 936 of 2026", "79_27 → 26737"])
def test_what_a_reader_of_the_log_needs_stays(text: str) -> None:
    assert mask(text) == text


def test_message_arguments_and_traceback_are_masked() -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    error = ValueError("no 040058001204")
    failure = (ValueError, error, None)
    record = MaskedRecord("db", logging.ERROR, __file__, 1, "phone %s", ("0912345678",), failure)
    handler.handle(record)
    assert "phone •••" in written.getvalue()
    assert "ValueError: no •••" in written.getvalue()
    assert "040058001204" not in written.getvalue()


def test_a_row_that_the_database_refused_is_not_written() -> None:
    told = (
        "new row violates check\nDETAIL:  Failing row contains (1, Lô Thị Xuân, xã Môn Sơn).\nend"
    )
    masked = mask(told)
    assert "Xuân" not in masked
    assert masked.startswith("new row violates check\nDETAIL: ")
    assert masked.endswith("\nend")
