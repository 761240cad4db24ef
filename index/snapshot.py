"""An immutable index folder: where it lies, how it is written, opened and verified.

`INDEX_DIR/snapshots/<id>/` holds the files of `Layout`; `INDEX_DIR/CURRENT` names the one in use
and is replaced atomically, so a build that dies leaves the old snapshot in place.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

import numpy as np
import numpy.typing as npt

from index.database import Database
from index.encoder import Encoder
from index.errors import SnapshotCorruptError, SnapshotMismatchError, SnapshotNotFoundError
from index.vectors import PassageVectors

SCHEMA_VERSION = 1
KEPT_SNAPSHOTS = 2


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
        """FAISS: a vector a passage."""
        return self.folder / "passages.faiss"

    @property
    def sentences(self) -> Path:
        """NumPy: a vector a sentence, shape (n, d), float16."""
        return self.folder / "sentences.npy"

    @property
    def data_files(self) -> tuple[Path, ...]:
        """The files whose sha256 the manifest holds."""
        return (self.database, self.passages, self.sentences)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot is: made from what, by which encoder, with which files."""

    encoder: str
    encoder_revision: str | None
    weights_sha256: str
    prompts: dict[str, str]
    dimension: int
    articles: int
    sentences: int
    passages: int
    oldest: str | None
    newest: str | None
    built_at: str
    command: str
    schema_version: int = SCHEMA_VERSION
    files: dict[str, str] = field(default_factory=dict)


class Snapshot:
    """An open snapshot: its manifest, its text, its vectors. Close it when done."""

    def __init__(self, folder: Path) -> None:
        """Open the folder; raise SnapshotCorruptError naming the file that is not as it should."""
        layout = Layout(folder)
        self.id = folder.name
        self.manifest = read_manifest(layout.manifest)
        for path in layout.data_files:
            if not path.exists():
                raise SnapshotCorruptError(path, "missing")
        self.passage_vectors = PassageVectors.open(
            layout.passages, self.manifest.dimension, self.manifest.passages
        )
        self.sentence_vectors = _open_sentences(layout.sentences, self.manifest)
        try:
            self.database = Database(layout.database)
            found = self.database.count("articles")
        except sqlite3.DatabaseError as error:
            raise SnapshotCorruptError(layout.database, str(error)) from error
        if found != self.manifest.articles:
            detail = f"{found} articles, expected {self.manifest.articles}"
            raise SnapshotCorruptError(layout.database, detail)

    def close(self) -> None:
        """Close the database and let go of the vectors, whoever still holds the snapshot."""
        self.database.close()
        del self.passage_vectors, self.sentence_vectors


def open_snapshot(index_dir: Path) -> Snapshot:
    """Open the snapshot in use; raise SnapshotNotFoundError where there is none."""
    return Snapshot(current_folder(index_dir))


def current_folder(index_dir: Path) -> Path:
    """Return the folder of the snapshot in use; raise SnapshotNotFoundError where there is none."""
    pointer = index_dir / "CURRENT"
    try:
        name = _pointed(pointer)
    except (FileNotFoundError, NotADirectoryError):
        raise SnapshotNotFoundError(index_dir) from None
    folder = index_dir / "snapshots" / name
    if not name or not folder.is_dir():
        raise SnapshotCorruptError(pointer, f"it names {name!r}, which does not exist")
    return folder


def read_manifest(path: Path) -> Manifest:
    """Read the manifest; raise SnapshotCorruptError, or SnapshotMismatchError for its version."""
    try:
        values = json.loads(path.read_text("utf-8"))
        version = values["schema_version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotCorruptError(path, "not a manifest") from error
    if version != SCHEMA_VERSION:
        raise SnapshotMismatchError(
            "schema version",
            expected=str(SCHEMA_VERSION),
            found=str(version),
            index_dir=path.parents[2],
        )
    try:
        return Manifest(**values)
    except TypeError as error:
        raise SnapshotCorruptError(path, "not a manifest") from error


def check_encoder(manifest: Manifest, encoder: Encoder, index_dir: Path) -> None:
    """Raise SnapshotMismatchError unless this very encoder built the snapshot."""
    if manifest.weights_sha256 != encoder.weights_sha256:
        raise SnapshotMismatchError(
            "encoder",
            expected=f"{encoder.name} (weights {encoder.weights_sha256[:12]})",
            found=f"{manifest.encoder} (weights {manifest.weights_sha256[:12]})",
            index_dir=index_dir,
        )


@contextmanager
def new_snapshot(index_dir: Path) -> Iterator[Layout]:
    """Yield the layout of a new folder; what is not published inside the block is removed."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{token_hex(3)}"
    folder = index_dir / "snapshots" / f".unfinished-{name}"
    folder.mkdir(parents=True)
    try:
        yield Layout(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(layout: Layout, manifest: Manifest, index_dir: Path) -> Path:
    """Write the manifest, put the snapshot into use, remove old ones; return its folder."""
    hashes = {path.name: hash_file(path) for path in layout.data_files}
    values = {**asdict(manifest), "files": hashes}
    layout.manifest.write_text(json.dumps(values, indent=2, ensure_ascii=False) + "\n", "utf-8")
    for path in (*layout.data_files, layout.manifest):
        _flush(path)
    folder = layout.folder.with_name(layout.folder.name.removeprefix(".unfinished-"))
    layout.folder.rename(folder)
    _flush(folder.parent)
    pointer = index_dir / "CURRENT"
    before = _pointed(pointer) if pointer.exists() else ""
    written = pointer.with_name(f".CURRENT-{folder.name}")
    written.write_text(folder.name + "\n", "utf-8")
    _flush(written)
    written.replace(pointer)
    _flush(index_dir)
    _remove_old(folder, before)
    return folder


def hash_file(path: Path) -> str:
    """Return the hexadecimal sha256 of a file."""
    found = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()


def _pointed(pointer: Path) -> str:
    return pointer.read_text("utf-8", errors="replace").strip()


def _remove_old(newest: Path, before: str) -> None:
    finished = [path for path in newest.parent.iterdir() if not path.name.startswith(".")]
    # Names follow the clock, which can go back: those in use until now count as the newest.
    finished.sort(key=lambda path: (path == newest, path.name == before, path.name))
    for folder in finished[:-KEPT_SNAPSHOTS]:
        shutil.rmtree(folder, ignore_errors=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _open_sentences(path: Path, manifest: Manifest) -> npt.NDArray[np.float16]:
    try:
        vectors: npt.NDArray[np.float16] = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise SnapshotCorruptError(path, "NumPy cannot read it") from error
    expected = (manifest.sentences, manifest.dimension)
    if vectors.shape != expected:
        raise SnapshotCorruptError(path, f"shape {vectors.shape}, expected {expected}")
    return vectors
