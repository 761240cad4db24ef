"""The coverage, open for questions: one snapshot, its encoder, and what can be asked of them."""

from pathlib import Path

from index.answer import answer_question, drop_altered
from index.encoder import BUNDLED_NAME, Encoder
from index.models import Answer, Article
from index.refusal import THRESHOLD, Evidence
from index.search import HybridSearch
from index.snapshot import Manifest, Snapshot, check_encoder, open_snapshot


class Coverage:
    """An open snapshot that answers questions. For one thread at a time; close it when done."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder, threshold: float = THRESHOLD) -> None:
        self._snapshot = snapshot
        self._threshold = threshold
        self._search = HybridSearch(snapshot, encoder)

    @property
    def manifest(self) -> Manifest:
        """What the snapshot is made of."""
        return self._snapshot.manifest

    def answer(self, question: str, quotes: int = 3, skip: int = 0) -> Answer:
        """Answer the question; see `answer_question`."""
        return answer_question(self._search, question, quotes, skip, self._threshold)

    def evidence(self, question: str) -> Evidence:
        """Return how well what is found matches the question, for calibrating refusals."""
        return self._search.search(question).evidence

    def article(self, key: str) -> Article | None:
        """Return the article of this key, or None where it is not in the coverage (any more)."""
        return self._snapshot.database.article_by_key(key)

    def verified(self, answer: Answer) -> Answer:
        """Return the answer without any quote that is not, byte for byte, in the stored article."""
        keys = {quote.article_key for quote in (*answer.quotes, *answer.related)}
        articles = (self.article(key) for key in keys)
        return drop_altered(answer, {each.id: each.text for each in articles if each})

    def close(self) -> None:
        """Close the snapshot."""
        self._snapshot.close()


def open_coverage(index_dir: Path, model: str = "", threshold: float = THRESHOLD) -> Coverage:
    """Open the snapshot in use with the encoder that built it.

    `model` is an encoder's name or folder; where it is empty, the snapshot's own is loaded. Raises
    SnapshotError or EncoderError.
    """
    snapshot = open_snapshot(index_dir)
    name = model or snapshot.manifest.encoder
    # A question is too short to gain from a second thread, and threads that wait cost time.
    encoder = Encoder("" if name == BUNDLED_NAME else name, threads=1)
    check_encoder(snapshot.manifest, encoder, index_dir)
    return Coverage(snapshot, encoder, threshold)
