"""Question → the sentences that may answer it, and how strong the evidence is.

Passages are found by a dense and a lexical leg, each scaled to 0..1 over the candidates of the
question, half and half; the sentences of the best passages are scored by the passage, their own
cosine and their own BM25. Measured against the alternatives in the README.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.encoder import Encoder, Vectors
from index.models import Article, Hit, ScoredSentence, Sentence
from index.refusal import Evidence
from index.snapshot import Snapshot
from index.terms import split_terms

CANDIDATES = 100  # passages from each leg
BEST_PASSAGES = 20  # passages whose sentences are scored
_PASSAGE, _DENSE, _LEXICAL = 0.4, 0.3, 0.3  # weights of a sentence's score
_K1, _B = 1.2, 0.75  # BM25's usual constants, those of FTS5 too


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: hits and sentences, best first, and the articles they are from."""

    hits: tuple[Hit, ...]
    sentences: tuple[ScoredSentence, ...]
    articles: Mapping[int, Article]
    article_sentences: Mapping[int, Sequence[Sentence]]
    evidence: Evidence


class Search(Protocol):
    """The seam for another engine: a question in, scored sentences out."""

    def search(self, question: str) -> Found:
        """Return what was found for the question, best first."""


class HybridSearch:
    """Dense and lexical search over one open snapshot."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
        self._snapshot = snapshot
        self._encoder = encoder

    def search(self, question: str) -> Found:
        """Return the sentences of the best passages, best first."""
        vector = self._encoder.encode_question(question)
        terms = list(dict.fromkeys(split_terms(question)))
        idf = self._idf(terms)
        lexical = self._snapshot.database.lexical_scores(terms, CANDIDATES)
        hits = self._hits(vector, lexical)
        return self._found(hits, vector, idf, max(lexical.values(), default=0.0))

    def _idf(self, terms: Sequence[str]) -> dict[str, float]:
        total = self._snapshot.manifest.passages
        found = self._snapshot.database.document_frequencies(terms)
        return {term: _idf(total, count) for term, count in found.items()}

    def _hits(self, vector: Vectors, lexical: Mapping[int, float]) -> list[Hit]:
        vectors = self._snapshot.passage_vectors
        dense = vectors.search(vector, CANDIDATES)
        cosines = dense | vectors.cosines(vector, [row for row in lexical if row not in dense])
        scaled_dense = _scale(cosines)
        best_lexical = max(lexical.values(), default=0.0) or 1.0
        scores = {
            row: (scaled_dense[row] + lexical.get(row, 0.0) / best_lexical) / 2 for row in cosines
        }
        ranked = sorted(scores, key=lambda row: (-scores[row], row))[:BEST_PASSAGES]
        return [
            Hit(row, scores[row], cosines[row], rank) for rank, row in enumerate(ranked, start=1)
        ]

    def _found(
        self, hits: list[Hit], vector: Vectors, idf: Mapping[str, float], best_lexical: float
    ) -> Found:
        database = self._snapshot.database
        passage_scores = {hit.passage: hit.score for hit in hits}
        passages = list(database.passages(passage_scores))
        numbers = {passage.article for passage in passages}
        articles = {number: database.article(number) for number in numbers}
        sentences = {number: database.sentences(number) for number in numbers}
        of_sentence: dict[int, float] = {}
        owners: dict[int, int] = {}
        for passage in passages:
            for number in range(passage.first, passage.last + 1):
                score = passage_scores[passage.number]
                of_sentence[number] = max(score, of_sentence.get(number, 0.0))
                owners[number] = passage.article
        known = {each.number: each for number in numbers for each in sentences[number]}
        texts = {
            number: articles[owners[number]].text[known[number].span.start : known[number].span.end]
            for number in of_sentence
        }
        term_counts = {number: Counter(split_terms(text)) for number, text in texts.items()}
        lexical = _bm25(term_counts, idf)
        cosine = self._sentence_cosines(vector, list(of_sentence))
        scores = {
            number: _PASSAGE * score + _DENSE * cosine[number] + _LEXICAL * lexical[number]
            for number, score in of_sentence.items()
        }
        ranked = sorted(scores, key=lambda number: (-scores[number], number))
        best = {hit.passage for hit in hits[:3]}
        held = {
            term
            for passage in passages
            if passage.number in best
            for number in range(passage.first, passage.last + 1)
            for term in (*term_counts[number], *split_terms(articles[passage.article].headline))
        }
        return Found(
            tuple(hits),
            tuple(
                ScoredSentence(owners[number], known[number], scores[number]) for number in ranked
            ),
            articles,
            sentences,
            _evidence(hits, idf, held, best_lexical, self._snapshot.manifest.passages),
        )

    def _sentence_cosines(self, vector: Vectors, numbers: list[int]) -> dict[int, float]:
        rows = np.asarray(self._snapshot.sentence_vectors[numbers], dtype=np.float32)
        return _scale(dict(zip(numbers, (rows @ vector).tolist(), strict=True)))


def _bm25(term_counts: Mapping[int, Counter[str]], idf: Mapping[str, float]) -> dict[int, float]:
    """Return the BM25 of each sentence, divided by the highest: 0 to 1."""
    lengths = {number: sum(counts.values()) for number, counts in term_counts.items()}
    average = sum(lengths.values()) / max(1, len(lengths)) or 1.0
    scores = {}
    for number, counts in term_counts.items():
        norm = _K1 * (1 - _B + _B * lengths[number] / average)
        scores[number] = sum(
            weight * counts[term] * (_K1 + 1) / (counts[term] + norm)
            for term, weight in idf.items()
        )
    best = max(scores.values(), default=0.0) or 1.0
    return {number: score / best for number, score in scores.items()}


def _scale(values: Mapping[int, float]) -> dict[int, float]:
    """Scale to 0..1 between the lowest and the highest; all 1 where they are alike."""
    low, high = min(values.values(), default=0.0), max(values.values(), default=0.0)
    if high - low < 1e-9:
        return dict.fromkeys(values, 1.0)
    return {key: (value - low) / (high - low) for key, value in values.items()}


def _evidence(
    hits: Sequence[Hit],
    idf: Mapping[str, float],
    held: set[str],
    best_lexical: float,
    passages: int,
) -> Evidence:
    cosines = sorted((hit.cosine for hit in hits), reverse=True)[:5]
    if not cosines:
        return Evidence()
    total = sum(idf.values()) or 1.0
    missing = max((weight for term, weight in idf.items() if term not in held), default=0.0)
    return Evidence(
        cosine=cosines[0],
        mean_cosine=sum(cosines) / len(cosines),
        lexical=best_lexical / total,
        held=sum(weight for term, weight in idf.items() if term in held) / total,
        missing=missing / _idf(passages, 0),
    )


def _idf(passages: int, holding: int) -> float:
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))
