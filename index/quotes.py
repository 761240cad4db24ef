"""Scored sentences → quotes (pure): spans that can be read alone, each with its citation."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from index.models import Article, Citation, Quote, Sentence, Span
from index.paragraphs import paragraph_number, split_paragraphs
from index.search import Found
from index.terms import split_terms

GROWN_CHARACTERS = 450
MAX_CHARACTERS = 700
_WORTH_ADDING = 0.7  # a neighbour joins with this share of the best sentence's score, or not
_SAME = 0.75  # of the terms of two sentences, the least share in common that makes a copy
_NEGATION = re.compile(r"\b(?:not|no|never|without|cannot|не|нет|без)\b|n['’]t\b", re.IGNORECASE)

# He, she, they … as the subject of a sentence's opening, before any name.
_PRONOUN = re.compile(
    r"(?:he|she|they|it|his|her|their|its|this|that|these|those|он|она|они|его|её|ее|их)\b",
    re.IGNORECASE,
)
_OPENING_WORDS = 7


@dataclass(frozen=True, slots=True)
class _Pick:
    """A run of sentences of one article that grew around its best one."""

    article: int
    sentences: tuple[Span, ...]
    best: Span
    score: float

    @property
    def span(self) -> Span:
        """From the first sentence's start to the last one's end."""
        return Span(self.sentences[0].start, self.sentences[-1].end)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence says, for telling a copy from a change: a "not" or a figure is one."""

    terms: frozenset[str]
    figures: frozenset[str]
    negations: int

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a sentence."""
        terms = frozenset(split_terms(text))
        figures = frozenset(term for term in terms if any(map(str.isdigit, term)))
        return cls(terms, figures, len(_NEGATION.findall(text)))

    def is_copy_of(self, other: Self) -> bool:
        """Tell whether it is the same sentence, but for a word here or there."""
        if (self.figures, self.negations) != (other.figures, other.negations):
            return False
        return len(self.terms & other.terms) >= _SAME * max(1, len(self.terms | other.terms))


def select_quotes(found: Found, count: int) -> list[Quote]:
    """Return up to `count` quotes, best first; what several articles carry is shown once.

    Each grows from its best sentence by better-scoring neighbours up to 450 characters, and takes
    the sentence before when it opens with a pronoun; no quote is longer than 700.
    """
    quotes: list[Quote] = []
    said: list[list[_Said]] = []
    for pick in _picks(found):
        article = found.articles[pick.article]
        best = _Said.of(article.text[pick.best.start : pick.best.end])
        twin = next((row for row, own in enumerate(said) if any(map(best.is_copy_of, own))), None)
        if twin is not None:
            quotes[twin] = _fold(quotes[twin], article, pick.span)
            continue
        if len(quotes) < count:
            quotes.append(quote_span(article, pick.span, pick.score))
            said.append([_Said.of(article.text[s.start : s.end]) for s in pick.sentences])
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
        run = sentences[first : last + 1]
        taken.update(sentence.number for sentence in run)
        spans = tuple(sentence.span for sentence in run)
        yield _Pick(best.article, spans, best.sentence.span, best.score)


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
    words = re.findall(r"[\w-]+", sentence)[:_OPENING_WORDS]
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


def _fold(shown: Quote, copy: Article, span: Span) -> Quote:
    """Cite the earlier of the two, and count the other's outlet once."""
    first, outlets = shown, [*shown.also_in, copy.outlet]
    if _is_earlier(copy.published, shown.citation.published):
        first = quote_span(copy, span, shown.score)
        outlets = [shown.citation.outlet, *shown.also_in]
    others = dict.fromkeys(each for each in outlets if each and each != first.citation.outlet)
    return replace(first, also_in=tuple(others))


def _is_earlier(one: str | None, other: str | None) -> bool:
    """Tell whether a date is known to be before another; a date without a year is not known."""
    if not one or not other or one.startswith("-") or other.startswith("-"):
        return False
    known = min(len(one), len(other), len("2022-11-23"))
    return one[:known] < other[:known]
