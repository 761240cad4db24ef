"""A reader's folder in onnxruntime: needs no torch, loads at once."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from index.errors import ReaderError
from index.onnx_files import load_graph, load_tokenizer
from index.reader.base import ReaderDescription, Verdict, Window
from index.reader.folder import ReaderFolder
from index.reader.pairs import Pair, PairTokenizer, best_span

LOGITS, STARTS, ENDS = "logits", "starts", "ends"


def outputs_of(description: ReaderDescription) -> list[str]:
    """Return the outputs of a graph that are read; it may have others."""
    return [LOGITS, STARTS, ENDS] if description.marks_answers else [LOGITS]


class OnnxReader:
    """An exported reader.

    Windows are read one at a time, not in a batch: nothing is padded (measured: 52 instead of
    72 ms for ten windows on one core), and with weights of 8 bits a batch would let a window's
    logit depend on its neighbours.
    """

    def __init__(self, files: ReaderFolder, threads: int = 1) -> None:
        """Load the files; `threads` windows are read at a time. Raises ReaderError."""
        self.description = files.describe()
        self._tokenizer = PairTokenizer(
            load_tokenizer(files.tokenizer, ReaderError),
            self.description.most_tokens,
            reads_headlines=self.description.reads_headlines,
        )
        self._session = load_graph(files.graph, ReaderError)
        self._inputs = {each.name for each in self._session.get_inputs()}
        self._outputs = outputs_of(self.description)
        self._threads = ThreadPoolExecutor(threads, "reader") if threads > 1 else None

    def read(self, question: str, windows: Sequence[Window]) -> list[Verdict]:
        """Return the verdict on each window, in their order."""
        pairs = self._tokenizer.pairs(question, windows)
        if self._threads is None:
            return list(map(self._judge, pairs))
        return list(self._threads.map(self._judge, pairs))

    def _judge(self, pair: Pair) -> Verdict:
        inputs = {name: each for name, each in pair.inputs().items() if name in self._inputs}
        found = dict(zip(self._outputs, self._session.run(self._outputs, inputs), strict=True))
        logit = float(found[LOGITS].flat[0])
        if not self.description.marks_answers:
            return Verdict(logit)
        best = best_span(pair, found[STARTS][0], found[ENDS][0])
        return Verdict(logit, best.span, best.logit) if best else Verdict(logit)
