"""The probability of an answer rises with the evidence, and its coefficients can be fitted anew."""

from dataclasses import astuple, fields, replace

import pytest

from index.evaluation.calibration import Labelled, auc, fit
from index.search.answerability import COEFFICIENTS, Evidence, answer_probability, extract_features

SOME = Evidence(0.4, 0.35, 0.8, 0.6, 0.4, 0.2, 3.0)


def test_every_feature_has_a_coefficient():
    assert len(COEFFICIENTS) == len(fields(Evidence))


@pytest.mark.parametrize(
    "feature", ["cosine", "mean_cosine", "bm25_ratio", "covered_idf", "sentence_cosine"]
)
def test_more_evidence_makes_an_answer_likelier(feature):
    more = replace(SOME, **{feature: getattr(SOME, feature) + 0.1})

    assert answer_probability(more) > answer_probability(SOME)


@pytest.mark.parametrize(("feature", "added"), [("missing_names", 0.1), ("size", 1.0)])
def test_missing_names_and_a_larger_coverage_make_it_less_likely(feature, added):
    more = replace(SOME, **{feature: getattr(SOME, feature) + added})

    assert answer_probability(more) < answer_probability(SOME)


def test_evidence_is_weighed_by_idf():
    evidence = extract_features(
        {"bridg": 3.0, "open": 1.0},
        [0.2, 0.5, 0.4, 0.1, 0.0, -0.5],
        6.0,
        best_terms={"bridg"},
        sentence_cosine=0.6,
        missing_names={"open"},
        passages=10_000,
    )

    assert astuple(evidence) == pytest.approx((0.5, 0.24, 1.5, 0.75, 0.6, 0.25, 4.0))


def test_small_coverage_is_no_reason_to_answer_more_readily():
    of_size = [
        extract_features(
            {}, [0.5], 1.0, best_terms=(), sentence_cosine=0.5, missing_names=(), passages=passages
        )
        for passages in (1, 40, 1000)
    ]

    assert of_size[0] == of_size[1] == of_size[2]


def test_nothing_found_is_no_evidence():
    nothing = extract_features(
        {"a": 1.0}, [], 0.0, best_terms=(), sentence_cosine=0.0, missing_names=(), passages=0
    )

    assert nothing == Evidence()
    assert answer_probability(nothing) < 0.01


def test_fitted_coefficients_tell_the_sets_apart():
    answered = [replace(SOME, cosine=0.7 + row / 100) for row in range(20)]
    others = [replace(SOME, cosine=0.1 + row / 100) for row in range(40)]
    one = Labelled(answered + others, [True] * 20 + [False] * 40)

    intercept, coefficients = fit([one])

    fitted = [answer_probability(each, intercept, coefficients) for each in answered + others]
    assert min(fitted[:20]) > 0.5 > max(fitted[20:])
    assert auc(fitted[:20], fitted[20:]) == 1.0


def test_sets_weigh_the_same_whatever_their_size():
    low, high = replace(SOME, cosine=0.2), replace(SOME, cosine=0.6)
    small = Labelled([high, low], [True, False])
    large_and_opposed = Labelled([low] * 100 + [high] * 100, [True] * 100 + [False] * 100)

    _, (cosine, *_) = fit([small, large_and_opposed])

    assert cosine == pytest.approx(0, abs=0.01)


def test_auc_counts_ties_as_half():
    assert auc([0.5, 0.9], [0.5, 0.1]) == pytest.approx(3.5 / 4)
