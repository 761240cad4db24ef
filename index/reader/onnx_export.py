"""A cross-encoder in torch → a folder that `onnx_reader.py` reads without torch.

Only a build or a training comes here: a bot has neither torch nor onnx.
"""

import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.quant_utils import add_pre_process_metadata
from tokenizers import Tokenizer

from index.errors import ReaderError, first_line
from index.files import hash_file
from index.reader.base import ReaderDescription, Window
from index.reader.folder import ReaderFolder
from index.reader.onnx_reader import ENDS, LOGITS, STARTS, OnnxReader, outputs_of
from index.reader.pairs import PairTokenizer

_OPSET = 17  # the first with layer normalisation as one operator
_SAME = 0.001  # the most that the graph's logits may differ from the network's
_SAME_INT8 = 1.0  # rounded weights move them: by .1 to .3, of logits from -11 to 9
_QUESTION = "Who opened the harbour bridge?"
_WINDOWS = (
    Window("The harbour bridge was opened by Mayor Ines Falk on Monday.", "A bridge at last"),
    Window("The ferry sails at noon. " * 30, "Ferry"),
    Window("Nobody has opened the bridge yet, said a spokesman."),
    Window("a"),
)


def export_reader(
    network: torch.nn.Module,
    inputs: Sequence[str],
    tokenizer: Tokenizer,
    description: ReaderDescription,
    folder: Path,
    *,
    int8: bool,
) -> OnnxReader:
    """Write the network into a new folder and open that; `int8` rounds its weights to 8 bits.

    The network takes `inputs` (token ids and the like, shape (n, L)) and returns logits (n), and
    if the description says so scores (n, L) of the answer's starts and ends.
    Raises ReaderError, and leaves no folder, if it cannot be written as a graph or the graph gives
    other logits.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Under its name only when it is whole: an export that is killed must not be in the way.
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as unfinished:
        files = ReaderFolder(Path(unfinished) / folder.name)
        files.folder.mkdir()
        try:
            _write_graph(network, inputs, tokenizer, description, files, int8=int8)
            tokenizer.save(str(files.tokenizer))
            files.write_description(replace(description, sha256=hash_file(files.graph)))
            exported = OnnxReader(files)
            _compare(network, inputs, tokenizer, exported, _SAME_INT8 if int8 else _SAME)
        except OSError:
            raise
        except Exception as error:  # tracing runs any model's code, which may raise anything
            reason = f"cannot be exported: {first_line(error)}"
            raise ReaderError(description.name, reason) from error
        files.folder.rename(folder)
        return exported


def _write_graph(
    network: torch.nn.Module,
    inputs: Sequence[str],
    tokenizer: Tokenizer,
    description: ReaderDescription,
    files: ReaderFolder,
    *,
    int8: bool,
) -> None:
    sample = _samples(tokenizer, description, inputs)[0]
    axes: dict[str, dict[int, str]] = {
        name: {0: "rows", 1: "length"} for name in (*inputs, STARTS, ENDS)
    }
    with TemporaryDirectory(dir=files.folder) as traced, warnings.catch_warnings():
        # What tracing takes for constant is looked at by `_compare`.
        warnings.simplefilter("ignore")
        path = Path(traced) / files.graph.name
        torch.onnx.export(
            network.eval(),
            tuple(sample.values()),
            str(path),
            dynamo=False,  # the newer exporter needs onnxscript too
            opset_version=_OPSET,
            input_names=list(inputs),
            output_names=outputs_of(description),
            dynamic_axes=axes | {LOGITS: {0: "rows"}},
        )
        if int8:
            _write_int8(path, files.graph)
        else:
            path.replace(files.graph)


def _write_int8(traced: Path, graph: Path) -> None:
    model = onnx.load_model(traced)
    # Else it logs the advice to simplify the graph first, which onnxruntime does as it loads it.
    add_pre_process_metadata(model)
    quantize_dynamic(
        model,
        graph,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,  # else sums overflow in processors without VNNI
    )


def _samples(
    tokenizer: Tokenizer, description: ReaderDescription, inputs: Sequence[str]
) -> list[dict[str, torch.Tensor]]:
    pairs = PairTokenizer(
        tokenizer, description.most_tokens, reads_headlines=description.reads_headlines
    ).pairs(_QUESTION, _WINDOWS)
    return [{name: torch.from_numpy(pair.inputs()[name]) for name in inputs} for pair in pairs]


def _compare(
    network: torch.nn.Module,
    inputs: Sequence[str],
    tokenizer: Tokenizer,
    exported: OnnxReader,
    most: float,
) -> None:
    """Raise ValueError unless the logits of both are at most `most` apart."""
    with torch.inference_mode():
        own = [
            float(_first(network(*sample.values())).flatten()[0])
            for sample in _samples(tokenizer, exported.description, inputs)
        ]
    found = [verdict.logit for verdict in exported.read(_QUESTION, _WINDOWS)]
    apart = np.abs(np.array(own) - found).max()
    if not apart <= most:  # so written, it refuses "not a number" too
        raise ValueError(f"its graph gives other logits (by up to {apart:.3f})")


def _first(outputs: Any) -> torch.Tensor:  # noqa: ANN401  # one tensor, or a tuple of them
    found: torch.Tensor = outputs if isinstance(outputs, torch.Tensor) else outputs[0]
    return found
