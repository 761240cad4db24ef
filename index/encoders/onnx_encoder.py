"""Text → unit vectors, by a graph that `onnx_export.py` wrote: needs no torch, loads at once."""

from pathlib import Path

import onnxruntime
from tokenizers import Tokenizer

from index.encoders.base import TextEncoder, Vectors, unit_rows
from index.encoders.description import EncoderDescription, EncoderFiles
from index.encoders.tokenization import Batch, Integers, PassageTokenizer
from index.errors import SnapshotCorruptError

OF_TOKENS = "token_vectors"
OF_TEXTS = "text_vectors"
_ERRORS_ONLY = 3  # of onnxruntime's levels


class OnnxEncoder(TextEncoder):
    """An encoder's folder in onnxruntime."""

    _batch_tokens = 1024  # about 8 passages, whose activations fit into the cache

    def __init__(
        self, files: EncoderFiles, description: EncoderDescription, threads: int = 1
    ) -> None:
        """Load the files; `threads` forward passes run at the same time, each in one thread.

        Raises SnapshotCorruptError naming the file that is not as it should be.
        """
        self.files = files
        self.description = description
        self.tokenizer = PassageTokenizer(
            _load_tokenizer(files.tokenizer),
            prompts=description.prompts,
            window=description.window,
        )
        self._passes = threads
        self._session = _load_graph(files.graph)
        self._inputs = {each.name for each in self._session.get_inputs()}

    def encode_question(self, question: str) -> Vectors:
        """Return the question's unit vector, shape (d,)."""
        batch = Batch.of([self.tokenizer.read_question(question)])
        (vectors,) = self._session.run([OF_TEXTS], self._feed(batch))
        vector: Vectors = unit_rows(vectors)[0]
        return vector

    def install(self, files: EncoderFiles, exported: EncoderFiles | None) -> TextEncoder:
        """Link the graph into a new folder."""
        (exported or self.files).link_to(files.folder)
        return self

    def _forward(self, batch: Batch) -> tuple[Vectors, Vectors]:
        tokens, texts = self._session.run([OF_TOKENS, OF_TEXTS], self._feed(batch))
        return tokens, texts

    def _feed(self, batch: Batch) -> dict[str, Integers]:
        return {name: each for name, each in batch.named().items() if name in self._inputs}


def _load_tokenizer(path: Path) -> Tokenizer:
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers has no narrower one
        raise SnapshotCorruptError(path, f"tokenizers cannot read it: {error}") from error


def _load_graph(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # Parallel batches are faster than parallel operators, and no thread spins between questions.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own have no common base
        raise SnapshotCorruptError(path, f"onnxruntime cannot read it: {error}") from error
