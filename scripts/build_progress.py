"""A build's progress: bars in a terminal, a line now and then without one."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

from index.build import Progress
from scripts.console import errors

_SECONDS_BETWEEN_LINES = 30.0


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Show on stderr how far a build is while the block runs."""
    if not errors.is_terminal:
        yield _Lines(errors)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with RichProgress(*columns, console=errors) as bars:
        yield _Bars(bars)


class _Bars:
    """Articles read, then passages encoded."""

    def __init__(self, bars: RichProgress) -> None:
        self._bars = bars
        self._read = bars.add_task("Reading articles", total=None)
        self._encoded = bars.add_task("Encoding passages", total=None, visible=False)

    def read(self, articles: int) -> None:
        """Show how many articles have been read."""
        self._bars.update(self._read, completed=articles)

    def encoded(self, passages: int, total: int) -> None:
        """Show how many of all passages have been encoded."""
        self._bars.update(self._encoded, completed=passages, total=total, visible=True)


class _Lines:
    """The same for a log file."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._last = time.monotonic()

    def read(self, articles: int) -> None:
        """Say how many articles have been read."""
        self._say(f"read {articles:,} articles")

    def encoded(self, passages: int, total: int) -> None:
        """Say how many of all passages have been encoded."""
        self._say(f"encoded {passages:,} of {total:,} passages")

    def _say(self, line: str) -> None:
        now = time.monotonic()
        if now - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = now
            self._console.print(line, highlight=False)
