"""Readers' votes, in a local SQLite file: what was asked and shown, never who voted."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes

_SCHEMA = """
CREATE TABLE IF NOT EXISTS votes (
    voter TEXT PRIMARY KEY, time TEXT NOT NULL, question TEXT NOT NULL, quotes TEXT NOT NULL,
    vote INTEGER NOT NULL
)
"""


class Feedback:
    """Keeps one vote a reader and card; a second vote replaces the first.

    The voter is kept as a hash with a salt that exists in this process alone, so that nobody can
    find out later who voted; a vote repeated after a restart counts as a new one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._salt = token_bytes(16)

    def record(
        self, question: str, quotes: Sequence[str], voter: int, card: int, *, is_good: bool
    ) -> None:
        """Keep a vote; `quotes` are the ids of the quotes shown. Raises sqlite3.Error."""
        hashed = sha256(self._salt + f"{voter}:{card}".encode()).hexdigest()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        values = (hashed, now, question, json.dumps(quotes), 1 if is_good else -1)
        connection = sqlite3.connect(self._path)
        try:
            with connection:
                connection.execute(_SCHEMA)
                connection.execute("INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?, ?)", values)
        finally:
            connection.close()
