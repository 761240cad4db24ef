"""Progress on stderr: in a terminal a bar for each stage, otherwise a line every few seconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich import progress as bars

from index.models import Progress
from scripts._console import errors

_SECONDS_BETWEEN_LINES = 10.0


@contextmanager
def shown_progress(*, stays: bool = True) -> Iterator[Progress]:
    """Yield a callable that shows the progress; bars that do not stay vanish after the block."""
    if not errors.is_terminal:
        yield _lines()
        return
    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=errors, transient=not stays) as shown:
        yield _bars(shown)


def _bars(shown: bars.Progress) -> Progress:
    tasks = {}

    def show(stage: str, done: int, total: int | None) -> None:
        if stage not in tasks:
            tasks[stage] = shown.add_task(stage, total=total)
        shown.update(tasks[stage], completed=done, total=total)

    return show


def _lines() -> Progress:
    printed_at = time.monotonic()

    def show(stage: str, done: int, total: int | None) -> None:
        nonlocal printed_at
        now = time.monotonic()
        if now - printed_at >= _SECONDS_BETWEEN_LINES:
            printed_at = now
            of_total = f" of {total:,}" if total else ""
            errors.print(f"{stage}: {done:,}{of_total}")

    return show
