"""The JSON-LD of a page → what it says of the article (pure). See https://schema.org/NewsArticle."""

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(Article|BlogPosting|Report)$")


def one_line(value: object) -> str | None:
    """Return a text on one line, its character references read.

    None where there is none, or where characters of it were lost.
    """
    if not isinstance(value, str) or "\ufffd" in value:
        return None
    return " ".join(unescape(value).split()) or None


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The object that describes the article, and the objects with a name by their `@id`."""

    article: dict[str, Any]
    named: dict[str, dict[str, Any]]

    def text(self, field: str) -> str | None:
        """Return what a field of the article says on one line."""
        return one_line(self.article.get(field))

    def names(self, field: str) -> str | None:
        """Return the names of its persons or organisations, joined by a comma."""
        value = self.article.get(field)
        names = (self._name(each) for each in (value if isinstance(value, list) else [value]))
        return ", ".join(dict.fromkeys(filter(None, names))) or None

    def _name(self, found: object) -> str | None:
        if isinstance(found, dict):
            # It may only point to the object that has the name.
            found = self.named.get(str(found.get("@id")), found).get("name")
        name = one_line(found)
        return None if name and name.startswith("http") else name


def read_linked_data(tree: HtmlElement) -> LinkedData:
    """Return the first article of the page's JSON-LD; outer objects come before inner ones."""
    objects: list[dict[str, Any]] = []
    level = _scripts(tree)
    while level:
        objects += (each for each in level if isinstance(each, dict))
        level = [inner for each in level for inner in _inside(each)]
    article: dict[str, Any] = next((each for each in objects if _is_article(each)), {})
    named = {each["@id"]: each for each in objects if "name" in each and _has_id(each)}
    return LinkedData(article, named)


def _scripts(tree: HtmlElement) -> list[object]:
    found: list[object] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                found.append(json.loads(script.text or "", strict=False))
            except (ValueError, RecursionError):
                continue  # broken JSON-LD is common; the page may state the same elsewhere
    return found


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
