"""Starts a server on a free port of this machine for one measurement, and stops it after."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
EMPTY_APP = Path(__file__).parent / "empty_app.py"
SECONDS_TO_START = 90
SECONDS_TO_STOP = 15


@contextlib.contextmanager
def launched(
    script: Path, environment: Mapping[str, str] | None = None, log: Path | None = None
) -> Iterator[str]:
    """Serve the script through our launcher; yields its address, writes its errors to `log`."""
    command = [sys.executable, "-m", "tests.bench.launch", str(script)]
    with _running(command, ROOT, environment, log) as process:
        yield _announced(process)


@contextlib.contextmanager
def streamlit_run(script: Path, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve the script with `streamlit run` and its own folder's settings; yields its address."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    with _running(command, script.parent, environment) as process:
        address = f"http://127.0.0.1:{port}"
        _await_health(process, address)
        yield address


@contextlib.contextmanager
def _running(
    command: list[str],
    folder: Path,
    environment: Mapping[str, str] | None,
    log: Path | None = None,
) -> Iterator[subprocess.Popen[str]]:
    with (log or Path(os.devnull)).open("w") as errors:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.communicate(timeout=SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _announced(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        _, found, address = line.strip().partition("Chung Tay: ")
        if found:
            return address
    raise RuntimeError(f"the server ended with {process.wait()} before it was ready")


def _await_health(process: subprocess.Popen[str], address: str) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError):
            if urllib.request.urlopen(f"{address}/_stcore/health").read() == b"ok":
                return
        time.sleep(0.1)
    raise RuntimeError(f"no server at {address}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
