"""HTML pages → the article's text and what the page says of it, by trafilatura."""

from dataclasses import dataclass

from trafilatura import bare_extraction
from trafilatura.settings import Document


@dataclass(frozen=True, slots=True)
class Page:
    """An article as its page gives it; None is what the page does not say."""

    text: str
    headline: str | None
    outlet: str | None
    author: str | None
    published: str | None
    url: str | None
    language: str | None


def read_page(html: str, address: str | None = None) -> Page | None:
    """Return the article of a page; None where there is none."""
    found = bare_extraction(html, url=address, with_metadata=True, include_comments=False)
    if not isinstance(found, Document) or not found.text:
        return None
    return Page(
        text=found.text,
        headline=found.title,
        outlet=found.sitename,
        author=found.author,
        published=found.date,
        url=found.url,
        language=found.language,
    )
