"""Monthly counts → a bar chart (PNG)."""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from index.charts.monthly_counts import ChartLabels, MonthlyCounts
from index.dates.partial_date import PartialDate

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.container import BarContainer

_BACKGROUND, _INK, _FAINT = "#2b2d31", "#dbdee1", "#4e5058"
_COLOURS = ("#5b8def", "#f0b132", "#3ba55d", "#eb459e", "#9b84ee", "#e67e22", "#80848e")
# Discord shows a picture at less than half its size.
_TITLE_POINTS, _POINTS = 16, 13
_TITLE_LENGTH, _NAME_LENGTH = 66, 24  # characters that fit
_LABELS = 10  # periods written below the bars
_FEWEST = 9  # bars' worth of room, so that a single one does not fill the picture
_MARKER_WIDTH, _ROW_HEIGHT = 0.03, 0.22  # of the room for the bars

_NUMBER = {
    "color": _BACKGROUND,
    "fontsize": _POINTS - 2,
    "fontweight": "bold",
    "ha": "center",
    "va": "center_baseline",
}


def draw_bar_chart(
    monthly_counts: MonthlyCounts,
    labels: ChartLabels,
    target: Path | BinaryIO,
    event_markers: Sequence[PartialDate | None] = (),
) -> None:
    """Write a PNG of 1,200 × 480 pixels: a stacked bar a month (or year), a colour an outlet.

    `event_markers` are dates, numbered from 1 above the bars at their place in
    time; one whose period is unknown or outside gets no number.
    """
    # Without pyplot, which keeps figures and looks for a display; imported here because it is slow.
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    layout = ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.1)  # inches
    figure = Figure(figsize=(10, 4), dpi=120, facecolor=_BACKGROUND, layout=layout)
    axes = figure.add_subplot(facecolor=_BACKGROUND)
    bars = _draw_bars(axes, monthly_counts)
    _draw_event_markers(axes, monthly_counts, event_markers)
    title = _shorten(labels.title, _TITLE_LENGTH)
    axes.set_title(title, color=_INK, loc="left", fontsize=_TITLE_POINTS, parse_math=False)
    if bars:
        names = [outlet or labels.unknown for outlet in monthly_counts.by_outlet]
        legend = figure.legend(
            handles=bars,
            labels=[_shorten(name, _NAME_LENGTH) for name in (*names, labels.others)][: len(bars)],
            labelcolor=_INK,
            frameon=False,
            loc="outside lower left",
            ncols=4,
            fontsize=_POINTS,
            handlelength=1.0,
            columnspacing=1.4,
        )
        for text in legend.get_texts():
            text.set_parse_math(False)  # an outlet may be called "A$AP"
    with warnings.catch_warnings():
        # A character that the font lacks is drawn as a box; an operator cannot change that.
        warnings.filterwarnings("ignore", "Glyph .* missing", UserWarning)
        figure.savefig(target, format="png", facecolor=_BACKGROUND)


def _draw_bars(axes: "Axes", monthly_counts: MonthlyCounts) -> list["BarContainer"]:
    from matplotlib.ticker import MaxNLocator

    places = range(len(monthly_counts.periods))
    floor = [0] * len(places)
    bars = []
    for colour, counts in zip(_COLOURS, monthly_counts.stacks, strict=False):
        bars.append(axes.bar(places, counts, bottom=floor, color=colour, width=0.85))
        floor = [below + count for below, count in zip(floor, counts, strict=True)]
    step = -(-len(places) // _LABELS) or 1
    axes.set_xticks(places[::step], list(map(str, monthly_counts.periods[::step])))
    room = max(0, _FEWEST - len(places)) / 2
    axes.set_xlim(-0.6 - room, len(places) - 0.4 + room)
    top = max(monthly_counts.totals, default=0)
    ticks = MaxNLocator(nbins=5, integer=True).tick_values(0, top)
    axes.set_yticks([tick for tick in ticks if tick <= top])
    axes.tick_params(colors=_INK, length=0, labelsize=_POINTS, pad=8)
    axes.grid(axis="y", color=_FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
    return bars


def _draw_event_markers(
    axes: "Axes", monthly_counts: MonthlyCounts, event_markers: Sequence[PartialDate | None]
) -> None:
    """Write the numbers in a row above the bars, each with a line to its place in time."""
    places = {
        number: place
        for number, day in enumerate(event_markers, 1)
        if day and (place := place_on_axis(day, monthly_counts)) is not None
    }
    if not places:
        return
    low, high = axes.get_xlim()
    top = max(monthly_counts.totals)
    row = top * (1 + _ROW_HEIGHT)
    in_order = sorted(places, key=lambda number: (places[number], number))
    apart = set_apart(
        [places[number] for number in in_order], low, high, _MARKER_WIDTH * (high - low)
    )
    for number, shown in zip(in_order, apart, strict=True):
        place = places[number]
        axes.plot([place, place, shown], [0, top * 1.03, row], color=_FAINT, lw=1, zorder=0.5)
        axes.plot(shown, row, "o", color=_INK, markersize=17, clip_on=False)
        axes.text(shown, row, str(number), _NUMBER)
    axes.set_ylim(0, top * (1 + 1.4 * _ROW_HEIGHT))


def _shorten(text: str, length: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def set_apart(places: Sequence[float], low: float, high: float, width: float) -> list[float]:
    """Return the places, sorted, moved as little as needed to be `width` apart."""
    shown: list[float] = []
    for place in places:
        shown.append(max(place, shown[-1] + width if shown else low + width / 2))
    limit = high - width / 2
    for row in reversed(range(len(shown))):
        shown[row] = limit = min(shown[row], limit)
        limit -= width
    return shown


def place_on_axis(day: PartialDate, monthly_counts: MonthlyCounts) -> float | None:
    """Return where a date's first day lies among the periods, the first one from -0.5 to 0.5.

    None if its period is unknown or not among them.
    """
    known = {period: place for place, period in enumerate(monthly_counts.periods)}
    place = known.get(day.up_to(monthly_counts.precision))
    if place is None:
        return None
    first, last = monthly_counts.periods[place].first, monthly_counts.periods[place].last
    return place - 0.5 + ((day.first - first).days + 0.5) / ((last - first).days + 1)
