"""JSON and JSON Lines files → articles."""

import json
from collections.abc import Iterator
from pathlib import Path

from index.errors import ArticleFormatError, NotTextError
from index.models import Article, Skipped
from index.readers.fields import Fields, make_article
from index.readers.lines import DAMAGED, is_damaged, iter_lines
from index.readers.text_files import read_text

_SHOWN_NAMES = 8


def read_json_file(path: Path, article_id: str) -> Iterator[Article | Skipped]:
    """Read one object as an article, or a list of them, numbered from 1 where they have no id."""
    found = _load(path, read_text(path))
    if not isinstance(found, list):
        yield _read_object(path, found, article_id)
        return
    for number, each in enumerate(found, 1):
        try:
            yield _read_object(path, each, f"{article_id}:{number}")
        except ArticleFormatError as error:
            yield Skipped(f"{path}[{number}]", error.reason)


def read_json_lines(path: Path, article_id: str) -> Iterator[Article | Skipped]:
    """Read one article a line; `article_id` stands in, with the line's number, for a missing id."""
    try:
        for number, line in enumerate(iter_lines(path, "\n"), 1):
            if line.strip():
                yield _read_line(path, line, number, article_id)
    except NotTextError as error:
        yield Skipped(str(path), str(error))
    except DAMAGED as error:
        yield Skipped(str(path), f"damaged archive: {error}")


def _read_line(path: Path, line: str, number: int, stem: str) -> Article | Skipped:
    try:
        if is_damaged(line):
            raise ArticleFormatError(path, "not UTF-8 and no other encoding: save it as UTF-8")
        return _read_object(path, _load(path, line), f"{stem}:{number}")
    except ArticleFormatError as error:
        return Skipped(f"{path}:{number}", error.reason)


def _load(path: Path, text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ArticleFormatError(path, f"not JSON: {error}") from None


def _read_object(path: Path, found: object, article_id: str) -> Article:
    if not isinstance(found, dict):
        raise ArticleFormatError(path, "expected an object with id, title, source, text")
    fields = Fields(found)
    text = fields.text()
    if text is None:
        names = ", ".join(list(found)[:_SHOWN_NAMES]) or "nothing"
        raise ArticleFormatError(path, f"no `text` field with the article's text (found: {names})")
    return make_article(path, text, fields.line("id") or article_id, fields)
