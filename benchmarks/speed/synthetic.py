"""A made-up coverage of any size, for measuring: real sentences shuffled, real vectors blurred.

An article has the fields and the shape of one of an existing snapshot, and sentences from all over
it, so that words are as common as they are there. Its vectors are those of its model with noise, so
that they lie in clusters as real ones do.
"""

from dataclasses import replace
from itertools import cycle
from pathlib import Path

import numpy as np

from index.charts.bar_chart import draw_bar_chart
from index.charts.monthly_counts import count_by_month, english_labels
from index.encoders.base import Vectors
from index.errors import NoArticlesError
from index.models import Article, ArticleNo, Progress, Span
from index.snapshot.database import Database
from index.snapshot.database_writer import Counts, DatabaseWriter
from index.snapshot.layout import Layout
from index.snapshot.publishing import new_snapshot, publish
from index.snapshot.snapshot import Snapshot, open_snapshot
from index.snapshot.vector_file import VectorFile, as_bytes, write_header
from index.snapshot.vector_index import write_faiss_index
from index.text.segmentation import Segments

_POOL = 2000  # articles whose sentences are shuffled
_NOISE = 0.5  # its length; a blurred vector has a cosine of .89 to the real one

_Pool = list[tuple[str, str]]  # sentences, each with its terms


def build_synthetic(source_dir: Path, index_dir: Path, passages: int, progress: Progress) -> None:
    """Build a snapshot of `passages` passages, or a few more, after the one in `source_dir`."""
    random = np.random.default_rng(0)
    with open_snapshot(source_dir) as source, new_snapshot(index_dir) as layout:
        if not source.manifest.passages:
            raise NoArticlesError("a coverage with passages")
        order = [ArticleNo(row) for row in random.permutation(source.manifest.articles).tolist()]
        pool = [each for number in order[:_POOL] for each in _sentences(source.database, number)]
        models = []
        with DatabaseWriter(layout.database) as draft:
            for row, number in enumerate(cycle(order)):
                if draft.counts.passages >= passages:
                    break
                draft.add_article(*_made_up(source.database, number, row, pool, random))
                models.append(number)
                progress("Making articles up", draft.counts.passages, passages)
            counts = draft.counts
            monthly_counts = count_by_month(draft.months(), counts.articles)
            draw_bar_chart(monthly_counts, english_labels(monthly_counts), layout.picture)
        _write_vectors(source, models, layout, counts, random, progress)
        if source.manifest.has_graph:
            source.layout.encoder.link_to(layout.encoder.folder)
        manifest = replace(
            source.manifest,
            articles=counts.articles,
            sentences=counts.sentences,
            passages=counts.passages,
            command=f"benchmark.py --synthetic {passages}",
        )
        progress("Making articles up: writing it down", counts.passages, counts.passages)
        publish(layout, manifest, index_dir, keep=1)


def _sentences(database: Database, number: ArticleNo) -> _Pool:
    text, parts = database.article(number).text, database.parts(number)
    texts = (text[span.start : span.end] for span in parts.sentences)
    return list(zip(texts, parts.terms[1:], strict=True))


def _made_up(
    database: Database, number: ArticleNo, row: int, pool: _Pool, random: np.random.Generator
) -> tuple[Article, Segments]:
    """Return an article like the one of this number, of other sentences."""
    model, parts = database.article(number), database.parts(number)
    picked = [pool[n] for n in random.integers(len(pool), size=len(parts.sentences))]
    spans, start = [], 0
    for text, _ in picked:
        spans.append(Span(start, start + len(text)))
        start += len(text) + 1
    article = replace(
        model, id=f"{row}", text="\n".join(text for text, _ in picked), headline_stands_in=False
    )
    terms = (parts.terms[0], *(terms for _, terms in picked))
    return article, Segments(tuple(spans), parts.passages, terms)


def _write_vectors(
    source: Snapshot,
    models: list[ArticleNo],
    layout: Layout,
    counts: Counts,
    random: np.random.Generator,
    progress: Progress,
) -> None:
    dimension = source.manifest.encoder.dimension
    with layout.passages.open("wb") as passages, layout.sentences.open("wb") as sentences:
        write_header(passages, counts.passages, dimension)
        write_header(sentences, counts.sentences, dimension)
        for done, number in enumerate(models, 1):
            of_passages, of_sentences = source.vectors_of(number)
            passages.write(as_bytes(_blurred(of_passages, random)))
            sentences.write(as_bytes(_blurred(of_sentences, random)))
            progress("Making vectors up", done, len(models))
    with VectorFile(layout.passages, dimension, counts.passages) as rows:
        write_faiss_index(rows, layout.faiss_index, dimension)


def _blurred(rows: Vectors, random: np.random.Generator) -> Vectors:
    noise = random.standard_normal(rows.shape, np.float32) * (_NOISE / rows.shape[1] ** 0.5)
    blurred = rows + noise
    unit: Vectors = blurred / np.linalg.norm(blurred, axis=1, keepdims=True)
    return unit
