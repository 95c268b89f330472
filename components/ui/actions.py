"""Running a command from a button."""

import logging
import uuid
from collections.abc import Callable
from functools import partial
from time import monotonic

import streamlit as st

from components.ui import notices
from components.ui.i18n import _
from components.ui.messages import refusal
from db.errors import Refused, TryAgain

log = logging.getLogger("chungtay")

AGAIN = 0.5
"""Seconds in which the same press once more is a double click, and not meant twice."""

_LAST = "actions.last"
_ATTEMPTS = 4


def press(command: Callable[[], str | None]) -> bool:
    """Carry a button's command out; a double click does it once and is told so once.

    Returns whether it was done now.
    """
    name = _name(command)
    last, until, told = st.session_state.get(_LAST, ("", 0.0, None))
    if name == last and monotonic() < until:
        notices.leave("done", told)
        return False
    done = carry_out(command)
    if done:
        st.session_state[_LAST] = (name, monotonic() + AGAIN, notices.left())
    return done


def carry_out(command: Callable[[], str | None]) -> bool:
    """Run a command; leave its sentence, or the reason it failed, for the next drawing.

    Never raises: an exception in a callback would leave the user an empty page.
    """
    try:
        notices.leave("done", _tried(command))
    except Refused as refused:
        notices.leave("refused", refusal(refused))
    except TryAgain:
        notices.leave(
            "refused",
            _("Nhiều người đang ghi cùng lúc nên chưa lưu được. Chờ vài giây rồi bấm lại."),
        )
    except Exception:  # noqa: BLE001 - the last net under a callback
        notices.leave("refused", unexpected())
    else:
        return True
    return False


def tell_lost() -> None:
    """Leave word that what was pressed came to a server that had just been started."""
    notices.leave(
        "refused",
        _(
            "Máy chủ vừa khởi động lại nên nút vừa bấm chưa có tác dụng. "
            "Những gì đã nhập vẫn còn; hãy xem lại rồi bấm lần nữa."
        ),
    )


def _tried(command: Callable[[], str | None]) -> str | None:
    """The command; where it met another one and was undone, again."""
    for _attempt in range(_ATTEMPTS - 1):
        try:
            return command()
        except TryAgain:
            log.info("a command met another one and is tried again")
    return command()


def _name(command: Callable[[], str | None]) -> str:
    told = command.func if isinstance(command, partial) else command
    return f"{told.__module__}.{told.__qualname__}"


def unexpected() -> str:
    """Where something was to be saved: log the exception, return a sentence with its reference."""
    return _(
        "Chưa lưu được. Dữ liệu anh/chị nhập vẫn còn trên màn hình. "
        "Thử lại, hoặc báo mã {reference} cho quản trị."
    ).format(reference=_logged())


def not_shown() -> str:
    """Where a screen could not be drawn, and nothing was to be saved: the same."""
    return _(
        "Không mở được phần này. Tải lại trang; nếu vẫn lỗi, báo mã {reference} cho quản trị."
    ).format(reference=_logged())


def _logged() -> str:
    reference = uuid.uuid4().hex[:4].upper()
    log.exception("reference %s", reference)
    return reference
