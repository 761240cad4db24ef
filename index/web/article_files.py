"""A folder of Markdown files, one for each article: find, add and replace them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from slugify import slugify

from index.dates.partial_date import Precision
from index.errors import FetchError
from index.files import write_atomically
from index.formats.folders import iter_articles
from index.formats.html_files import Page
from index.models import Article, Skipped
from index.text.surrogates import LONE_SURROGATE

_SLUG = 80  # characters; with date and suffix far below the 255 bytes of file systems
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # names that Windows keeps for devices


class Kept(StrEnum):
    """What became of an article in the folder."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class _Stored:
    """An article of the folder; `own_file` is the Markdown file that holds it and nothing else."""

    headline: str
    own_file: Path | None


class ArticleFolder:
    """The articles of a folder by their address; the folder is made if it does not exist."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._articles: dict[str, _Stored] = {}
        for path, found in iter_articles([folder]):
            if isinstance(found, Article) and found.url:
                # Never a path made from the id: ids are anybody's words, "../outside" among them.
                own_file = path if path.suffix.lower() == ".md" else None
                self._articles.setdefault(found.url, _Stored(found.headline, own_file))

    def __contains__(self, address: str) -> bool:
        return address in self._articles

    def own_file(self, address: str) -> Path | None:
        """Return the file that holds the article with this address and nothing else.

        None if there is no such article, or if it is in a file of another format, which was not
        written by a fetch and is not changed.
        """
        stored = self._articles.get(address)
        return stored.own_file if stored else None

    def has_other_article(self, address: str, page: Page) -> bool:
        """Tell whether an article with another headline is stored under this address."""
        stored = self._articles.get(address)
        return bool(stored and page.headline and stored.headline != _one_line(page.headline))

    def add(self, page: Page, address: str) -> Path:
        """Write an article into a new file. Raises FetchError if a build would not read it."""
        text = _readable_markdown(page, address)
        path = next(path for path in self._names(page, address) if not path.exists())
        write_atomically(path, text)
        self._articles[address] = _Stored(_one_line(page.headline or ""), path)
        return path

    def replace(self, address: str, page: Page) -> Kept:
        """Put the page's text into the article's own file, whose name and address stay.

        Raises FetchError if a build would not read it, and leaves the file alone.
        """
        path = self.own_file(address)
        if path is None or not path.exists():
            return Kept.UNCHANGED
        ((_, stored),) = iter_articles([path])
        if not isinstance(stored, Article) or stored.url != address:
            return Kept.UNCHANGED  # the file holds something else by now
        if stored.text == _writable(page.text):
            return Kept.UNCHANGED
        write_atomically(path, _readable_markdown(page, address))
        return Kept.CHANGED

    def _names(self, page: Page, address: str) -> Iterator[Path]:
        known = page.published
        day = f"{known.up_to(Precision.DAY)}-" if known and known.has_year else ""
        slug = slugify((page.headline or page.text)[:300], max_length=_SLUG, word_boundary=True)
        if not slug or (_RESERVED.fullmatch(slug) and not day):
            slug = f"article-{slug}".rstrip("-")
        yield self.folder / f"{day}{slug}.md"
        mark = sha256(address.encode()).hexdigest()
        yield from (self.folder / f"{day}{slug}-{mark[:length]}.md" for length in count(8))


def _readable_markdown(page: Page, address: str) -> str:
    """Return the article's file, of which a build would not say that it is cut off, for example.

    A file that a build skips would be fetched again every time, as if it were not there.
    """
    text = _markdown(page, address)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "article.md"
        path.write_bytes(text.encode())
        for _, found in iter_articles([path]):
            if isinstance(found, Skipped):
                raise FetchError(address, found.reason)
    return text


def _markdown(page: Page, address: str) -> str:
    """Return front matter as `index/formats` reads it and, on the next line, the text."""
    fields = {
        "title": page.headline,
        "outlet": page.outlet,
        "author": page.author,
        "published": str(page.published) if page.published else None,
        "url": address,
        "language": page.language,
    }
    lines = {name: _one_line(value) for name, value in fields.items() if value}
    front = yaml.safe_dump(lines, allow_unicode=True, sort_keys=False, width=float("inf"))
    return f"---\n{front}---\n{_writable(page.text)}"


def _one_line(text: str) -> str:
    return " ".join(_writable(text).split())


def _writable(text: str) -> str:
    return LONE_SURROGATE.sub("\ufffd", text)
