"""txtai: an embeddings database, with the text in it (`content`)."""

from collections.abc import Callable, Sequence
from pathlib import Path

from txtai import Embeddings

from benchmarks.systems.peers import FOUND, Passage, Question

PACKAGES = ("txtai",)


def build(passages: Sequence[Passage], folder: Path, model: Path) -> None:
    """Build and save the index."""
    embeddings = Embeddings(path=str(model), content=True)
    embeddings.index(passages)
    embeddings.save(str(folder))


def open_index(folder: Path, _model: Path) -> Callable[[Question], list[str]]:
    """Return what finds the places of passages; the index knows its model."""
    embeddings = Embeddings()
    embeddings.load(str(folder))

    def ask(question: Question) -> list[str]:
        return [each["id"] for each in embeddings.search(question.text, FOUND)]

    return ask
