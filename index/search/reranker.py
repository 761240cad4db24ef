"""An optional second look: a cross-encoder reads question and sentence together.

`RERANKER_MODEL` names a sentence-transformers CrossEncoder or its folder; without it, none.
"""

from collections.abc import Mapping
from typing import Any

from index.errors import NO_TORCH, RerankerError
from index.models import SentenceNo
from index.search.ranking import scale

RESCORED = 50  # sentences it reads a question: the best so far


class Reranker:
    """A loaded cross-encoder."""

    def __init__(self, name: str) -> None:
        """Load a model by name or folder; raise RerankerError where it cannot be loaded."""
        self.name = name
        self._model = _load(name)

    def rescore(
        self, question: str, texts: Mapping[SentenceNo, str], scores: Mapping[SentenceNo, float]
    ) -> dict[SentenceNo, float]:
        """Return the scores (0 to 1) with the best `RESCORED` in the order of the cross-encoder.

        These share the upper half; what it did not read stays below, in its order.
        """
        ranked = sorted(scores, key=lambda number: (-scores[number], number))
        read = ranked[:RESCORED]
        found = self._model.predict(
            [(question, texts[number]) for number in read], show_progress_bar=False
        )
        above = scale(dict(zip(read, map(float, found), strict=True)))
        rescored = {number: score / 2 for number, score in scores.items()}
        return rescored | {number: (1 + score) / 2 for number, score in above.items()}


def _load(name: str) -> Any:  # noqa: ANN401  # sentence-transformers' own type loads torch
    try:
        # Imported here: it takes seconds, and most runs have no reranker.
        from safetensors import SafetensorError
        from sentence_transformers import CrossEncoder
    except ModuleNotFoundError as error:
        raise RerankerError(name, NO_TORCH) from error
    try:
        model = CrossEncoder(name)
    except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
        reason = str(error).strip().split("\n")[0]
        raise RerankerError(name, reason) from error
    if model.num_labels != 1:
        raise RerankerError(name, f"it gives {model.num_labels} scores a pair, expected 1")
    return model
