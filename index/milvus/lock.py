"""One build of a coverage at a time, from whatever machine."""

import json
import os
import socket
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from secrets import token_hex
from threading import Event, Thread
from typing import Self

from index.errors import BuildRunningError, StoreUnavailableError
from index.milvus.engine import Engine, Row
from index.milvus.schema import Table

_LOCK = "lock"
_BEAT_SECONDS = 5.0
_MISSED = 4  # beats, after which a build is taken for dead


class BuildLock:
    """Held by one build; a thread shows that it lives. Enter it, and write by `LockedTables`.

    A build that was killed leaves its lock: the next one watches it for a while, and takes it over
    if nothing moves. No clocks are compared.
    """

    def __init__(self, engine: Engine, beat_seconds: float | None = None) -> None:
        self._engine = engine
        self._seconds = beat_seconds or _BEAT_SECONDS
        self._holder = f"build_{token_hex(8)}"
        self._ended = Event()
        self._thread = Thread(target=self._keep_beating, name="build-lock", daemon=True)
        self._beats = 0

    def __enter__(self) -> Self:
        """Take the lock; raise BuildRunningError, saying whose it is, if it is held."""
        if not self._engine.create_lock(_LOCK, self._holder):
            watched = self._engine.lock_holder(_LOCK)
            if description := self._alive():
                raise BuildRunningError(self._engine.address, description)
            # Another build may have taken the lock over meanwhile: it is that one's now.
            if self._engine.lock_holder(_LOCK) == watched is not None:
                self._engine.drop(_LOCK)
            if not self._engine.create_lock(_LOCK, self._holder):
                raise BuildRunningError(self._engine.address, "it began a moment ago")
        self._beat()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        with suppress(StoreUnavailableError):  # the next build finds that nobody lives
            if self._engine.lock_holder(_LOCK) == self._holder:
                self._engine.delete(Table.FILES, f'name == "{_LOCK}"')
                self._engine.drop(_LOCK)

    def check(self) -> None:
        """Raise BuildRunningError if the lock was taken over: this process was too long silent."""
        if self._engine.lock_holder(_LOCK) != self._holder:
            raise BuildRunningError(self._engine.address, "it took over, as this one was silent")

    def _alive(self) -> str:
        """Return who holds the lock, empty if they show no sign of life."""
        first = self._seen()
        for _ in range(_MISSED):
            time.sleep(self._seconds)
            seen = self._seen()
            if seen != first:
                fields = json.loads(seen) if seen else {}
                return f"on {fields['host']} since {fields['since']}" if fields else "it ended"
        return ""

    def _seen(self) -> str:
        rows = self._engine.query(Table.FILES, f'name == "{_LOCK}"', ["data"], is_fresh=True)
        return str(rows[0]["data"]) if rows else ""

    def _keep_beating(self) -> None:
        while not self._ended.wait(self._seconds):
            with suppress(StoreUnavailableError):  # the build itself finds out
                if self._engine.lock_holder(_LOCK) != self._holder:
                    return  # or nobody could tell whether the one that took over still lives
                self._beat()

    def _beat(self) -> None:
        self._beats += 1
        data = {"host": socket.gethostname(), "pid": os.getpid(), "since": _STARTED}
        row = {"name": _LOCK, "sha256": self._holder, "data": json.dumps(data | {"n": self._beats})}
        self._engine.insert(Table.FILES, [row])


class LockedTables:
    """The collections as a build writes them: no write happens unless the lock is still held.

    Methods raise BuildRunningError if another build took it over, StoreUnavailableError.
    """

    def __init__(self, engine: Engine, lock: BuildLock) -> None:
        self.engine = engine
        self._lock = lock

    def insert(self, table: Table, rows: Iterable[Row]) -> None:
        """Insert or replace rows, as `Engine` does."""
        self._lock.check()
        self.engine.insert(table, rows)

    def update(self, table: Table, rows: Sequence[Row]) -> None:
        """Change some fields of rows, as `Engine` does."""
        self._lock.check()
        self.engine.update(table, rows)

    def delete(self, table: Table, condition: str) -> None:
        """Delete the rows that fit, as `Engine` does."""
        self._lock.check()
        self.engine.delete(table, condition)


_STARTED = datetime.now(UTC).isoformat(timespec="seconds")
