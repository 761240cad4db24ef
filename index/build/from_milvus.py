"""A coverage in Milvus → a snapshot in a folder, with the same vectors; nothing is encoded."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import numpy as np

from index.build.change_history import log_changes
from index.build.changes import Changes, changes_by_id
from index.build.options import BuildOptions
from index.build.previous import previous_snapshot
from index.build.summary import BuildSummary, check_loss
from index.errors import SnapshotCorruptError
from index.milvus.address import MilvusAddress
from index.milvus.edition_check import EditionCheck
from index.milvus.editions import Edition, read_edition
from index.milvus.engine import Engine, Row
from index.milvus.rows import condition, read_article, stored_segments, unpack_vector
from index.milvus.schema import DENSE, Table
from index.milvus.store import MilvusStore
from index.milvus.written import EditionArticles, edition_articles
from index.models import Progress
from index.snapshot.database_writer import Counts, DatabaseWriter
from index.snapshot.layout import Layout
from index.snapshot.publishing import new_snapshot, publish
from index.snapshot.snapshot import Snapshot
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

    Raises SnapshotError if there is no edition or it is not whole, StoreUnavailableError,
    BuildRunningError, and as every build NoArticlesError or ShrinkError.
    """
    started = time.monotonic()
    summary = BuildSummary()
    with new_snapshot(index_dir) as layout, previous_snapshot(index_dir, None) as previous:
        store = MilvusStore(address)
        try:
            manifest = replace(store.manifest, command=command, reader=None)
            number, acronyms, names = store.number, store.acronyms, store.all_names
            if manifest.has_graph:
                store.encoder_files().link_to(layout.encoder.folder)
            layout.picture.write_bytes(store.picture)
        finally:
            store.close()
        with Engine(address) as engine:
            edition = read_edition(engine, number)
            summary.changes = _compare(edition_articles(engine, number), previous.snapshot)
            if not options.allow_shrink:
                check_loss(summary, is_new=previous.is_first)
            with DatabaseWriter(layout.database, acronyms, names) as draft:
                _write(engine, condition(number), manifest, draft, layout, options.progress)
                summary.counts = draft.counts
                _check_counts(summary.counts, edition, engine)
                log_changes(
                    previous.snapshot,
                    draft,
                    summary.changes,
                    layout,
                    datetime.now(UTC),
                    keep_versions=options.keep_versions,
                )
        dimension = manifest.encoder.dimension
        with VectorFile(layout.passages, dimension, manifest.passages) as vectors:
            write_faiss_index(vectors, layout.faiss_index, dimension)
        summary.folder = publish(layout, replace(manifest, files={}), index_dir, options.keep)
    summary.seconds = time.monotonic() - started
    return summary


def _compare(moved: EditionArticles, before: Snapshot | None) -> Changes:
    """Return what changes in a folder where these articles replace those before."""
    return changes_by_id(before.database.articles() if before else (), moved).undone


def _check_counts(found: Counts, edition: Edition, engine: Engine) -> None:
    """Raise an error if rows are missing: builds have deleted the edition, or it is damaged."""
    manifest = edition.manifest
    if (found.articles, found.passages) != (manifest.articles, manifest.passages):
        detail = f"{found.articles} articles and {found.passages} passages, "
        detail += f"expected {manifest.articles} and {manifest.passages}"
        EditionCheck(engine, edition).is_there()
        raise SnapshotCorruptError(Path(str(engine.address)), detail)


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
