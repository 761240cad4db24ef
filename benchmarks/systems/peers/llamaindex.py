"""LlamaIndex: a vector store index over FAISS; a passage is a node."""

from collections.abc import Callable, Sequence
from pathlib import Path

import faiss
from llama_index.core import StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.vector_stores.faiss import FaissVectorStore

from benchmarks.systems.peers import FOUND, Passage, Question

PACKAGES = ("llama-index-core",)
_DIMENSION = 384


def build(passages: Sequence[Passage], folder: Path, model: Path) -> None:
    """Build and save the index."""
    store = FaissVectorStore(faiss_index=faiss.IndexFlatL2(_DIMENSION))
    index = VectorStoreIndex(
        [TextNode(id_=each.place, text=each.text) for each in passages],
        storage_context=StorageContext.from_defaults(vector_store=store),
        embed_model=HuggingFaceEmbedding(model_name=str(model)),
    )
    index.storage_context.persist(str(folder))


def open_index(folder: Path, model: Path) -> Callable[[Question], list[str]]:
    """Return what finds the places of passages."""
    store = FaissVectorStore.from_persist_dir(str(folder))
    context = StorageContext.from_defaults(vector_store=store, persist_dir=str(folder))
    embed_model = HuggingFaceEmbedding(model_name=str(model))
    index = load_index_from_storage(context, embed_model=embed_model)
    retriever = index.as_retriever(similarity_top_k=FOUND)

    def ask(question: Question) -> list[str]:
        return [each.node.node_id for each in retriever.retrieve(question.text)]

    return ask
