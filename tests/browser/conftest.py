"""The real app behind its launcher on a database of its own, and Debian's Chromium."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.bench.servers import launched

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 20_000
FAILED = pytest.StashKey[bool]()

Serve = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        missing = f"{CHROMIUM} is not installed (package chromium)"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def serve(tmp_path: Path) -> Serve:
    """Start the app on the test's database, on a day of one's choice; yields its address."""

    @contextmanager
    def start(today: str = "2026-09-15", port: int = 0) -> Iterator[str]:
        log = tmp_path / "server.log"
        try:
            with launched(
                ROOT / "app.py", {"CHUNGTAY_TODAY": today, "PORT": str(port)}, log
            ) as url:
                yield url
        finally:
            print(log.read_text())  # noqa: T201 - shown when a test fails

    return start


@pytest.fixture
def server(database: str, serve: Serve) -> Iterator[str]:
    assert database
    with serve() as url:
        yield url


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture
def new_browser(
    chromium: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[], BrowserContext]]:
    """Fresh browsers, each with cookies of its own; a failed test leaves their pictures."""
    opened: list[BrowserContext] = []

    def make() -> BrowserContext:
        context = chromium.new_context(
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": 1440, "height": 900},
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield make
    for number, context in enumerate(opened):
        if request.node.stash.get(FAILED, False) and context.pages:
            picture = tmp_path / f"browser-{number}.png"
            context.pages[-1].screenshot(path=picture)
            print(picture)  # noqa: T201 - tells where to look
        context.close()


@pytest.fixture
def page(new_browser: Callable[[], BrowserContext]) -> Page:
    return new_browser().new_page()
