"""Scored sentences → quotes (pure): spans that can be read alone, each with its citation."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.models import Article, Citation, Quote, Sentence, Span
from index.paragraphs import paragraph_number, split_paragraphs
from index.search import Found
from index.terms import split_terms

GROWN_CHARACTERS = 400
MAX_CHARACTERS = 700
_WORTH_ADDING = 0.6  # a neighbour joins with this share of the best sentence's score, or not
_SAME = 0.8  # two quotes that share this much of their terms say the same

# He, she, they … as the subject of a sentence's opening, before any name.
_PRONOUN = re.compile(
    r"(?:he|she|they|it|his|her|their|its|this|that|these|those|он|она|они|его|её|ее|их)\b",
    re.IGNORECASE,
)
_OPENING_WORDS = 7


@dataclass(frozen=True, slots=True)
class _Pick:
    """A run of sentences of one article, and the score of the best."""

    article: int
    span: Span
    score: float


def select_quotes(found: Found, count: int) -> list[Quote]:
    """Return up to `count` quotes, best first; near-identical text is shown once.

    Each grows from its best sentence by better-scoring neighbours up to 400 characters, and takes
    the sentence before when it opens with a pronoun; no quote is longer than 700.
    """
    quotes: list[Quote] = []
    terms: list[frozenset[str]] = []
    for pick in _picks(found):
        article = found.articles[pick.article]
        own = frozenset(split_terms(article.text[pick.span.start : pick.span.end]))
        twin = next((row for row, other in enumerate(terms) if _are_alike(own, other)), None)
        if twin is not None:
            quotes[twin] = _fold(quotes[twin], article.outlet)
        elif len(quotes) < count:
            quotes.append(quote_span(article, pick.span, pick.score))
            terms.append(own)
    return quotes


def _picks(found: Found) -> Iterator[_Pick]:
    """Yield disjoint runs of sentences, best first."""
    scores = {each.sentence.number: each.score for each in found.sentences}
    taken: set[int] = set()
    for best in found.sentences:
        if best.sentence.number in taken:
            continue
        sentences = found.article_sentences[best.article]
        position = best.sentence.number - sentences[0].number
        text = found.articles[best.article].text
        first, last = _grow(sentences, position, scores, taken)
        first = _with_context(text, sentences, first, last, taken)
        taken.update(sentence.number for sentence in sentences[first : last + 1])
        span = Span(sentences[first].span.start, sentences[last].span.end)
        yield _Pick(best.article, span, best.score)


def _grow(
    sentences: Sequence[Sentence], position: int, scores: Mapping[int, float], taken: set[int]
) -> tuple[int, int]:
    """Add the better-scoring neighbour, as long as the quote stays short enough."""
    first = last = position
    while True:
        options = [
            (scores[sentences[row].number], row)
            for row in (first - 1, last + 1)
            if 0 <= row < len(sentences)
            and sentences[row].number in scores
            and sentences[row].number not in taken
            and scores[sentences[row].number] >= _WORTH_ADDING * scores[sentences[position].number]
            and _length(sentences, min(first, row), max(last, row)) <= GROWN_CHARACTERS
        ]
        if not options:
            return first, last
        _, row = max(options)
        first, last = min(first, row), max(last, row)


def _with_context(
    text: str, sentences: Sequence[Sentence], first: int, last: int, taken: set[int]
) -> int:
    """Return the first sentence that the quote needs to be read alone."""
    while (
        first > 0
        and opens_with_pronoun(text[sentences[first].span.start : sentences[first].span.end])
        and sentences[first - 1].number not in taken
        and _length(sentences, first - 1, last) <= MAX_CHARACTERS
    ):
        first -= 1
    return first


def opens_with_pronoun(sentence: str) -> bool:
    """Tell whether a pronoun stands among the first words with no name before it."""
    words = re.findall(r"[\w'’-]+", sentence)[:_OPENING_WORDS]
    for place, word in enumerate(words):
        if _PRONOUN.fullmatch(word):
            return True
        if place > 0 and word[0].isupper():
            return False
    return False


def _length(sentences: Sequence[Sentence], first: int, last: int) -> int:
    return sentences[last].span.end - sentences[first].span.start


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


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME * max(1, min(len(one), len(other)))


def _fold(shown: Quote, outlet: str | None) -> Quote:
    """Count a copy's outlet once, unless it is the one shown."""
    if outlet is None or outlet == shown.citation.outlet or outlet in shown.also_in:
        return shown
    return replace(shown, also_in=(*shown.also_in, outlet))
