"""Opens the two files that an exported model consists of: its tokenizer and its graph."""

from collections.abc import Callable
from pathlib import Path

import onnxruntime
from tokenizers import Tokenizer

from index.errors import CoverageError

_ERRORS_ONLY = 3  # of onnxruntime's levels

# An error about a file of the model, by its path and the reason.
Failure = Callable[[Path, str], CoverageError]


def load_tokenizer(path: Path, failure: Failure) -> Tokenizer:
    """Return the tokenizer in a `tokenizer.json`; raise `failure` if it is none."""
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers has no narrower one
        raise failure(path, f"tokenizers cannot read it: {error}") from error


def load_graph(path: Path, failure: Failure) -> onnxruntime.InferenceSession:
    """Return the graph in a `.onnx` file, ready to run; raise `failure` if it is none.

    It runs in the thread that calls it, and several threads may call it at once: on two cores that
    is faster than operators divided over threads, and no thread spins between questions.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own have no common base
        raise failure(path, f"onnxruntime cannot read it: {error}") from error
