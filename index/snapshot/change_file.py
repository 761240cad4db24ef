"""`changes.db`: the log of changes in a snapshot's folder.

Each snapshot holds the log of those before it, so that a copy of its folder is complete.
"""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from index.models import Span
from index.store.change_log import KEPT_DAYS, Change, ChangeKind, DatedChange

_SCHEMA = """
CREATE TABLE builds (
    number INTEGER PRIMARY KEY, snapshot TEXT NOT NULL UNIQUE, built_at TEXT NOT NULL
);
CREATE TABLE changes (
    build INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL,
    headline TEXT NOT NULL, outlet TEXT, url TEXT, fields TEXT NOT NULL, text_hash TEXT,
    lost TEXT NOT NULL, text TEXT
);
CREATE INDEX changes_of_build ON changes (build);
CREATE INDEX changes_of_article ON changes (key, build);
"""
_COLUMNS = "kind, key, id, headline, outlet, url, fields, text_hash, lost, text"


class ChangeFile:
    """An open `changes.db`, a `ChangeLog`."""

    def __init__(self, path: Path) -> None:
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        try:
            self._connection.execute("SELECT 1 FROM builds JOIN changes LIMIT 1")
        except sqlite3.DatabaseError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def news_since(self, snapshot: str) -> frozenset[str] | None:
        """Return the keys of the articles added or rewritten after this snapshot was built.

        None if the log does not reach back to it.
        """
        row = self._connection.execute("SELECT number FROM builds WHERE snapshot = ?", (snapshot,))
        if (found := row.fetchone()) is None:
            return None
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM changes WHERE build > ? AND kind != 'removed'",  # noqa: S608  # own
            found,
        )
        return frozenset(change.key for change in map(_change, rows) if change.is_news)

    def kept_texts(self, first_digits: str) -> list[Change]:
        """Return the changes whose text before was kept, the latest first.

        Those of articles whose key begins with these hexadecimal digits.
        """
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM changes WHERE key >= ?1 AND key < ?1 || 'g' "  # noqa: S608  # own
            "AND text IS NOT NULL ORDER BY build DESC, rowid DESC",
            (first_digits,),
        )
        return [_change(row) for row in rows]

    def of_article(self, key: str) -> list[DatedChange]:
        """Return what happened to the article of this key, the latest first."""
        return self._dated("key = ? ORDER BY build DESC, changes.rowid DESC", key)

    def since(self, moment: datetime) -> list[DatedChange]:
        """Return what happened since, the earliest first; `moment` has a time zone."""
        return self._dated("built_at >= ? ORDER BY build, changes.rowid", _iso(moment))

    def _dated(self, where: str, value: str) -> list[DatedChange]:
        rows = self._connection.execute(
            f"SELECT {_COLUMNS}, built_at FROM changes "  # noqa: S608  # own conditions
            f"JOIN builds ON builds.number = changes.build WHERE {where}",
            (value,),
        )
        return [DatedChange(_change(row[:-1]), datetime.fromisoformat(row[-1])) for row in rows]


def write_change_log(
    path: Path,
    snapshot: str,
    built_at: datetime,
    changes: Iterable[Change],
    previous: tuple[str, datetime] | None,
    earlier: Path | None,
) -> None:
    """Write the log of a build: what the `earlier` one has of the last 90 days, and its changes.

    `previous` is the id and the moment of the snapshot that `changes` start from, None without one.
    """
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(_SCHEMA)
        if earlier is not None:
            _take_over(connection, earlier, built_at - timedelta(days=KEPT_DAYS))
        if previous is not None:
            _add_build(connection, *previous)
        number = _add_build(connection, snapshot, built_at)
        connection.executemany(
            f"INSERT INTO changes (build, {_COLUMNS}) VALUES (?{', ?' * 10})",  # noqa: S608  # own
            ((number, *_row(each)) for each in changes),
        )


def _take_over(connection: sqlite3.Connection, earlier: Path, oldest: datetime) -> None:
    connection.execute("ATTACH ? AS earlier", (str(earlier),))
    connection.execute(
        "INSERT INTO builds SELECT * FROM earlier.builds WHERE built_at >= ?", (_iso(oldest),)
    )
    connection.execute(
        "INSERT INTO changes SELECT * FROM earlier.changes WHERE build IN "
        "(SELECT number FROM builds)"
    )
    connection.commit()
    connection.execute("DETACH earlier")


def _add_build(connection: sqlite3.Connection, snapshot: str, built_at: datetime) -> int:
    """Add a build unless it is there; return its number."""
    connection.execute(
        "INSERT OR IGNORE INTO builds (snapshot, built_at) VALUES (?, ?)",
        (snapshot, _iso(built_at)),
    )
    found = connection.execute("SELECT number FROM builds WHERE snapshot = ?", (snapshot,))
    return int(found.fetchone()[0])


def _row(change: Change) -> tuple[str | None, ...]:
    lost = json.dumps([[*each] for each in change.lost])
    named = (change.kind.value, change.key, change.id, change.headline, change.outlet, change.url)
    return (*named, json.dumps(change.fields), change.text_hash, lost, change.text)


def _change(row: tuple[str, ...]) -> Change:
    kind, key, article_id, headline, outlet, url, fields, text_hash, lost, text = row
    return Change(
        ChangeKind(kind),
        key,
        article_id,
        headline,
        outlet,
        url,
        tuple(json.loads(fields)),
        text_hash,
        tuple(Span(*each) for each in json.loads(lost)),
        text,
    )


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
