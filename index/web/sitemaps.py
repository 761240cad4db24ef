"""Sitemaps and news sitemaps → entries (https://www.sitemaps.org/protocol.html), by lxml."""

from io import BytesIO

from lxml import etree

from index.dates.reading import read_date
from index.errors import FetchError
from index.web.listings import UNREADABLE, Entry, Listing

ROOTS = ("urlset", "sitemapindex")
MAX_ENTRIES = 50_000  # the protocol's own bound
MAX_ELEMENTS = 500_000  # ten per entry; limits the memory that a hostile file takes


def read_sitemap(data: bytes, address: str) -> Listing:
    """Return what a sitemap lists, up to the two bounds; damaged places are skipped.

    Entities are not expanded and nothing is loaded. Raises FetchError if nothing can be read.
    """
    elements = etree.iterparse(
        BytesIO(data),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
    )
    entries: list[Entry] = []
    sitemaps: list[Entry] = []
    for count, (_, element) in enumerate(elements, 1):
        if _is_listed(element):
            if entry := _entry(element):
                (sitemaps if _name(element) == "sitemap" else entries).append(entry)
            _forget(element)
        if count == MAX_ELEMENTS or len(entries) + len(sitemaps) == MAX_ENTRIES:
            break
    if elements.error_log and not entries and not sitemaps:
        raise FetchError(address, f"a damaged sitemap: {elements.error_log[0].message}")
    return Listing(tuple(entries), tuple(sitemaps))


def _is_listed(element: etree._Element) -> bool:
    """Tell whether the element stands right under the root."""
    parent = element.getparent()
    return parent is not None and parent.getparent() is None


def _entry(element: etree._Element) -> Entry | None:
    fields = {_name(each): each for each in element}
    news = {_name(each): each for each in fields.get("news", ())}
    publication = {_name(each): each for each in news.get("publication", ())}
    address = _text(fields.get("loc"))
    if not address or _name(element) not in ("url", "sitemap"):
        return None
    return Entry(
        address=address,
        headline=_readable(news.get("title")),
        outlet=_readable(publication.get("name")),
        published=read_date(_text(news.get("publication_date"))),
        updated=read_date(_text(fields.get("lastmod"))),
        language=_text(publication.get("language")),
    )


def _name(element: etree._Element) -> str:
    # An entity that was not expanded is a child whose tag is no string.
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: etree._Element | None) -> str | None:
    if element is None or len(element):
        return None  # it contains an entity, which is not expanded
    return " ".join((element.text or "").split()) or None


def _readable(element: etree._Element | None) -> str | None:
    text = _text(element)
    return None if text and UNREADABLE in text else text


def _forget(element: etree._Element) -> None:
    """Free what has been read, so that 50 MB of XML take no more memory than one entry."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
