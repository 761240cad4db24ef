"""`coverage.db`, open for reading: articles, sentences, passages.

Sentences and passages are numbered from 0 over the whole snapshot; a number is also the row of
the vector. A passage is a run of sentence numbers, both ends included.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import chain
from pathlib import Path
from typing import Self

import numpy as np

from index.dates.partial_date import PartialDate
from index.errors import UnsafeSqliteError
from index.models import (
    Article,
    ArticleNo,
    Filters,
    Identity,
    PassageNo,
    Sentence,
    Span,
)
from index.snapshot.filter_conditions import HAS_YEAR, conditions
from index.snapshot.inverted_index import Among, Postings
from index.snapshot.known_names import KnownNames
from index.store.base import DatedArticle, Origin, Passage
from index.text.passages import SentenceRange
from index.text.segmentation import Segments

ARTICLE_FIELDS = [field.name for field in fields(Article)]
ARTICLE_COLUMNS = ", ".join(ARTICLE_FIELDS)


class Database:
    """An open `coverage.db`; reading takes no lock, as a snapshot never changes.

    `postings` are its inverted index, `known_names` its names and acronyms.
    """

    def __init__(self, path: Path, mode: str = "ro&immutable=1") -> None:
        # The bot opens it in one thread and asks it from others: serialised, SQLite lets them take
        # turns (https://docs.python.org/3/library/sqlite3.html#sqlite3.threadsafety).
        if sqlite3.threadsafety != 3:
            raise UnsafeSqliteError(sqlite3.threadsafety)
        uri = f"{path.resolve().as_uri()}?mode={mode}"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self.postings = Postings(self._connection)
        self.known_names = KnownNames(self._connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def count(self, table: str) -> int:
        """Return the number of rows of `articles`, `sentences` or `passages`."""
        return int(self._one(f"SELECT count(*) FROM {table}")[0])  # noqa: S608  # own table names

    def dates(self) -> tuple[PartialDate | None, PartialDate | None]:
        """Return the oldest and the newest date that has a year."""
        oldest, newest = self._one(
            "SELECT min(published), max(published) FROM articles WHERE published GLOB '[0-9]*'"
        )
        return _date(oldest), _date(newest)

    def article(self, number: ArticleNo) -> Article:
        """Return the article of this number."""
        return self._articles("number = ?", number)[0]

    def article_by_key(self, key: str) -> Article | None:
        """Return the article of this key (`Article.key`), or None if there is none."""
        found = self._articles("key = ?", key)
        return found[0] if found else None

    def number_by_key(self, key: str) -> ArticleNo | None:
        """Return the number of the article with this key, or None if there is none."""
        row = self._connection.execute("SELECT number FROM articles WHERE key = ?", (key,))
        found = row.fetchone()
        return ArticleNo(found[0]) if found else None

    def numbers_by_key(self, first_digits: str) -> list[ArticleNo]:
        """Return the numbers of the articles whose key begins with these hexadecimal digits."""
        rows = self._connection.execute(
            "SELECT number FROM articles WHERE key >= ?1 AND key < ?1 || 'g' ORDER BY number",
            (first_digits,),
        )
        return [ArticleNo(number) for (number,) in rows]

    def articles(self) -> Iterator[Article]:
        """Yield all articles in order."""
        statement = f"SELECT {ARTICLE_COLUMNS} FROM articles ORDER BY number"  # noqa: S608  # own
        yield from map(_article, self._connection.execute(statement))

    def identities(self) -> list[Identity]:
        """Return what identifies each article, in order."""
        rows = self._connection.execute(
            "SELECT id, url, text_hash, headline FROM articles ORDER BY number"
        )
        return [Identity(*row) for row in rows]

    def is_same(self, row: int, article: Article) -> bool:
        """Tell whether the article of this number has the very same fields."""
        return self.article(ArticleNo(row)) == article

    def stored_text_hash(self, article: ArticleNo) -> str:
        """Return the sha256 that the article's text had when it was read."""
        return str(self._one("SELECT text_hash FROM articles WHERE number = ?", article)[0])

    def sentences(self, article: ArticleNo) -> list[Sentence]:
        """Return the article's sentences in order."""
        rows = self._connection.execute(
            "SELECT sentences.number, start, end FROM articles JOIN sentences "
            "ON sentences.number BETWEEN first_sentence AND first_sentence + sentence_count - 1 "
            "WHERE articles.number = ? ORDER BY sentences.number",
            (article,),
        )
        return [Sentence(number, Span(start, end)) for number, start, end in rows]

    def parts(self, article: ArticleNo) -> Segments:
        """Return what the article is divided into, numbered from 0."""
        spans = self.sentences(article)
        terms = zlib.decompress(
            self._one("SELECT terms FROM articles WHERE number = ?", article)[0]
        ).decode()
        first = spans[0].number if spans else 0
        runs = (
            SentenceRange(one.first - first, one.last - first) for one in self.passages_of(article)
        )
        return Segments(tuple(each.span for each in spans), tuple(runs), tuple(terms.split("\n")))

    def article_by_content(self, content_hash: str) -> ArticleNo | None:
        """Return the number of an article with this `Article.content_hash`, None without one."""
        row = self._connection.execute(
            "SELECT number FROM articles WHERE content_hash = ? LIMIT 1", (content_hash,)
        ).fetchone()
        return ArticleNo(row[0]) if row else None

    def passages_of(self, article: ArticleNo) -> list[Passage]:
        """Return the article's passages in order."""
        rows = self._connection.execute(
            "SELECT passages.* FROM articles JOIN passages "
            "ON passages.number BETWEEN first_passage AND first_passage + passage_count - 1 "
            "WHERE articles.number = ? ORDER BY passages.number",
            (article,),
        )
        return [Passage(*row) for row in rows]

    def months(self) -> dict[tuple[PartialDate, str | None], int]:
        """Return the number of articles by month and outlet; those with a known month."""
        rows = self._connection.execute(
            "SELECT substr(published, 1, 7), outlet, count(*) FROM articles "  # noqa: S608  # own
            f"WHERE {HAS_YEAR} AND length(published) >= 7 GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return {(PartialDate.parse(month), outlet): count for month, outlet, count in rows}

    def passages(self, numbers: Iterable[PassageNo] | None = None) -> Iterator[Passage]:
        """Yield the passages of these numbers, all by default, in order of their number."""
        if numbers is None:
            rows = self._connection.execute("SELECT * FROM passages ORDER BY number")
            yield from (Passage(*row) for row in rows)
            return
        rows = self._connection.execute(
            "SELECT * FROM passages WHERE number IN (SELECT value FROM json_each(?)) "
            "ORDER BY number",
            (json.dumps(list(numbers)),),
        )
        yield from (Passage(*row) for row in rows)

    def origins(self, passages: Iterable[PassageNo]) -> dict[PassageNo, Origin]:
        """Return the article of each passage, its date, outlet and position."""
        rows = self._connection.execute(
            "SELECT passages.number, article, published, first - first_sentence, outlet "
            "FROM passages JOIN articles ON articles.number = passages.article "
            "WHERE passages.number IN (SELECT value FROM json_each(?))",
            (json.dumps(list(passages)),),
        )
        return {
            number: Origin(article, _date(published), before, outlet)
            for number, article, published, before, outlet in rows
        }

    def passages_within(self, filters: Filters) -> Among:
        """Return for every passage whether the filters allow its article."""
        where, values = conditions(filters)
        rows = self._connection.execute(
            f"SELECT first_passage, passage_count FROM articles WHERE {where}",  # noqa: S608  # own
            values,
        )
        first, count = np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, 2).T
        # Articles are consecutive: add 1 at the first passage, subtract 1 after the last, and sum.
        total = int(self._one("SELECT coalesce(max(number) + 1, 0) FROM passages")[0])
        edges = np.zeros(total + 1, np.int8)
        np.add.at(edges, first, 1)
        np.add.at(edges, first + count, -1)
        return np.cumsum(edges[:-1], dtype=np.int8).astype(np.bool_)

    def dated_within(self, filters: Filters) -> list[DatedArticle]:
        """Return the articles of a known year that pass the filters and have a passage, by date."""
        where, values = conditions(filters)
        rows = self._connection.execute(
            "SELECT number, published, first_passage FROM articles "  # noqa: S608  # own conditions
            f"WHERE {where} AND {HAS_YEAR} AND passage_count > 0 ORDER BY published, number",
            values,
        )
        return [
            DatedArticle(ArticleNo(number), PartialDate.parse(published), PassageNo(first))
            for number, published, first in rows
        ]

    def undated(self, outlet: str | None) -> int:
        """Return how many articles (of this outlet) have no year, so that no date filter fits."""
        where, values = conditions(Filters(outlet))
        statement = f"SELECT count(*) FROM articles WHERE {where} AND NOT ({HAS_YEAR})"  # noqa: S608  # own conditions
        return int(self._one(statement, *values)[0])

    def outlets(self) -> dict[str, int]:
        """Return every outlet with its number of articles, those with the most first."""
        rows = self._connection.execute(
            "SELECT outlet, count(*) FROM articles WHERE outlet IS NOT NULL "
            "GROUP BY outlet ORDER BY count(*) DESC, outlet"
        )
        return {str(outlet): int(count) for outlet, count in rows}

    def languages(self) -> dict[str, int]:
        """Return the number of articles of each language that is known (ISO 639-1)."""
        rows = self._connection.execute(
            "SELECT language, count(*) FROM articles WHERE language IS NOT NULL GROUP BY language"
        )
        return {str(language): int(count) for language, count in rows}

    def _articles(self, where: str, value: int | str) -> list[Article]:
        statement = f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE {where}"  # noqa: S608  # own names
        return [_article(row) for row in self._connection.execute(statement, (value,))]

    def _one(self, statement: str, *values: object) -> tuple:  # type: ignore[type-arg]
        row: tuple = self._connection.execute(statement, values).fetchone()  # type: ignore[type-arg]
        return row


def _article(row: tuple[object, ...]) -> Article:
    values = dict(zip(ARTICLE_FIELDS, row, strict=True))
    values["headline_stands_in"] = bool(values["headline_stands_in"])
    values["published"] = _date(values["published"])
    return Article(**values)  # type: ignore[arg-type]


def _date(stored: object) -> PartialDate | None:
    return None if stored is None else PartialDate.parse(str(stored))
