"""Write `coverage.db`: one article after another, with its sentences and passages."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from index.models import Article, ArticleNo
from index.snapshot.database import ARTICLE_FIELDS, Database
from index.snapshot.inverted_index import PostingsWriter
from index.text.acronyms import Acronyms
from index.text.names import KnownName
from index.text.segmentation import Segments

_SCHEMA = """
-- Short columns first: SQLite reads all pages of a text to get at the columns after it.
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, published TEXT, outlet TEXT,
    first_sentence INTEGER NOT NULL, sentence_count INTEGER NOT NULL,
    first_passage INTEGER NOT NULL, passage_count INTEGER NOT NULL,
    key TEXT NOT NULL UNIQUE, text_hash TEXT NOT NULL, content_hash TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE, headline TEXT NOT NULL, headline_stands_in INTEGER NOT NULL,
    url TEXT, place TEXT, language TEXT, author TEXT, text TEXT NOT NULL, terms BLOB NOT NULL
);
CREATE INDEX articles_of_content ON articles (content_hash);
CREATE INDEX articles_of_filters ON articles (outlet, published, first_passage, passage_count);
CREATE TABLE sentences (number INTEGER PRIMARY KEY, start INTEGER NOT NULL, end INTEGER NOT NULL);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, article INTEGER NOT NULL, first INTEGER NOT NULL,
    last INTEGER NOT NULL
);
-- Terms: a name, separated by spaces, and what it is abbreviated to.
CREATE TABLE acronyms (name TEXT PRIMARY KEY, short TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE names (
    latin TEXT NOT NULL, term TEXT NOT NULL, spelling TEXT NOT NULL, articles INTEGER NOT NULL,
    PRIMARY KEY (latin, term)
) WITHOUT ROWID;
"""


@dataclass(slots=True)
class Counts:
    """How much a coverage holds."""

    articles: int = 0
    sentences: int = 0
    passages: int = 0


class DatabaseWriter(Database):
    """A new `coverage.db`; all but the postings can be read as soon as it is added.

    A passage with one of the names that have an acronym is found by the acronym, too. `names` are
    those that misspelt ones can stand for.
    """

    def __init__(
        self, path: Path, acronyms: Acronyms | None = None, names: Iterable[KnownName] = ()
    ) -> None:
        super().__init__(path, mode="rwc")
        self._connection.executescript(_SCHEMA)
        self._acronyms = acronyms or Acronyms()
        self._connection.executemany(
            "INSERT INTO acronyms VALUES (?, ?)",
            ((" ".join(name), short) for name, short in self._acronyms.names.items()),
        )
        self._connection.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", names)
        self._postings = PostingsWriter(self._connection)
        self.counts = Counts()

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            self.close()
        else:
            super().close()  # after an error the file is thrown away

    def close(self) -> None:
        """Commit what was added and close the file."""
        self._postings.flush()
        self._connection.commit()
        super().close()

    def add_article(self, article: Article, parts: Segments) -> ArticleNo:
        """Add an article with its sentences and passages, and return its number."""
        counts = self.counts
        number = ArticleNo(counts.articles)
        values: dict[str, object] = {name: getattr(article, name) for name in ARTICLE_FIELDS} | {
            "number": number,
            "published": str(article.published) if article.published else None,
            "first_sentence": counts.sentences,
            "sentence_count": len(parts.sentences),
            "first_passage": counts.passages,
            "passage_count": len(parts.passages),
            "key": article.key,
            "text_hash": article.text_hash,
            "content_hash": article.content_hash,
            "terms": zlib.compress("\n".join(parts.terms).encode(), 1),
        }
        self._connection.execute(
            f"INSERT INTO articles ({', '.join(values)}) "  # noqa: S608  # own column names
            f"VALUES ({', '.join('?' * len(values))})",
            tuple(values.values()),
        )
        self._connection.executemany(
            "INSERT INTO sentences VALUES (?, ?, ?)",
            (
                (row, span.start, span.end)
                for row, span in enumerate(parts.sentences, counts.sentences)
            ),
        )
        self._connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?)",
            (
                (row, number, counts.sentences + run.first, counts.sentences + run.last)
                for row, run in enumerate(parts.passages, counts.passages)
            ),
        )
        lines = (" ".join(self._acronyms.add_to(line.split())) for line in parts.terms)
        indexed = replace(parts, terms=tuple(lines))
        for run in parts.passages:
            self._postings.add(indexed.passage_terms(run))
        counts.articles += 1
        counts.sentences += len(parts.sentences)
        counts.passages += len(parts.passages)
        return number
