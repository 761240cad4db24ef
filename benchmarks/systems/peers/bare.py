"""Nothing but the parts: sentence-transformers for the vectors, FAISS for the nearest."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import faiss
from sentence_transformers import SentenceTransformer

from benchmarks.systems.peers import FOUND, Passage, Question

PACKAGES = ("sentence-transformers", "faiss-cpu")


def build(passages: Sequence[Passage], folder: Path, model: Path) -> None:
    """Build and save the index."""
    vectors = SentenceTransformer(str(model)).encode_document([each.text for each in passages])
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(folder / "passages.faiss"))
    (folder / "passages.json").write_text(json.dumps(passages), "utf-8")


def open_index(folder: Path, model: Path) -> Callable[[Question], list[str]]:
    """Return what finds the places of passages."""
    encoder = SentenceTransformer(str(model))
    index = faiss.read_index(str(folder / "passages.faiss"))
    passages = json.loads((folder / "passages.json").read_text("utf-8"))

    def ask(question: Question) -> list[str]:
        _, rows = index.search(encoder.encode_query([question.text]), FOUND)
        return [passages[row][0] for row in rows[0] if row >= 0]

    return ask
