"""A model's scale is measured over the samples; its cosines are mapped to the bundled model's."""

from dataclasses import replace
from itertools import chain

import numpy as np
import pytest

from index.encoders.onnx_encoder import OnnxEncoder
from index.encoders.samples import SAMPLES
from index.encoders.scale import BUNDLED_SCALES, CosineScale, CosineScales, compare_samples
from tests.index.shifted_encoder import ShiftedEncoder

TARGET = CosineScale(0.3, 0.2)


def unmeasured(encoder):
    """The same graph, as if nobody knew its scales."""
    description = replace(encoder.description, scales=None)
    return OnnxEncoder(encoder.files, description)


def numbers(scales):
    passages, sentences = scales.passages, scales.sentences
    return [passages.mean, passages.deviation, sentences.mean, sentences.deviation]


def test_numbers_of_the_bundled_model_are_those_that_are_measured(encoder):
    measured = unmeasured(encoder).scales

    assert numbers(measured) == pytest.approx(numbers(BUNDLED_SCALES), abs=0.0002)


def test_cosines_of_the_bundled_model_stay_as_they_are(encoder):
    cosines = np.random.default_rng(0).uniform(-1, 1.0000001, 1000).tolist()

    assert encoder.scales is BUNDLED_SCALES
    assert [encoder.scales.passage_similarity(each) for each in cosines] == cosines
    assert [encoder.scales.sentence_similarity(each) for each in cosines] == cosines


def test_constant_direction_shifts_the_scale_and_mapping_takes_it_back(encoder):
    shifted = ShiftedEncoder(encoder)
    questions = [each.question for each in SAMPLES]

    def cosines(encoder):
        vectors = np.stack([encoder.encode_question(each) for each in questions])
        return (vectors @ vectors.T)[np.triu_indices(len(SAMPLES), 1)]

    before, after = cosines(encoder), cosines(shifted)
    mapped = [shifted.scales.sentence_similarity(each) for each in after.tolist()]

    assert after.mean() == pytest.approx(0.73, abs=0.03)
    assert after.std() < 0.04
    assert np.abs(np.array(mapped) - before).max() < 0.08
    assert np.abs(np.array(mapped) - before).mean() < 0.04


def test_passages_and_sentences_have_scales_of_their_own():
    scales = CosineScales(CosineScale(0.5, 0.1), CosineScale(0.7, 0.05))

    assert scales.passage_similarity(0.5) == BUNDLED_SCALES.passages.mean
    assert scales.sentence_similarity(0.7) == BUNDLED_SCALES.sentences.mean


@pytest.mark.parametrize(
    ("cosine", "expected"), [(0.73, 0.3), (0.76, 0.5), (0.70, 0.1), (0.61, -0.5), (0.85, 1.0)]
)
def test_so_many_deviations_stay_so_many_but_nothing_is_above_1(cosine, expected):
    scale = CosineScale(0.73, 0.03)

    assert scale.convert(cosine, TARGET) == pytest.approx(expected)


def test_model_that_tells_nothing_apart_gets_no_cosines_from_noise():
    scale = CosineScale(0.9, 0.0)

    assert scale.convert(0.9, TARGET) == 0.3
    assert scale.convert(0.90001, TARGET) == pytest.approx(0.302)


def test_related_and_unrelated_pairs_weigh_the_same():
    """Three samples in three dimensions: own pairs have a cosine of 1 (.6), others of 0."""
    own = np.eye(3, dtype=np.float32)
    sentences = np.stack([own * 0.6, own], axis=1)

    scales = compare_samples(own, own, sentences)

    assert scales.passages == CosineScale(0.5, 0.5)
    assert scales.sentences.mean == pytest.approx(0.4)
    spread = (0.2**2 + 0.6**2) / 2
    assert scales.sentences.deviation == pytest.approx(((spread + 0.4**2) / 2) ** 0.5)


def test_every_sample_has_other_words(encoder):
    """Else a question would be related to more than its own."""
    questions = np.stack([encoder.encode_question(each.question) for each in SAMPLES])
    texts = [encoder.encode_question(f"{each.first} {each.second}") for each in SAMPLES]
    nearest = (questions @ np.stack(texts).T).argmax(axis=1)

    assert nearest.tolist() == list(range(len(SAMPLES)))
    assert len(set(chain(*SAMPLES))) == 4 * len(SAMPLES)
