"""A sentence-transformers CrossEncoder, by name or folder, exported once."""

from pathlib import Path
from typing import Any

import torch
from sentence_transformers import CrossEncoder
from tokenizers import Tokenizer

from index.errors import ReaderError, first_line
from index.reader.base import MOST_TOKENS, ReaderDescription
from index.reader.onnx_export import export_reader

_KNOWN_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class _Logits(torch.nn.Module):
    """A model's one logit as its only output, its inputs by place."""

    def __init__(self, model: Any, inputs: list[str]) -> None:  # noqa: ANN401  # any architecture
        super().__init__()
        self._model = model
        self._inputs = inputs

    def forward(self, *values: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = self._model(**dict(zip(self._inputs, values, strict=True))).logits
        return found.squeeze(-1)


def export_cross_encoder(name: str, folder: Path) -> None:
    """Write the model into a new folder, as `OnnxReader` reads it; raise ReaderError."""
    try:
        model = CrossEncoder(name, device="cpu")
    except Exception as error:  # a damaged file raises whatever the library that reads it does
        raise ReaderError(name, first_line(error)) from error
    if model.num_labels != 1:
        raise ReaderError(name, f"it gives {model.num_labels} scores a pair, expected 1")
    backend = getattr(model.tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ReaderError(name, "its tokenizer does not return the offsets of tokens")
    inputs = [one for one in _KNOWN_INPUTS if one in model.tokenizer.model_input_names]
    tokenizer = Tokenizer.from_str(backend.to_str())
    window = min(MOST_TOKENS, model.tokenizer.model_max_length)
    description = ReaderDescription(name, sha256="", most_tokens=int(window))
    model.model.set_attn_implementation("eager")  # of which onnxruntime makes a leaner graph
    export_reader(_Logits(model.model, inputs), inputs, tokenizer, description, folder, int8=False)
