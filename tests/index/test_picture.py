"""The picture has a bar where there are articles, none in a gap, and the events' numbers."""

import numpy as np
import pytest
from matplotlib.image import imread

from index.labels import Labels, english_labels
from index.picture import draw_spread
from index.spread import Spread, spread_articles

BLUE = (0x5B, 0x8D, 0xEF)
INK = (0xDB, 0xDE, 0xE1)
LABELS = Labels("Title", "unknown", "others")


def columns_of(path, colour, rows):
    """Tell for each column of pixels whether the colour is in one of these rows of it."""
    pixels = (imread(path)[rows, :, :3] * 255).round()
    return (np.abs(pixels - colour).max(axis=2) < 8).any(axis=0)


def runs_of(flags):
    """The first and the last column of each run."""
    edges = np.flatnonzero(np.diff(np.pad(flags, 1).astype(int)))
    return list(zip(edges[::2], edges[1::2], strict=True))


def test_gap_between_months_is_seen(tmp_path):
    months = {("2022-01", "Post"): 3, ("2022-02", "Post"): 2, ("2022-06", "Post"): 1}

    draw_spread(spread_articles(months, 6), LABELS, tmp_path / "coverage.png")

    assert imread(tmp_path / "coverage.png").shape[:2] == (480, 1200)
    bars = runs_of(columns_of(tmp_path / "coverage.png", BLUE, slice(0, 365)))
    assert len(bars) == 3
    assert bars[2][0] - bars[1][1] > 3 * (bars[0][1] - bars[0][0])


def test_events_are_marked_in_a_row_above_the_bars_at_their_months(tmp_path):
    spread = spread_articles({("2022-01", "Post"): 1, ("2022-12", "Post"): 1}, 2)
    marks = ["2022-01-16", "2021-12-31", "2022-12", "2022-12-02"]

    draw_spread(spread, LABELS, tmp_path / "plain.png")
    draw_spread(spread, LABELS, tmp_path / "marked.png", marks)

    # Below the title and right of the axis: nothing but the numbers in their circles.
    plain, marked = (
        columns_of(tmp_path / name, INK, slice(50, 54))[60:] for name in ("plain.png", "marked.png")
    )
    bar, *_ = runs_of(columns_of(tmp_path / "marked.png", BLUE, slice(0, 365))[60:])
    numbers = runs_of(marked)
    assert not plain.any()
    assert len(numbers) == 3  # the second is of a month that has no place in the picture
    assert bar[0] < numbers[0][0] < numbers[0][1] < bar[1]


@pytest.mark.parametrize(
    "spread",
    [
        Spread((), {}, 0),
        Spread((), {}, 12),
        spread_articles({("2022-01", None): 1}, 1),
        spread_articles({("0001-01", "_Post $\\oops$"): 1, ("2022-01", "Пост 新聞"): 2}, 3),
        spread_articles({(f"20{n:02}-05", f"Outlet {n}" * n): n for n in range(1, 60)}, 2000),
    ],
    ids=["empty", "no dates", "one month", "signs and two thousand years", "many outlets"],
)
def test_every_coverage_can_be_drawn(tmp_path, spread):
    marks = ["2022-01-05", "2022", "0001-01-01", "2022-01"]

    draw_spread(spread, english_labels(spread), tmp_path / "coverage.png", marks)

    assert imread(tmp_path / "coverage.png").shape[:2] == (480, 1200)


def test_title_is_drawn_as_it_is_written(tmp_path):
    spread = spread_articles({("2022-01", "Post"): 1}, 1)

    for name, title in (("a", "$\\alpha"), ("b", "заголовок " * 40), ("c", "")):
        draw_spread(spread, Labels(title, "unknown", "others"), tmp_path / f"{name}.png")

    drawn = [(tmp_path / f"{name}.png").read_bytes() for name in "abc"]
    assert len(set(drawn)) == 3
