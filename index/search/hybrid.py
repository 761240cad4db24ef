"""Question → the sentences that may answer it, and how strong the evidence is.

Passages are found by a dense and a lexical leg and ranked, their sentences scored (see
`index/search/ranking.py`); `docs/quality.md` shows how good that is.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.models import Filters, SentenceNo
from index.search.answerability import Evidence, extract_features
from index.search.candidates import Candidate, Hit, Reading, ScoredSentence
from index.search.question import ParsedQuestion
from index.search.ranking import rank_passages, score_sentences
from index.store.base import Store

CANDIDATES = 100  # passages from each leg


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found: hits and sentences, best first, and the articles that they are in.

    `undated` counts the articles that a filter by date left out only because they have none.
    """

    hits: tuple[Hit, ...]
    sentences: tuple[ScoredSentence, ...]
    reading: Reading
    evidence: Evidence
    undated: int = 0


class Search(Protocol):
    """What answers a question: a question in, scored sentences out."""

    def search(self, question: ParsedQuestion, filters: Filters = Filters()) -> SearchResult:
        """Return the passages and sentences for a question, from articles that pass `filters`."""


class HybridSearch:
    """Dense and lexical search over one open coverage."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def search(self, question: ParsedQuestion, filters: Filters = Filters()) -> SearchResult:
        """Return the sentences of the best passages, best first."""
        cosines, lexical = self._store.find(question.vector, question.terms, CANDIDATES, filters)
        origins = self._store.origins(cosines)
        hits = rank_passages(cosines, lexical, origins, question.timing)
        undated = self._store.undated(filters.outlet) if filters.by_date else 0
        return self._found(hits, question, max(lexical.values(), default=0.0), undated)

    def _found(
        self, hits: list[Hit], question: ParsedQuestion, best_lexical: float, undated: int
    ) -> SearchResult:
        if not hits:
            return SearchResult((), (), Reading({}, {}, ()), Evidence(), undated)
        passages = self._store.passages(hit.passage for hit in hits)
        articles = self._store.articles({passage.article for passage in passages})
        reading = Reading.of(articles, passages, self._store.acronyms)
        candidates = self._candidate_sentences(hits, reading, question)
        scored = sorted(
            (
                ScoredSentence(reading.article_of[n], reading.sentences[n], relevance, prior)
                for n, (relevance, prior) in score_sentences(question, candidates).items()
            ),
            key=lambda each: (-each.score, each.sentence.number),
        )
        best = scored[0].sentence.number
        evidence = extract_features(
            question.idf,
            [question.scales.passage_similarity(hit.cosine) for hit in hits],
            best_lexical,
            best_terms=reading.terms_of_passages(hit.passage for hit in hits[:3]),
            sentence_cosine=question.scales.sentence_similarity(candidates[best].cosine),
            missing_names=_missing_names(question, reading.terms_with_headline(best)),
            passages=self._store.manifest.passages,
        )
        return SearchResult(tuple(hits), tuple(scored), reading, evidence, undated)

    def _candidate_sentences(
        self,
        hits: Sequence[Hit],
        reading: Reading,
        question: ParsedQuestion,
    ) -> dict[SentenceNo, Candidate]:
        best: dict[SentenceNo, tuple[float, float]] = {}
        for hit in hits:  # best first
            for number in reading.sentence_numbers(hit.passage):
                best.setdefault(number, (hit.relevance, hit.prior))
        vectors = self._store.vectors_of_sentences(reading.passages)
        rows = np.stack([vectors[number] for number in best])
        cosines = (rows @ question.vector).tolist()
        return reading.candidates(best, cosines)


def _missing_names(question: ParsedQuestion, around: frozenset[str]) -> Collection[str]:
    """Return the names and figures of the question that count as missing around a sentence.

    Names in another script find what they are in, but with words of another language around them
    they say little about an answer.
    """
    if question.has_unknown_acronym:
        return question.terms
    return (question.names - around) | question.transliterated
