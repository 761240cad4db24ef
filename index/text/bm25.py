"""BM25 (pure): its constants, the weight of a term, and the scores of sentences."""

import math
from collections import Counter
from collections.abc import Container, Mapping
from typing import TypeVar

K1, B = 1.2, 0.75  # BM25's usual constants, those of FTS5 too

_Number = TypeVar("_Number", bound=int)


def idf(passages: int, holding: int) -> float:
    """Return BM25's inverse document frequency of a term that `holding` of `passages` hold."""
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


def weighted_coverage(weights: Mapping[str, float], terms: Container[str]) -> float:
    """Return the share (0 to 1) of the weights that belong to these terms; 0 without weights."""
    total = sum(weights.values()) or 1.0
    return sum(weight for term, weight in weights.items() if term in terms) / total


def bm25(
    term_counts: Mapping[_Number, Counter[str]], weights: Mapping[str, float]
) -> dict[_Number, float]:
    """Return the BM25 of each sentence, divided by the highest: 0 to 1. `weights` is idf."""
    lengths = {number: sum(counts.values()) for number, counts in term_counts.items()}
    average = sum(lengths.values()) / max(1, len(lengths)) or 1.0
    scores = {}
    for number, counts in term_counts.items():
        norm = K1 * (1 - B + B * lengths[number] / average)
        scores[number] = sum(
            weight * counts[term] * (K1 + 1) / (counts[term] + norm)
            for term, weight in weights.items()
        )
    best = max(scores.values(), default=0.0) or 1.0
    return {number: score / best for number, score in scores.items()}
