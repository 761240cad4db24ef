"""How long Milvus may take for one question: a budget of seconds that all of its calls share."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


class Budget:
    """Seconds that calls of Milvus may take in all; what happens between them costs nothing."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self.left = seconds
        self._clock = clock

    def spend(self, call: Callable[[], T]) -> T:
        """Return what the call returns; raise TimeoutError as soon as nothing is left.

        The call is then left to itself. Its own deadline is not enough: the client tries once more
        after its time has passed, and an iterator's first request has none.
        """
        if self.left <= 0:
            raise TimeoutError
        outcome: Future[T] = Future()
        started = self._clock()
        # A daemon, so that a process that ends need not wait for it.
        Thread(target=_complete, args=(outcome, call), name="milvus", daemon=True).start()
        try:
            return outcome.result(self.left)
        finally:
            self.left -= self._clock() - started


_current: ContextVar[Budget | None] = ContextVar("budget", default=None)


def current_budget() -> Budget | None:
    """Return the budget that this thread's calls share, None outside of any `shared_budget`."""
    return _current.get()


@contextmanager
def shared_budget(seconds: float) -> Iterator[None]:
    """Let all calls within the block share these seconds, or those of the block around it."""
    if _current.get() is not None:
        yield
        return
    token = _current.set(Budget(seconds))
    try:
        yield
    finally:
        _current.reset(token)


def _complete(outcome: Future[T], call: Callable[[], T]) -> None:
    try:
        outcome.set_result(call())
    except BaseException as error:  # noqa: BLE001  # whoever waits for the outcome gets it
        outcome.set_exception(error)
