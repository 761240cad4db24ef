"""Watches for a new edition of the index, and opens it after a rebuild."""

import asyncio
import gc
import logging
import time
from collections.abc import Callable
from threading import Event, Thread

from bot.runtime.coverage_pool import CoveragePool
from index.coverage import Coverage
from index.errors import CoverageError, SnapshotError, StoreUnavailableError
from index.places import Place, current_snapshot_id

log = logging.getLogger(__name__)


class IndexWatcher:
    """Polls for a new snapshot in its own thread, so that questions are answered meanwhile.

    `reopen` opens the snapshot in use; it is given the coverage to be replaced.
    """

    def __init__(
        self,
        place: Place,
        reopen: Callable[[Coverage], Coverage],
        poll_seconds: float = 2.0,
    ) -> None:
        self._place = place
        self._reopen = reopen
        self._poll_seconds = poll_seconds
        self._tried = ""
        self._is_away = False
        self._encoder_changed = False
        self._stopped = Event()
        self._thread: Thread | None = None

    def start(self, pool: CoveragePool) -> None:
        """Start to poll; a snapshot that the pool already uses is not opened again."""
        # A daemon, so that a process that ends need not wait until a large index is read.
        self._thread = Thread(target=self._watch, args=(pool,), name="index-watcher", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop polling; don't wait for an index that is being opened."""
        self._stopped.set()

    async def finish(self, seconds: float) -> None:
        """Stop polling, and wait up to `seconds` for an index that is being opened.

        Torch aborts a process that ends while a thread loads an encoder.
        """
        self.stop()
        if self._thread:
            await asyncio.to_thread(self._thread.join, seconds)

    def _watch(self, pool: CoveragePool) -> None:
        while not self._stopped.wait(self._poll_seconds):
            try:
                self._poll(pool)
            except Exception:  # the edge: a thread that ends would miss every later rebuild
                log.exception("opening a new index failed; the previous one stays in use")

    def _poll(self, pool: CoveragePool) -> None:
        """Open the snapshot in use, once, and then another if it was replaced meanwhile."""
        if self._encoder_changed:
            # A loaded model has many reference cycles, and an idle bot collects none for hours.
            gc.collect()
            self._encoder_changed = False
        while (name := self._current_name()) != self._tried and not self._stopped.is_set():
            self._tried = name
            self._reload(pool, name)
            if self._is_away:
                return

    def _current_name(self) -> str:
        """Return the name of the edition in use, or what is wrong with the index.

        While the engine that stores it is away, nothing is known to have changed.
        """
        try:
            name = current_snapshot_id(self._place)
        except StoreUnavailableError as error:
            if not self._is_away:
                log.warning("cannot look for a new index, and keep trying: %s", error)
            self._is_away = True
            return self._tried
        except (SnapshotError, OSError) as error:
            name = str(error)
        if self._is_away:
            log.info("the index can be reached again")
        self._is_away = False
        return name

    def _reload(self, pool: CoveragePool, name: str) -> None:
        started = time.monotonic()
        try:
            with pool.lease() as replaced:
                if replaced.snapshot_id == name:
                    return
                coverage = self._reopen(replaced)
        except StoreUnavailableError as error:
            self._tried, self._is_away = "", True  # it is opened once the engine is back
            log.warning("cannot open a new index, and keep trying: %s", error)
            return
        except (CoverageError, OSError) as error:
            # If a further rebuild has replaced it, it may be gone, and nobody needs it.
            if self._current_name() == name:
                log.error("new index refused, the previous one stays in use: %s", error)
            return
        manifest, seconds = coverage.manifest, time.monotonic() - started
        self._encoder_changed = not manifest.encoder.is_same(replaced.manifest.encoder)
        if pool.switch(coverage):
            log.info(
                "switched to a new index: %d articles, %d passages, opened in %.1f s",
                manifest.articles,
                manifest.passages,
                seconds,
            )
