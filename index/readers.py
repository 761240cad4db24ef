"""Files → articles. Text is decoded once and kept as it is; a bad file is reported, not fatal."""

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from frontmatter.default_handlers import YAMLHandler

from index.datelines import Dateline, read_dateline
from index.dates import read_date
from index.errors import ArticleFormatError
from index.models import Article, Skipped, Span
from index.paragraphs import split_paragraphs
from index.sentences import split_sentences

_HEADLINE_CHARACTERS = 200
# The line break belongs to the mark, and nothing behind it: what follows is text.
_FRONT_MATTER_MARK = re.compile(r"^-{3,}[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # JSON can spell it, UTF-8 cannot


def iter_articles(paths: Iterable[Path]) -> Iterator[Article | Skipped]:
    """Yield what files and folders hold, in the order of the paths, folders sorted by name.

    A file or line that is not an article, or whose id came before, is yielded as `Skipped`.
    Files of unknown formats inside a folder are passed over; named directly, they are `Skipped`.
    """
    seen: dict[str, str] = {}
    for path, root in _iter_files(paths):
        for found in _iter_file(path, root):
            if isinstance(found, Article) and found.id in seen:
                yield Skipped(str(path), f"same id {found.id!r} as in {seen[found.id]}")
                continue
            if isinstance(found, Article):
                seen[found.id] = str(path)
            yield found


def _iter_files(paths: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    for path in paths:
        if path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.is_file())
            yield from ((file, path) for file in files if _reader(file) is not None)
        else:
            yield path, path.parent


def _iter_file(path: Path, root: Path) -> Iterator[Article | Skipped]:
    reader = _reader(path)
    if reader is None:
        known = ", ".join(_READERS)
        yield Skipped(str(path), f"unknown format {path.suffix or path.name!r}; known: {known}")
        return
    stem = path.relative_to(root).as_posix().removesuffix(_suffix(path))
    try:
        yield from reader(path, stem)
    except ArticleFormatError as error:
        yield Skipped(str(path), error.reason)
    except OSError as error:
        yield Skipped(str(path), error.strerror or str(error))


def read_text_file(path: Path, article_id: str) -> Iterator[Article]:
    """Read plain text: an optional headline line, an optional dateline, then the story."""
    text = _decode(path, path.read_bytes())
    yield _article(path, text, article_id, {})


def read_markdown_file(path: Path, article_id: str) -> Iterator[Article]:
    """Read text with optional YAML front matter; the text starts behind it."""
    text = _decode(path, path.read_bytes())
    fields: dict[str, Any] = {}
    handler = YAMLHandler(_FRONT_MATTER_MARK)
    if handler.detect(text):
        try:
            front, text = handler.split(text)
        except ValueError:
            raise ArticleFormatError(path, "front matter is not closed by a line ---") from None
        try:
            loaded = handler.load(front)
        except (yaml.YAMLError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise ArticleFormatError(path, f"front matter is not YAML: {reason}") from None
        if not isinstance(loaded, dict | None):
            raise ArticleFormatError(path, "front matter is not a list of `name: value` lines")
        fields = loaded or {}
    yield _article(path, text, article_id, fields)


def read_json_lines(path: Path, article_id: str) -> Iterator[Article | Skipped]:
    """Read one article a line; `article_id` stands in, with the line's number, for a missing id."""
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as lines:
        try:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _read_line(path, line, number, article_id)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            yield Skipped(str(path), f"damaged archive: {error}")


def _read_line(path: Path, line: bytes, number: int, stem: str) -> Article | Skipped:
    try:
        fields = json.loads(_decode(path, line))
    except (ValueError, RecursionError) as error:
        return Skipped(f"{path}:{number}", f"not JSON: {error}")
    except ArticleFormatError as error:
        return Skipped(f"{path}:{number}", error.reason)
    try:
        if not isinstance(fields, dict):
            raise ArticleFormatError(path, "expected an object with id, title, source, text")
        if not isinstance(fields.get("text"), str):
            raise ArticleFormatError(path, "no `text` field with the article's text")
        return _article(path, fields["text"], _field(fields, "id") or f"{stem}:{number}", fields)
    except ArticleFormatError as error:
        return Skipped(f"{path}:{number}", error.reason)


def _article(path: Path, text: str, article_id: str, fields: dict[str, Any]) -> Article:
    if any(_HALF_CHARACTER.search(each) for each in (text, *map(str, fields.values()))):
        raise ArticleFormatError(path, "half of a character (a lone surrogate) in it")
    paragraphs = split_paragraphs(text)
    if not paragraphs:
        raise ArticleFormatError(path, "no text")
    first = text[paragraphs[0].start : paragraphs[0].end]
    headline = _field(fields, "title", "headline")
    body = 0
    if headline is None and len(paragraphs) > 1 and _is_headline(first):
        headline, body = first.splitlines()[0].lstrip("# "), 1
    dateline = read_dateline(text, paragraphs[body].start)
    return Article(
        id=article_id,
        text=text,
        headline=headline or _first_sentence(text, paragraphs, dateline),
        headline_stands_in=headline is None,
        outlet=_field(fields, "outlet", "source") or (dateline.outlet if dateline else None),
        url=_address(_field(fields, "url")),
        published=read_date(fields.get("published")) or (dateline.published if dateline else None),
        place=dateline.place if dateline else None,
        language=_field(fields, "language"),
        author=_field(fields, "author"),
    )


def _first_sentence(text: str, paragraphs: list[Span], dateline: Dateline | None) -> str:
    """Return the first sentence behind the dateline; the dateline where nothing follows it."""
    start = dateline.end if dateline else 0
    story = next((each for each in paragraphs if each.end > start), paragraphs[0])
    opening = text[max(start, story.start) if story.end > start else story.start : story.end]
    span = split_sentences(opening)[0]
    return " ".join(opening[span.start : span.end].split())


def _is_headline(line: str) -> bool:
    if line.startswith("# "):
        return True
    is_short = len(line) <= _HEADLINE_CHARACTERS and not line.endswith(
        (".", "!", "?", ":", ";", ",", "”")
    )
    return is_short and read_dateline(line) is None


def _field(fields: dict[str, Any], *names: str) -> str | None:
    """Return the first of these fields that says something, on one line."""
    values = (fields.get(name) for name in names)
    words = (" ".join(str(value).split()) for value in values if value is not None)
    return next((text for text in words if text), None)


def _address(url: str | None) -> str | None:
    """Return an http(s) address; anything else is no address that a reader could open."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _decode(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 (byte {error.start}): save it as UTF-8"
        raise ArticleFormatError(path, reason) from None


_Reader = Callable[[Path, str], Iterator[Article | Skipped]]
_READERS: dict[str, _Reader] = {
    ".txt": read_text_file,
    ".md": read_markdown_file,
    ".jsonl": read_json_lines,
    ".jsonl.gz": read_json_lines,
}


def _suffix(path: Path) -> str:
    return path.name[-9:] if path.name.lower().endswith(".jsonl.gz") else path.suffix


def _reader(path: Path) -> _Reader | None:
    return _READERS.get(_suffix(path).lower())
