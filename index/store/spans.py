"""Whether sentences and passages are spans of their article's text (pure)."""

from collections.abc import Iterable, Iterator, Sequence

from index.models import Article, Sentence, Span
from index.store.base import Passage, StoredArticle


def span_problems(
    stored: StoredArticle, passages: Iterable[Passage], text_hash: str
) -> Iterator[str]:
    """Yield what is wrong with an article, its sentences and its passages, in plain words.

    `text_hash` is the one that the text had when it was read.
    """
    article, sentences = stored
    if article.text_hash != text_hash:
        yield f"article {article.id}: its text is not the one that was read"
    yield from _check_sentences(article, sentences)
    held = {number for each in passages for number in each.sentences}
    if held != {sentence.number for sentence in sentences}:
        yield f"article {article.id}: its passages do not hold exactly its sentences"


def _check_sentences(article: Article, sentences: Sequence[Sentence]) -> Iterator[str]:
    """Check that they are spans of the text, in order, and leave none of it out."""
    position = 0
    for sentence in sentences:
        if not _is_whole(article.text, sentence.span, position):
            yield f"article {article.id}: sentence {sentence.number} is not a span of its text"
        elif _says_something(article, position, sentence.span.start):
            yield f"article {article.id}: text before sentence {sentence.number} is in none"
        position = sentence.span.end
    if _says_something(article, position, len(article.text)):
        yield f"article {article.id}: its last words are in no sentence"


def _says_something(article: Article, start: int, end: int) -> bool:
    """Tell whether there is text, other than a line that is the headline itself."""
    gap = article.text[start:end].strip()
    return gap.lstrip("# ") not in ("", article.headline)


def _is_whole(text: str, span: Span, position: int) -> bool:
    piece = text[span.start : span.end]
    inside = position <= span.start < span.end <= len(text)
    return inside and piece == piece.strip() and len(piece) == span.length
