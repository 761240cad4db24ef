"""The probability of an answer rises with the evidence, and its coefficients can be fitted anew."""

from dataclasses import astuple, fields, replace

import pytest

from index.evaluation.calibration import Labelled, fit
from index.models import Span
from index.reader.base import Verdict
from index.search.answerability import (
    BY_READER,
    BY_SEARCH,
    THRESHOLD,
    Evidence,
    answer_probability,
    extract_features,
    features,
)

SOME = Evidence(0.4, 0.35, 0.8, 0.6, 0.4, 0.2, 3.0)
STRONG = Evidence(0.9, 0.8, 2.0, 1.0, 0.9, 0.0, 3.0)


def test_every_feature_has_a_coefficient():
    assert len(BY_SEARCH.coefficients) == len(features(SOME)) == len(fields(Evidence))
    assert len(BY_READER.coefficients) == len(features(SOME, Verdict(1.0)))


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


def test_sure_reader_makes_an_answer_likelier_and_a_doubting_one_less_likely():
    logits = [-7.0, -2.0, 0.0, 2.0, 6.0]

    chances = [answer_probability(SOME, Verdict(logit)) for logit in logits]

    assert chances == sorted(chances)
    assert chances[0] < 0.1 < 0.9 < chances[-1]


def test_reader_that_sees_no_answer_has_the_best_search_refused():
    assert answer_probability(STRONG) > 0.9
    assert answer_probability(STRONG, Verdict(-6.0)) < THRESHOLD


def test_better_search_makes_an_answer_likelier_for_the_same_verdict():
    verdict = Verdict(0.0)
    weak = replace(SOME, cosine=0.3)

    assert answer_probability(SOME, verdict) > answer_probability(weak, verdict)


def test_search_that_is_sure_has_no_more_say_than_one_that_is_nearly():
    surer = replace(STRONG, cosine=1.0)
    unsure, unsurer = Evidence(size=3.0), Evidence(missing_names=1.0, size=6.0)

    assert features(STRONG, Verdict(1.5)) == features(surer, Verdict(1.5)) == (1.5, 2.0)
    assert features(unsure, Verdict(1.5)) == features(unsurer, Verdict(1.5))


def test_span_has_no_say_in_the_refusal():
    assert features(SOME, Verdict(1.5, Span(0, 5), -3.0)) == features(SOME, Verdict(1.5))


def test_fitted_coefficients_tell_the_sets_apart():
    answered = [features(replace(SOME, cosine=0.7 + row / 100)) for row in range(20)]
    others = [features(replace(SOME, cosine=0.1 + row / 100)) for row in range(40)]

    regression = fit([Labelled(answered + others, [True] * 20 + [False] * 40)])

    fitted = [regression.probability(each) for each in answered + others]
    assert min(fitted[:20]) > 0.5 > max(fitted[20:])


def test_coefficients_of_verdicts_are_fitted_too():
    found = [features(SOME, Verdict(float(logit))) for logit in range(-10, 10)]

    regression = fit([Labelled(found, [logit >= 2 for logit in range(-10, 10)])])

    fitted = [regression.probability(each) for each in found]
    assert len(regression.coefficients) == 2
    assert max(fitted[:12]) < 0.5 < min(fitted[12:])


def test_sets_weigh_the_same_whatever_their_size():
    low, high = features(replace(SOME, cosine=0.2)), features(replace(SOME, cosine=0.6))
    small = Labelled([high, low], [True, False])
    large_and_opposed = Labelled([low] * 100 + [high] * 100, [True] * 100 + [False] * 100)

    regression = fit([small, large_and_opposed])

    assert regression.coefficients[0] == pytest.approx(0, abs=0.01)
