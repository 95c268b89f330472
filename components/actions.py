"""Running a command from a button."""

import logging
import uuid
from collections.abc import Callable

from components import notices
from components.i18n import _
from components.messages import refusal
from db.errors import Refused

log = logging.getLogger("chungtay")


def carry_out(command: Callable[[], str | None]) -> bool:
    """Run a command; leave its sentence, or the reason it failed, for the next drawing.

    Never raises: an exception in a callback would leave the user an empty page.
    """
    try:
        if said := command():
            notices.leave("done", said)
    except Refused as refused:
        notices.leave("refused", refusal(refused))
    except Exception:  # noqa: BLE001 - the last net under a callback
        notices.leave("refused", unexpected())
    else:
        return True
    return False


def unexpected() -> str:
    """Log the exception being handled and return a sentence quoting its reference."""
    reference = uuid.uuid4().hex[:4].upper()
    log.exception("reference %s", reference)
    return _(
        "Chưa lưu được. Dữ liệu anh/chị nhập vẫn còn trên màn hình. "
        "Thử lại, hoặc báo mã {reference} cho quản trị."
    ).format(reference=reference)
