"""Text and Markdown files → articles; the text is kept unchanged, line breaks included."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from frontmatter.default_handlers import YAMLHandler

from index.errors import ArticleFormatError, NotTextError
from index.models import Article
from index.readers.decoding import decode
from index.readers.fields import Fields, make_article

# The line break is part of the delimiter; everything after it is text.
_FRONT_MATTER_DELIMITER = re.compile(r"^-{3,}[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


def read_text(path: Path) -> str:
    """Return a file's text; raises ArticleFormatError if it is not text."""
    try:
        return decode(path.read_bytes())
    except NotTextError as error:
        raise ArticleFormatError(path, str(error)) from None


def read_text_file(path: Path, article_id: str) -> Iterator[Article]:
    """Read plain text: an optional headline, an optional dateline, then the story."""
    yield make_article(path, read_text(path), article_id, Fields({}))


def read_markdown_file(path: Path, article_id: str) -> Iterator[Article]:
    """Read text with optional YAML front matter; the text starts after it."""
    text = read_text(path)
    fields: Mapping[str, object] = {}
    handler = YAMLHandler(_FRONT_MATTER_DELIMITER)
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
    yield make_article(path, text, article_id, Fields(fields))
