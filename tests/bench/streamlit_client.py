"""Speaks Streamlit's own websocket protocol, as a browser does, without drawing anything.

For measuring reruns and for attacking our own server; refuses any host but this machine.
"""

from __future__ import annotations

import asyncio
import re
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
XSRF_COOKIE = "_streamlit_xsrf"
SECONDS_TO_ANSWER = 60.0

_NOT_THE_END = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class NotThisMachineError(ValueError):
    """The address is not on this machine: these tools are for our own server only."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the script as the client saw it; `status` is ForwardMsg.ScriptFinishedStatus."""

    seconds: float
    bytes_received: int
    status: int
    messages: Sequence[ForwardMsg]

    def texts(self) -> list[str]:
        """Every string the run sent to the browser, for looking what could be read there."""
        return [text for message in self.messages for text in _strings(message)]

    def says(self, text: str) -> bool:
        """Whether the text stands anywhere in what the run sent."""
        return any(text in found for found in self.texts())


class StreamlitSession:
    """One browser tab; `session_id`, `page` and `query` are what the server and the tab agreed."""

    def __init__(
        self, socket: ClientConnection, cookies: Mapping[str, str], *, page: str, query: str
    ) -> None:
        self.cookies = dict(cookies)
        self.page = page
        self.query = query
        self.session_id: str | None = None
        self._socket = socket
        self._seen: dict[str, ForwardMsg] = {}
        self._last: Sequence[ForwardMsg] = ()

    @classmethod
    async def open(
        cls,
        address: str,
        *,
        page: str = "",
        query: str = "",
        cookies: Mapping[str, str] | None = None,
        session_id: str | None = None,
        origin: str | None = None,
    ) -> Self:
        """Connect to `http://127.0.0.1:PORT`; nothing runs before the first `rerun`.

        `session_id` asks for a session that exists, as a reconnecting browser does. Without
        `cookies` the server's own token is fetched; `origin` is the server unless told.
        """
        host = _loopback(address)
        if cookies is None:
            cookies = {XSRF_COOKIE: await asyncio.to_thread(fetch_xsrf_token, address)}
        offered = ["streamlit", cookies.get(XSRF_COOKIE) or "none"]
        if session_id is not None:
            offered.append(session_id)
        socket = await connect(
            f"ws://{host}/_stcore/stream",
            subprotocols=[Subprotocol(offer) for offer in offered],
            origin=Origin(origin or f"http://{host}"),
            additional_headers={"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())},
            compression=None,
            max_size=None,
            ping_interval=None,
        )
        return cls(socket, cookies, page=page, query=query)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exception: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the tab."""
        await self._socket.close()

    async def rerun(self, *widgets: WidgetState) -> Run:
        """Run the page with these widget values and wait until its script has finished.

        Raises TimeoutError after a minute, ConnectionClosed when the server hangs up.
        """
        back = BackMsg()
        state = back.rerun_script
        state.query_string = self.query
        state.page_name = self.page
        state.widget_states.widgets.extend(widgets)
        state.cached_message_hashes.extend(self._seen)
        async with asyncio.timeout(SECONDS_TO_ANSWER):
            return await self._finish(back)

    async def press(self, key: str) -> Run:
        """Press the button with this key as last drawn; raises KeyError when it was not."""
        return await self.rerun(WidgetState(id=self.widget_id(key), trigger_value=True))

    def widget_id(self, key: str) -> str:
        """The server's id of the widget with this key, as drawn by the last run."""
        ending = re.compile(rf"\$\$ID-[0-9a-f]+-{re.escape(key)}")
        for message in self._last:
            for text in _strings(message):
                if ending.fullmatch(text):
                    return text
        raise KeyError(key)

    async def clear_cache(self) -> None:
        """Send the message that empties every cache of the process."""
        await self.send(BackMsg(clear_cache=True))

    async def send(self, back: BackMsg) -> None:
        """Send any message of the protocol, well-formed or hostile."""
        await self._socket.send(back.SerializeToString())

    async def _finish(self, back: BackMsg) -> Run:
        started = time.perf_counter()
        await self.send(back)
        received = 0
        messages: list[ForwardMsg] = []
        while True:
            data = await self._socket.recv()
            received += len(data)
            message = self._read(data)
            messages.append(message)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session_id = message.new_session.initialize.session_id
            elif kind == "script_finished" and message.script_finished != _NOT_THE_END:
                self._last = messages
                seconds = time.perf_counter() - started
                return Run(seconds, received, message.script_finished, messages)

    def _read(self, data: str | bytes) -> ForwardMsg:
        """Parse one message; a reference is replaced by the message seen before, as browsers do.

        One to a message that only another browser has seen stays what it is: nothing to read.
        """
        message = ForwardMsg()
        message.ParseFromString(data if isinstance(data, bytes) else data.encode())
        if message.WhichOneof("type") == "ref_hash":
            return self._seen.get(message.ref_hash, message)
        if message.metadata.cacheable:
            self._seen[message.hash] = message
        return message


def fetch_xsrf_token(address: str) -> str:
    """Fetch a fresh token as the browser's first request does; another browser, another token."""
    with urllib.request.urlopen(f"http://{_loopback(address)}/_stcore/health") as answer:
        found = re.search(rf"{XSRF_COOKIE}=([^;]+)", answer.headers.get("Set-Cookie", ""))
    return found[1].strip('"') if found else ""


def _loopback(address: str) -> str:
    """Return the host and port of an address on this machine."""
    parts = urlsplit(address)
    if parts.scheme != "http" or parts.hostname not in LOOPBACK:
        raise NotThisMachineError(address)
    return parts.netloc


def _strings(message: Any) -> Iterator[str]:
    """Walk a protobuf message, of any type, and the messages in it."""
    for field, value in message.ListFields():
        for part in value if field.is_repeated else (value,):
            if isinstance(part, str):
                yield part
            elif hasattr(part, "ListFields"):
                yield from _strings(part)
