"""The coverage being served: lent to an answer from its start to its end, replaced in between."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from index.coverage import Coverage


@dataclass(slots=True, eq=False)
class _Served:
    coverage: Coverage
    leases: int = 0


class Serving:
    """Lends the coverage in use, in any thread; closes a replaced one when its last lease ends.

    Lease it in the worker, where it is used: then a question that waited asks what is in use by
    then, and one that was given up keeps its coverage open as long as it is searched.
    """

    def __init__(self, coverage: Coverage) -> None:
        self._current: _Served | None = _Served(coverage)
        self._lock = Lock()

    @property
    def snapshot_id(self) -> str | None:
        """The name of the snapshot in use, or None after serving has ended."""
        with self._lock:
            return self._current.coverage.snapshot_id if self._current else None

    @contextmanager
    def lease(self) -> Iterator[Coverage]:
        """Yield the coverage in use, which stays open in the block, whatever takes its place.

        Raises RuntimeError where serving has ended.
        """
        with self._lock:
            served = self._current
            if served is None:
                raise RuntimeError("no coverage is served any more")
            served.leases += 1
        try:
            yield served.coverage
        finally:
            with self._lock:
                served.leases -= 1
                is_over = not served.leases and served is not self._current
            if is_over:
                served.coverage.close()

    def switch(self, coverage: Coverage) -> bool:
        """Lend another coverage from now on; where serving has ended, close it and return False."""
        with self._lock:
            replaced = self._current
            if replaced is not None:
                self._current = _Served(coverage)
                coverage = replaced.coverage
            is_over = replaced is None or not replaced.leases
        if is_over:
            coverage.close()
        return replaced is not None

    def close(self) -> None:
        """End serving, and close the coverage with its last lease; safe to call twice."""
        with self._lock:
            ended, self._current = self._current, None
            is_over = ended is not None and not ended.leases
        if ended is not None and is_over:
            ended.coverage.close()
