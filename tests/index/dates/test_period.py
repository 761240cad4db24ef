from datetime import date

import pytest

from index.dates.period import Period, Unit, day_before, months_from, unit_before

TODAY = date(2024, 3, 31)  # a Sunday


def period(since, until):
    return Period(date.fromisoformat(since), date.fromisoformat(until))


@pytest.mark.parametrize(
    ("year", "month", "count", "expected"),
    [
        (2024, 2, 1, period("2024-02-01", "2024-02-29")),
        (2024, 0, 3, period("2023-12-01", "2024-02-29")),
        (2023, 13, 1, period("2024-01-01", "2024-01-31")),
    ],
)
def test_months_may_lie_in_another_year(year, month, count, expected):
    assert months_from(year, month, count) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (Unit.DAY, period("2024-03-30", "2024-03-30")),
        (Unit.WEEK, period("2024-03-18", "2024-03-24")),
        (Unit.MONTH, period("2024-02-01", "2024-02-29")),
        (Unit.YEAR, period("2023-01-01", "2023-12-31")),
    ],
)
def test_unit_before_is_whole(unit, expected):
    assert unit_before(unit, 1, TODAY) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (Unit.DAY, "2024-03-30"),
        (Unit.WEEK, "2024-03-24"),
        (Unit.MONTH, "2024-02-29"),  # February has no 31st
        (Unit.YEAR, "2023-03-31"),
    ],
)
def test_day_before_is_in_the_month_that_is_meant(unit, expected):
    assert day_before(unit, 1, TODAY) == date.fromisoformat(expected)
