"""Pauses the collector of cyclic garbage while many values come into being."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Tens of thousands of new rows make the collector walk over everything in the process, again
    and again, though none of them is garbage. Whoever found it running sets it going again, so
    that checks side by side leave it as it was."""
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()
