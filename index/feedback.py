"""Readers' votes in a local SQLite file: question, quotes and vote, never who voted."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes

from index.errors import FeedbackError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS votes (
    voter TEXT PRIMARY KEY, time TEXT NOT NULL, question TEXT NOT NULL, quotes TEXT NOT NULL,
    vote INTEGER NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote: on which question, with which quotes shown, when (ISO 8601, UTC)."""

    question: str
    quotes: tuple[str, ...]
    time: str
    is_good: bool


@dataclass(frozen=True, slots=True)
class VotedDown:
    """A question that was voted down: how often, when last, and the quotes shown then."""

    question: str
    quotes: tuple[str, ...]
    last: str
    bad: int
    good: int


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
        """Keep a vote; `quotes` are those shown, with their citations. Raises sqlite3.Error."""
        hashed = sha256(self._salt + f"{voter}:{card}".encode()).hexdigest()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        shown = json.dumps(quotes, ensure_ascii=False)
        values = (hashed, now, question, shown, 1 if is_good else -1)
        connection = sqlite3.connect(self._path)
        try:
            with connection:
                connection.execute(_SCHEMA)
                connection.execute("INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?, ?)", values)
        finally:
            connection.close()


def read_votes(path: Path) -> list[Vote]:
    """Return all votes, the oldest first; raise FeedbackError if the file has none."""
    with _opened(path, "ro") as connection:
        rows = connection.execute(
            "SELECT question, quotes, time, vote FROM votes ORDER BY time, rowid"
        ).fetchall()
        return [
            Vote(question, tuple(json.loads(quotes)), time, vote > 0)
            for question, quotes, time, vote in rows
        ]


def forget_votes(path: Path, question: str) -> int:
    """Delete the votes on a question for good, and return how many there were.

    Letter case and spaces make no difference. Raises FeedbackError.
    """
    with _opened(path, "rw") as connection, connection:
        connection.execute("PRAGMA secure_delete = ON")
        votes = connection.execute("SELECT rowid, question FROM votes").fetchall()
        found = [(rowid,) for rowid, text in votes if _plain(text) == _plain(question)]
        connection.executemany("DELETE FROM votes WHERE rowid = ?", found)
    return len(found)


def voted_down(votes: Iterable[Vote]) -> list[VotedDown]:
    """Return each question that was voted down, the most often and then the latest first."""
    by_question: dict[str, list[Vote]] = {}
    for vote in votes:
        by_question.setdefault(_plain(vote.question), []).append(vote)
    found = []
    for of_question in by_question.values():
        bad = [each for each in of_question if not each.is_good]
        if bad:
            last = max(bad, key=lambda each: each.time)
            good = len(of_question) - len(bad)
            found.append(VotedDown(last.question, last.quotes, last.time, len(bad), good))
    return sorted(found, key=lambda each: (each.bad, each.last), reverse=True)


def _plain(question: str) -> str:
    return " ".join(question.casefold().split())


@contextmanager
def _opened(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    if not path.is_file():
        raise FeedbackError(path, "no such file; votes come from the buttons of the bot's answers")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)
    try:
        yield connection
    except (sqlite3.Error, ValueError) as error:
        raise FeedbackError(path, f"not a file of votes: {error}") from error
    finally:
        connection.close()
