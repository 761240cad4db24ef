"""Does the best that was found answer the question? A calibrated probability (pure).

Logistic regression over seven features that a person can check. The coefficients come from
`scripts/evaluate.py --calibrate`, which says how to fit them again; no article or question is kept.
"""

import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import astuple, dataclass

from index.text.bm25 import weighted_coverage

# Fitted on 3,247 questions with an answer (squad, multihop, quotesum, realtimeqa) and 6,081
# without one (multihop's own; realtimeqa's put to squad's coverage, squad's to that of quotesum
# and of realtimeqa), the sets of either kind weighing the same.
INTERCEPT = -5.54
COEFFICIENTS = (7.68, 10.34, 4.19, 2.78, 7.07, -3.96, -2.49)
THRESHOLD = 0.45
_SMALL = 1000  # passages


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well what was found matches the question; all 0 where nothing was."""

    cosine: float = 0.0
    """Highest cosine of a passage to the question."""
    mean_cosine: float = 0.0
    """Mean cosine of the five closest passages."""
    bm25_ratio: float = 0.0
    """BM25 of the best passage over the summed idf of the question's terms."""
    covered_idf: float = 0.0
    """Share (0 to 1) of the question's idf that the three best passages hold."""
    sentence_cosine: float = 0.0
    """Cosine of the best sentence to the question."""
    missing_names: float = 0.0
    """Share (0 to 1) of the question's idf in names and figures that stand nowhere near it."""
    size: float = 0.0
    """Decimal logarithm of the number of passages: among more, the closest is closer by chance.

    At least 3, since a coverage of a few articles is no reason to answer more readily.
    """


def answer_probability(
    evidence: Evidence,
    intercept: float = INTERCEPT,
    coefficients: Sequence[float] = COEFFICIENTS,
) -> float:
    """Return the probability (0 to 1) that what was found answers the question."""
    features = zip(coefficients, astuple(evidence), strict=True)
    return 1 / (1 + math.exp(-intercept - sum(weight * value for weight, value in features)))


def extract_features(
    idf: Mapping[str, float],
    cosines: Sequence[float],
    best_lexical: float,
    *,
    best_terms: Container[str],
    sentence_cosine: float,
    missing_names: Container[str],
    passages: int,
) -> Evidence:
    """Return the evidence of a search.

    `idf` is that of the question's terms, `cosines` those of the passages found, `best_terms` the
    terms of the three best, `missing_names` the names and figures of the question that are not
    around the best sentence, `passages` the size of the coverage.
    """
    best = sorted(cosines, reverse=True)[:5]
    if not best:
        return Evidence()
    total = sum(idf.values()) or 1.0
    return Evidence(
        cosine=best[0],
        mean_cosine=sum(best) / len(best),
        bm25_ratio=best_lexical / total,
        covered_idf=weighted_coverage(idf, best_terms),
        sentence_cosine=sentence_cosine,
        missing_names=weighted_coverage(idf, missing_names),
        size=math.log10(max(passages, _SMALL)),
    )
