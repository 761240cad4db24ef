"""What a page states of itself: JSON-LD, meta tags and marked-up elements → facts (pure).

Only what is stated counts. A date in a copyright line, a name made from the host or a Twitter
account is none of it, nor is a line with U+FFFD, which stands for characters that were lost.
What the names of the tags mean: https://ogp.me and https://schema.org.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from index.dates import read_date
from index.readers.json_ld import LinkedData, one_line, read_linked_data

_META = {
    "headline": "og:title twitter:title dc.title title",
    "outlet": "og:site_name publisher dc.publisher dcterms.publisher article_publication_name",
    "author": "author article:author byl sailthru.author parsely-author dc.creator article_author",
    "published": (
        "article:published_time article:published og:published_time og:article:published_time "
        "datepublished parsely-pub-date sailthru.date pubdate pub_date publishdate "
        "article_date_original article.published dc.date.issued dcterms.date dc.date date"
    ),
    "language": "og:locale content-language dc.language language",
    "address": "og:url",
}
_NO_COMMENT = (
    "[not(ancestor::*[contains(@itemtype, 'Comment') or contains(@itemprop, 'comment')"
    " or contains(@class, 'comment') or contains(@id, 'comment')])]"
)
_AUTHORS = f"//*[@itemprop='author']{_NO_COMMENT} | //a[@rel='author']{_NO_COMMENT}"
_DAYS = f"//*[@itemprop='datePublished']{_NO_COMMENT} | //time[@pubdate]{_NO_COMMENT}"
_BYLINE = re.compile(r"^(by|автор:?|текст:?)\s+", re.IGNORECASE)
_SEPARATOR = r"\s+[-–—|·•:»/]\s+|\s*\|\s*"
_NO_DATE = re.compile(r"0|1970-01-01T00:00")  # what a program writes that knows none
_DATED_PATH = re.compile(r"/((?:19|20)\d\d/\d\d/\d\d)/")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says; None is unknown. `published` is a partial ISO 8601 date."""

    headline: str | None
    outlet: str | None
    author: str | None
    published: str | None
    address: str | None
    language: str | None


def read_facts(tree: HtmlElement, address: str | None = None) -> PageFacts:
    """Return what the page states; `address` is where it was found, if that is known."""
    linked, meta = read_linked_data(tree), _read_meta(tree)
    outlet = meta["outlet"] or linked.names("publisher")
    author = linked.names("author") or meta["author"] or _marked_author(tree)
    stated = [linked.text("headline"), meta["headline"]]
    found_at = _read_address(tree, meta["address"], address)
    return PageFacts(
        headline=_read_headline(tree, stated, outlet, found_at),
        outlet=outlet,
        author=_BYLINE.sub("", author) if author else None,
        published=next(_dates(tree, linked, meta["published"], found_at), None),
        address=found_at,
        language=one_line(tree.get("lang")) or meta["language"] or linked.text("inLanguage"),
    )


def _read_meta(tree: HtmlElement) -> dict[str, str | None]:
    said: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = one_line(element.get("content"))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").lower()
            if name and content:
                said.setdefault(name, content)
    found = {
        fact: [said[name] for name in names.split() if name in said]
        for fact, names in _META.items()
    }
    for fact in ("outlet", "author"):  # the address of a profile is no name
        found[fact] = [each for each in found[fact] if not each.startswith(("http", "@", "/"))]
    return {fact: next(iter(values), None) for fact, values in found.items()}


def _marked_author(tree: HtmlElement) -> str | None:
    for element in tree.xpath(_AUTHORS)[:1]:
        inner = element.xpath(".//*[@itemprop='name']")
        return one_line((inner[0] if inner else element).text_content())
    return None


def _read_address(tree: HtmlElement, stated: str | None, address: str | None) -> str | None:
    links: list[str] = tree.xpath("//link[@rel='canonical']/@href")
    for link in (*links[:1], stated, address):
        try:
            whole = urljoin(address or stated or "", (link or "").strip())
            parts = urlsplit(whole)
        except ValueError:
            continue
        if link and parts.scheme in ("http", "https") and parts.hostname:
            return whole
    return None


def _dates(
    tree: HtmlElement, linked: LinkedData, stated: str | None, address: str | None
) -> Iterator[str]:
    """Yield the days of publication that the page states, the surest first."""
    values = [linked.text("datePublished"), stated]
    values += (
        each.get("content") or each.get("datetime") or each.text_content()
        for each in tree.xpath(_DAYS)[:3]
    )
    for path in ("//article//time/@datetime", "//header//time/@datetime"):
        values += tree.xpath(path)[:1]
    times = set(tree.xpath("//time/@datetime"))
    values += times if len(times) == 1 else ()
    values += _DATED_PATH.findall(address or "")[:1]
    for value in values:
        known = read_date(one_line(value))
        if known and not _NO_DATE.match(known):
            yield known


def _read_headline(
    tree: HtmlElement, stated: list[str | None], outlet: str | None, address: str | None
) -> str | None:
    """Return the heading that readers see where the page states about the same, else as stated."""
    headings = [line for each in tree.iter("h1") if (line := one_line(each.text_content()))]
    titles = [one_line(each.text_content()) for each in tree.iterfind(".//head/title")]
    host = (urlsplit(address or "").hostname or "").removeprefix("www.")
    names = {name for name in (outlet, host, host.rpartition(".")[0]) if name}
    about = [line for line in (*stated, *titles[:1]) if line]
    seen = (each for each in headings if any(_is_alike(each, line) for line in about))
    spoken = (*seen, *filter(None, stated), *headings[:1], *about)
    return _without_site(spoken[0], names) if spoken else None


def _is_alike(one: str, other: str) -> bool:
    words, others = (set(re.findall(r"\w+", each.casefold())) for each in (one, other))
    return len(words & others) * 2 >= len(words | others) > 0


def _without_site(headline: str, names: set[str]) -> str:
    """Return the headline without " - Name of the site" behind it."""
    known = "|".join(re.escape(name) for name in names)
    tail = re.search(rf"(?:{_SEPARATOR})(?:{known})$", headline, re.IGNORECASE) if known else None
    return headline[: tail.start()] if tail else headline
