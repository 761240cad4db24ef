"""Snapshots as builds wrote them before schema 5: no acronym that looks like a stop word."""

import json
import sqlite3
import zlib
from contextlib import closing

from index.snapshot.file_checks import record_file
from index.text.terms import STOP_WORDS


def write_schema_4(folder):
    """Put a snapshot of schema 4 in the place of a snapshot."""
    database = folder / "coverage.db"
    with closing(sqlite3.connect(database)) as connection, connection:
        for number, terms in connection.execute("SELECT number, terms FROM articles").fetchall():
            lines = zlib.decompress(terms).decode().split("\n")
            old = (" ".join(t for t in line.split() if t not in STOP_WORDS) for line in lines)
            connection.execute(
                "UPDATE articles SET terms = ? WHERE number = ?",
                (zlib.compress("\n".join(old).encode()), number),
            )
        words = [(word,) for word in STOP_WORDS]
        connection.executemany("DELETE FROM postings WHERE term = ?", words)
    path = folder / "manifest.json"
    values = json.loads(path.read_text("utf-8"))
    record = record_file(database)
    values["files"][database.name] = {
        "sha256": record.sha256,
        "size": record.size,
        "sample": record.sample,
    }
    path.write_text(json.dumps(values | {"schema_version": 4}), "utf-8")
