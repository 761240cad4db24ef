"""What was measured → medians, ratios to the first system, and a table (pure)."""

import statistics
from collections.abc import Mapping, Sequence

from rich.table import Table

Figures = dict[str, float]

# Name, heading with unit, digits; without a ratio where a difference says more.
_COLUMNS = (
    ("start_s", "start to first answer, s", 1),
    ("p50_ms", "question p50, ms", 1),
    ("p95_ms", "p95, ms", 1),
    ("peak_mb", "memory peak, MB", 0),
    ("now_mb", "after, MB", 0),
    ("build_per_s", "build, passages/s", 0),
    ("index_mb", "index, MB", 1),
    ("article@1", "article@1", 3),
    ("answer@1", "answer@1", 3),
    ("answer@3", "answer@3", 3),
    ("answer@10", "answer@10", 3),
    ("characters", "characters shown", 0),
)
_WITHOUT_RATIO = ("article@1", "answer@1", "answer@3", "answer@10", "characters")


def medians(rounds: Sequence[Figures]) -> Figures:
    """Return the median of every figure over the rounds."""
    return {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}


def ratios(figures: Figures, reference: Figures) -> Figures:
    """Return how many times the reference's figure each one is; those over 0 are left out."""
    return {
        name: value / reference[name]
        for name, value in figures.items()
        if name not in _WITHOUT_RATIO and reference.get(name)
    }


def draw_table(measured: Mapping[str, Figures]) -> Table:
    """Return a row a system; below a figure, how many times that of the first system it is."""
    shown = [column for column in _COLUMNS if any(column[0] in each for each in measured.values())]
    table = Table("", show_lines=True)
    for _, heading, _ in shown:
        table.add_column(heading, justify="right")
    reference = next(iter(measured.values()))
    for system, figures in measured.items():
        times = {} if figures is reference else ratios(figures, reference)
        cells = (_cell(figures.get(name), digits, times.get(name)) for name, _, digits in shown)
        table.add_row(system, *cells)
    return table


def _cell(value: float | None, digits: int, times: float | None) -> str:
    if value is None:
        return ""
    figure = f"{value:,.{digits}f}"
    return figure if times is None else f"{figure}\n{times:.2f}×"
