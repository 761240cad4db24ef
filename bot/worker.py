"""One thread for encoding and searching, with a bounded queue; the event loop stays free."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

MAX_WAITING = 100


class BusyError(Exception):
    """The queue is full: better said at once than after Discord's limit of 3 seconds."""


class Worker:
    """Runs functions one after the other outside the event loop."""

    def __init__(self, max_waiting: int = MAX_WAITING) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="coverage")
        self._max_waiting = max_waiting
        self._waiting = 0

    @property
    def is_full(self) -> bool:
        """Whether a further call would be refused."""
        return self._waiting >= self._max_waiting

    async def run(self, work: Callable[[], T]) -> T:
        """Return what `work` returns; raise BusyError where the queue is full."""
        if self.is_full:
            raise BusyError
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, work)
        finally:
            self._waiting -= 1

    def close(self, last: Callable[[], None]) -> None:
        """Start nothing new after `last`, which runs once the open calls are done; do not wait."""
        self._executor.submit(last)
        self._executor.shutdown(wait=False)
