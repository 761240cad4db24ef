"""Export a torch encoder into a folder that `index/encoders/onnx_encoder.py` reads without torch.

The graph has all layers of the model, pooling and normalisation included. Its vectors are compared
with those of the model before the folder is used.
"""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from index.encoders.base import PassageText, TextEncoder, Vectors
from index.encoders.description import EncoderFiles
from index.encoders.onnx_encoder import OF_TEXTS, OF_TOKENS, OnnxEncoder
from index.encoders.tokenization import Batch
from index.encoders.torch_encoder import TorchEncoder
from index.errors import EncoderExportError, first_line
from index.models import Span

_OPSET = 17  # the first with layer normalisation as one operator
_SAME = 0.9999  # cosine
_SAMPLES = (
    "Who opened the harbour bridge?",
    "The bridge opened on Monday. Captain Rosa Lindqvist runs the ferry, she said.",
    "Мост открыт. Кто управляет паромом?",
    "大桥周一开通。谁驾驶渡轮？",
    "🚢",
    "a",
    "The ferry sails at noon. " * 200,
)


def export_encoder(encoder: TorchEncoder, folder: Path, threads: int = 1) -> OnnxEncoder:
    """Write the encoder as a graph into a new folder, and open that; see there for `threads`.

    Raises EncoderExportError, and leaves no folder, if its layers cannot be written as a graph or
    if the graph gives other vectors.
    """
    # Imported here: only an export needs onnx, and most builds have no new model to export.
    from index.encoders.onnx_graph import write_graph

    files = EncoderFiles(folder)
    folder.mkdir(parents=True)
    try:
        with TemporaryDirectory(dir=folder) as traced:
            path = Path(traced) / files.graph.name
            _trace(encoder, path)
            write_graph(path, files)
        encoder.tokenizer.write(files.tokenizer)
        # Else only the account that builds could read them.
        shutil.copymode(files.tokenizer, files.weights)
        exported = OnnxEncoder(files, encoder.description, threads)
        _compare(encoder, exported, _SAME)
        return exported
    except OSError:
        raise
    except Exception as error:  # tracing runs any model's code, which may raise anything
        shutil.rmtree(folder)
        raise EncoderExportError(encoder.description.name, first_line(error)) from error


def _trace(encoder: TorchEncoder, path: Path) -> None:
    import torch

    samples = encoder.tokenizer.read_passages([("", each) for each in _SAMPLES[:2]])
    inputs = encoder.inputs(Batch.of(samples))

    class Layers(torch.nn.Module):
        """The model's layers as a function of its inputs, in their order."""

        def __init__(self) -> None:
            super().__init__()
            self.model = encoder.model

        def forward(self, *values: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            return encoder.layers(dict(zip(inputs, values, strict=True)))

    rows_and_length = {0: "rows", 1: "length"}
    axes = dict.fromkeys([*inputs, OF_TOKENS], rows_and_length) | {OF_TEXTS: {0: "rows"}}
    with _plain_attention(encoder.model), warnings.catch_warnings():
        # Tracing may take a variable for a constant; `_compare` would notice.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Layers().eval(),
            tuple(inputs.values()),
            str(path),  # weights of 2 GiB and more are written next to it
            dynamo=False,  # the newer exporter needs onnxscript too
            opset_version=_OPSET,
            input_names=list(inputs),
            output_names=[OF_TOKENS, OF_TEXTS],
            dynamic_axes=axes,
        )


@contextmanager
def _plain_attention(model: Any) -> Iterator[None]:  # noqa: ANN401  # see index/encoders/torch_encoder.py
    """Let attention be plain products, of which onnxruntime makes a leaner graph."""
    layers = model.transformers_model
    before = layers.config._attn_implementation
    layers.set_attn_implementation("eager")
    try:
        yield
    finally:
        layers.set_attn_implementation(before)


def _compare(encoder: TorchEncoder, exported: OnnxEncoder, least: float) -> None:
    """Raise ValueError unless both give vectors of at least this cosine."""
    pairs = zip(_vectors(encoder), _vectors(exported), strict=True)
    cosine = np.min([(one * other).sum(axis=-1).min() for one, other in pairs])
    if not cosine >= least:  # so written, it refuses "not a number" too
        raise ValueError(f"its graph gives other vectors (cosine {cosine:.4f})")


def _vectors(encoder: TextEncoder) -> Iterator[Vectors]:
    for text in _SAMPLES:
        yield encoder.encode_question(text)
    half = [len(text) // 2 for text in _SAMPLES]
    passages = [
        PassageText(_SAMPLES[0], text, (Span(0, middle), Span(middle, len(text))))
        for text, middle in zip(_SAMPLES, half, strict=True)
    ]
    for encoded in encoder.encode_passages(passages):
        yield encoded.vector
        yield encoded.sentences
