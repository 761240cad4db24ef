"""Does the best that was found answer the question? A calibrated probability (pure).

Logistic regression over seven features that a person can check. The coefficients come from
`scripts/evaluate.py --calibrate`, which says how to fit them again; no article or question is kept.
"""

import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import astuple, dataclass

from index.text.bm25 import held_share

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
    lexical: float = 0.0
    """BM25 of the best passage over the summed idf of the question's terms."""
    held: float = 0.0
    """Share (0 to 1) of the question's idf that the three best passages hold."""
    sentence_cosine: float = 0.0
    """Cosine of the best sentence to the question."""
    unnamed: float = 0.0
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


def weigh_evidence(
    idf: Mapping[str, float],
    cosines: Sequence[float],
    best_lexical: float,
    *,
    held: Container[str],
    sentence_cosine: float,
    unnamed: Container[str],
    passages: int,
) -> Evidence:
    """Return the evidence of a search.

    `idf` is that of the question's terms, `cosines` those of the passages found, `held` the terms
    of the three best, `unnamed` the names and figures of the question that are not around the best
    sentence, `passages` the size of the coverage.
    """
    best = sorted(cosines, reverse=True)[:5]
    if not best:
        return Evidence()
    total = sum(idf.values()) or 1.0
    return Evidence(
        cosine=best[0],
        mean_cosine=sum(best) / len(best),
        lexical=best_lexical / total,
        held=held_share(idf, held),
        sentence_cosine=sentence_cosine,
        unnamed=held_share(idf, unnamed),
        size=math.log10(max(passages, _SMALL)),
    )
