"""Text → unit vectors, by a graph that `index/export.py` wrote: needs no torch, loads at once."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import onnxruntime
from tokenizers import Tokenizer

from index.errors import SnapshotCorruptError
from index.text_encoder import TextEncoder, Vectors, unit_rows
from index.tokens import Batch, Integers, PassageTokenizer

OF_TOKENS = "token_vectors"
OF_TEXTS = "text_vectors"
_ERRORS_ONLY = 3  # of onnxruntime's levels


@dataclass(frozen=True, slots=True)
class EncoderFolder:
    """The files of an encoder's folder."""

    folder: Path

    @property
    def graph(self) -> Path:
        """ONNX: tokens → their vectors and their text's."""
        return self.folder / "model.onnx"

    @property
    def weights(self) -> Path:
        """The graph's weights, apart: so they are memory-mapped."""
        return self.folder / "model.onnx.data"

    @property
    def tokenizer(self) -> Path:
        """JSON of the tokenizers library."""
        return self.folder / "tokenizer.json"

    @property
    def description(self) -> Path:
        """JSON of `Description`."""
        return self.folder / "encoder.json"

    @property
    def files(self) -> tuple[Path, ...]:
        """All of them."""
        return (self.graph, self.weights, self.tokenizer, self.description)


@dataclass(frozen=True, slots=True)
class Description:
    """Which model the graph was made of, and how it reads; `window` counts tokens."""

    name: str
    revision: str | None
    weights_sha256: str
    dimension: int
    prompts: dict[str, str]
    window: int

    def write(self, path: Path) -> None:
        """Write the file."""
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False)
        path.write_text(text + "\n", "utf-8")

    @classmethod
    def read(cls, path: Path) -> "Description":
        """Read the file; raise SnapshotCorruptError where it is not one."""
        try:
            return cls(**json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise SnapshotCorruptError(path, "not an encoder's description") from error


class OnnxEncoder(TextEncoder):
    """An encoder's folder in onnxruntime."""

    _batch_tokens = 1024  # some 8 passages: what goes between the layers stays in the cache

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Load the folder; so many passes over passages run at a time, each in one thread.

        Raises SnapshotCorruptError naming the file that is not as it should be.
        """
        files = EncoderFolder(folder)
        described = Description.read(files.description)
        self.name = described.name
        self.revision = described.revision
        self.weights_sha256 = described.weights_sha256
        self.dimension = described.dimension
        self.tokenizer = PassageTokenizer(
            _load_tokenizer(files.tokenizer),
            prompts=described.prompts,
            window=described.window,
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
    # Batches side by side beat threads in step, and between questions no thread waits.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own have no common base
        raise SnapshotCorruptError(path, f"onnxruntime cannot read it: {error}") from error
