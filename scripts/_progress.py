"""How far long work is, on stderr: a bar a stage in a terminal, a line now and then without one."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from scripts._console import errors

_SECONDS_BETWEEN_LINES = 10.0

Show = Callable[[str, int, int | None], None]  # stage, done, total if it is known


@contextmanager
def shown_progress(*, stays: bool = True) -> Iterator[Show]:
    """Yield what shows how far a stage is; bars that do not stay are gone after the block."""
    if not errors.is_terminal:
        yield _lines()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, transient=not stays) as progress:
        yield _bars(progress)


def _bars(progress: Progress) -> Show:
    bars = {}

    def show(stage: str, done: int, total: int | None) -> None:
        if stage not in bars:
            bars[stage] = progress.add_task(stage, total=total)
        progress.update(bars[stage], completed=done, total=total)

    return show


def _lines() -> Show:
    printed_at = time.monotonic()

    def show(stage: str, done: int, total: int | None) -> None:
        nonlocal printed_at
        now = time.monotonic()
        if now - printed_at >= _SECONDS_BETWEEN_LINES:
            printed_at = now
            of_total = f" of {total:,}" if total else ""
            errors.print(f"{stage}: {done:,}{of_total}", highlight=False)

    return show
