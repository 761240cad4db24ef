"""Threads for encoding and searching, with a bounded queue; the event loop stays free.

The bound follows from time: no reader is let in who would wait longer than `LONGEST_WAIT` for a
single thread. At 0.1 s a question, as on a small machine, that is 300 at once; at 0.02 s or less
it is 1,500.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from index.coverage import THREADS

T = TypeVar("T")

LONGEST_WAIT = 30.0  # seconds; Discord would wait 15 minutes, but readers don't
_FIRST_GUESS = 0.1  # seconds a call
_LEAST = 0.02  # seconds a call, at least: clicks on Context take less, and questions may follow
_WEIGHT = 0.1  # of the latest call in the moving average


class BusyError(Exception):
    """The queue is full: better said at once than after Discord's limit of 3 seconds."""


class Worker:
    """Runs functions outside the event loop, in `THREADS` threads, in their order."""

    def __init__(self, longest_wait: float = LONGEST_WAIT) -> None:
        self._executor = ThreadPoolExecutor(THREADS, thread_name_prefix="coverage")
        self._longest_wait = longest_wait
        self._waiting = 0
        self._seconds = _FIRST_GUESS

    @property
    def is_full(self) -> bool:
        """Whether a further call would wait too long, and be refused."""
        return self._waiting * max(self._seconds, _LEAST) >= self._longest_wait

    async def run(self, work: Callable[[], T]) -> T:
        """Return what `work` returns; raise BusyError where the queue is full."""
        if self.is_full:
            raise BusyError
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._executor, self._timed, work)
        finally:
            self._waiting -= 1

    def close(self, last: Callable[[], None]) -> None:
        """Start nothing new after `last`, which runs once the others have begun; do not wait."""
        self._executor.submit(last)
        self._executor.shutdown(wait=False)

    def _timed(self, work: Callable[[], T]) -> T:
        started = time.perf_counter()
        try:
            return work()
        finally:
            took = time.perf_counter() - started
            self._seconds += _WEIGHT * (took - self._seconds)
