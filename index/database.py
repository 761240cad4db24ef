"""`coverage.db`, open for reading: articles, sentences, passages and the lexical leg.

Sentences and passages are numbered from 0 over the whole snapshot; a number is also the row of
the vector. A passage is a run of sentence numbers, both ends included.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from index.changes import Identity
from index.models import Article, Filters, Sentence, Span
from index.parts import Parts
from index.passages import Run

_NO_FILTERS = Filters()
ARTICLE_FIELDS = [field.name for field in fields(Article)]
ARTICLE_COLUMNS = ", ".join(ARTICLE_FIELDS)


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences `first` to `last` (inclusive, numbers of the snapshot) of one article."""

    number: int
    article: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a passage is from: its article, and how far from the beginning."""

    article: int
    published: str | None
    sentences_before: int
    outlet: str | None = None


class Database:
    """An open `coverage.db`; reading takes no lock, as a snapshot never changes."""

    def __init__(self, path: Path, mode: str = "ro&immutable=1") -> None:
        # The bot opens it in one thread and asks it from another, never from two at a time.
        uri = f"{path.resolve().as_uri()}?mode={mode}"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def count(self, table: str) -> int:
        """Return the number of rows of `articles`, `sentences` or `passages`."""
        return int(self._one(f"SELECT count(*) FROM {table}")[0])  # noqa: S608  # own table names

    def dates(self) -> tuple[str | None, str | None]:
        """Return the oldest and the newest date that has a year."""
        oldest, newest = self._one(
            "SELECT min(published), max(published) FROM articles WHERE published GLOB '[0-9]*'"
        )
        return oldest, newest

    def article(self, number: int) -> Article:
        """Return the article of this number."""
        return self._articles("number = ?", number)[0]

    def article_by_key(self, key: str) -> Article | None:
        """Return the article of this key (`Article.key`), or None where there is none."""
        found = self._articles("key = ?", key)
        return found[0] if found else None

    def articles(self) -> Iterator[Article]:
        """Yield all articles in order."""
        statement = f"SELECT {ARTICLE_COLUMNS} FROM articles ORDER BY number"  # noqa: S608  # own
        yield from map(_article, self._connection.execute(statement))

    def identities(self) -> list[Identity]:
        """Return what tells the articles apart, in order."""
        rows = self._connection.execute(
            "SELECT id, url, text_hash, headline FROM articles ORDER BY number"
        )
        return [Identity(*row) for row in rows]

    def stored_text_hash(self, article: int) -> str:
        """Return the sha256 that the article's text had when it was read."""
        return str(self._one("SELECT text_hash FROM articles WHERE number = ?", article)[0])

    def sentences(self, article: int) -> list[Sentence]:
        """Return the article's sentences in order."""
        rows = self._connection.execute(
            "SELECT number, start, end FROM sentences WHERE article = ? ORDER BY number", (article,)
        )
        return [Sentence(number, Span(start, end)) for number, start, end in rows]

    def parts(self, article: int) -> Parts:
        """Return what the article is divided into, numbered from 0."""
        spans = self.sentences(article)
        terms = zlib.decompress(
            self._one("SELECT terms FROM articles WHERE number = ?", article)[0]
        ).decode()
        first = spans[0].number if spans else 0
        runs = (Run(one.first - first, one.last - first) for one in self.passages_of(article))
        return Parts(tuple(each.span for each in spans), tuple(runs), tuple(terms.split("\n")))

    def article_by_content(self, content_hash: str) -> int | None:
        """Return the number of an article with this `Article.content_hash`, None without one."""
        row = self._connection.execute(
            "SELECT number FROM articles WHERE content_hash = ? LIMIT 1", (content_hash,)
        ).fetchone()
        return int(row[0]) if row else None

    def passages_of(self, article: int) -> list[Passage]:
        """Return the article's passages in order."""
        rows = self._connection.execute(
            "SELECT number, article, first, last FROM passages WHERE article = ? ORDER BY number",
            (article,),
        )
        return [Passage(*row) for row in rows]

    def months(self) -> dict[tuple[str, str | None], int]:
        """Return the number of articles by month (`2022-11`) and outlet; those with both known."""
        rows = self._connection.execute(
            "SELECT substr(published, 1, 7), outlet, count(*) FROM articles "  # noqa: S608  # own
            f"WHERE {_HAS_YEAR} AND length(published) >= 7 GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return {(str(month), outlet): int(count) for month, outlet, count in rows}

    def passages(self, numbers: Iterable[int] | None = None) -> Iterator[Passage]:
        """Yield the passages of these numbers, all by default, in order of their number."""
        if numbers is None:
            rows = self._connection.execute("SELECT * FROM passages ORDER BY number")
            yield from (Passage(*row) for row in rows)
            return
        for number in sorted(numbers):
            yield Passage(*self._one("SELECT * FROM passages WHERE number = ?", number))

    def origins(self, passages: Iterable[int]) -> dict[int, Origin]:
        """Return where each of these passages is from."""
        statement = (
            "SELECT article, published, first - (SELECT lead.first FROM passages AS lead "
            "WHERE lead.article = articles.number ORDER BY lead.number LIMIT 1), outlet "
            "FROM passages JOIN articles ON articles.number = passages.article "
            "WHERE passages.number = ?"
        )
        return {number: Origin(*self._one(statement, number)) for number in passages}

    def passages_holding(self, term: str) -> list[int]:
        """Return the passages that hold the term, or whose headline does."""
        rows = self._connection.execute(
            "SELECT rowid FROM passage_terms WHERE passage_terms MATCH ?", (f'"{term}"',)
        )
        return [int(number) for (number,) in rows]

    def passages_within(self, filters: Filters) -> list[int]:
        """Return the passages of the articles that these filters let through, in order."""
        where, values = _conditions(filters)
        rows = self._connection.execute(
            "SELECT passages.number FROM passages JOIN articles "  # noqa: S608  # own conditions
            f"ON articles.number = passages.article WHERE {where} ORDER BY passages.number",
            values,
        )
        return [int(number) for (number,) in rows]

    def undated(self, outlet: str | None) -> int:
        """Return how many articles (of this outlet) have no year, so that no date filter fits."""
        where, values = _conditions(Filters(outlet))
        statement = f"SELECT count(*) FROM articles WHERE {where} AND NOT ({_HAS_YEAR})"  # noqa: S608  # own conditions
        return int(self._one(statement, *values)[0])

    def outlets(self) -> dict[str, int]:
        """Return every outlet with its number of articles, those with the most first."""
        rows = self._connection.execute(
            "SELECT outlet, count(*) FROM articles WHERE outlet IS NOT NULL "
            "GROUP BY outlet ORDER BY count(*) DESC, outlet"
        )
        return {str(outlet): int(count) for outlet, count in rows}

    def lexical_scores(
        self, terms: Iterable[str], count: int, filters: Filters = _NO_FILTERS
    ) -> dict[int, float]:
        """Return the `count` passages with the highest BM25 for any of these terms, best first."""
        # Quoted, since FTS5 reads ", *, -, NEAR and OR as syntax.
        query = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms))
        if not query:
            return {}
        statement = ""
        values: tuple[str, ...] = ()
        if filters != _NO_FILTERS:
            where, values = _conditions(filters)
            # "+" keeps SQLite from looking up every rowid in FTS5, which takes seconds.
            statement = (
                "AND +rowid IN (SELECT passages.number FROM passages JOIN articles "  # noqa: S608  # own conditions
                f"ON articles.number = passages.article WHERE {where}) "
            )
        rows = self._connection.execute(
            "SELECT rowid, -rank FROM passage_terms WHERE passage_terms MATCH ? "  # noqa: S608  # own
            f"{statement}ORDER BY rank LIMIT ?",
            (query, *values, count),
        )
        return {int(number): float(score) for number, score in rows}

    def document_frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """Return in how many passages each term occurs; 0 where it does not."""
        found = {}
        for term in set(terms):
            row = self._connection.execute(
                "SELECT doc FROM passage_vocabulary WHERE term = ?", (term,)
            ).fetchone()
            found[term] = int(row[0]) if row else 0
        return found

    def _articles(self, where: str, value: int | str) -> list[Article]:
        statement = f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE {where}"  # noqa: S608  # own names
        return [_article(row) for row in self._connection.execute(statement, (value,))]

    def _one(self, statement: str, *values: object) -> tuple:  # type: ignore[type-arg]
        row: tuple = self._connection.execute(statement, values).fetchone()  # type: ignore[type-arg]
        return row


# A partial date stands for all its days: 2022-11 is from 1 to 31 November, in plain comparison.
_HAS_YEAR = "coalesce(published, '-') NOT LIKE '-%'"
_FIRST_DAY = "substr(published || substr('-01-01', length(published) - 3), 1, 10)"
_LAST_DAY = "substr(published || substr('-12-31', length(published) - 3), 1, 10)"


def _conditions(filters: Filters) -> tuple[str, tuple[str, ...]]:
    """Return the SQL that lets the right articles through, and its values."""
    found: list[tuple[str, str]] = []
    if filters.outlet is not None:
        found.append(("outlet = ?", filters.outlet))
    if filters.since:
        found.append((f"{_HAS_YEAR} AND {_FIRST_DAY} >= ?", filters.since.isoformat()))
    if filters.until:
        found.append((f"{_HAS_YEAR} AND {_LAST_DAY} <= ?", filters.until.isoformat()))
    return " AND ".join(["TRUE", *(where for where, _ in found)]), tuple(v for _, v in found)


def _article(row: tuple[object, ...]) -> Article:
    values = dict(zip(ARTICLE_FIELDS, row, strict=True))
    return Article(**{**values, "headline_stands_in": bool(values["headline_stands_in"])})  # type: ignore[arg-type]
