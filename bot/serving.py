"""The coverage being served: lent to an answer from its start to its end, replaced in between."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from bot.worker import Worker
from index.coverage import Coverage


@dataclass(slots=True, eq=False)
class _Served:
    coverage: Coverage
    leases: int = 0


class Serving:
    """Lends the coverage in use; one that was replaced is closed when its last lease ends.

    For any thread. Closing is the worker's, behind all calls made until then: an answer that was
    given up has ended its lease, but may still be searching.
    """

    def __init__(self, coverage: Coverage, worker: Worker) -> None:
        self._current = _Served(coverage)
        self._replaced: list[_Served] = []
        self._worker = worker
        self._lock = Lock()
        self._is_closed = False

    @contextmanager
    def lease(self) -> Iterator[Coverage]:
        """Yield the coverage in use; the block keeps it open, whatever takes its place."""
        with self._lock:
            served = self._current
            served.leases += 1
        try:
            yield served.coverage
        finally:
            with self._lock:
                served.leases -= 1
                self._close_unused()

    def switch(self, coverage: Coverage) -> bool:
        """Lend another coverage from now on; where serving has ended, close it and return False."""
        with self._lock:
            if not self._is_closed:
                self._replaced.append(self._current)
                self._current = _Served(coverage)
                self._close_unused()
                return True
        coverage.close()
        return False

    def close(self) -> None:
        """Close all that is open behind the calls made until now; safe to call twice."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
            for served in (*self._replaced, self._current):
                self._worker.later(served.coverage.close)
            self._replaced.clear()

    def _close_unused(self) -> None:
        for served in [each for each in self._replaced if not each.leases]:
            self._replaced.remove(served)
            self._worker.later(served.coverage.close)
