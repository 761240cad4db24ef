"""An HTML page → its article. The text is what trafilatura takes out; the facts are as stated."""

import logging
from dataclasses import dataclass

import trafilatura
from trafilatura.xml import xmltotxt

from index.page_facts import read_facts

# It warns of each page without an article, which is a plain None here.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_MOST_ELEMENTS = 100_000  # a hundred times as many as a news page has; they take a second


@dataclass(frozen=True, slots=True)
class Page:
    """An article's text as extracted, and what the page states of it; None is unknown.

    `published` is a partial ISO 8601 date as in `Article`; `language` is as stated ("en-US").
    """

    text: str
    headline: str | None
    outlet: str | None
    author: str | None
    published: str | None
    url: str | None
    language: str | None


def read_page(html: str, address: str | None = None) -> Page | None:
    """Return the page's article, or None where it holds no article text that could be found.

    `address` is where the page was found; a canonical link in the page goes before it.
    """
    tree = trafilatura.load_html(html)
    if tree is None or sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        return None
    found = trafilatura.bare_extraction(
        tree, favor_precision=True, include_comments=False, with_metadata=False
    )
    if found is None:
        return None
    # An item or a cell is a line of its own, without marks that the page does not show.
    for element in found.body.iter("item", "cell"):
        element.tag = "p"
    text = xmltotxt(found.body, include_formatting=False)
    if not text.strip():
        return None
    facts = read_facts(tree, address)
    return Page(
        text=text,
        headline=facts.headline,
        outlet=facts.outlet,
        author=facts.author,
        published=facts.published,
        url=facts.address,
        language=facts.language,
    )
