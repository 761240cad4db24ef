"""The coverage in use: questioned in worker threads, replaced while they work."""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

from index.coverage import THREADS, Coverage

T = TypeVar("T")

_FIRST_GUESS = 0.1  # seconds per call
_SHORTEST = 0.02  # seconds per call: clicks on Context take less, but questions may follow
_WEIGHT = 0.1  # of the latest call in the moving average


class BusyError(Exception):
    """The queue is full: better to say so at once than after Discord's limit of 3 seconds."""


@dataclass(slots=True, eq=False)
class _Shared:
    """A coverage and how many use it: the pool as long as it is current, and every lease."""

    coverage: Coverage
    users: int = 1


class CoveragePool:
    """Runs work on the coverage in use, in `THREADS` threads, first come, first served.

    Work leases the coverage when its turn comes, and a replaced coverage is closed when its last
    lease ends: every answer comes from one coverage, and a search that was given up keeps its files
    open until it ends.
    """

    def __init__(
        self,
        coverage: Coverage,
        longest_wait: float = 30.0,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Take over `coverage`; refuse work that would wait for more than `longest_wait` seconds.

        Discord would wait for 15 minutes, but readers don't.
        """
        self._current: _Shared | None = _Shared(coverage)
        self._lock = Lock()
        self._executor = ThreadPoolExecutor(THREADS, thread_name_prefix="coverage")
        self._longest_wait = longest_wait
        self._clock = clock
        self._waiting = 0
        self._seconds = _FIRST_GUESS

    @property
    def snapshot_id(self) -> str | None:
        """The name of the snapshot in use, or None after the pool was closed."""
        with self._lock:
            return self._current.coverage.snapshot_id if self._current else None

    @property
    def is_full(self) -> bool:
        """Whether further work would wait too long, and is refused."""
        return self._waiting * max(self._seconds, _SHORTEST) >= self._longest_wait

    async def run(self, work: Callable[[Coverage], T]) -> T:
        """Return what `work` returns for the coverage in use; raise BusyError if the queue is full.

        Raises RuntimeError if the pool has been closed by then.
        """

        def lease_and_work() -> T:
            with self.lease() as coverage:
                return work(coverage)

        return await self.run_plain(lease_and_work)

    async def run_plain(self, work: Callable[[], T]) -> T:
        """Return what `work`, which needs no coverage, returns; raise BusyError as `run` does."""
        if self.is_full:
            raise BusyError
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._executor, self._timed, work)
        finally:
            self._waiting -= 1

    def run_when_idle(self, work: Callable[[Coverage], T]) -> tuple[T, float]:
        """Return what `work` returns once nobody waits for an answer, and the seconds it took.

        For a thread of its own: it blocks. Raises RuntimeError if the pool has been closed by then.
        """
        while self._waiting:
            time.sleep(_SHORTEST)

        def lease_and_work() -> tuple[T, float]:
            with self.lease() as coverage:
                started = self._clock()
                return work(coverage), self._clock() - started

        return self._executor.submit(lease_and_work).result()

    @contextmanager
    def lease(self) -> Iterator[Coverage]:
        """Yield the coverage in use; it stays open within the block even if it is replaced.

        Works in any thread. Raises RuntimeError if the pool is closed.
        """
        with self._lock:
            shared = self._current
            if shared is None:
                raise RuntimeError("the coverage pool is closed")
            shared.users += 1
        try:
            yield shared.coverage
        finally:
            self._release(shared)

    def switch(self, coverage: Coverage) -> bool:
        """Use another coverage from now on; if the pool is closed, close it and return False."""
        new = _Shared(coverage)
        with self._lock:
            old = self._current
            if old is not None:
                self._current = new
        self._release(new if old is None else old)
        return old is not None

    def close(self) -> None:
        """Take no further work, and let go of the coverage after what is queued; don't wait."""
        self._executor.submit(self._let_go)
        self._executor.shutdown(wait=False)

    def _let_go(self) -> None:
        with self._lock:
            last, self._current = self._current, None
        if last is not None:
            self._release(last)

    def _release(self, shared: _Shared) -> None:
        with self._lock:
            shared.users -= 1
            is_unused = shared.users == 0
        if is_unused:
            shared.coverage.close()

    def _timed(self, work: Callable[[], T]) -> T:
        started = self._clock()
        try:
            return work()
        finally:
            self._seconds += _WEIGHT * (self._clock() - started - self._seconds)
