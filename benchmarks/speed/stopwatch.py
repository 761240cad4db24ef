"""How long the stages of a process take: its functions, wrapped from outside."""

import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any


class Stopwatch:
    """Adds up seconds by stage; a function inside another of its stage counts once.

    With `time.process_time` as its clock, what other processes do does not count.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._taken: dict[str, float] = defaultdict(float)
        self._inside: set[str] = set()

    def hook(self, stage: str, owner: object, name: str) -> None:
        """Time what `owner` (a class or a module) has under this name, until the process ends."""
        timed: Callable[..., Any] = getattr(owner, name)

        @wraps(timed)
        def wrapped(*args: object, **kwargs: object) -> object:
            if stage in self._inside:
                return timed(*args, **kwargs)
            self._inside.add(stage)
            started = self._clock()
            try:
                return timed(*args, **kwargs)
            finally:
                self._taken[stage] += self._clock() - started
                self._inside.discard(stage)

        setattr(owner, name, wrapped)

    def lap(self) -> dict[str, float]:
        """Return the seconds by stage since the last lap."""
        taken = dict(self._taken)
        self._taken.clear()
        return taken
