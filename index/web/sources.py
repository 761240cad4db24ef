"""Tell by its bytes whether a download is a feed, a sitemap or a page, and read the first two."""

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from io import BytesIO

from yarl import URL

from index.errors import FetchError
from index.web.addresses import read_address
from index.web.feeds import read_feed
from index.web.listings import Entry, Listing
from index.web.sitemaps import ROOTS, read_sitemap
from index.web.xml_text import as_utf8

PAGE_BYTES = 5_000_000
SITEMAP_BYTES = 50_000_000  # unpacked; the protocol's bound is 50 MiB
_GZIP = b"\x1f\x8b"
_OPENING = 8192  # bytes, in which the first element is looked for
# Declarations and comments, then the first element. Possessive quantifiers: no backtracking.
_ROOT = re.compile(
    rb"(?:\s++|<\?(?>.*?\?>)|<!--(?>.*?-->)|<!(?>[^>\[]*(?:\[.*?\])?[^>]*>))*+<(?:[\w.-]+:)?([\w.-]+)",
    re.DOTALL,
)


def read_source(data: bytes, address: str, content_type: str = "") -> Listing | None:
    """Return what a feed or a sitemap lists, by full addresses; None if the data are a page.

    Raises FetchError if they are none of the three, or too large.
    """
    if data.startswith(_GZIP):
        data = _unpack(data, address)
    root = _root(data)
    charset = stated_charset(content_type)
    if root in ROOTS:
        return _with_addresses(read_sitemap(as_utf8(data, charset), address), URL(address))
    check_page(data, address, content_type)
    feed = None if root == "html" else read_feed(as_utf8(data, charset), address)
    return _with_addresses(feed, URL(address)) if feed else None


def stated_charset(content_type: str) -> str | None:
    """Return the encoding that a Content-Type header names."""
    message = Message()
    message["Content-Type"] = content_type
    return message.get_content_charset()


def check_page(data: bytes, address: str, content_type: str = "") -> None:
    """Raise FetchError if the data cannot be an HTML page (or XML), or are too large for one."""
    if not _opening(data).startswith(b"<"):
        kind = content_type.partition(";")[0] or "no Content-Type"
        raise FetchError(address, f"neither a feed, a sitemap nor an HTML page ({kind})")
    if len(data) > PAGE_BYTES:
        raise FetchError(address, f"larger than {PAGE_BYTES / 1e6:g} MB")


def _with_addresses(listing: Listing, base: URL) -> Listing:
    refused: list[FetchError] = []

    def checked(entries: tuple[Entry, ...]) -> Iterator[Entry]:
        for entry in entries:
            try:
                yield replace(entry, address=str(read_address(entry.address, base)))
            except FetchError as error:
                refused.append(error)

    entries, sitemaps = tuple(checked(listing.entries)), tuple(checked(listing.sitemaps))
    return Listing(entries, sitemaps, tuple(refused))


def _opening(data: bytes) -> bytes:
    # Without the zeros of UTF-16 and UTF-32, in which markup looks like ASCII.
    return data[:_OPENING].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n\f")


def _root(data: bytes) -> str:
    match = _ROOT.match(_opening(data))
    return match[1].decode().lower() if match else ""


def _unpack(data: bytes, address: str) -> bytes:
    try:
        with gzip.open(BytesIO(data)) as packed:
            unpacked = packed.read(SITEMAP_BYTES + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise FetchError(address, f"a damaged archive: {error}") from None
    if len(unpacked) > SITEMAP_BYTES:
        raise FetchError(address, f"larger than {SITEMAP_BYTES / 1e6:g} MB unpacked")
    return unpacked
