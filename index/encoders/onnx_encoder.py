"""Text → unit vectors, by a graph that `onnx_export.py` wrote: needs no torch, loads at once."""

from index.encoders.base import TextEncoder, Vectors, unit_rows
from index.encoders.description import EncoderDescription, EncoderFiles
from index.encoders.tokenization import Batch, Integers, PassageTokenizer
from index.errors import SnapshotCorruptError
from index.onnx_files import load_graph, load_tokenizer

OF_TOKENS = "token_vectors"
OF_TEXTS = "text_vectors"


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
            load_tokenizer(files.tokenizer, SnapshotCorruptError),
            prompts=description.prompts,
            window=description.window,
        )
        self._passes = threads
        self._session = load_graph(files.graph, SnapshotCorruptError)
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
