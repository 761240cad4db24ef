"""Question → the sentences that may answer it, and how strong the evidence is.

Passages are found by a dense and a lexical leg, each scaled to 0..1 over the candidates of the
question, half and half; an article whose passages do well together lifts each of them, and so do
the beginning of an article and a day that the question's words of time mean. The sentences of the
best passages are scored by the passage, their own cosine, their own BM25 and whether they hold what
is asked for. Measured against the alternatives in the README.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from index.answer_types import asked_type, holds_type
from index.database import Origin, Passage
from index.encoder import Encoder, Vectors
from index.models import Article, Filters, Hit, ScoredSentence, Sentence
from index.periods import Period, read_period
from index.refusal import Evidence, weigh_evidence
from index.reranker import Reranker
from index.scoring import article_support, bm25, idf, scale
from index.snapshot import Snapshot
from index.terms import split_terms

CANDIDATES = 100  # passages from each leg
BEST_PASSAGES = 20  # passages whose sentences are scored
# What lifts a passage above its own score of 0 to 1: published on the days that are asked for;
# near the beginning of its article, where news says what happened (half of it 5 sentences in).
_IN_PERIOD = 0.5
_LEAD, _LEAD_HALF = 0.15, 5
_PASSAGE, _DENSE, _LEXICAL, _TYPE = 0.5, 0.3, 0.2, 0.08  # weights of a sentence's score
_NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: hits and sentences, best first, and the articles they are from.

    `undated` counts the articles that a filter by date left out only because they have none.
    """

    hits: tuple[Hit, ...]
    sentences: tuple[ScoredSentence, ...]
    articles: Mapping[int, Article]
    article_sentences: Mapping[int, Sequence[Sentence]]
    evidence: Evidence
    undated: int = 0


class Search(Protocol):
    """The seam for another engine: a question in, scored sentences out."""

    def search(
        self, question: str, filters: Filters = _NO_FILTERS, asked: date | None = None
    ) -> Found:
        """Return what the articles behind `filters` hold for a question of the day `asked`."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, read: its words, their idf, its vector."""

    text: str
    terms: tuple[str, ...]
    idf: Mapping[str, float]
    vector: Vectors


