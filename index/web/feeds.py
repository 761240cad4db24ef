"""RSS and Atom → entries, by feedparser (imported here only). Nothing is fetched here."""

import re
from html import unescape
from io import BytesIO

import feedparser
from feedparser import FeedParserDict

from index.dates.reading import read_date
from index.errors import FetchError
from index.web.listings import UNREADABLE, Entry, Listing

_TAG = re.compile(r"<[^<>]*>")
# Raised by feedparser on damaged feeds, as seen on altered copies of its own test files.
_DAMAGED = (AttributeError, AssertionError, LookupError, RecursionError, TypeError, ValueError)
_HTML = ("text/html", "application/xhtml+xml")


def read_feed(data: bytes, address: str) -> Listing | None:
    """Return what a feed in UTF-8 lists; None if the data are no feed.

    `address` is where they come from: links may be relative to it. Raises FetchError for a
    damaged feed.
    """
    headers = {"content-location": address, "content-type": "application/xml; charset=utf-8"}
    # As a stream: feedparser would open bytes that spell a file's name.
    try:
        found = feedparser.parse(BytesIO(data), response_headers=headers)
    except _DAMAGED as error:
        raise FetchError(address, f"a damaged feed ({type(error).__name__}: {error})") from None
    if not found.get("version") and not found.entries:
        return None
    return Listing(tuple(_entry(each, found) for each in found.entries if each.get("link")))


def _entry(entry: FeedParserDict, feed: FeedParserDict) -> Entry:
    # dict.get, since entry.get returns "published" if there is no "updated". feedparser's own
    # parsed dates are not used: it turns 31 February into a day of March.
    published, updated = (read_date(dict.get(entry, name)) for name in ("published", "updated"))
    if published is None and not feed.get("version", "").startswith("atom"):
        published = updated  # RSS 1.0 knows one date only, dc:date
    outlet = _text(entry.get("source", {}), "title") or _text(feed.feed, "title")
    return Entry(
        address=str(entry["link"]),
        headline=_text(entry, "title"),
        outlet=outlet,
        author=_text(entry, "author"),
        published=published,
        updated=updated,
        language=str(entry.get("language") or feed.feed.get("language") or "") or None,
        content=_content(entry),
    )


def _text(fields: FeedParserDict, name: str) -> str | None:
    """Return a field as plain text on one line; None if some of its characters were lost."""
    value = str(fields.get(name) or "")
    if fields.get(f"{name}_detail", {}).get("type") in _HTML:
        value = unescape(_TAG.sub("", value))
    return None if UNREADABLE in value else " ".join(value.split()) or None


def _content(entry: FeedParserDict) -> str | None:
    """Return the longest HTML that the feed gives as the entry's content, not as its summary."""
    found = (each for each in entry.get("content", ()) if each.get("type") in _HTML)
    return max((str(each.get("value") or "") for each in found), key=len, default="") or None
