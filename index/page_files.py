"""Saved HTML pages → articles."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from index.decoding import NotTextError, decode_page
from index.errors import ArticleFormatError
from index.fields import Fields, make_article
from index.models import Article
from index.pages import read_page


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
