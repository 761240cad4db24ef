"""Make an Article of the fields of a file, a line or a row; one table of names for all formats."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from index.dates.partial_date import PartialDate
from index.dates.reading import read_date
from index.errors import ArticleFormatError
from index.models import Article, Span
from index.readers.addresses import web_address
from index.readers.datelines import Dateline, read_dateline
from index.readers.decoding import LONE_SURROGATE
from index.readers.languages import find_language
from index.text.paragraphs import split_paragraphs
from index.text.sentences import split_sentences

# The names of each field; the first one with a value counts. `docs/articles.md` has the same table.
# Capitals, spaces, hyphens and underscores in a field's name make no difference.
NAMES = {
    "id": ("id",),
    "headline": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher"),
    "url": ("url", "link", "address", "canonical"),
    "published": ("published", "date", "pubDate", "publishedAt", "datePublished"),
    "language": ("language", "lang"),
    "author": ("author", "authors", "byline"),
    "text": ("text", "body", "content"),
}
_HEADLINE_CHARACTERS = 200


class Fields:
    """The fields of a file, a line or a row, by the names in the table above."""

    def __init__(self, given: Mapping[str, object]) -> None:
        known: dict[str, object] = {}
        for name, value in given.items():
            known.setdefault(_key(str(name)), value)
        self._given = {
            field: [known[_key(name)] for name in names if _key(name) in known]
            for field, names in NAMES.items()
        }

    def line(self, field: str) -> str | None:
        """Return the first value of the field on one line, or None."""
        return next(self._lines(field), None)

    def address(self) -> str | None:
        """Return the first http(s) address, or None."""
        return next(filter(None, map(web_address, self._lines("url"))), None)

    def published(self) -> PartialDate | None:
        """Return the first date that can be parsed, or None."""
        dates = (read_date(value) for value in self._given["published"])
        return next((known for known in dates if known), None)

    def text(self) -> str | None:
        """Return the first text that is not blank, unchanged; None if there is no text field."""
        texts = [each for each in self._given["text"] if isinstance(each, str)]
        return next((each for each in texts if each.strip()), texts[0] if texts else None)

    def _lines(self, field: str) -> Iterator[str]:
        words = (" ".join(_spell(value).split()) for value in self._given[field])
        return (each for each in words if each)


def names_text(names: Iterable[str]) -> bool:
    """Tell whether one of these is the name of a text field."""
    known = {_key(name) for name in NAMES["text"]}
    return any(_key(name) in known for name in names)


def make_article(path: Path, text: str, article_id: str, fields: Fields) -> Article:
    """Return the article; what no field states is read from the text, or is unknown.

    Raises ArticleFormatError if there is no text, or a lone surrogate in any field.
    """
    lines = {field: fields.line(field) for field in ("headline", "outlet", "author", "language")}
    url = fields.address()
    said = (article_id, text, url, *lines.values())
    if any(LONE_SURROGATE.search(each or "") for each in said):
        raise ArticleFormatError(path, "half of a character (a lone surrogate) in it")
    paragraphs = split_paragraphs(text)
    if not paragraphs:
        raise ArticleFormatError(path, "no text")
    first = text[paragraphs[0].start : paragraphs[0].end].splitlines()[0]
    headline = lines["headline"]
    has_story = len(paragraphs) > 1
    body = int(has_story and headline is not None and first.lstrip("# ") == headline)
    if headline is None and has_story and _is_headline(text, paragraphs[0]):
        headline, body = first.lstrip("# "), 1
    dateline = read_dateline(text, paragraphs[body].start)
    return Article(
        id=article_id,
        text=text,
        headline=headline or _first_sentence(text, paragraphs, dateline),
        headline_stands_in=headline is None,
        outlet=lines["outlet"] or (dateline.outlet if dateline else None),
        url=url,
        published=fields.published() or (dateline.published if dateline else None),
        place=dateline.place if dateline else None,
        language=find_language(text, lines["language"]),
        author=lines["author"],
    )


def _key(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).casefold()


def _spell(value: object) -> str:
    """Return a value as text: a list joined by commas, the name of an object."""
    if isinstance(value, Mapping):
        return _spell(value.get("name"))
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_spell, value)))
    return "" if value is None else str(value)


def _first_sentence(text: str, paragraphs: list[Span], dateline: Dateline | None) -> str:
    """Return the first sentence after the dateline, or the dateline if nothing follows it."""
    start = dateline.end if dateline else 0
    story = next((each for each in paragraphs if each.end > start), paragraphs[0])
    opening = text[max(start, story.start) if story.end > start else story.start : story.end]
    span = split_sentences(opening)[0]
    return " ".join(opening[span.start : span.end].split())


def _is_headline(text: str, paragraph: Span) -> bool:
    line = text[paragraph.start : paragraph.end]
    if line.startswith("# "):
        return True
    is_short = len(line) <= _HEADLINE_CHARACTERS and not line.endswith(
        (".", "!", "?", ":", ";", ",", "”")
    )
    return is_short and read_dateline(line) is None
