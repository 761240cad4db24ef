"""The articles that a question led to, read sentence by sentence (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.models import Article, Sentence
from index.snapshot.database import Passage
from index.text.terms import split_terms


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question; `rank` starts at 1, a higher score is better."""

    passage: int
    score: float
    cosine: float
    rank: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a found passage; `passage` is the best score among the passages it is in.

    `around` holds the terms of the sentence and of its two neighbours.
    """

    passage: float
    cosine: float
    text: str
    terms: tuple[str, ...]
    around: frozenset[str]


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of a found passage with its article's number; a higher score is better."""

    article: int
    sentence: Sentence
    score: float


class Reading:
    """The sentences of the articles found, by their number, each split into terms once."""

    def __init__(
        self,
        articles: Mapping[int, Article],
        sentences: Mapping[int, Sequence[Sentence]],
        passages: Iterable[Passage],
    ) -> None:
        self._articles = articles
        self._of_article = sentences
        self._passages = {each.number: each for each in passages}
        self.article_of = {each.number: row for row, found in sentences.items() for each in found}
        self.sentences = {each.number: each for found in sentences.values() for each in found}
        self._terms: dict[int, tuple[str, ...]] = {}

    def text(self, number: int) -> str:
        """Return the sentence as it stands in its article."""
        span = self.sentences[number].span
        return self.article(number).text[span.start : span.end]

    def terms(self, number: int) -> tuple[str, ...]:
        """Return the sentence's terms in order."""
        if number not in self._terms:
            self._terms[number] = tuple(split_terms(self.text(number)))
        return self._terms[number]

    def terms_around(self, number: int) -> frozenset[str]:
        """Return the terms of a sentence and its two neighbours in the article."""
        article = self.article_of[number]
        beside = [n for n in range(number - 1, number + 2) if self.article_of.get(n) == article]
        return frozenset().union(*map(self.terms, beside))

    def terms_with_headline(self, number: int) -> frozenset[str]:
        """Return the terms around a sentence and of its headline."""
        return self.terms_around(number) | frozenset(split_terms(self.article(number).headline))

    def article(self, number: int) -> Article:
        """Return the sentence's article."""
        return self._articles[self.article_of[number]]

    def article_sentences(self, number: int) -> Sequence[Sentence]:
        """Return all sentences of the sentence's article."""
        return self._of_article[self.article_of[number]]

    def position(self, number: int) -> int:
        """Return how many sentences of its article stand before it."""
        return number - self._of_article[self.article_of[number]][0].number

    def candidates(
        self, passages: Mapping[int, float], cosines: Iterable[float]
    ) -> dict[int, Candidate]:
        """Return the sentences as candidates; `passages` is the best score among those of each.

        `cosines` are in the same order.
        """
        return {
            number: Candidate(
                passage,
                cosine,
                self.text(number),
                self.terms(number),
                self.terms_around(number),
            )
            for (number, passage), cosine in zip(passages.items(), cosines, strict=True)
        }

    def sentence_numbers(self, passage: int) -> range:
        """Return the sentences of a passage."""
        return range(self._passages[passage].first, self._passages[passage].last + 1)

    def terms_of_passages(self, passages: Iterable[int]) -> frozenset[str]:
        """Return the terms of these passages and of their headlines."""
        found: set[str] = set()
        for passage in passages:
            found.update(split_terms(self._articles[self._passages[passage].article].headline))
            found.update(
                term for each in self.sentence_numbers(passage) for term in self.terms(each)
            )
        return frozenset(found)
