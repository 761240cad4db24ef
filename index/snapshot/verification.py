"""Verify a snapshot, slowly: every file by its hash, every count and every span."""

from collections.abc import Iterator
from pathlib import Path

from index.models import ArticleNo
from index.snapshot.file_checks import ALTERED, altered_files
from index.snapshot.layout import Layout, current_folder
from index.snapshot.snapshot import Snapshot
from index.store.base import Passage, StoredArticle
from index.store.manifest import read_manifest
from index.store.spans import span_problems


def verify_snapshot(index_dir: Path) -> Iterator[str]:
    """Yield what is wrong, in plain words; nothing if all is well.

    Raises SnapshotError if there is nothing to open.
    """
    layout = Layout(current_folder(index_dir))
    altered = altered_files(layout, read_manifest(layout.manifest))
    if altered:
        yield from (f"{path.name}: {ALTERED}" for path in altered)
        return
    with Snapshot(layout.folder) as snapshot:
        yield from _check_counts(snapshot)
        yield from _check_spans(snapshot)


def _check_counts(snapshot: Snapshot) -> Iterator[str]:
    for table in ("articles", "sentences", "passages"):
        found, expected = snapshot.database.count(table), getattr(snapshot.manifest, table)
        if found != expected:
            yield f"{table}: {found}, but the manifest says {expected}"


def _check_spans(snapshot: Snapshot) -> Iterator[str]:
    """Check that sentences and passages lie in their article's text, in order, none empty."""
    of_article: dict[ArticleNo, list[Passage]] = {}
    for passage in snapshot.database.passages():
        of_article.setdefault(passage.article, []).append(passage)
    for row, article in enumerate(snapshot.database.articles()):
        number = ArticleNo(row)
        stored = StoredArticle(article, snapshot.database.sentences(number))
        text_hash = snapshot.database.stored_text_hash(number)
        yield from span_problems(stored, of_article.get(number, []), text_hash)
