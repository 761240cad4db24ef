"""The spread of the coverage as a picture. The only room that imports matplotlib."""

import warnings
from pathlib import Path

from index.spread import Spread

_BACKGROUND, _INK, _FAINT = "#2b2d31", "#dbdee1", "#4e5058"
_COLOURS = ("#5b8def", "#f0b132", "#3ba55d", "#eb459e", "#9b84ee", "#e67e22", "#80848e")
_UNKNOWN = "outlet unknown"
MOST_MONTHS = 240  # bars; a longer coverage is drawn by years
_LABELS = 12  # periods written below the bars


def draw_spread(spread: Spread, path: Path) -> None:
    """Write a PNG of 1,200 × 480 pixels: a stacked bar a month (or year), a colour an outlet."""
    # Without pyplot, which keeps figures and looks for a screen; imported here, as it takes long.
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(10, 4), dpi=120, facecolor=_BACKGROUND, layout="constrained")
    axes = figure.add_subplot(facecolor=_BACKGROUND)
    floor = [0] * len(spread.periods)
    bars = []
    for colour, counts in zip(_COLOURS, spread.by_outlet.values(), strict=False):
        bars.append(axes.bar(spread.periods, counts, bottom=floor, color=colour, width=0.85))
        floor = [below + count for below, count in zip(floor, counts, strict=True)]
    step = -(-len(spread.periods) // _LABELS) or 1
    axes.set_xticks(spread.periods[::step])
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.tick_params(colors=_INK, length=0)
    axes.grid(axis="y", color=_FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
    axes.set_title(_title(spread), color=_INK, loc="left", fontsize=13)
    if bars:
        legend = figure.legend(
            handles=bars,
            labels=[outlet or _UNKNOWN for outlet in spread.by_outlet],
            labelcolor=_INK,
            frameon=False,
            loc="outside lower left",
            ncols=4,
            fontsize=9,
        )
        for text in legend.get_texts():
            text.set_parse_math(False)  # an outlet may be called "A$AP"
    with warnings.catch_warnings():
        # A sign that the font lacks is drawn as a box; an operator can do nothing about it.
        warnings.filterwarnings("ignore", "Glyph .* missing", UserWarning)
        figure.savefig(path, facecolor=_BACKGROUND)


def _title(spread: Spread) -> str:
    dated = sum(spread.totals)
    if not dated:
        return f"{spread.undated:,} articles, none with a date"
    without = f" · {spread.undated:,} more without a date" if spread.undated else ""
    return f"{dated:,} articles by {spread.unit}{without}"
