"""The picture has a bar where there are articles, and none where there is a gap."""

import numpy as np
import pytest
from matplotlib.image import imread

from index.picture import draw_spread
from index.spread import Spread, spread_articles

BLUE = (0x5B, 0x8D, 0xEF)


def columns_of(path, colour):
    """Tell for each column of pixels, above the legend, whether the colour is in it."""
    pixels = (imread(path)[:400, :, :3] * 255).round()
    return (np.abs(pixels - colour).max(axis=2) < 8).any(axis=0)


def runs_of(flags):
    return int((np.diff(flags.astype(int)) == 1).sum())


def test_gap_between_months_is_seen(tmp_path):
    months = {("2022-01", "Post"): 3, ("2022-02", "Post"): 2, ("2022-06", "Post"): 1}

    draw_spread(spread_articles(months, 6, 240), tmp_path / "coverage.png")

    assert imread(tmp_path / "coverage.png").shape[:2] == (480, 1200)
    blue = columns_of(tmp_path / "coverage.png", BLUE)
    bars = np.flatnonzero(np.diff(blue.astype(int)))
    assert runs_of(blue) == 3
    assert bars[4] - bars[3] > 3 * (bars[1] - bars[0])


@pytest.mark.parametrize(
    "spread",
    [
        Spread((), {}, 0),
        Spread((), {}, 12),
        spread_articles({("2022-01", None): 1}, 1, 240),
        spread_articles({("0001-01", "_Post $\\oops$"): 1, ("2022-01", "Пост 新聞"): 2}, 3, 240),
        spread_articles({(f"20{n:02}-05", f"Outlet {n}"): n for n in range(1, 60)}, 2000, 240),
    ],
    ids=["empty", "no dates", "one month", "signs and two thousand years", "many outlets"],
)
def test_every_coverage_can_be_drawn(tmp_path, spread):
    draw_spread(spread, tmp_path / "coverage.png")

    assert imread(tmp_path / "coverage.png").shape[:2] == (480, 1200)
