"""The launcher: serves app.py through plain uvicorn on 127.0.0.1, several times faster.

`streamlit run` collects all garbage after every run and leaves TCP_NODELAY off; here the
objects of start-up are frozen, the rest is swept once a minute, and nothing waits for an ACK.
"""

import asyncio
import contextlib
import gc
import importlib
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from streamlit import runtime
from streamlit.runtime.app_session import AppSession

from components.frame.cookies import SignInCookie
from components.frame.files import OwnFilesOnly, keep_to_owners
from components.frame.headers import SafeAnswers
from components.frame.logs import mask_every_log
from components.frame.tokens import remember_visitors
from components.ui.actions import not_shown

ADDRESS = "127.0.0.1"
DEFAULT_PORT = 8501
SECONDS_BETWEEN_SWEEPS = 60
SECONDS_TO_SAY_GOODBYE = 5

# What screens import anyway, loaded before the first visitor. Never the sign-in library:
# imported outside a script run its component is not registered for the life of the process.
LOADED_EARLY = (
    "pandas",
    "altair",
    "pyarrow",
    "streamlit.elements.arrow",
    "streamlit.elements.vega_charts",
)

log = logging.getLogger("chungtay.server")


def create_app(script: Path) -> st.App:
    """Return the ASGI application that runs a Streamlit script with our headers and collector."""
    return st.App(
        script,
        lifespan=_lifespan,
        middleware=[
            Middleware(SafeAnswers),
            Middleware(SignInCookie),
            Middleware(OwnFilesOnly),
        ],
        on_script_error=report_script_error,
    )


def report_script_error(_error: Exception) -> bool:
    """Log an error no screen caught and show its number; True hides Streamlit's traceback."""
    st.error(not_shown())
    return True


def serve(application: st.App, port: int) -> None:
    """Serve until SIGTERM or SIGINT, then return; port 0 takes a free one.

    One line with the address goes to standard output when the first run is behind us.
    Raises OSError when the port is taken.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)  # uvicorn raises the signal again once all is closed
    with _listener(port) as listener, contextlib.suppress(SystemExit):
        config = uvicorn.Config(
            application,
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=SECONDS_TO_SAY_GOODBYE,
            ws_per_message_deflate=False,  # costs more on our cores than it saves on the wire
        )
        server = _Server(config)
        server.run(sockets=[listener])
    if not server.started:
        sys.exit(3)  # uvicorn's own code for a start that failed


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()
            sys.stdout.write(f"Chung Tay: http://{host}:{port}\n")
            sys.stdout.flush()


def _listener(port: int) -> socket.socket:
    # asyncio turns Nagle's algorithm off only where the protocol is named: 40 ms a rerun.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((ADDRESS, port))
    except OSError:
        listener.close()
        raise
    return listener


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


@contextlib.asynccontextmanager
async def _lifespan(_application: st.App) -> AsyncIterator[dict[str, Any] | None]:
    mask_every_log()
    keep_to_owners()
    remember_visitors()
    setattr(AppSession, "_handle_clear_cache_request", _keep_cache)  # noqa: B010 - a method
    _quiet_uvicorn()
    for module in LOADED_EARLY:
        importlib.import_module(module)
    await _run_once()
    gc.collect()
    gc.freeze()
    sweep = asyncio.create_task(_sweep())
    try:
        yield None
    finally:
        sweep.cancel()


def _keep_cache(_session: AppSession) -> None:
    """Any browser may ask a server to forget what it keeps for everybody; ours does not."""


def _quiet_uvicorn() -> None:
    """Undo Streamlit's own set-up of these loggers, which ignores what the server was told."""
    logging.getLogger("uvicorn.access").disabled = True  # addresses of uploads are keys
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)


async def _run_once() -> None:
    """Run the script for nobody: imports its modules and shows early that it can run."""
    ran, reason = await runtime.get_instance().does_script_run_without_error()
    if not ran:
        log.error("the first run of the script failed: %s", reason)


async def _sweep() -> None:
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_SWEEPS)
        gc.collect()


def _port() -> int:
    text = os.environ.get("PORT", str(DEFAULT_PORT))
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        sys.exit(f"PORT={text!r}: hãy ghi một số từ 0 đến 65535.")
    return int(text)


app = create_app(Path(__file__).parent.parent / "app.py")


if __name__ == "__main__":
    chosen = _port()
    try:
        serve(app, chosen)
    except OSError as error:
        sys.exit(f"Không mở được cổng {chosen}: {error.strerror}. Đặt PORT=… để chọn cổng khác.")
