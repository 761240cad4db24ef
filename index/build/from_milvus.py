"""A coverage in Milvus → a snapshot in a folder, with the same vectors; nothing is encoded."""

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import numpy as np

from index.build.options import BuildOptions
from index.build.summary import BuildSummary
from index.errors import SnapshotCorruptError
from index.milvus.address import MilvusAddress
from index.milvus.engine import Engine, Row
from index.milvus.rows import condition, read_article, stored_segments, unpack_vector
from index.milvus.schema import DENSE, Table
from index.milvus.store import MilvusStore
from index.models import Progress
from index.snapshot.database_writer import DatabaseWriter
from index.snapshot.layout import Layout
from index.snapshot.publishing import new_snapshot, publish
from index.snapshot.vector_file import VectorFile, as_bytes, write_header
from index.snapshot.vector_index import write_faiss_index
from index.store.manifest import Manifest


def copy_to_folder(
    address: MilvusAddress,
    index_dir: Path,
    command: str,
    options: BuildOptions = BuildOptions(),
) -> BuildSummary:
    """Make a snapshot of the current edition and put it into use.

    Raises SnapshotError if there is no edition or it is not whole, StoreUnavailableError, or
    BuildRunningError.
    """
    started = time.monotonic()
    summary = BuildSummary()
    with new_snapshot(index_dir) as layout:
        store = MilvusStore(address)
        try:
            manifest = replace(store.manifest, command=command)
            fits, acronyms, names = condition(store.number), store.acronyms, store.all_names
            if manifest.has_graph:
                store.encoder_files().link_to(layout.encoder.folder)
            layout.picture.write_bytes(store.picture)
        finally:
            store.close()
        with Engine(address) as engine, DatabaseWriter(layout.database, acronyms, names) as draft:
            _write(engine, fits, manifest, draft, layout, options.progress)
            summary.counts = draft.counts
        found = summary.counts
        if (found.articles, found.passages) != (manifest.articles, manifest.passages):
            detail = f"{found.articles} articles and {found.passages} passages, "
            detail += f"expected {manifest.articles} and {manifest.passages}"
            raise SnapshotCorruptError(Path(str(address)), detail)
        dimension = manifest.encoder.dimension
        with VectorFile(layout.passages, dimension, manifest.passages) as vectors:
            write_faiss_index(vectors, layout.faiss_index, dimension)
        summary.folder = publish(layout, replace(manifest, files={}), index_dir, options.keep)
    summary.seconds = time.monotonic() - started
    return summary


def _write(
    engine: Engine,
    fits: str,
    manifest: Manifest,
    draft: DatabaseWriter,
    layout: Layout,
    progress: Progress,
) -> None:
    """Write text and vectors of all articles; those of Milvus come in the order of their number."""
    dimension = manifest.encoder.dimension
    fields = ["number", "article", "first", "last", DENSE, "sentences"]
    passages = groupby(engine.rows(Table.PASSAGES, fits, fields), key=lambda row: row["article"])
    of_article = next(passages, None)
    with layout.passages.open("wb") as dense, layout.sentences.open("wb") as vectors:
        write_header(dense, manifest.passages, dimension)
        write_header(vectors, manifest.sentences, dimension)
        for row in engine.rows(Table.ARTICLES, fits, ["number", "record"]):
            article, sentences = read_article(row)
            rows: list[Row] = []
            if of_article and of_article[0] == row["number"]:
                rows = list(of_article[1])
                of_article = next(passages, None)
            draft.add_article(article, stored_segments(article, sentences, rows))
            for data in _vectors(rows):
                dense.write(data)
            for data in _sentence_vectors(rows):
                vectors.write(data)
            progress("Writing articles", draft.counts.articles, manifest.articles)


def _vectors(rows: list[Row]) -> Iterator[bytes]:
    for row in rows:
        yield as_bytes(np.asarray(row[DENSE], np.float32))


def _sentence_vectors(rows: list[Row]) -> Iterator[bytes]:
    """Yield each sentence's once: passages overlap."""
    filled = -1
    for row in rows:
        for number, packed in enumerate(row["sentences"], row["first"]):
            if number > filled:
                yield as_bytes(unpack_vector(packed))
                filled = number