class HybridSearch:
    """Dense and lexical search over one open snapshot."""

    def __init__(
        self, snapshot: Snapshot, encoder: Encoder, reranker: Reranker | None = None
    ) -> None:
        self._snapshot = snapshot
        self._encoder = encoder
        self._reranker = reranker

    def search(
        self, question: str, filters: Filters = _NO_FILTERS, asked: date | None = None
    ) -> Found:
        """Return the sentences of the best passages, best first."""
        read = self._read(question)
        cosines, lexical = self._candidates(read, filters)
        origins = self._snapshot.database.origins(cosines)
        period = read_period(question, asked) if asked else None
        hits = _rank(cosines, lexical, origins, period)
        undated = self._snapshot.database.undated(filters.outlet) if filters.by_date else 0
        return self._found(hits, read, max(lexical.values(), default=0.0), undated)

    def _read(self, question: str) -> _Asked:
        terms = tuple(dict.fromkeys(split_terms(question)))
        total = self._snapshot.manifest.passages
        holding = self._snapshot.database.document_frequencies(terms)
        weights = {term: idf(total, count) for term, count in holding.items()}
        return _Asked(question, terms, weights, self._encoder.encode_question(question))

    def _candidates(
        self, asked: _Asked, filters: Filters
    ) -> tuple[dict[int, float], dict[int, float]]:
        """Return the cosine of every candidate of both legs, and the BM25 of those that have it."""
        database, vectors = self._snapshot.database, self._snapshot.passage_vectors
        within = None
        if filters != _NO_FILTERS:
            within = np.asarray(database.passages_within(filters), dtype=np.int64)
        cosines = vectors.search(asked.vector, CANDIDATES, within)
        lexical = database.lexical_scores(asked.terms, CANDIDATES, filters)
        others = [row for row in lexical if row not in cosines]
        return cosines | vectors.cosines(asked.vector, others), lexical

    def _found(self, hits: list[Hit], asked: _Asked, best_lexical: float, undated: int) -> Found:
        database = self._snapshot.database
        passages = list(database.passages(hit.passage for hit in hits))
        numbers = {passage.article for passage in passages}
        articles = {number: database.article(number) for number in numbers}
        sentences = {number: database.sentences(number) for number in numbers}
        scored = self._scored(hits, passages, articles, sentences, asked)
        best = {hit.passage for hit in hits[:3]}
        held = {
            term
            for passage in passages
            if passage.number in best
            for text in _passage_texts(passage, articles, sentences)
            for term in split_terms(text)
        }
        evidence = weigh_evidence(
            [hit.cosine for hit in hits],
            asked.idf,
            held,
            best_lexical,
            rarest=idf(self._snapshot.manifest.passages, 0),
        )
        return Found(tuple(hits), tuple(scored), articles, sentences, evidence, undated)

    def _scored(
        self,
        hits: Sequence[Hit],
        passages: Sequence[Passage],
        articles: Mapping[int, Article],
        sentences: Mapping[int, Sequence[Sentence]],
        asked: _Asked,
    ) -> list[ScoredSentence]:
        """Return the sentences of these passages, best first."""
        scores = {hit.passage: hit.score for hit in hits}
        of_passage: dict[int, float] = {}
        owners: dict[int, int] = {}
        for passage in passages:
            for number in range(passage.first, passage.last + 1):
                of_passage[number] = max(scores[passage.number], of_passage.get(number, 0.0))
                owners[number] = passage.article
        known = {each.number: each for found in sentences.values() for each in found}
        texts = {number: _text(articles[owners[number]], known[number]) for number in of_passage}
        lexical = bm25({n: Counter(split_terms(text)) for n, text in texts.items()}, asked.idf)
        cosine = self._cosines(asked.vector, list(of_passage))
        kind = asked_type(asked.text)
        total = {
            number: (
                _PASSAGE * of_passage[number]
                + _DENSE * cosine[number]
                + _LEXICAL * lexical[number]
                + _TYPE * (kind is not None and holds_type(text, kind, asked.terms))
            )
            / (1 + _TYPE)
            for number, text in texts.items()
        }
        if self._reranker:
            total = self._reranker.rescore(asked.text, texts, total)
        ranked = sorted(total, key=lambda number: (-total[number], number))
        return [ScoredSentence(owners[n], known[n], total[n]) for n in ranked]

    def _cosines(self, vector: Vectors, numbers: list[int]) -> dict[int, float]:
        rows = np.asarray(self._snapshot.sentence_vectors[numbers], dtype=np.float32)
        return scale(dict(zip(numbers, (rows @ vector).tolist(), strict=True)))


def _rank(
    cosines: Mapping[int, float],
    lexical: Mapping[int, float],
    origins: Mapping[int, Origin],
    period: Period | None,
) -> list[Hit]:
    """Return the best passages; those published in the period are lifted over others."""
    dense = scale(cosines)
    best_lexical = max(lexical.values(), default=0.0) or 1.0
    fused = {row: (dense[row] + lexical.get(row, 0.0) / best_lexical) / 2 for row in dense}
    support = article_support(fused, {row: origins[row].article for row in fused})
    scores = {
        row: (fused[row] + support[row]) / 2
        + _LEAD * _LEAD_HALF / (_LEAD_HALF + origins[row].sentences_before)
        + _IN_PERIOD * (period is not None and period.holds(origins[row].published))
        for row in fused
    }
    ranked = sorted(scores, key=lambda row: (-scores[row], row))[:BEST_PASSAGES]
    return [Hit(row, scores[row], cosines[row], rank) for rank, row in enumerate(ranked, start=1)]


def _passage_texts(
    passage: Passage,
    articles: Mapping[int, Article],
    sentences: Mapping[int, Sequence[Sentence]],
) -> Iterable[str]:
    """Yield the passage's headline and its sentences."""
    article = articles[passage.article]
    yield article.headline
    for each in sentences[passage.article]:
        if passage.first <= each.number <= passage.last:
            yield _text(article, each)


def _text(article: Article, sentence: Sentence) -> str:
    return article.text[sentence.span.start : sentence.span.end]
