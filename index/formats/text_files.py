"""Text and Markdown files → articles; the text is kept unchanged, line breaks included."""

from collections.abc import Iterator
from pathlib import Path

from index.errors import ArticleFormatError, FrontMatterError
from index.formats.field_names import field_of
from index.formats.fields import Fields
from index.formats.front_matter import split_front_matter
from index.formats.lines import read_text
from index.formats.make_article import make_article
from index.formats.press_databases import split_documents
from index.models import Article, Skipped


def read_text_file(path: Path, article_id: str) -> Iterator[Article | Skipped]:
    """Read plain text: optional front matter, headline and dateline, then the story.

    Lines between `---` that have none of the fields are text. An export of a press database gives
    an article a document, numbered from 1.
    """
    whole = read_text(path)
    documents = split_documents(whole)
    for number, (given, text) in enumerate(documents, 1):
        own_id = f"{article_id}:{number}" if len(documents) > 1 else article_id
        try:
            yield make_article(path, text, own_id, Fields(given, has_markup=False))
        except ArticleFormatError as error:
            yield Skipped(f"{path}[{number}]", error.reason)
    if documents:
        return
    try:
        fields, text = split_front_matter(whole)
    except FrontMatterError:
        fields, text = {}, whole
    if not any(map(field_of, map(str, fields))):
        fields, text = {}, whole
    yield make_article(path, text, article_id, Fields(fields, has_markup=False))


def read_markdown_file(path: Path, article_id: str) -> Iterator[Article]:
    """Read text with optional front matter; the text starts after it."""
    try:
        fields, text = split_front_matter(read_text(path))
    except FrontMatterError as error:
        raise ArticleFormatError(path, str(error)) from None
    yield make_article(path, text, article_id, Fields(fields, has_markup=False))
