"""How high a model's cosines are, and what they would be on the bundled model's scale (pure).

Two texts on different subjects have a cosine of about 0.05 by one model and 0.73 by another, so no
constant fits both. Each model's scale is measured once over the same texts, and its cosines are
mapped to the bundled model's, for which all constants were chosen.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_Vectors = npt.NDArray[np.float32]
_LEAST_DEVIATION = 0.001  # of a model that tells nothing apart: what differs is noise


@dataclass(frozen=True, slots=True)
class CosineScale:
    """Mean and standard deviation of cosines, related and unrelated pairs weighing the same.

    So the deviation is above all half the distance between what is related and what is not; for a
    model that doesn't tell them apart, it is the noise.
    """

    mean: float
    deviation: float

    def convert(self, cosine: float, target: "CosineScale") -> float:
        """Return what a cosine of this scale is on the target's, 1 at most."""
        if self == target:
            return cosine
        deviations = (cosine - self.mean) / max(self.deviation, _LEAST_DEVIATION)
        return min(1.0, target.mean + deviations * target.deviation)


@dataclass(frozen=True, slots=True)
class CosineScales:
    """The scales of a model's cosines of a question to passages and to sentences.

    They differ since a sentence's vector is the mean of its tokens, whatever the model makes a
    passage's of.
    """

    passages: CosineScale
    sentences: CosineScale

    def passage_similarity(self, cosine: float) -> float:
        """Return the cosine of a question and a passage on the bundled model's scale."""
        return self.passages.convert(cosine, BUNDLED_SCALES.passages)

    def sentence_similarity(self, cosine: float) -> float:
        """Return the same for a question and a sentence, or two sentences."""
        return self.sentences.convert(cosine, BUNDLED_SCALES.sentences)


# Those of the bundled model; a test measures them.
BUNDLED_SCALES = CosineScales(CosineScale(0.3585, 0.3092), CosineScale(0.3302, 0.29))


def compare_samples(questions: _Vectors, passages: _Vectors, sentences: _Vectors) -> CosineScales:
    """Return the scales of a model from its unit vectors of the samples.

    `questions` and `passages` have the shape (n, d), `sentences` (n, k, d): row *i* of each belongs
    to sample *i*, whose question is related to its own passage and sentences alone.
    """
    count, of_each, dimension = sentences.shape
    is_own = np.eye(count, dtype=bool)
    flat = sentences.reshape(count * of_each, dimension)
    return CosineScales(
        _scale(questions @ passages.T, is_own),
        _scale(questions @ flat.T, np.repeat(is_own, of_each, axis=1)),
    )


def _scale(cosines: _Vectors, is_related: npt.NDArray[np.bool_]) -> CosineScale:
    groups = cosines[is_related], cosines[~is_related]
    mean = float(np.mean([group.mean() for group in groups]))
    variance = np.mean([((group - mean) ** 2).mean() for group in groups])
    return CosineScale(mean, float(variance**0.5))
