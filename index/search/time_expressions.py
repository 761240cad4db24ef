"""Words of time in a question → the days that it is about, seen from the day it is asked (pure)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from index.dates.partial_date import PartialDate, Precision

_DAY_BEFORE = 1  # an article on yesterday's evening is dated today further east, and so on
_PHRASES: tuple[tuple[str, int], ...] = (
    (r"today|tonight|this (?:morning|evening)|сегодня", 1),
    (r"yesterday|last night|вчера", 2),
    (r"(?:earlier|later)? ?this week|past week|past few days|на этой неделе", 7),
    (r"last week|на прошлой неделе", 14),
    (r"this month|past month|recent(?:ly)?|lately|в этом месяце|недавно", 31),
    (r"last month|в прошлом месяце", 62),
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FRESH_HALF = 30  # days
_LATEST = re.compile(
    r"\b(?:latest|newest|most recent|now|current|currently|so far|"
    r"сейчас|теперь|последн\w+|нынешн\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `since` to `until`, both included."""

    since: date
    until: date

    def holds(self, published: PartialDate | None) -> bool:
        """Tell whether the day of a publication is known and among them."""
        day = _day(published)
        return day is not None and self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class Timing:
    """When a question is about: the days that it names, and the day whose news it is about."""

    named: Period | None = None
    news_of: date | None = None


def read_timing(question: str, asked_on: date | None) -> Timing:
    """Return what the question says of time, put on the day `asked_on`; without that day, nothing.

    It is about the news of that day, unless it names another year.
    """
    if asked_on is None:
        return Timing()
    years = {int(year) for year in _YEAR.findall(question)}
    return Timing(_named(question, asked_on), None if years - {asked_on.year} else asked_on)


def _named(question: str, asked_on: date) -> Period | None:
    for words, days in _PHRASES:
        if re.search(rf"\b(?:{words})\b", question, re.IGNORECASE):
            since = asked_on - timedelta(days=days)
            return Period(since, asked_on + timedelta(days=_DAY_BEFORE))
    return None


def freshness(published: PartialDate | None, asked_on: date | None) -> float:
    """Return 1 for news of the day, a half 30 days on; 0 for a day unknown or still to come."""
    day = _day(published)
    if day is None or asked_on is None or day > asked_on + timedelta(days=_DAY_BEFORE):
        return 0.0
    return _FRESH_HALF / (_FRESH_HALF + max(0, (asked_on - day).days))


def _day(published: PartialDate | None) -> date | None:
    if published is None or not published.has_year or published.precision < Precision.DAY:
        return None
    return published.first


def asks_for_latest(question: str) -> bool:
    """Tell whether the newest coverage is asked for: "latest", "now", "current"."""
    return bool(_LATEST.search(question))
