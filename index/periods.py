"""Words of time in a question → the days that it is about, seen from the day it is asked (pure)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_DAY_BEFORE = 1  # an article on yesterday's evening is dated today further east, and so on
_PHRASES: tuple[tuple[str, int], ...] = (
    (r"today|tonight|this (?:morning|evening)|сегодня", 1),
    (r"yesterday|last night|вчера", 2),
    (r"(?:earlier|later)? ?this week|past week|past few days|на этой неделе", 7),
    (r"last week|на прошлой неделе", 14),
    (r"this month|past month|recent(?:ly)?|lately|в этом месяце|недавно", 31),
    (r"last month|в прошлом месяце", 62),
)
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

    def holds(self, published: str | None) -> bool:
        """Tell whether the day of a publication is known and among them."""
        if published is None or published.startswith("-") or len(published) < len("2022-11-23"):
            return False
        return self.since.isoformat() <= published[:10] <= self.until.isoformat()


def read_period(question: str, asked: date) -> Period | None:
    """Return the days that "this week", "recently" … mean on the day `asked`, or None."""
    for words, days in _PHRASES:
        if re.search(rf"\b(?:{words})\b", question, re.IGNORECASE):
            since = asked - timedelta(days=days)
            return Period(since, asked + timedelta(days=_DAY_BEFORE))
    return None


def asks_for_latest(question: str) -> bool:
    """Tell whether the newest coverage is asked for: "latest", "now", "current"."""
    return bool(_LATEST.search(question))
