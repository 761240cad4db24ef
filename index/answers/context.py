"""A quote inside its article: the paragraphs around it, and where they can be cut (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass

from index.answers.citations import quote_span
from index.models import Article, Quote, Span
from index.text.paragraphs import split_paragraphs


@dataclass(frozen=True, slots=True)
class Context:
    """A quote and the span of the whole paragraphs `around` it, with their sentences in order."""

    article: Article
    quote: Quote
    around: Span
    sentences: tuple[Span, ...]


def quote_context(article: Article, span: Span, sentences: Iterable[Span]) -> Context:
    """Return the context of a span of the article; `sentences` are all those of the article."""
    touched = [
        each
        for each in split_paragraphs(article.text)
        if each.end > span.start and each.start < span.end
    ]
    parts = [span, *touched]
    around = Span(min(each.start for each in parts), max(each.end for each in parts))
    inside = (each for each in sentences if around.start <= each.start and each.end <= around.end)
    return Context(article, quote_span(article, span, score=0.0), around, tuple(inside))
