"""Does the best that was found answer the question? A calibrated probability (pure).

Two logistic regressions, over features that a person can check. The first says whether the coverage
is about the question at all, from seven features of the search. With a reader, the second adds its
verdict on the best draft: whether it answers. The coefficients come from
`scripts/evaluate.py --calibrate`, which says how to fit them again; no article or question is kept.
"""

import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import NamedTuple

from index.reader.base import Verdict
from index.text.bm25 import weighted_coverage

THRESHOLD = 0.45
_SMALL = 1000  # passages


class Regression(NamedTuple):
    """A logistic regression; the coefficients are in the order of `features`."""

    intercept: float
    coefficients: tuple[float, ...]

    def log_odds(self, features: Sequence[float]) -> float:
        """Return the logarithm of the odds of an answer."""
        weighted = zip(self.coefficients, features, strict=True)
        return self.intercept + sum(weight * value for weight, value in weighted)

    def probability(self, features: Sequence[float]) -> float:
        """Return the probability (0 to 1) of an answer."""
        return 1 / (1 + math.exp(-self.log_odds(features)))


# Fitted on 3,247 questions with an answer (squad, multihop, quotesum, realtimeqa) and 6,081
# without one (multihop's own; realtimeqa's put to squad's coverage, squad's to that of quotesum
# and of realtimeqa), the sets of either kind weighing the same.
BY_SEARCH = Regression(-5.54, (7.68, 10.34, 4.19, 2.78, 7.07, -3.96, -2.49))
# Fitted on the same sets, newsdesk and xquad, with near misses among those without an answer; the
# intercept is raised from 0.75, so that 5 % of newsdesk's questions with an answer are refused.
BY_READER = Regression(1.27, (0.59, 0.62))
# What the search has to say counts up to here: it tells an unknown subject from a known one, and
# nothing about near misses of a known one.
_LEAST_LOG_ODDS, _MOST_LOG_ODDS = -6.0, 2.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well what was found matches the question; all 0 if nothing was.

    The cosines are on the scale of the bundled model (`index/encoders/scale.py`).
    """

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


def features(evidence: Evidence, verdict: Verdict | None = None) -> tuple[float, ...]:
    """Return the features of `BY_SEARCH`, or with a verdict those of `BY_READER`."""
    found: tuple[float, ...] = astuple(evidence)
    if verdict is None:
        return found
    known = min(max(BY_SEARCH.log_odds(found), _LEAST_LOG_ODDS), _MOST_LOG_ODDS)
    return (verdict.logit, known)


def answer_probability(evidence: Evidence, verdict: Verdict | None = None) -> float:
    """Return the probability (0 to 1) that what was found answers the question.

    `verdict` is that of a calibrated reader on the best draft, None if none read it.
    """
    regression = BY_SEARCH if verdict is None else BY_READER
    return regression.probability(features(evidence, verdict))


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

    `idf` is that of the question's terms, `best_terms` the terms of the three best passages,
    `missing_names` the names and figures of the question that are not around the best sentence,
    `passages` the size of the coverage. `cosines` of the passages found and `sentence_cosine` are
    on the bundled model's scale.
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
