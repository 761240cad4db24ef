"""Asking the coverage in use, outside the event loop."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.runtime.serving import Serving
from bot.runtime.worker import Worker
from index.coverage import Coverage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lookup:
    """What is served, and the thread that searches it."""

    serving: Serving
    worker: Worker

    async def find(self, find: Callable[[Coverage], T]) -> T:
        """Return what is found in the coverage that is in use when its turn comes.

        Raises BusyError where too much is waiting.
        """

        def find_leased() -> T:
            with self.serving.lease() as coverage:
                return find(coverage)

        return await self.worker.run(find_leased)
