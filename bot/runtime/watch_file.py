"""Watched questions in a local SQLite file: who is to be told of an answer, and where.

A watch is deleted as soon as its answer was sent, its member stops it, or 90 days are over.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

KEPT_DAYS = 90
# Discord posts a message once per nonce "in the past few minutes": so long an answer may be sent
# again whose delivery is uncertain.
_SAFE_TO_REPEAT = timedelta(minutes=2)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS watches (
    id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER NOT NULL, channel_id INTEGER,
    guild_id INTEGER, question TEXT NOT NULL, topic TEXT NOT NULL, language TEXT NOT NULL,
    asked_at TEXT NOT NULL, checked TEXT NOT NULL, checked_at TEXT NOT NULL, sending_at TEXT,
    is_answered INTEGER NOT NULL DEFAULT 0
)
"""
_SET_ANSWERED = (
    "UPDATE watches SET is_answered = 1, channel_id = NULL, guild_id = NULL, sending_at = NULL "
    "WHERE id = ?"
)
_COLUMNS = (
    "id, user_id, channel_id, guild_id, question, topic, language, asked_at, checked, is_answered"
)


class ServerChannel(NamedTuple):
    """A channel of a server, in which its member asked to be told."""

    channel_id: int
    guild_id: int


@dataclass(frozen=True, slots=True)
class Watch:
    """A question whose answer a member is to be told, privately if `channel` is None.

    `checked` is the id of the snapshot that did not answer it. `is_answered` marks one whose answer
    did not arrive for sure: it waits until the member looks it up.
    """

    id: int
    user_id: int
    channel: ServerChannel | None
    question: str
    topic: str
    language: str
    asked_at: datetime
    checked: str
    is_answered: bool = False


class Attempt(NamedTuple):
    """One attempt to send the answer of a watch to where it is to be told, privately if None.

    An answer that `may_be_there` was being sent before, and that ended in no certain outcome.
    """

    channel: ServerChannel | None
    may_be_there: bool


class WatchRejection(Enum):
    """Why a question is not watched."""

    TOO_MANY = "too many"
    WATCHED_ALREADY = "watched already"


