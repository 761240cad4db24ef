"""Fit the coefficients of answerability to questions with and without an answer (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from index.search.answerability import Regression


@dataclass(frozen=True, slots=True)
class Labelled:
    """The features of a set's questions, and whether the coverage answers each."""

    features: Sequence[tuple[float, ...]]
    is_answered: Sequence[bool]


def fit(sets: Sequence[Labelled]) -> Regression:
    """Return the logistic regression that fits best.

    Answered and unanswered questions weigh the same, and so do the sets among either.
    """
    features = np.asarray([each for labelled in sets for each in labelled.features])
    labels = [each for labelled in sets for each in labelled.is_answered]
    weights = np.asarray(_weights(sets)) * len(labels)
    fitted = LogisticRegression(max_iter=1000).fit(features, labels, sample_weight=weights)
    coefficients = tuple(float(each) for each in fitted.coef_[0])
    return Regression(float(fitted.intercept_[0]), coefficients)


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
