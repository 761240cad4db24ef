"""The days from one to another, and weeks, months and years as calendars have them (pure)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from index.dates.partial_date import PartialDate


class Unit(IntEnum):
    """What a period is counted in."""

    DAY = 0
    WEEK = 1
    MONTH = 2
    YEAR = 3


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `since` to `until`, both included."""

    since: date
    until: date


def months_from(year: int, month: int, count: int) -> Period:
    """Return `count` months from this one on; month 0 is the December before, 13 the January after.

    Raises ValueError if they are not all in the years 1 to 9999.
    """
    first = year * 12 + month - 1
    return Period(_month(first).first, _month(first + count - 1).last)


def unit_before(unit: Unit, back: int, today: date) -> Period:
    """Return the day, week, month or year that is `back` of them before that of today."""
    if unit is Unit.DAY:
        day = today - timedelta(days=back)
        return Period(day, day)
    if unit is Unit.WEEK:
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return Period(monday, monday + timedelta(days=6))
    if unit is Unit.MONTH:
        return months_from(today.year, today.month - back, 1)
    return months_from(today.year - back, 1, 12)


def day_before(unit: Unit, count: int, today: date) -> date:
    """Return the day a number of days, weeks, months or years before today."""
    if unit in (Unit.DAY, Unit.WEEK):
        return today - timedelta(days=count * (1 if unit is Unit.DAY else 7))
    month = unit_before(Unit.MONTH, count * (1 if unit is Unit.MONTH else 12), today)
    return month.since.replace(day=min(today.day, month.until.day))


def _month(number: int) -> PartialDate:
    """Return the month of this number, counted from the January of the year 0."""
    return PartialDate(number // 12, number % 12 + 1)
