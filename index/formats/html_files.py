"""An HTML page → its article: the text that readers see, and the facts as the page states them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from index.dates.partial_date import PartialDate
from index.errors import ArticleFormatError, NotTextError
from index.formats.decoding import decode_page
from index.formats.fields import Fields
from index.formats.html_metadata import read_facts
from index.formats.html_text import extract_text, parse_html
from index.formats.inline_markup import write_out_marks
from index.formats.lines import read_bytes
from index.formats.make_article import make_article
from index.formats.walls import drop_consent_boxes, is_notice, strip_walls
from index.models import Article


@dataclass(frozen=True, slots=True)
class Page:
    """An article's text as extracted, and what the page states of it; None is unknown.

    `language` is as stated ("en-US").
    """

    text: str
    headline: str | None
    outlet: str | None
    author: str | None
    published: PartialDate | None
    url: str | None
    language: str | None


class _NoArticleError(Exception):
    """The page holds no article text; the message says what was found."""


def read_page(html: str, address: str | None = None) -> Page | None:
    """Return the page's article, or None if it holds no article text that could be found.

    `address` is where the page was found; a canonical link in the page goes before it.
    """
    try:
        return _read_page(html, address)
    except _NoArticleError:
        return None


def read_page_file(path: Path, article_id: str) -> Iterator[Article]:
    """Read the article of a page, without menus and comments, and what the page states of it."""
    try:
        page = _read_page(decode_page(read_bytes(path)), None)
    except (NotTextError, _NoArticleError) as error:
        raise ArticleFormatError(path, str(error)) from None
    headline = page.headline or page.text.partition("\n")[0]
    if is_notice(headline, page.text):
        raise ArticleFormatError(path, f"no article, but a notice: “{headline}”")
    if "\ufffd" in page.text:
        raise ArticleFormatError(path, "damaged characters in the article: save it as UTF-8")
    values = {each.name: getattr(page, each.name) for each in fields(page)}
    yield make_article(path, page.text, article_id, Fields(values, has_markup=False))


def _read_page(html: str, address: str | None) -> Page:
    tree = parse_html(html)
    if tree is None:
        raise _NoArticleError("no article text found in the page")
    write_out_marks(tree, tree.get("lang"))
    facts = read_facts(tree, address)
    drop_consent_boxes(tree)
    whole = extract_text(tree)
    if not whole:
        raise _NoArticleError("no article text found in the page")
    text = strip_walls(whole)
    if not text:
        raise _NoArticleError("a notice in place of the article (cookies, a robot check)")
    if text == whole and " ".join(text.split()) == facts.headline:
        raise _NoArticleError("no article text found in the page, only a heading")
    if text != whole and text in (facts.headline, ""):
        raise _NoArticleError("a paywall after the article's opening")
    return Page(
        text=text,
        headline=facts.headline,
        outlet=facts.outlet,
        author=facts.author,
        published=facts.published,
        url=facts.address,
        language=facts.language,
    )
