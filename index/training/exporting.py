"""Trained weights → 8-bit ONNX, as `index/reader/` reads it."""

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from index.reader.base import ReaderDescription
from index.reader.onnx_export import export_reader
from index.training.checkpoint import read_start
from index.training.network import ReaderNetwork, build_network

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class _Outputs(torch.nn.Module):
    """The network with its outputs as a tuple, in the order of `export_reader`."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self._network = network

    def forward(self, *values: Tensor) -> tuple[Tensor, ...]:
        return tuple(self._network(*values))


def export_network(weights: Path, folder: Path, name: str, languages: Sequence[str]) -> None:
    """Write the weights of a folder of `fit` into a new folder; raise ReaderError."""
    found, tokenizer = read_start(weights)
    network = build_network(found)
    description = ReaderDescription(
        name,
        sha256="",
        languages=tuple(languages),
        marks_answers=True,
        is_calibrated=True,
    )
    export_reader(_Outputs(network), _INPUTS, tokenizer, description, folder, int8=True)
