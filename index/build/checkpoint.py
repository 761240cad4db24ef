"""The vectors of an unfinished build, from which the next one continues."""

import sqlite3
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Self

import numpy as np

from index.encoders.base import EncodedPassage, PassageText
from index.encoders.description import EncoderDescription
from index.errors import IndexWriteError

_SCHEMA = "CREATE TABLE IF NOT EXISTS encoded (key BLOB PRIMARY KEY, vectors BLOB) WITHOUT ROWID"


class Checkpoint:
    """Vectors by a hash of text and encoder; what was added outlives the process."""

    def __init__(self, path: Path, encoder: EncoderDescription) -> None:
        self._path = path
        self._dimension = encoder.dimension
        self._made_by = "\0".join(
            (
                encoder.weights_sha256,
                encoder.files_sha256 or "",
                encoder.prompts.get("document", ""),
            )
        )
        self._connection = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def key(self, text: PassageText) -> bytes:
        """Return a hash of this text and this encoder."""
        spans = ",".join(f"{span.start}-{span.end}" for span in text.sentences)
        made_from = "\0".join((self._made_by, text.headline, spans, text.text))
        return sha256(made_from.encode("utf-8", "surrogatepass")).digest()

    def __contains__(self, key: bytes) -> bool:
        row = self._connection.execute("SELECT 1 FROM encoded WHERE key = ?", (key,)).fetchone()
        return row is not None

    def add(self, encoded: Iterable[tuple[bytes, EncodedPassage]]) -> None:
        """Store these vectors; they are on disk when this returns."""
        with self._connection:
            self._connection.executemany(
                "INSERT OR IGNORE INTO encoded VALUES (?, ?)",
                (
                    (key, each.vector.tobytes() + each.sentences.astype(np.float16).tobytes())
                    for key, each in encoded
                ),
            )

    def get(self, key: bytes) -> EncodedPassage:
        """Return the vectors of this key; raise IndexWriteError if they are gone."""
        row = self._connection.execute(
            "SELECT vectors FROM encoded WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            reason = f"{self._path.name} lost vectors that were in it; build again"
            raise IndexWriteError(self._path.parent, reason)
        vector = np.frombuffer(row[0], np.float32, self._dimension)
        sentences = np.frombuffer(row[0], np.float16, offset=vector.nbytes)
        return EncodedPassage(vector, sentences.reshape(-1, self._dimension).astype(np.float32))

    def close(self) -> None:
        """Keep what there is for the next build."""
        self._connection.close()

    def discard(self) -> None:
        """Remove it: the new snapshot has all of its vectors."""
        self._connection.close()
        self._remove()

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connected()
        except sqlite3.OperationalError:
            raise  # a full disk, for example: its content is still good
        except sqlite3.DatabaseError:
            # Cut short by a power failure: its passages are encoded again.
            self._remove()
            return self._connected()

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path)
        try:
            # Durable against a killed process; a power failure costs the last entries at most.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(_SCHEMA)
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def _remove(self) -> None:
        for ending in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