class WatchFile:
    """The watches of all members. Methods raise sqlite3.Error if the file cannot be used."""

    def __init__(self, path: Path, most_per_member: int = 5) -> None:
        self._path = path
        self.most_per_member = most_per_member

    def add(
        self,
        user_id: int,
        channel: ServerChannel | None,
        question: str,
        topic: str,
        language: str,
        checked: str,
    ) -> Watch | WatchRejection:
        """Watch a question that the snapshot `checked` did not answer, or return why not."""
        asked_at = _now()
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")  # so that two clicks at once count as two
            own = connection.execute(
                "SELECT question, topic FROM watches WHERE user_id = ? AND asked_at >= ?",
                (user_id, _oldest()),
            ).fetchall()
            if (_plain(question), _plain(topic)) in [tuple(map(_plain, each)) for each in own]:
                return WatchRejection.WATCHED_ALREADY
            if len(own) >= self.most_per_member:
                return WatchRejection.TOO_MANY
            values = (user_id, *(channel or (None, None)), question, topic, language)
            row = connection.execute(
                "INSERT INTO watches (user_id, channel_id, guild_id, question, topic, language, "
                "asked_at, checked, checked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*values, _iso(asked_at), checked, _iso(asked_at)),
            )
            return self._watch(connection, row.lastrowid or 0)

    def of_member(self, user_id: int) -> list[Watch]:
        """Return the watches of a member, the oldest first."""
        with self._open() as connection:
            return _select(
                connection, "user_id = ? AND asked_at >= ? ORDER BY id", user_id, _oldest()
            )

    def move(self, watch_id: int, user_id: int, channel: ServerChannel | None) -> Watch | None:
        """Have the answer told elsewhere, unless there is one already.

        Return the watch as it then is, or None if the member has none of this id.
        """
        with self._open() as connection:
            connection.execute(
                "UPDATE watches SET channel_id = ?, guild_id = ? "
                "WHERE id = ? AND user_id = ? AND NOT is_answered AND sending_at IS NULL",
                (*(channel or (None, None)), watch_id, user_id),
            )
            return self._own(connection, watch_id, user_id)

    def stop(self, watch_id: int, user_id: int) -> Watch | None:
        """Delete a watch; return it, or None if the member has none of this id."""
        with self._open() as connection:
            watch = self._own(connection, watch_id, user_id)
            if watch is not None:
                connection.execute("DELETE FROM watches WHERE id = ?", (watch_id,))
            return watch

    def due(self, snapshot_id: str) -> list[Watch]:
        """Return the watches to be checked in this snapshot, those that waited longest first."""
        with self._open() as connection:
            return _select(
                connection,
                "NOT is_answered AND checked != ? AND asked_at >= ? ORDER BY checked_at, id",
                snapshot_id,
                _oldest(),
            )

    def set_checked(self, watch_ids: list[int], snapshot_id: str) -> None:
        """Note that this snapshot does not answer these."""
        with self._open() as connection:
            connection.executemany(
                "UPDATE watches SET checked = ?, checked_at = ? WHERE id = ?",
                [(snapshot_id, _iso(_now()), each) for each in watch_ids],
            )

    def begin_sending(self, watch_id: int) -> Attempt | None:
        """Note that the answer is about to be sent; return None if it must not be.

        It was stopped meanwhile, or its delivery was cut off so long ago that Discord would post it
        a second time. That one waits in the member's list, as it was probably sent.
        """
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")  # so that it is not moved meanwhile
            row = connection.execute(
                "SELECT sending_at, channel_id, guild_id FROM watches "
                "WHERE id = ? AND NOT is_answered",
                (watch_id,),
            ).fetchone()
            if row is None:
                return None
            sending_at, *channel = row
            now, began = _now(), sending_at and datetime.fromisoformat(sending_at)
            if began and now - began > _SAFE_TO_REPEAT:
                connection.execute(_SET_ANSWERED, (watch_id,))
                return None
            connection.execute(
                "UPDATE watches SET sending_at = coalesce(sending_at, ?) WHERE id = ?",
                (_iso(now), watch_id),
            )
            return Attempt(_channel(*channel), may_be_there=began is not None)

    def make_private(self, watch_id: int) -> None:
        """Have the answer told privately, as it certainly was not posted in the channel."""
        with self._open() as connection:
            connection.execute(
                "UPDATE watches SET channel_id = NULL, guild_id = NULL, sending_at = NULL "
                "WHERE id = ?",
                (watch_id,),
            )

    def end_sending(self, watch_id: int, *, is_sent: bool) -> None:
        """Delete a watch whose answer was sent; or note that it certainly was not."""
        with self._open() as connection:
            if is_sent:
                connection.execute("DELETE FROM watches WHERE id = ?", (watch_id,))
            else:
                connection.execute("UPDATE watches SET sending_at = NULL WHERE id = ?", (watch_id,))

    def set_answered(self, watch_id: int) -> None:
        """Mark the watch as answered though delivery failed: the answer waits in `/watches`."""
        with self._open() as connection:
            connection.execute(_SET_ANSWERED, (watch_id,))

    def resume(self, watch_id: int, snapshot_id: str) -> bool:
        """Watch a question again whose answer is gone: this snapshot does not answer it.

        Return False if it was stopped meanwhile.
        """
        with self._open() as connection:
            resumed = connection.execute(
                "UPDATE watches SET is_answered = 0, checked = ?, checked_at = ? "
                "WHERE id = ? AND is_answered",
                (snapshot_id, _iso(_now()), watch_id),
            )
            return resumed.rowcount > 0

    def delete_old(self) -> int:
        """Delete the watches of more than 90 days ago, and return how many there were."""
        with self._open() as connection:
            deleted = connection.execute("DELETE FROM watches WHERE asked_at < ?", (_oldest(),))
            return deleted.rowcount

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path)
        try:
            with connection:
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute(_SCHEMA)
                yield connection
        finally:
            connection.close()

    def _own(self, connection: sqlite3.Connection, watch_id: int, user_id: int) -> Watch | None:
        watches = _select(connection, "id = ? AND user_id = ?", watch_id, user_id)
        return watches[0] if watches else None

    def _watch(self, connection: sqlite3.Connection, watch_id: int) -> Watch:
        return _select(connection, "id = ?", watch_id)[0]


def _select(connection: sqlite3.Connection, where: str, *values: object) -> list[Watch]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM watches WHERE {where}", values)  # noqa: S608  # own
    return [_read(row) for row in rows]


def _read(row: tuple[Any, ...]) -> Watch:
    watch_id, user_id, channel_id, guild_id, *texts, asked_at, checked, is_answered = row
    question, topic, language = texts
    return Watch(
        id=watch_id,
        user_id=user_id,
        channel=_channel(channel_id, guild_id),
        question=question,
        topic=topic,
        language=language,
        asked_at=datetime.fromisoformat(asked_at),
        checked=checked,
        is_answered=bool(is_answered),
    )


def _channel(channel_id: int | None, guild_id: int | None) -> ServerChannel | None:
    return None if channel_id is None or guild_id is None else ServerChannel(channel_id, guild_id)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _now() -> datetime:
    return datetime.now(UTC)


def _oldest() -> str:
    return _iso(_now() - timedelta(days=KEPT_DAYS))


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
