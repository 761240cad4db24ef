"""Question → the sentences that may answer it, and how strong the evidence is.

Passages are found by a dense and a lexical leg and ranked, their sentences scored (see
`index/search/ranking.py`); `docs/quality.md` shows how good that is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from index.models import Filters, PassageNo, SentenceNo
from index.search.answerability import Evidence, extract_features
from index.search.candidates import Candidate, Hit, Reading, ScoredSentence
from index.search.question import ParsedQuestion
from index.search.ranking import rank_passages, score_sentences
from index.snapshot.snapshot import Snapshot

CANDIDATES = 100  # passages from each leg
_FILTERS = 8  # whose passages are kept, a byte each


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
    """The seam for another engine: a question in, scored sentences out."""

    def search(self, question: ParsedQuestion, filters: Filters = Filters()) -> SearchResult:
        """Return the passages and sentences for a question, from articles that pass `filters`."""


class HybridSearch:
    """Dense and lexical search over one open snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        # Of a million passages, they take longer to find than an answer; filters come repeatedly.
        self._among = lru_cache(_FILTERS)(snapshot.database.passages_within)
        self._undated = lru_cache(_FILTERS)(snapshot.database.undated)

    def search(self, question: ParsedQuestion, filters: Filters = Filters()) -> SearchResult:
        """Return the sentences of the best passages, best first."""
        cosines, lexical = self._candidates(question, filters)
        origins = self._snapshot.database.origins(cosines)
        hits = rank_passages(cosines, lexical, origins, question.timing)
        undated = self._undated(filters.outlet) if filters.by_date else 0
        return self._found(hits, question, max(lexical.values(), default=0.0), undated)

    def _candidates(
        self, question: ParsedQuestion, filters: Filters
    ) -> tuple[dict[PassageNo, float], dict[PassageNo, float]]:
        """Return the cosine of every candidate of both legs, and the BM25 of those that have it."""
        database, vectors = self._snapshot.database, self._snapshot.passage_vectors
        among = self._among(filters) if filters != Filters() else None
        cosines = vectors.search(question.vector, CANDIDATES, among)
        lexical = database.postings.scores(question.terms, CANDIDATES, among)
        others = [row for row in lexical if row not in cosines]
        return cosines | vectors.cosines(question.vector, others), lexical

    def _found(
        self, hits: list[Hit], question: ParsedQuestion, best_lexical: float, undated: int
    ) -> SearchResult:
        if not hits:
            return SearchResult((), (), Reading({}, {}, ()), Evidence(), undated)
        database = self._snapshot.database
        passages = list(database.passages(hit.passage for hit in hits))
        numbers = {passage.article for passage in passages}
        articles = {number: database.article(number) for number in numbers}
        sentences = {number: database.sentences(number) for number in numbers}
        reading = Reading(articles, sentences, passages)
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
            missing_names=question.names - reading.terms_with_headline(best),
            passages=self._snapshot.manifest.passages,
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
        cosines = (self._snapshot.sentence_vectors.read(list(best)) @ question.vector).tolist()
        return reading.candidates(best, cosines)
