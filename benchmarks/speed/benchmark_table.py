"""What was measured → a table (pure): a column each, a row a figure."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.table import Table

_Figures = dict[str, Any]


def draw_table(measured: Sequence[_Figures]) -> Table:
    """Return one table of them all; a figure that one lacks stays empty there."""
    columns = [dict(_lines(figures)) for figures in measured]
    names = dict.fromkeys(name for column in columns for name in column)
    table = Table("", *("" for _ in columns))
    for column in table.columns[1:]:
        column.justify = "right"
    for name in names:
        table.add_row(name, *(column.get(name, "") for column in columns))
    return table


def _lines(figures: _Figures) -> Iterator[tuple[str, str]]:
    """Yield the rows of one column: what it is, and the figure with its unit."""
    for name in ("passages", "articles", "sentences", "questions"):
        if name in figures:
            yield name, f"{figures[name]:,}"
    yield from _stages("build", figures.get("build_s"), figures["passages"])
    yield from _stages("build without encoding", figures.get("made_s"), figures["passages"])
    if "size_mb" in figures:
        yield "on disk", f"{sum(figures['size_mb'].values()):,.0f} MB"
    yield from _answering(figures)
    memory, earlier = figures.get("memory_mb"), figures.get("memory_asked_once_mb")
    if memory:
        yield "memory at its peak", f"{memory['peak']:,.0f} MB"
        if earlier:
            yield "memory after each question once", f"{earlier['now']:,.0f} MB"
        yield "memory after the last question", f"{memory['now']:,.0f} MB"
        yield "of which mapped files", f"{memory['mapped']:,.0f} MB"
    if "recall@20" in figures:
        yield "recall@20 of the dense leg", f"{figures['recall@20']:.3f}"


def _answering(figures: _Figures) -> Iterator[tuple[str, str]]:
    for name, seconds in figures.get("start_s", {}).items():
        yield f"start: {name}", f"{seconds * 1000:,.0f} ms"
    for name, times in figures.get("ms", {}).items():
        yield f"question: {name} (p50 · p95 · p99)", _times(times)
    for readers, answered in figures.get("at_once", {}).items():
        yield f"{readers} at once: questions a second", f"{answered['per_second']:.1f}"
        yield f"{readers} at once: wait (p50 · p95 · p99)", _times(answered["wait_ms"])
        yield f"{readers} at once: heartbeat late by at most", f"{answered['loop_ms']:.0f} ms"


def _stages(
    label: str, seconds: dict[str, float] | None, passages: int
) -> Iterator[tuple[str, str]]:
    for name, taken in (seconds or {}).items():
        yield f"{label}: {name}", f"{taken:,.1f} s ({passages / max(taken, 1e-9):,.0f} passages/s)"


def _times(milliseconds: dict[str, float]) -> str:
    return " · ".join(f"{each:.1f}" for each in milliseconds.values()) + " ms"
