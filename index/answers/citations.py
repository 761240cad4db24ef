"""A span of an article → a quote with its citation; of copies, the earliest is cited (pure)."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from index.models import Article, Citation, Quote, Span
from index.text.paragraphs import paragraph_number, split_paragraphs
from index.text.words import is_whole_words


class CitationParts(NamedTuple):
    """A citation in words, its parts in the order in which every line and card shows them."""

    headline: str
    outlet: str
    date: str
    paragraph: str


def quote_span(article: Article, span: Span, score: float) -> Quote:
    """Return the quote of this span, with the citation from the same article."""
    paragraphs = split_paragraphs(article.text)
    return Quote(
        text=article.text[span.start : span.end],
        article_id=article.id,
        article_key=article.key,
        text_hash=article.text_hash,
        span=span,
        score=score,
        citation=Citation(
            outlet=article.outlet,
            headline=article.headline,
            headline_stands_in=article.headline_stands_in,
            url=article.url,
            published=article.published,
            paragraph=paragraph_number(paragraphs, span.start),
        ),
    )


def cite_earlier(shown: Quote, copy: Article, span: Span | None) -> Quote:
    """Return the earlier of the two, with the other's outlet counted once.

    `span` is None if the copy has not the whole quote: cited from there, it could lose what
    answers. The answer is marked in the copy too, if that has the same words.
    """
    first, outlets = shown, [*shown.also_in, copy.outlet]
    published = shown.citation.published
    is_earlier = copy.published and published and copy.published.is_before(published)
    if span and is_earlier:
        first = quote_span(copy, span, shown.score)
        if shown.answer_text and shown.answer_in_text:
            first = mark_answer(first, shown.answer_text, shown.answer_in_text.start)
        outlets = [shown.citation.outlet, *shown.also_in]
    others = dict.fromkeys(each for each in outlets if each and each != first.citation.outlet)
    return replace(first, also_in=tuple(others))


def mark_answer(quote: Quote, answer: str, place: int) -> Quote:
    """Return the quote with these words marked as the answer; unmarked if it lacks them.

    They are marked as whole words, nearest to `place`, a character of the quote.
    """
    places = [found.start() for found in re.finditer(f"(?={re.escape(answer)})", quote.text)]
    whole = [each for each in places if is_whole_words(quote.text, each, each + len(answer))]
    if not whole:
        return quote
    start = quote.span.start + min(whole, key=lambda each: abs(each - place))
    return replace(quote, answer=Span(start, start + len(answer)))


def is_verbatim(quote: Quote, texts: Mapping[str, str]) -> bool:
    """Tell whether it is the span of the stored text; `texts` is by article id."""
    return texts.get(quote.article_id, "")[quote.span.start : quote.span.end] == quote.text
