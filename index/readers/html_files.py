"""An HTML page → its article. The text is what trafilatura takes out; the facts are as stated."""

import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import trafilatura
from trafilatura.xml import xmltotxt

from index.errors import ArticleFormatError
from index.models import Article
from index.readers.decoding import NotTextError, decode_page
from index.readers.fields import Fields, make_article
from index.readers.html_metadata import read_facts

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


def read_page_file(path: Path, article_id: str) -> Iterator[Article]:
    """Read the article of a page, without menus and comments, and what the page states of it."""
    try:
        page = read_page(decode_page(path.read_bytes()))
    except NotTextError as error:
        raise ArticleFormatError(path, str(error)) from None
    if page is None:
        raise ArticleFormatError(path, "no article text found in the page")
    if "\ufffd" in page.text:
        raise ArticleFormatError(path, "damaged characters in the article: save it as UTF-8")
    yield make_article(path, page.text, article_id, Fields(asdict(page)))
