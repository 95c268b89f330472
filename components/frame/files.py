"""Files go only to the sign-in they were made for, and come only from a live one.

Streamlit runs a deferred download for whoever sends its id, serves the file to whoever has its
address, and takes uploads from anybody.
"""

from collections import OrderedDict
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.backend_operation_handler import DeferredFileHandler

from components.frame import tokens
from db.queries.admin import accounts
from db.rules.passwords import digest

UPLOADS = "/_stcore/upload_file/"
FILES = "/media/"
_MOST_REMEMBERED = 10_000

_owners: OrderedDict[str, str] = OrderedDict()
"""{address of a file that was made: digest of the token it was made for}"""
_handle = DeferredFileHandler.handle


def keep_to_owners() -> None:
    """Make it so in this process; the same again changes nothing."""
    DeferredFileHandler.handle = _make_for_owner  # type: ignore[method-assign]


async def _make_for_owner(self: DeferredFileHandler, request: Any, session_id: str) -> Any:
    token = await run_in_threadpool(_token_of, session_id)
    files: Any = self._get_media_file_mgr()
    asked = files._deferred_callables.get(request.deferred_file.file_id)
    if token is None or asked is None or asked["session_id"] != session_id:
        request.deferred_file.file_id = ""  # as for a file that nobody made
    answer = await _handle(self, request, session_id)
    if token is not None and answer.deferred_file.url:
        _owners[answer.deferred_file.url] = digest(token)
        while len(_owners) > _MOST_REMEMBERED:
            _owners.popitem(last=False)
    return answer


def _token_of(session_id: str) -> str | None:
    """The token of the live sign-in that a tab is in, asked by its own browser."""
    sessions: Any = runtime.get_instance()._session_mgr
    info = sessions.get_active_session_info(session_id)
    if info is None:
        return None
    token = tokens.token_in(info.session.session_state)
    browser = tokens.browser_of(info.client.client_context.cookies)
    return token if token and accounts.signed_in(token, browser) is not None else None


class OwnFilesOnly:
    """ASGI middleware: no file to a stranger, no upload from nobody."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not await self._is_strange(scope):
            await self._app(scope, receive, send)
            return
        await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)

    async def _is_strange(self, scope: Scope) -> bool:
        path: str = scope["path"]
        is_upload = path.startswith(UPLOADS) and scope["method"] in ("PUT", "POST")
        owner = _owners.get(path)
        if owner is None and not is_upload:
            return False
        cookies = {
            name: morsel.value
            for name, morsel in SimpleCookie(Headers(scope=scope).get("cookie", "")).items()
        }
        token = await run_in_threadpool(_live_token, cookies)
        return token is None or owner not in (None, digest(token))


def _live_token(cookies: Mapping[str, str]) -> str | None:
    token = tokens.token_of_cookie(cookies)
    if token is None or accounts.signed_in(token, tokens.browser_of(cookies)) is None:
        return None
    return token
