"""Filters as readers type them → an outlet and days; what is ambiguous is an error."""

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from index.dates.reading import parse_date
from index.errors import (
    AmbiguousDateError,
    ReversedDatesError,
    UnknownDateError,
    UnknownOutletError,
)
from index.models import Filters
from index.search.periods import is_ambiguous, read_period

_SHORT = re.compile(r"(\d{1,3})\s?([dwmy])")
_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}


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


def _spelled_out(text: str) -> str:
    match = _SHORT.fullmatch(text.strip().lower())
    return f"{match[1]} {_UNITS[match[2]]}" if match else text


def _days(text: str, today: date) -> tuple[date, date]:
    """Return the first and the last day that the words mean."""
    known = parse_date(text)
    if known and is_ambiguous(text, known):
        raise AmbiguousDateError(text)
    # "3 days" and "7d" are the last ones here; elsewhere they may be how long something took.
    period = read_period(text, today) or read_period(f"last {_spelled_out(text)}", today)
    if period is None:
        raise UnknownDateError(text)
    return period.since, period.until
