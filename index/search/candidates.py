"""The sentences of the articles found for a question, as candidates for its answer (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.models import Article, ArticleNo, PassageNo, Sentence, SentenceNo
from index.store.base import Passage, StoredArticle
from index.text.acronyms import Acronyms
from index.text.near_duplicates import Fingerprint
from index.text.terms import split_terms


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question; `rank` starts at 1, higher is better in all others.

    `relevance` (0 to 1) is how well it matches the question. `prior` (0 to 0.8) is what speaks for
    it whatever the question: its day, its place in the article.
    """

    passage: PassageNo
    relevance: float
    prior: float
    cosine: float
    rank: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a found passage; `passage` and `prior` are those of its best passage.

    `around` are the terms of the sentence and of its two neighbours.
    """

    passage: float
    prior: float
    cosine: float
    text: str
    terms: tuple[str, ...]
    around: frozenset[str]


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of a found passage with its article's number; higher is better.

    `relevance` (0 to 1) and `prior` (0 to 0.33) are as those of a `Hit`.
    """

    article: ArticleNo
    sentence: Sentence
    relevance: float
    prior: float

    @property
    def score(self) -> float:
        """What sentences are put in order by."""
        return self.relevance + self.prior


class Reading:
    """The sentences of the articles found, by their number, each split into terms once."""

    def __init__(
        self,
        articles: Mapping[ArticleNo, Article],
        sentences: Mapping[ArticleNo, Sequence[Sentence]],
        passages: Iterable[Passage],
        acronyms: Acronyms | None = None,
    ) -> None:
        self._acronyms = acronyms or Acronyms()
        self._articles = articles
        self._of_article = sentences
        self._passages = {each.number: each for each in passages}
        self.article_of = {each.number: row for row, found in sentences.items() for each in found}
        self.sentences = {each.number: each for found in sentences.values() for each in found}
        self._terms: dict[SentenceNo, tuple[str, ...]] = {}

    @classmethod
    def of(
        cls,
        stored: Mapping[ArticleNo, StoredArticle],
        passages: Iterable[Passage],
        acronyms: Acronyms,
    ) -> "Reading":
        """Return what was found in these articles."""
        articles = {number: each.article for number, each in stored.items()}
        sentences = {number: each.sentences for number, each in stored.items()}
        return cls(articles, sentences, passages, acronyms)

    @property
    def passages(self) -> list[Passage]:
        """The passages found."""
        return list(self._passages.values())

    def text(self, number: SentenceNo) -> str:
        """Return the sentence as it stands in its article."""
        span = self.sentences[number].span
        return self.article(number).text[span.start : span.end]

    def terms(self, number: SentenceNo) -> tuple[str, ...]:
        """Return the sentence's terms in order."""
        if number not in self._terms:
            self._terms[number] = tuple(self._split(self.text(number)))
        return self._terms[number]

    def fingerprint(self, number: SentenceNo) -> Fingerprint:
        """Return what the sentence says, for telling its copies."""
        return Fingerprint.of(self.text(number), self.terms(number))

    def terms_around(self, number: SentenceNo) -> frozenset[str]:
        """Return the terms of a sentence and its two neighbours in the article."""
        article = self.article_of[number]
        near = (SentenceNo(number + step) for step in (-1, 0, 1))
        beside = [each for each in near if self.article_of.get(each) == article]
        return frozenset().union(*map(self.terms, beside))

    def terms_with_headline(self, number: SentenceNo) -> frozenset[str]:
        """Return the terms around a sentence and of its headline."""
        return self.terms_around(number) | self.headline_terms(self.article_of[number])

    def headline_terms(self, article: ArticleNo) -> frozenset[str]:
        """Return the terms of the article's headline."""
        return frozenset(self._split(self._articles[article].headline))

    def _split(self, text: str) -> list[str]:
        return self._acronyms.add_to(split_terms(text))

    def article(self, number: SentenceNo) -> Article:
        """Return the sentence's article."""
        return self._articles[self.article_of[number]]

    def article_sentences(self, number: SentenceNo) -> Sequence[Sentence]:
        """Return all sentences of the sentence's article."""
        return self._of_article[self.article_of[number]]

    def position(self, number: SentenceNo) -> int:
        """Return how many sentences of its article stand before it."""
        return number - self._of_article[self.article_of[number]][0].number

    def candidates(
        self, passages: Mapping[SentenceNo, tuple[float, float]], cosines: Iterable[float]
    ) -> dict[SentenceNo, Candidate]:
        """Return the sentences as candidates; `passages` is relevance and prior of the best one.

        `cosines` are in the same order.
        """
        return {
            number: Candidate(
                *passage,
                cosine,
                self.text(number),
                self.terms(number),
                self.terms_around(number),
            )
            for (number, passage), cosine in zip(passages.items(), cosines, strict=True)
        }

    def sentence_numbers(self, passage: PassageNo) -> list[SentenceNo]:
        """Return the sentences of a passage."""
        return self._passages[passage].sentences

    def terms_of_passages(self, passages: Iterable[PassageNo]) -> frozenset[str]:
        """Return the terms of these passages and of their headlines."""
        found: set[str] = set()
        for passage in passages:
            found.update(self.headline_terms(self._passages[passage].article))
            found.update(
                term for each in self.sentence_numbers(passage) for term in self.terms(each)
            )
        return frozenset(found)
