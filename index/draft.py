"""`coverage.db`, being written: articles go in one by one, with what they are divided into."""

import zlib
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from index.database import ARTICLE_COLUMNS, ARTICLE_FIELDS, Database
from index.models import Article
from index.parts import Parts

_SCHEMA = """
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL,
    headline TEXT NOT NULL, headline_stands_in INTEGER NOT NULL, outlet TEXT, url TEXT,
    published TEXT, place TEXT, language TEXT, author TEXT,
    key TEXT NOT NULL UNIQUE, text_hash TEXT NOT NULL, content_hash TEXT NOT NULL,
    terms BLOB NOT NULL
);
CREATE INDEX articles_of_content ON articles (content_hash);
CREATE TABLE sentences (
    number INTEGER PRIMARY KEY, article INTEGER NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL
);
CREATE INDEX sentences_of_article ON sentences (article);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, article INTEGER NOT NULL, first INTEGER NOT NULL,
    last INTEGER NOT NULL
);
CREATE INDEX articles_of_filters ON articles (outlet, published);
CREATE INDEX passages_of_article ON passages (article, number);
CREATE VIRTUAL TABLE passage_terms USING fts5 (
    terms, content = '', tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab (passage_terms, row);
"""


@dataclass(slots=True)
class Counts:
    """How much a coverage holds."""

    articles: int = 0
    sentences: int = 0
    passages: int = 0


class Draft(Database):
    """A new `coverage.db`; what was added can be read at once."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, mode="rwc")
        self._connection.executescript(_SCHEMA)
        self.counts = Counts()

    def close(self) -> None:
        """Commit what was added and close the file."""
        self._connection.commit()
        super().close()

    def add_article(self, article: Article, parts: Parts) -> int:
        """Add an article with its sentences and passages, and return its number."""
        counts = self.counts
        number = counts.articles
        values = [getattr(article, name) for name in ARTICLE_FIELDS]
        terms = zlib.compress("\n".join(parts.terms).encode(), 1)
        marks = ", ".join("?" * (len(values) + 5))
        self._connection.execute(
            f"INSERT INTO articles (number, {ARTICLE_COLUMNS}, key, text_hash, content_hash, "  # noqa: S608  # own column names
            f"terms) VALUES ({marks})",
            (number, *values, article.key, article.text_hash, article.content_hash, terms),
        )
        self._connection.executemany(
            "INSERT INTO sentences VALUES (?, ?, ?, ?)",
            zip(
                count(counts.sentences),
                [number] * len(parts.sentences),
                (span.start for span in parts.sentences),
                (span.end for span in parts.sentences),
            ),
        )
        self._connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?)",
            (
                (row, number, counts.sentences + run.first, counts.sentences + run.last)
                for row, run in enumerate(parts.passages, counts.passages)
            ),
        )
        self._connection.executemany(
            "INSERT INTO passage_terms (rowid, terms) VALUES (?, ?)",
            (
                (row, parts.passage_terms(run))
                for row, run in enumerate(parts.passages, counts.passages)
            ),
        )
        counts.articles += 1
        counts.sentences += len(parts.sentences)
        counts.passages += len(parts.passages)
        return number
