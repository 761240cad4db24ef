"""What a page states of itself: JSON-LD, meta tags and marked-up elements → facts (pure).

Only what is stated counts. A date in a copyright line, a name made from the host or a Twitter
account is none of it, nor is a line with U+FFFD, which stands for characters that were lost.
What the names of the tags mean: https://ogp.me and https://schema.org.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from index.dates.partial_date import PartialDate
from index.dates.reading import read_date
from index.formats.addresses import is_front_page, web_address
from index.formats.json_ld import LinkedData, one_line, read_linked_data
from index.formats.page_parts import PageParts
from index.text.headlines import likeness

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
# A broken page may have more than one root; "//" would find the elements of all of them.
_AUTHORS = ".//*[@itemprop='author'] | .//a[@rel='author']"
_DAYS = ".//*[@itemprop='datePublished'] | .//time[@pubdate]"
_BYLINE = re.compile(r"^(by|автор:?|текст:?)\s+", re.IGNORECASE)
_SEPARATOR = r"\s+[-–—|·•:»/]\s+|\s*\|\s*"
_TIMES = "//time[@datetime]"
_CHANGED = re.compile(r"^(?!.*publish).*(?:updated|modified)", re.IGNORECASE)
_IN_RUNNING_TEXT = "ancestor::p[string-length(normalize-space(.)) > 120]"
_DATED_PATH = re.compile(r"/((?:19|20)\d\d/\d\d/\d\d)/")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says; None is unknown."""

    headline: str | None
    outlet: str | None
    author: str | None
    published: PartialDate | None
    address: str | None
    language: str | None


def read_facts(tree: HtmlElement, address: str | None = None) -> PageFacts:
    """Return what the page states of its article; `address` is where it was found, if known."""
    parts = PageParts(tree)
    meta = _read_meta(parts)
    headings = [line for each in tree.iter("h1") if (line := one_line(each.text_content()))]
    titles = [line for each in tree.iterfind(".//head/title") if (line := one_line(each.text))]
    found_at = _read_address(tree, meta["address"], address)
    linked = read_linked_data(
        [each for each in parts.own(".//script") if "ld+json" in (each.get("type") or "")],
        [*headings, *titles, *filter(None, [meta["headline"]])],
        [*filter(None, [found_at, meta["address"], address])],
    )
    outlet = meta["outlet"] or linked.names("publisher")
    author = linked.names("author") or meta["author"] or _marked_author(parts)
    stated = [linked.text("headline"), meta["headline"]]
    return PageFacts(
        headline=_read_headline(headings, titles, stated, outlet, found_at),
        outlet=outlet,
        author=_BYLINE.sub("", author) if author else None,
        published=next(_dates(parts, linked, meta["published"], found_at), None),
        address=found_at,
        language=one_line(tree.get("lang")) or meta["language"] or linked.text("inLanguage"),
    )


def _read_meta(parts: PageParts) -> dict[str, str | None]:
    stated: dict[str, str] = {}
    for element in parts.own(".//meta"):
        content = one_line(element.get("content"))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").lower()
            if name and content:
                stated.setdefault(name, content)
    found = {
        fact: [stated[name] for name in names.split() if name in stated]
        for fact, names in _META.items()
    }
    for fact in ("outlet", "author"):  # the address of a profile is no name
        found[fact] = [each for each in found[fact] if not each.startswith(("http", "@", "/"))]
    return {fact: next(iter(values), None) for fact, values in found.items()}


def _marked_author(parts: PageParts) -> str | None:
    for element in parts.beside_story(_AUTHORS)[:1]:
        inner = element.xpath(".//*[@itemprop='name']")
        return one_line((inner[0] if inner else element).text_content())
    return None


def _read_address(tree: HtmlElement, stated: str | None, address: str | None) -> str | None:
    """Return the address that the page states of itself, or else where it was found.

    A front page is no article's address: some sites state it on every page. Nor is a section if
    the page states an address in that section.
    """
    links: list[str] = tree.xpath(".//link[@rel='canonical']/@href")
    found = (web_address(link or "", address or stated or "") for link in (*links[:1], stated))
    own = [each for each in found if each and not is_front_page(each)]
    inside = (each for each in own[1:] if each.startswith(own[0].rstrip("/") + "/"))
    return next(inside, next(iter(own), web_address(address or "")))


def _dates(
    parts: PageParts, linked: LinkedData, stated: str | None, address: str | None
) -> Iterator[PartialDate]:
    """Yield the days of publication that the page states, the surest first."""
    values = [linked.text("datePublished"), stated]
    values += (
        each.get("content") or each.get("datetime") or each.text_content()
        for each in parts.beside_story(_DAYS)[:3]
    )
    for path in (".//article", ".//header"):
        values += _times(parts, f"{path}{_TIMES}")[:1]
    times = set(_times(parts, f".{_TIMES}"))
    values += times if len(times) == 1 else ()
    values += _DATED_PATH.findall(address or "")[:1]
    for value in values:
        known = read_date(one_line(value))
        if known:
            yield known


def _times(parts: PageParts, path: str) -> list[str]:
    """Return the moments of `time` elements, without those of changes and of what is reported."""
    found = (
        each for each in parts.beside_story(path) if not _CHANGED.search(each.get("class") or "")
    )
    return [each.get("datetime") for each in found if not each.xpath(_IN_RUNNING_TEXT)]


def _read_headline(
    headings: list[str],
    titles: list[str],
    stated: list[str | None],
    outlet: str | None,
    address: str | None,
) -> str | None:
    """Return the heading that readers see if the page states about the same, else as stated."""
    host = (urlsplit(address or "").hostname or "").removeprefix("www.")
    names = {name for name in (outlet, host, host.rpartition(".")[0]) if name}
    about = [line for line in (*stated, *titles[:1]) if line]
    seen = (each for each in headings if any(likeness(each, line) for line in about))
    candidates = (*seen, *filter(None, stated), *headings[:1], *about)
    return _without_site(candidates[0], names) if candidates else None


def _without_site(headline: str, names: set[str]) -> str:
    """Return the headline without " - Name of the site" after it."""
    known = "|".join(re.escape(name) for name in names)
    tail = re.search(rf"(?:{_SEPARATOR})(?:{known})$", headline, re.IGNORECASE) if known else None
    return headline[: tail.start()] if tail else headline
