"""The numbers behind a ranking (pure): scaling, BM25, an article's support for its passages."""

import math
from collections import Counter, defaultdict
from collections.abc import Container, Mapping

K1, B = 1.2, 0.75  # BM25's usual constants, those of FTS5 too
_SUPPORT = (1.0, 0.5, 0.25)  # what an article's best, second and third passage add to its support


def scale(values: Mapping[int, float]) -> dict[int, float]:
    """Scale to 0..1 between the lowest and the highest; all 1 where they are alike."""
    low, high = min(values.values(), default=0.0), max(values.values(), default=0.0)
    if high - low < 1e-9:
        return dict.fromkeys(values, 1.0)
    return {key: (value - low) / (high - low) for key, value in values.items()}


def idf(passages: int, holding: int) -> float:
    """Return BM25's inverse document frequency of a term that `holding` of `passages` hold."""
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


def held_share(weights: Mapping[str, float], held: Container[str]) -> float:
    """Return the share (0 to 1) of the weights whose terms are held; 0 where there are none."""
    total = sum(weights.values()) or 1.0
    return sum(weight for term, weight in weights.items() if term in held) / total


def bm25(term_counts: Mapping[int, Counter[str]], weights: Mapping[str, float]) -> dict[int, float]:
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


def article_support(scores: Mapping[int, float], articles: Mapping[int, int]) -> dict[int, float]:
    """Return for each passage how well its article's best three do together, 0 to 1.

    One article with several good passages is more likely about the question than one with a
    single lucky match. `articles` is the article of each passage.
    """
    of_article: dict[int, list[float]] = defaultdict(list)
    for passage, score in scores.items():
        of_article[articles[passage]].append(score)
    support = scale(
        {
            article: sum(
                weight * score
                for weight, score in zip(_SUPPORT, sorted(found, reverse=True), strict=False)
            )
            for article, found in of_article.items()
        }
    )
    return {passage: support[articles[passage]] for passage in scores}
