"""An immutable index folder: where it lies, how it is opened.

`INDEX_DIR/snapshots/<id>/` holds the files of `Layout`; `INDEX_DIR/CURRENT` names the one in use.
"""

import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from index.database import Database
from index.encoder_files import EncoderFolder
from index.errors import SnapshotCorruptError, SnapshotNotFoundError
from index.manifest import ENCODER, Manifest, read_manifest
from index.rows import Rows
from index.text_encoder import Vectors
from index.vectors import PassageVectors

_ALTERED = "missing, or not the file that was built"


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of a snapshot's folder."""

    folder: Path

    @property
    def manifest(self) -> Path:
        """JSON of `Manifest`, written last."""
        return self.folder / "manifest.json"

    @property
    def database(self) -> Path:
        """SQLite: text, spans and the lexical leg."""
        return self.folder / "coverage.db"

    @property
    def passages(self) -> Path:
        """NumPy: a vector a passage, shape (n, d), float16."""
        return self.folder / "passages.npy"

    @property
    def finder(self) -> Path:
        """FAISS: finds the passages nearest to a question."""
        return self.folder / "passages.faiss"

    @property
    def sentences(self) -> Path:
        """NumPy: a vector a sentence, shape (n, d), float16."""
        return self.folder / "sentences.npy"

    @property
    def picture(self) -> Path:
        """PNG: how much of the coverage there is of every month."""
        return self.folder / "coverage.png"

    @property
    def encoder(self) -> EncoderFolder:
        """The exported encoder, if it could be exported."""
        return EncoderFolder(self.folder / ENCODER)

    @property
    def data_files(self) -> tuple[Path, ...]:
        """The files whose sha256 the manifest holds; the encoder's only where it was exported."""
        own = (self.database, self.passages, self.finder, self.sentences, self.picture)
        return own + (self.encoder.files if self.encoder.folder.exists() else ())


class Snapshot:
    """An open snapshot: its manifest, its text, its vectors. Close it when done."""

    def __init__(self, folder: Path) -> None:
        """Open the folder; raise SnapshotCorruptError naming the file that is not as it should."""
        self.id = folder.name
        self.layout = Layout(folder)
        self.manifest = read_manifest(self.layout.manifest)
        for path in _expected_files(self.layout, self.manifest):
            if not path.exists():
                raise SnapshotCorruptError(path, "missing")
        with ExitStack() as opened:
            self._open(self.layout, opened)
            self._opened = opened.pop_all()

    def vectors_of(self, article: int) -> tuple[Vectors, Vectors]:
        """Return the rows of the article's passages and those of its sentences."""
        passages = self.database.passages_of(article)
        sentences = self.database.sentences(article)
        return (
            self.passage_vectors.rows([each.number for each in passages]),
            self.sentence_vectors.read([each.number for each in sentences]),
        )

    def close(self) -> None:
        """Close the files and let go of the vectors, whoever still holds the snapshot."""
        self._opened.close()
        del self.passage_vectors, self.sentence_vectors

    def _open(self, layout: Layout, opened: ExitStack) -> None:
        """Open the data files; `opened` closes those that were, should one be damaged."""
        manifest = self.manifest
        rows = opened.enter_context(
            closing(Rows(layout.passages, manifest.dimension, manifest.passages))
        )
        self.passage_vectors = PassageVectors.open(rows, layout.finder, manifest.dimension)
        self.sentence_vectors = opened.enter_context(
            closing(Rows(layout.sentences, manifest.dimension, manifest.sentences))
        )
        try:
            self.database = opened.enter_context(closing(Database(layout.database)))
            found = self.database.count("articles")
        except sqlite3.DatabaseError as error:
            raise SnapshotCorruptError(layout.database, str(error)) from error
        if found != manifest.articles:
            detail = f"{found} articles, expected {manifest.articles}"
            raise SnapshotCorruptError(layout.database, detail)


def open_snapshot(index_dir: Path) -> Snapshot:
    """Open the snapshot in use; raise SnapshotNotFoundError where there is none."""
    return Snapshot(current_folder(index_dir))


def current_folder(index_dir: Path) -> Path:
    """Return the folder of the snapshot in use; raise SnapshotNotFoundError where there is none."""
    pointer = index_dir / "CURRENT"
    try:
        name = read_pointer(pointer)
    except (FileNotFoundError, NotADirectoryError):
        raise SnapshotNotFoundError(index_dir) from None
    folder = index_dir / "snapshots" / name
    if not name or not folder.is_dir():
        raise SnapshotCorruptError(pointer, f"it names {name!r}, which does not exist")
    return folder


def hash_file(path: Path) -> str:
    """Return the hexadecimal sha256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def altered_files(layout: Layout, manifest: Manifest) -> list[Path]:
    """Return the data files that are missing or not those that were built; reads all of them."""
    return [
        path for path in _expected_files(layout, manifest) if _is_altered(path, layout, manifest)
    ]


def verify_files(folder: Path) -> None:
    """Raise SnapshotCorruptError where a file is not the one that was built; reads all of them."""
    layout = Layout(folder)
    for path in altered_files(layout, read_manifest(layout.manifest)):
        raise SnapshotCorruptError(path, _ALTERED)


def verify_encoder(layout: Layout, manifest: Manifest) -> None:
    """Raise SnapshotCorruptError where a file of the encoder is not the one that was built.

    An altered weight would go unnoticed: the answers would only be worse.
    """
    for path in layout.encoder.files:
        if _is_altered(path, layout, manifest):
            raise SnapshotCorruptError(path, _ALTERED)


def _expected_files(layout: Layout, manifest: Manifest) -> list[Path]:
    named = (layout.folder / name for name in manifest.files)
    return list(dict.fromkeys([*layout.data_files, *named]))


def _is_altered(path: Path, layout: Layout, manifest: Manifest) -> bool:
    name = path.relative_to(layout.folder).as_posix()
    return not path.exists() or hash_file(path) != manifest.files.get(name)


def read_pointer(pointer: Path) -> str:
    """Return the id that `CURRENT` holds; raise FileNotFoundError where there is none."""
    return pointer.read_text("utf-8", errors="replace").strip()
