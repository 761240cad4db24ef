"""An open snapshot: its manifest, its text, its vectors."""

import sqlite3
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from index.encoders.base import Vectors
from index.errors import SnapshotCorruptError
from index.models import ArticleNo
from index.snapshot.database import Database
from index.snapshot.layout import Layout, current_folder, expected_files
from index.snapshot.manifest import read_manifest
from index.snapshot.vector_file import VectorFile
from index.snapshot.vector_index import PassageVectors


class Snapshot:
    """An open snapshot: its manifest, its text, its vectors. Close it when done.

    All files are opened or read at once, so that it still answers when a later build has removed
    its folder. `picture` is the PNG of the coverage by month.
    """

    def __init__(self, folder: Path) -> None:
        """Open the folder; raise SnapshotCorruptError naming the file that is not as it should."""
        self.id = folder.name
        self.layout = Layout(folder)
        self.manifest = read_manifest(self.layout.manifest)
        for path in expected_files(self.layout, self.manifest):
            if not path.exists():
                raise SnapshotCorruptError(path, "missing")
        self.picture = self.layout.picture.read_bytes()
        with ExitStack() as opened:
            self._open(self.layout, opened)
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def vectors_of(self, article: ArticleNo) -> tuple[Vectors, Vectors]:
        """Return the rows of the article's passages and those of its sentences."""
        passages = self.database.passages_of(article)
        sentences = self.database.sentences(article)
        return (
            self.passage_vectors.read([each.number for each in passages]),
            self.sentence_vectors.read([each.number for each in sentences]),
        )

    def close(self) -> None:
        """Close the files and free the memory, even if somebody still holds the snapshot."""
        self._opened.close()

    def _open(self, layout: Layout, opened: ExitStack) -> None:
        """Open the data files; `opened` closes those that were, should one be damaged."""
        manifest = self.manifest
        dimension = manifest.encoder.dimension
        vectors = opened.enter_context(VectorFile(layout.passages, dimension, manifest.passages))
        self.passage_vectors = PassageVectors.open(vectors, layout.faiss_index, dimension)
        opened.callback(self.passage_vectors.close)
        self.sentence_vectors = opened.enter_context(
            VectorFile(layout.sentences, dimension, manifest.sentences)
        )
        try:
            self.database = opened.enter_context(Database(layout.database))
            found = self.database.count("articles")
        except sqlite3.DatabaseError as error:
            raise SnapshotCorruptError(layout.database, str(error)) from error
        if found != manifest.articles:
            detail = f"{found} articles, expected {manifest.articles}"
            raise SnapshotCorruptError(layout.database, detail)


def open_snapshot(index_dir: Path) -> Snapshot:
    """Open the snapshot in use; raise SnapshotNotFoundError if there is none."""
    return Snapshot(current_folder(index_dir))
