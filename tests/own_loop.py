"""Coroutines of tests in a thread of their own: Playwright may keep a loop running in this one."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()
