"""The JSON-LD of a page → what it says of the page's article (pure).

See https://schema.org/NewsArticle. Pages describe other articles too: those that they list, mention
or advertise.
"""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from index.text.headlines import likeness

_ARTICLE = re.compile(r"(Article|BlogPosting|Report)$")
# Where the article of a page stands. What is below other names ("itemListElement", "hasPart",
# "citation", "liveBlogUpdate") is another one.
_OWN = ("@graph", "mainEntity", "mainEntityOfPage")


def one_line(value: object) -> str | None:
    """Return a text on one line, its character references read.

    None if there is none, or if characters of it were lost.
    """
    if not isinstance(value, str) or "\ufffd" in value:
        return None
    return " ".join(unescape(value).split()) or None


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The object that describes the article, and the objects with a name by their `@id`."""

    article: dict[str, Any] = field(default_factory=dict)
    named: dict[str, dict[str, Any]] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """Return what a field of the article says on one line."""
        return one_line(self.article.get(name))

    def names(self, name: str) -> str | None:
        """Return the names of its persons or organisations, joined by a comma."""
        value = self.article.get(name)
        names = (self._name(each) for each in (value if isinstance(value, list) else [value]))
        return ", ".join(dict.fromkeys(filter(None, names))) or None

    def _name(self, found: object) -> str | None:
        if isinstance(found, dict):
            # It may only point to the object that has the name.
            found = self.named.get(str(found.get("@id")), found).get("name")
        name = one_line(found)
        return None if name and name.startswith("http") else name


def read_linked_data(
    scripts: Collection[HtmlElement], titles: Collection[str], addresses: Collection[str]
) -> LinkedData:
    """Return the JSON-LD of the page's own article.

    `titles` are the page's headings and titles, `addresses` those that it states of itself. An
    article with another headline and another address is not the page's; of several that may be
    the page's none is taken, unless one headline decides.
    """
    loaded = _load(scripts)
    named = {each["@id"]: each for each in _all_objects(loaded) if "name" in each and _has_id(each)}
    articles = [each for each in _own_objects(loaded) if _is_article(each)]
    likenesses = [_likeness(each, titles, addresses) for each in articles]
    if (best := max(likenesses, default=0.0)) > 0:
        return LinkedData(articles[likenesses.index(best)], named)
    sole = articles[0] if len(articles) == 1 else {}
    says_other = (_headline(sole) and titles) or _url(sole)
    return LinkedData({} if says_other else sole, named)


def _load(scripts: Collection[HtmlElement]) -> list[object]:
    found: list[object] = []
    for script in scripts:
        try:
            found.append(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common; the page may state the same elsewhere
    return found


def _own_objects(loaded: list[object]) -> list[dict[str, Any]]:
    """Return the objects that may describe the page, outer ones before inner ones."""
    objects: list[dict[str, Any]] = []
    level = loaded
    while level:
        flat = [each for one in level for each in (one if isinstance(one, list) else [one])]
        found = [each for each in flat if isinstance(each, dict)]
        objects += found
        level = [each[name] for each in found for name in _OWN if name in each]
    return objects


def _all_objects(loaded: list[object]) -> list[dict[str, Any]]:
    objects: list[dict[str, Any]] = []
    level = loaded
    while level:
        objects += (each for each in level if isinstance(each, dict))
        level = [inner for each in level for inner in _inside(each)]
    return objects


def _inside(found: object) -> list[object]:
    if isinstance(found, dict):
        return list(found.values())
    return found if isinstance(found, list) else []


def _has_id(found: dict[str, Any]) -> bool:
    return isinstance(found.get("@id"), str)


def _is_article(found: dict[str, Any]) -> bool:
    kinds = found.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds)


def _likeness(found: dict[str, Any], titles: Collection[str], addresses: Collection[str]) -> float:
    """Return how surely an article is the page's: 2 by its address, up to 1 by its headline."""
    headline, url = _headline(found) or "", _url(found)
    if url and url in {_bare(each) for each in addresses}:
        return 2.0
    return max((likeness(headline, title) for title in titles), default=0.0)


def _headline(found: dict[str, Any]) -> str | None:
    return one_line(found.get("headline")) or one_line(found.get("name"))


def _url(found: dict[str, Any]) -> str | None:
    """Return the address of the page that an object is about, without what spellings differ in."""
    page = found.get("mainEntityOfPage")
    page = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    for value in (page, found.get("url")):
        if isinstance(value, str) and value.startswith("http") and (bare := _bare(value)):
            return bare
    return None


def _bare(address: str) -> str:
    """Return host and path; nothing for a front page, which is no article's address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"{(parts.hostname or '').removeprefix('www.')}{path}?{parts.query}" if path else ""
