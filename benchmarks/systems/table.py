"""What was measured → medians, ratios to the first system, and tables (pure)."""

import statistics
from collections.abc import Mapping, Sequence

from rich.table import Table

Figures = dict[str, float]

# Name, heading and digits.
_SPEED = (
    ("start_s", "start,\ns", 1),
    ("p50_ms", "p50,\nms", 1),
    ("p95_ms", "p95,\nms", 1),
    ("processor_ms", "CPU,\nms", 1),
    ("peak_mb", "peak,\nMB", 0),
    ("now_mb", "after,\nMB", 0),
    ("build_per_s", "build,\n/s", 1),
    ("index_mb", "index,\nMB", 1),
)
_QUALITY = (
    ("article@1", "article\n@1", 3),
    ("answer@1", "answer\n@1", 3),
    ("answer@3", "answer\n@3", 3),
    ("answer@10", "answer\n@10", 3),
    ("characters", "characters\nshown", 0),
)


def medians(rounds: Sequence[Figures]) -> Figures:
    """Return the median of every figure over the rounds."""
    return {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}


def ratios(figures: Figures, reference: Figures) -> Figures:
    """Return how many times the reference's speed and size these are; those over 0 are left out."""
    return {
        name: figures[name] / reference[name]
        for name, _, _ in _SPEED
        if name in figures and reference.get(name)
    }


def draw_speed(measured: Mapping[str, Figures]) -> Table:
    """Return a row a system; below a figure, how many times that of the first system it is."""
    reference = next(iter(measured.values()))
    table = _table("Start to the first answer, a question, memory, building, disk", _SPEED)
    for system, figures in measured.items():
        times = {} if figures is reference else ratios(figures, reference)
        table.add_row(
            system,
            *(_cell(figures.get(name), digits, times.get(name)) for name, _, digits in _SPEED),
        )
    return table


def draw_quality(measured: Mapping[str, Figures]) -> Table:
    """Return a row a system: how often what it shows is from a right article and says it."""
    table = _table("What is found", _QUALITY)
    for system, figures in measured.items():
        table.add_row(system, *(_cell(figures.get(name), digits) for name, _, digits in _QUALITY))
    return table


def _table(title: str, columns: Sequence[tuple[str, str, int]]) -> Table:
    table = Table("", title=title, show_lines=True)
    for _, heading, _ in columns:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _cell(value: float | None, digits: int, times: float | None = None) -> str:
    if value is None:
        return ""
    figure = f"{value:,.{digits}f}"
    return figure if times is None else f"{figure}\n{times:.2f}×"
