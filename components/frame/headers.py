"""What every HTTP answer carries, and the addresses of Streamlit that answer nobody."""

import base64
import hashlib
import importlib.util
import re
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.ui import focus

# Open to anyone in Streamlit: counts of sessions, a run of the script, the app driven as JSON.
CLOSED = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent")

# Packages whose pages reach the browser: Streamlit's own, and the writer of the sign-in cookie.
_PACKAGES_WITH_PAGES = ("streamlit", "extra_streamlit_components")
_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


def content_security_policy() -> str:
    """Return a policy that lets Streamlit run and nothing leave for another host.

    The pages' inline scripts are allowed by the hashes of the files as installed, and our one
    script that moves the cursor by its own.
    """
    scripts = " ".join(f"'sha256-{digest}'" for digest in sorted(_inline_script_hashes()))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {scripts}",
            "style-src 'self' 'unsafe-inline'",  # Streamlit writes its styles while it runs
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'self' blob:",
            "frame-ancestors 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


class SafeAnswers:
    """ASGI middleware: adds the security headers and answers 404 for the closed addresses."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": content_security_policy(),
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                if path.startswith("/media/"):  # a download's address opens it for whoever has it
                    headers["Cache-Control"] = "no-store"
            await send(message)

        closed = any(path == address or path.startswith(address + "/") for address in CLOSED)
        answer = PlainTextResponse("Not Found", status_code=404) if closed else self._app
        await answer(scope, receive, send_safely)


def _inline_script_hashes() -> set[str]:
    shipped = {
        script
        for package in _PACKAGES_WITH_PAGES
        for page in _folder(package).rglob("index.html")
        for script in _INLINE_SCRIPT.findall(page.read_bytes())
    }
    return {
        base64.b64encode(hashlib.sha256(script).digest()).decode()
        for script in shipped | {focus.SCRIPT.encode()}
    }


def _folder(package: str) -> Path:
    """Find a package without importing it: the sign-in library registers only in a script run."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent
