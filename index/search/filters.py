"""Filters as readers type them → an outlet and days; what is ambiguous is an error."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache

from dateparser.date import DateDataParser

from index.dates.partial_date import PartialDate, Precision
from index.dates.reading import read_date
from index.errors import (
    AmbiguousDateError,
    ReversedDatesError,
    UnknownDateError,
    UnknownOutletError,
)
from index.models import Filters

_PRECISIONS = {"month": Precision.MONTH, "year": Precision.YEAR}


def read_filters(
    outlet: str | None = None,
    since: str | None = None,
    until: str | None = None,
    *,
    today: date,
) -> Filters:
    """Return the filters; an empty one means any, and a month or a year means all its days.

    Raises FilterError if a date is not understood, or `since` is after `until`.
    """
    first = _days(since, today)[0] if since and since.strip() else None
    last = _days(until, today)[1] if until and until.strip() else None
    if first and last and first > last:
        raise ReversedDatesError(first, last)
    return Filters(outlet or None, first, last)


def find_outlet(name: str, outlets: Iterable[str]) -> str:
    """Return the outlet with this name, exactly or else in any case, as the coverage spells it.

    Raises UnknownOutletError, with the closest names, if there is none.
    """
    names = list(outlets)
    if name in names:
        return name
    known = {each.casefold(): each for each in names}
    if found := known.get(name.strip().casefold()):
        return found
    close = get_close_matches(name.strip().casefold(), known, n=3) or list(known)[:3]
    raise UnknownOutletError(name, [known[each] for each in close])


def _days(text: str, today: date) -> tuple[date, date]:
    """Return the first and the last day that the words mean."""
    known = read_date(text)
    if known is not None and not known.has_year:
        known = _latest_year(known, today)
    if known is None:
        relative = _relative(text, today)
        if relative is None:
            raise UnknownDateError(text)
        return relative
    # `read_date` gives the year alone if day and month could be swapped.
    if known.precision is Precision.YEAR and re.search(r"\d", text.replace(str(known), "", 1)):
        raise AmbiguousDateError(text)
    return known.first, known.last


def _latest_year(known: PartialDate, today: date) -> PartialDate | None:
    """Return the latest past day of `--11-23`, or None if there is none in the last 8 years."""
    for year in range(today.year, today.year - 8, -1):  # a 29 February is at most 8 years ago
        try:
            found = replace(known, year=year)
        except ValueError:
            continue
        if found.first <= today:
            return found
    return None


def _relative(text: str, today: date) -> tuple[date, date] | None:
    """Return all days of the day, week, month or year that "last week" or the like names."""
    found = _parser(today).get_date_data(text.strip())
    if found.date_obj is None:
        return None
    day = found.date_obj.date()
    if found.period == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    precision = _PRECISIONS.get(str(found.period), Precision.DAY)
    known = PartialDate.of(day).up_to(precision)
    return known.first, known.last


@cache
def _parser(today: date) -> DateDataParser:
    return DateDataParser(
        languages=["en", "ru"],
        settings={
            "PARSERS": ["relative-time"],
            "RELATIVE_BASE": datetime.combine(today, time(12)),
        },
    )
