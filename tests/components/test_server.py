"""The launcher, asked over HTTP and the websocket as a browser would."""

import asyncio
import base64
import hashlib
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import pytest

from components import server
from tests import own_loop
from tests.bench.servers import ROOT, launched
from tests.bench.streamlit_client import NotThisMachineError, Run, StreamlitSession

SCRIPT = """
import time
import extra_streamlit_components
import streamlit as st
@st.cache_data
def kept():
    return time.perf_counter_ns()
st.text(f"kept since {kept()}")
st.text(f"sweeps after each run: {st.get_option('runner.postScriptGC')}")
st.text(f"shows errors: {st.get_option('client.showErrorDetails')}")
st.download_button("list", "full text", "list.txt", key="list")
if st.button("break", key="break"):
    raise ValueError("cannot find 040058001204")
"""
COOKIE_PAGE = "/component/extra_streamlit_components.CookieManager.cookie_manager/index.html"


class Served(NamedTuple):
    address: str
    log: Path


class Answer(NamedTuple):
    status: int
    headers: Message
    body: str


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    script = folder / "script.py"
    script.write_text(SCRIPT)
    with launched(script, log=folder / "server.log") as address:
        yield Served(address, folder / "server.log")


def get(address: str) -> Answer:
    try:
        with urllib.request.urlopen(address) as answer:
            return Answer(answer.status, answer.headers, answer.read().decode())
    except urllib.error.HTTPError as refusal:
        with refusal:
            return Answer(refusal.code, refusal.headers, refusal.read().decode())


def draw(address: str, press: str | None = None) -> Run:
    async def visit() -> Run:
        async with await StreamlitSession.open(address) as session:
            drawn = await session.rerun()
            return await session.press(press) if press else drawn

    return own_loop.run(visit())


@pytest.mark.parametrize("path", ["/", "/any-screen", "/_stcore/health", "/_stcore/metrics"])
def test_every_answer_carries_the_security_headers(served: Served, path: str) -> None:
    headers = get(served.address + path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["Server"] is None


@pytest.mark.parametrize("page", ["/", COOKIE_PAGE])
def test_the_policy_allows_just_the_inline_scripts_of_the_pages(served: Served, page: str) -> None:
    answer = get(served.address + page)
    policy = answer.headers["Content-Security-Policy"]
    inline = re.findall(r"<script>(.*?)</script>", answer.body, re.DOTALL)
    assert inline
    for script in inline:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]


def test_nothing_is_named_that_lies_outside_this_machine(served: Served) -> None:
    answer = get(served.address)
    assert not re.findall(r'(?:src|href)="(?:[a-z]+:)?//', answer.body)
    assert "://" not in answer.headers["Content-Security-Policy"]


def test_the_server_listens_to_this_machine_only_and_without_delay() -> None:
    with server._listener(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
        assert listener.proto == socket.IPPROTO_TCP


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/script-health-check",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
    ],
)
def test_counters_and_the_agents_door_answer_nobody(served: Served, path: str) -> None:
    answer = get(served.address + path)
    assert (answer.status, answer.body) == (404, "Not Found")


def test_downloads_are_not_kept_by_the_browser(served: Served) -> None:
    async def download() -> Answer:
        async with await StreamlitSession.open(served.address) as session:
            drawn = await session.rerun()
            path = next(text for text in drawn.texts() if text.startswith("/media/"))
            return await asyncio.to_thread(get, served.address + path)

    answer = own_loop.run(download())
    assert answer.body == "full text"
    assert answer.headers["Cache-Control"] == "no-store"


def test_nobody_makes_the_server_forget_what_it_keeps(served: Served) -> None:
    async def visit() -> tuple[list[str], list[str]]:
        async with await StreamlitSession.open(served.address) as session:
            before = await session.rerun()
            await session.clear_cache()
            return before.texts(), (await session.rerun()).texts()

    before, after = own_loop.run(visit())
    assert [text for text in before if text.startswith("kept since")]
    assert [t for t in after if t.startswith("kept")] == [t for t in before if t.startswith("kept")]


def test_the_settings_file_is_read_under_plain_uvicorn(served: Served) -> None:
    drawn = draw(served.address)
    assert drawn.says("sweeps after each run: False")
    assert drawn.says("shows errors: none")


def test_an_error_no_screen_caught_is_a_number_on_the_screen_and_in_the_log(
    served: Served,
) -> None:
    drawn = draw(served.address, press="break")
    log = served.log.read_text()
    reference = re.findall(r"^reference (\w+)$", log, re.MULTILINE)
    assert len(reference) == 1
    assert drawn.says(f"báo mã {reference[0]} cho")
    assert not drawn.says("ValueError")
    assert "ValueError: cannot find •••" in log
    assert "040058001204" not in log


def test_addresses_that_hold_keys_are_not_logged(served: Served) -> None:
    get(served.address + "/media/0123456789abcdef.txt")
    assert "/media/" not in served.log.read_text()


def test_importing_the_launcher_needs_neither_the_sign_in_library_nor_a_database() -> None:
    code = "import components.server, sys; print('streamlit_authenticator' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": "sqlite:////nowhere/at/all.db"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_stop_ends_it_without_an_error(number: signal.Signals) -> None:
    script = str(ROOT / "tests" / "bench" / "empty_app.py")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.launch", script],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert any(line.startswith("Chung Tay: http://127.0.0.1:") for line in process.stdout)
        process.send_signal(number)
        _, errors = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "Traceback" not in errors


@pytest.mark.parametrize("port", ["eight", "70000", "-1", "٨٥٠١"])
def test_a_port_that_is_no_port_is_refused_by_name(port: str) -> None:
    done = launch_with_port(port)
    assert done.returncode == 1
    assert done.stderr.startswith("PORT=")


def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    with server._listener(0) as taken:
        taken.listen()
        port = str(taken.getsockname()[1])
        done = launch_with_port(port)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Không mở được cổng {port}")


def launch_with_port(port: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "components.server"],
        cwd=ROOT,
        env={**os.environ, "PORT": port},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_the_client_speaks_to_no_other_machine() -> None:
    for address in ("http://192.0.2.1:8501", "https://127.0.0.1:8501", "http://127.0.0.1.example"):
        with pytest.raises(NotThisMachineError):
            own_loop.run(StreamlitSession.open(address))
