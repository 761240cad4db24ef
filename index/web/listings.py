"""The entries of feeds and sitemaps: addresses with their facts, and which are the newest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from index.dates.partial_date import PartialDate, first_moment
from index.errors import FetchError

UNREADABLE = "\ufffd"  # stands for bytes that were no character


@dataclass(frozen=True, slots=True)
class Entry:
    """An article's address and what the feed or sitemap states about it; None if it does not.

    `content` is the article itself in HTML, if a feed contains it whole.
    """

    address: str
    headline: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: PartialDate | None = None
    updated: PartialDate | None = None
    language: str | None = None
    content: str | None = None

    @property
    def moment(self) -> datetime | None:
        """The first moment of the date that changes when the article does; None without a year."""
        known = self.updated or self.published
        return known.moment if known and known.has_year else None


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
    return sorted(
        entries, key=lambda entry: first_moment(entry.updated or entry.published), reverse=True
    )
