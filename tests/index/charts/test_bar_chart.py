"""The picture has a bar where there are articles, none in a gap, and the events' numbers."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.image import imread

from index.charts.bar_chart import draw_bar_chart, place_on_axis, set_apart
from index.charts.monthly_counts import ChartLabels, MonthlyCounts, count_by_month, english_labels
from index.dates.partial_date import PartialDate

BLUE = (0x5B, 0x8D, 0xEF)
INK = (0xDB, 0xDE, 0xE1)
LABELS = ChartLabels("Title", "unknown", "others")


def columns_of(path, colour, rows):
    """Tell for each column of pixels whether the colour is in one of these rows of it."""
    pixels = (imread(path)[rows, :, :3] * 255).round()
    return (np.abs(pixels - colour).max(axis=2) < 8).any(axis=0)


def runs_of(flags):
    """The first and the last column of each run."""
    edges = np.flatnonzero(np.diff(np.pad(flags, 1).astype(int)))
    return list(zip(edges[::2], edges[1::2], strict=True))


def test_gap_between_months_is_seen(tmp_path):
    months = {
        (PartialDate(2022, 1), "Post"): 3,
        (PartialDate(2022, 2), "Post"): 2,
        (PartialDate(2022, 6), "Post"): 1,
    }

    draw_bar_chart(count_by_month(months, 6), LABELS, tmp_path / "coverage.png")

    assert imread(tmp_path / "coverage.png").shape[:2] == (480, 1200)
    bars = runs_of(columns_of(tmp_path / "coverage.png", BLUE, slice(0, 365)))
    assert len(bars) == 3
    assert bars[2][0] - bars[1][1] > 3 * (bars[0][1] - bars[0][0])


def test_events_are_marked_in_a_row_above_the_bars_at_their_months(tmp_path):
    monthly_counts = count_by_month(
        {(PartialDate(2022, 1), "Post"): 1, (PartialDate(2022, 12), "Post"): 1}, 2
    )
    event_markers = list(
        map(PartialDate.parse, ("2022-01-16", "2021-12-31", "2022-12", "2022-12-02"))
    )

    draw_bar_chart(monthly_counts, LABELS, tmp_path / "plain.png")
    draw_bar_chart(monthly_counts, LABELS, tmp_path / "marked.png", event_markers)

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
    "monthly_counts",
    [
        MonthlyCounts((), {}, 0),
        MonthlyCounts((), {}, 12),
        count_by_month({(PartialDate(2022, 1), None): 1}, 1),
        count_by_month(
            {(PartialDate(1422, 1), "_Post $\\oops$"): 1, (PartialDate(2022, 1), "Пост 新聞"): 2}, 3
        ),
        count_by_month(
            {(PartialDate(2000 + n, 5), f"Outlet {n}" * n): n for n in range(1, 60)}, 2000
        ),
    ],
    ids=["empty", "no dates", "one month", "signs and six hundred years", "many outlets"],
)
def test_every_coverage_can_be_drawn(tmp_path, monthly_counts):
    event_markers = list(map(PartialDate.parse, ("2022-01-05", "2022", "1422-01-01", "2022-01")))

    draw_bar_chart(
        monthly_counts, english_labels(monthly_counts), tmp_path / "coverage.png", event_markers
    )

    assert imread(tmp_path / "coverage.png").shape[:2] == (480, 1200)


def test_title_is_drawn_as_it_is_written(tmp_path):
    monthly_counts = count_by_month({(PartialDate(2022, 1), "Post"): 1}, 1)

    for name, title in (("a", "$\\alpha"), ("b", "заголовок " * 40), ("c", "")):
        draw_bar_chart(
            monthly_counts, ChartLabels(title, "unknown", "others"), tmp_path / f"{name}.png"
        )

    drawn = [(tmp_path / f"{name}.png").read_bytes() for name in "abc"]
    assert len(set(drawn)) == 3


MONTHS = MonthlyCounts(
    (PartialDate(2022, 11), PartialDate(2022, 12), PartialDate(2023, 1)), {"Post": (1, 0, 1)}, 0
)
YEARS = MonthlyCounts(
    (PartialDate(2021), PartialDate(2022), PartialDate(2023)), {"Post": (1, 0, 1)}, 0
)


@pytest.mark.parametrize(
    ("day", "place"),
    [
        ("2022-11-01", -0.5 + 0.5 / 30),
        ("2022-11", -0.5 + 0.5 / 30),
        ("2022-12-16T23:00:00+03:00", 1.0),
        ("2023-01-31", 2.5 - 0.5 / 31),
        ("2023-02-01", None),
        ("2022", None),
        ("--11-23", None),
    ],
)
def test_day_has_its_place_in_its_month(day, place):
    place = None if place is None else pytest.approx(place)

    assert place_on_axis(PartialDate.parse(day), MONTHS) == place


def test_day_has_its_place_in_its_year():
    assert place_on_axis(PartialDate(2022), YEARS) == pytest.approx(0.5 + 0.5 / 365)
    assert place_on_axis(PartialDate(2022, 7, 2), YEARS) == pytest.approx(1.0)


def test_what_is_apart_stays_where_it_is():
    assert set_apart([1.0, 2.0, 5.0], 0.0, 6.0, width=1.0) == [1.0, 2.0, 5.0]


def test_what_would_touch_moves_on_and_stays_inside():
    assert set_apart([0.0, 1.0, 1.0, 1.2], 0.0, 9.0, width=1.0) == [0.5, 1.5, 2.5, 3.5]
    assert set_apart([5.0, 8.9, 9.0], 0.0, 9.0, width=1.0) == [5.0, 7.5, 8.5]


@given(st.lists(st.floats(0, 10), max_size=10))
def test_numbers_never_touch(places):
    shown = set_apart(sorted(places), 0.0, 10.0, width=0.9)

    assert all(after - before > 0.9 - 1e-9 for before, after in pairwise(shown))
    assert all(0.45 - 1e-9 <= place <= 9.55 + 1e-9 for place in shown)
