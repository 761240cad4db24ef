"""What feeds and sitemaps list: addresses with what is said of them, and which are the newest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from index.dates import read_date
from index.errors import FetchError

UNREADABLE = "\ufffd"  # stands for bytes that were no character
_LONGEST_DATE = 100  # characters; so long a date is none, and reading it would take its time


@dataclass(frozen=True, slots=True)
class Entry:
    """An article's address and what the feed or sitemap says of it; None is unsaid.

    Dates are partial ISO 8601 (`index/dates.py`), taken as UTC where no zone is named. `content`
    is the article itself in HTML, where a feed carries it whole.
    """

    address: str
    headline: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    language: str | None = None
    content: str | None = None

    @property
    def moment(self) -> datetime | None:
        """The first moment of the date that changes when the article does."""
        return _moment(self.updated or self.published)


@dataclass(frozen=True, slots=True)
class Listing:
    """What one feed or sitemap holds, in its order; a sitemap index lists further sitemaps.

    `refused` are listed addresses that may not be fetched.
    """

    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()
    refused: tuple[FetchError, ...] = ()


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries by date, those without one last, otherwise in their order."""
    oldest = datetime.min.replace(tzinfo=UTC)
    return sorted(entries, key=lambda entry: entry.moment or oldest, reverse=True)


def _moment(date: str | None) -> datetime | None:
    if date is None or date.startswith("--"):
        return None
    full = date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date
    found = datetime.fromisoformat(full)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def stated_date(text: str | None) -> str | None:
    """Return the partial ISO 8601 date that a feed or a sitemap states in any spelling."""
    return read_date(text) if text and len(text) <= _LONGEST_DATE else None
