"""Where a snapshot's files are.

`INDEX_DIR/snapshots/<id>/` holds the files of `Layout`; `INDEX_DIR/CURRENT` names the one in use.
"""

from dataclasses import dataclass
from pathlib import Path

from index.encoders.description import EncoderFiles
from index.errors import SnapshotCorruptError, SnapshotNotFoundError
from index.store.manifest import ENCODER, Manifest

UNFINISHED = ".unfinished-"  # before the name of a folder that is being written


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of a snapshot's folder."""

    folder: Path

    @property
    def snapshot_id(self) -> str:
        """The name that its folder has, or will have once it is published."""
        return self.folder.name.removeprefix(UNFINISHED)

    @property
    def manifest(self) -> Path:
        """JSON of `Manifest`, written last."""
        return self.folder / "manifest.json"

    @property
    def database(self) -> Path:
        """SQLite: text, spans and the inverted index."""
        return self.folder / "coverage.db"

    @property
    def passages(self) -> Path:
        """NumPy: a vector a passage, shape (n, d), float16."""
        return self.folder / "passages.npy"

    @property
    def faiss_index(self) -> Path:
        """FAISS: finds the passages that are most similar to a question."""
        return self.folder / "passages.faiss"

    @property
    def sentences(self) -> Path:
        """NumPy: a vector a sentence, shape (n, d), float16."""
        return self.folder / "sentences.npy"

    @property
    def picture(self) -> Path:
        """PNG: articles by month and outlet."""
        return self.folder / "coverage.png"

    @property
    def changes(self) -> Path:
        """SQLite: what the last builds changed; snapshots of earlier versions have none."""
        return self.folder / "changes.db"

    @property
    def encoder(self) -> EncoderFiles:
        """The exported encoder, if it could be exported."""
        return EncoderFiles(self.folder / ENCODER)

    @property
    def data_files(self) -> tuple[Path, ...]:
        """The files that the manifest records; of the encoder and the changes if they are there."""
        own = (self.database, self.passages, self.faiss_index, self.sentences, self.picture)
        changes = (self.changes,) if self.changes.exists() else ()
        return own + changes + (self.encoder.files if self.encoder.folder.exists() else ())


def current_folder(index_dir: Path) -> Path:
    """Return the folder of the snapshot in use; raise SnapshotNotFoundError if there is none."""
    pointer = index_dir / "CURRENT"
    try:
        name = read_pointer(pointer)
    except (FileNotFoundError, NotADirectoryError):
        raise SnapshotNotFoundError(index_dir) from None
    folder = index_dir / "snapshots" / name
    if not name or not folder.is_dir():
        raise SnapshotCorruptError(pointer, f"it names {name!r}, which does not exist")
    return folder


def read_pointer(pointer: Path) -> str:
    """Return the id that `CURRENT` holds; raise FileNotFoundError if there is none."""
    return pointer.read_text("utf-8", errors="replace").strip()


def expected_files(layout: Layout, manifest: Manifest) -> list[Path]:
    """Return the data files that should be there: those of the layout and of the manifest."""
    named = (layout.folder / name for name in manifest.files)
    return list(dict.fromkeys([*layout.data_files, *named]))
