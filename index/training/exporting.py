"""Trained weights → 8-bit ONNX, as `index/reader/` reads it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from index.errors import InputFileError
from index.reader.base import ReaderDescription
from index.reader.onnx_export import export_reader
from index.training.checkpoint import Weights, read_start
from index.training.network import ReaderNetwork, build_network

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class _Outputs(torch.nn.Module):
    """The network with the outputs that `export_reader` takes; relevance is only trained with."""

    def __init__(self, network: ReaderNetwork, *, marks_answers: bool) -> None:
        super().__init__()
        self._network = network
        self._marks_answers = marks_answers

    def forward(self, *values: Tensor) -> tuple[Tensor, ...]:
        found = self._network(*values)
        spans = (found.starts, found.ends) if self._marks_answers else ()
        return (found.logits, *spans)


def export_network(
    weights: Sequence[Path],
    folder: Path,
    name: str,
    languages: Sequence[str],
    *,
    is_calibrated: bool,
) -> None:
    """Write the mean of the weights of one or more folders of `fit` into a new folder.

    `languages` and `is_calibrated` are as `ReaderDescription` has them: no weights tell them.

    A network and one trained further from it lie close together; their mean orders texts of kinds
    that the further training lacked better than either (Wortsman et al. 2022, arXiv:2109.01903).
    Raises InputFileError if the folders hold networks of different sizes or no network,
    and ReaderError.
    """
    found, tokenizer = read_start(weights[0])
    for other in weights[1:]:
        added = read_start(other)[0]
        if _shapes(added) != _shapes(found):
            raise InputFileError(other, f"a network of another size than that in {weights[0]}")
        found = {key: found[key] + each for key, each in added.items()}
    mean = {key: each / np.float32(len(weights)) for key, each in found.items()}
    try:
        network = build_network(mean)
    except ValueError as error:
        raise InputFileError(weights[0], str(error)) from error
    description = ReaderDescription(
        name,
        sha256="",
        languages=tuple(languages),
        marks_answers="span.weight" in mean,  # a start has no span head yet
        is_calibrated=is_calibrated,
    )
    outputs = _Outputs(network, marks_answers=description.marks_answers)
    export_reader(outputs, _INPUTS, tokenizer, description, folder, int8=True)


def _shapes(weights: Weights) -> dict[str, tuple[int, ...]]:
    return {name: each.shape for name, each in weights.items()}
