"""Numbers of events stand at their place in time, and never on each other."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.marks import place_on_axis, set_apart
from index.spread import Spread

MONTHS = Spread(("2022-11", "2022-12", "2023-01"), {"Post": (1, 0, 1)}, 0)
YEARS = Spread(("2021", "2022", "2023"), {"Post": (1, 0, 1)}, 0)


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
        ("", None),
    ],
)
def test_day_has_its_place_in_its_month(day, place):
    assert place_on_axis(day, MONTHS) == (None if place is None else pytest.approx(place))


def test_day_has_its_place_in_its_year():
    assert place_on_axis("2022", YEARS) == pytest.approx(0.5 + 0.5 / 365)
    assert place_on_axis("2022-07-02", YEARS) == pytest.approx(1.0)


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
