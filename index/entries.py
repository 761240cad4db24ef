"""What feeds and sitemaps list: addresses with what is said of them, and which are the newest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """An article's address and what the feed or sitemap says of it; None is unsaid.

    Dates are partial ISO 8601 (`index/dates.py`). `content` is the article itself in HTML, where
    a feed carries it whole.
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
    def said(self) -> str | None:
        """The date that changes when the article does."""
        return self.updated or self.published


@dataclass(frozen=True, slots=True)
class Listing:
    """What one feed or sitemap holds, in its order; a sitemap index lists further sitemaps."""

    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries by date, those without one last, otherwise in their order."""
    oldest = datetime.min.replace(tzinfo=UTC)
    return sorted(entries, key=lambda entry: moment(entry.said) or oldest, reverse=True)


def moment(date: str | None) -> datetime | None:
    """Return the first moment of a partial ISO 8601 date, in UTC where it names no zone."""
    if date is None or date.startswith("--"):
        return None
    full = date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date
    found = datetime.fromisoformat(full)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
