"""Articles → a folder of Markdown files, one each, and what is there already."""

import os
import re
from collections.abc import Iterator
from enum import StrEnum
from hashlib import sha256
from itertools import count
from pathlib import Path

import yaml
from slugify import slugify

from index.dates import read_date
from index.models import Article
from index.readers.folders import iter_articles
from index.readers.html_files import Page

_SLUG = 80  # characters; with date and mark far below the 255 bytes that file systems allow
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # names that Windows keeps for devices
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # no UTF-8 for it


class Kept(StrEnum):
    """What became of an article in the folder."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class ArticleFolder:
    """The articles of a folder by their address; the folder is made if it does not exist."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._paths: dict[str, Path] = {}
        for _, found in iter_articles([folder]):
            if isinstance(found, Article) and found.url:
                self._paths.setdefault(found.url, folder / f"{found.id}.md")

    def find(self, address: str) -> Path | None:
        """Return the file of the article with this address.

        It does not exist where the article stands in a file of another format: then it is not
        for us to change.
        """
        return self._paths.get(address)

    def add(self, page: Page, address: str) -> Path:
        """Write an article into a new file."""
        path = next(path for path in self._names(page, address) if not path.exists())
        write_atomically(path, _markdown(page, address))
        self._paths[address] = path
        return path

    def replace(self, path: Path, page: Page) -> Kept:
        """Put the page's text into the article's file, whose name and address stay."""
        if not path.exists():
            return Kept.UNCHANGED
        ((_, held),) = iter_articles([path])
        if not isinstance(held, Article) or held.url is None or held.text == _writable(page.text):
            return Kept.UNCHANGED
        write_atomically(path, _markdown(page, held.url))
        return Kept.CHANGED

    def _names(self, page: Page, address: str) -> Iterator[Path]:
        published = read_date(page.published) or "--"
        day = "" if published.startswith("--") else f"{published[:10]}-"
        slug = slugify((page.headline or page.text)[:300], max_length=_SLUG, word_boundary=True)
        if not slug or (_RESERVED.fullmatch(slug) and not day):
            slug = f"article-{slug}".rstrip("-")
        yield self.folder / f"{day}{slug}.md"
        mark = sha256(address.encode()).hexdigest()
        yield from (self.folder / f"{day}{slug}-{mark[:length]}.md" for length in count(8))


def write_atomically(path: Path, text: str) -> None:
    """Write a file as a whole or not at all; while it is written its name has no known suffix."""
    unfinished = path.with_name(f".{path.name}.tmp")
    try:
        with unfinished.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _markdown(page: Page, address: str) -> str:
    """Return front matter as `index/readers` reads it and, on the next line, the text."""
    fields = {
        "title": page.headline,
        "outlet": page.outlet,
        "author": page.author,
        "published": read_date(page.published),
        "url": address,
        "language": page.language,
    }
    lines = {name: " ".join(_writable(said).split()) for name, said in fields.items() if said}
    front = yaml.safe_dump(lines, allow_unicode=True, sort_keys=False, width=float("inf"))
    return f"---\n{front}---\n{_writable(page.text)}"


def _writable(text: str) -> str:
    return _HALF_CHARACTER.sub("\ufffd", text)
