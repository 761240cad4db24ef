"""Haystack: a pipeline of an embedder and a retriever, over its FAISS document store.

That store keeps vectors and texts on disk; the in-memory one of its tutorials is, by its own
documentation, not for production.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from haystack import Document, Pipeline
from haystack.document_stores.types import DuplicatePolicy
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)
from haystack_integrations.components.retrievers.faiss import FAISSEmbeddingRetriever
from haystack_integrations.document_stores.faiss import FAISSDocumentStore

from benchmarks.systems.peers import FOUND, Passage, Question

PACKAGES = ("haystack-ai",)
_DIMENSION = 384


def build(passages: Sequence[Passage], folder: Path, model: Path) -> None:
    """Build and save the index."""
    documents = [Document(id=each.place, content=each.text) for each in passages]
    embedder = SentenceTransformersDocumentEmbedder(model=str(model), progress_bar=False)
    store = FAISSDocumentStore(embedding_dim=_DIMENSION)
    embedded = embedder.run(documents)["documents"]
    store.write_documents(embedded, policy=DuplicatePolicy.OVERWRITE)
    store.save(folder / "store")


def open_index(folder: Path, model: Path) -> Callable[[Question], list[str]]:
    """Return what finds the places of passages."""
    store = FAISSDocumentStore(index_path=str(folder / "store"), embedding_dim=_DIMENSION)
    embedder = SentenceTransformersTextEmbedder(model=str(model), progress_bar=False)
    pipeline = Pipeline()
    pipeline.add_component("text_embedder", embedder)
    pipeline.add_component("retriever", FAISSEmbeddingRetriever(document_store=store, top_k=FOUND))
    pipeline.connect("text_embedder.embedding", "retriever.query_embedding")

    def ask(question: Question) -> list[str]:
        found = pipeline.run({"text_embedder": {"text": question.text}})
        return [each.id for each in found["retriever"]["documents"]]

    return ask
