"""Follows `INDEX_DIR/CURRENT`: what a rebuild puts into use is opened and served."""

import asyncio
import gc
import logging
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from bot.runtime.coverage_pool import CoveragePool
from index.coverage import Coverage, current_snapshot_id
from index.errors import CoverageError, SnapshotError

log = logging.getLogger(__name__)


class IndexWatcher:
    """Looks for a new snapshot in a thread of its own, so that answers go on while it is opened.

    `reopen` opens the snapshot in use in the place of the coverage that it is given.
    """

    def __init__(
        self,
        index_dir: Path,
        reopen: Callable[[Coverage], Coverage],
        poll_seconds: float = 2.0,
    ) -> None:
        self._index_dir = index_dir
        self._reopen = reopen
        self._poll_seconds = poll_seconds
        self._tried = ""
        self._encoder_changed = False
        self._stopped = Event()
        self._thread: Thread | None = None

    def start(self, pool: CoveragePool) -> None:
        """Start to follow; what is served already is not opened again."""
        # A daemon: a process that ends must not wait until a large index has been read.
        self._thread = Thread(target=self._watch, args=(pool,), name="index-watcher", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Open nothing more; do not wait for what is being opened."""
        self._stopped.set()

    async def finish(self, seconds: float) -> None:
        """Stop, and let what is being opened be opened for so long.

        A process that ends while an encoder is loaded in a thread is aborted by torch.
        """
        self.stop()
        if self._thread:
            await asyncio.to_thread(self._thread.join, seconds)

    def _watch(self, pool: CoveragePool) -> None:
        while not self._stopped.wait(self._poll_seconds):
            try:
                self._poll(pool)
            except Exception:  # the edge: a thread that ends would miss every later rebuild
                log.exception("opening a new index failed; the one before stays in use")

    def _poll(self, pool: CoveragePool) -> None:
        """Open what `CURRENT` names, and what it names then; each once, good or not."""
        if self._encoder_changed:
            # A loaded model is full of reference cycles, and an idle bot collects none for hours.
            gc.collect()
            self._encoder_changed = False
        while (named := self._current_name()) != self._tried and not self._stopped.is_set():
            self._tried = named
            self._reload(pool, named)

    def _current_name(self) -> str:
        """Return the name of the snapshot in use, or what is wrong with `CURRENT`."""
        try:
            return current_snapshot_id(self._index_dir)
        except (SnapshotError, OSError) as error:
            return str(error)

    def _reload(self, pool: CoveragePool, named: str) -> None:
        started = time.monotonic()
        try:
            with pool.lease() as replaced:
                if replaced.snapshot_id == named:
                    return
                coverage = self._reopen(replaced)
        except (CoverageError, OSError) as error:
            # One that a further rebuild has replaced may be gone by now, and nobody needs it.
            if self._current_name() == named:
                log.error("new index refused, the one before stays in use: %s", error)
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
