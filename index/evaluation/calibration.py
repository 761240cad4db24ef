"""Fit the coefficients of answerability to questions with and without an answer (pure)."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from index.search.answerability import Evidence


@dataclass(frozen=True, slots=True)
class Labelled:
    """The evidence for a set's questions, and whether the coverage answers each."""

    evidence: Sequence[Evidence]
    is_answered: Sequence[bool]


def fit(sets: Sequence[Labelled]) -> tuple[float, tuple[float, ...]]:
    """Return intercept and coefficients of the logistic regression that fits best.

    Answered and unanswered questions weigh the same, and so do the sets among either.
    """
    features = np.asarray([astuple(each) for labelled in sets for each in labelled.evidence])
    labels = [each for labelled in sets for each in labelled.is_answered]
    weights = np.asarray(_weights(sets)) * len(labels)
    fitted = LogisticRegression(max_iter=1000).fit(features, labels, sample_weight=weights)
    return float(fitted.intercept_[0]), tuple(float(each) for each in fitted.coef_[0])


def _weights(sets: Sequence[Labelled]) -> list[float]:
    """Return a weight a question; those with an answer sum to 1, and so do those without."""
    with_label = {
        label: sum(label in labelled.is_answered for labelled in sets) for label in (True, False)
    }
    return [
        1 / (with_label[label] * list(labelled.is_answered).count(label))
        for labelled in sets
        for label in labelled.is_answered
    ]


def auc(answered: Sequence[float], unanswered: Sequence[float]) -> float:
    """Return the chance that an answered question has the higher probability; ties count half."""
    one, other = np.asarray(answered)[:, None], np.asarray(unanswered)[None, :]
    return float(((one > other) + 0.5 * (one == other)).mean())
