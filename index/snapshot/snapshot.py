"""An open snapshot: its manifest, its text, its vectors."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Self, cast

import numpy as np

from index.dates.partial_date import PartialDate
from index.encoders.base import Vectors
from index.encoders.description import EncoderFiles
from index.errors import SnapshotCorruptError
from index.models import Article, ArticleNo, Filters, PassageNo, SentenceNo
from index.snapshot.change_file import ChangeFile
from index.snapshot.database import Database
from index.snapshot.file_checks import verify_encoder
from index.snapshot.layout import Layout, current_folder, expected_files
from index.snapshot.vector_file import VectorFile
from index.snapshot.vector_index import PassageVectors
from index.store.base import (
    SAMPLE,
    DatedArticle,
    FoundPassages,
    Origin,
    Passage,
    StoredArticle,
)
from index.store.manifest import read_manifest
from index.text.names import KnownName

_FILTERS = 8  # whose passages are kept, a byte each


class Snapshot:
    """An open snapshot: its manifest, its text, its vectors; a `Store`. Close it when done.

    All files are opened or read at once, so that it still answers when a later build has removed
    its folder. `picture` is the PNG of the coverage by month, `changes` the log of the last builds,
    None in a snapshot of an earlier version.
    """

    def __init__(self, folder: Path) -> None:
        """Open the folder; raise SnapshotCorruptError naming the file that is not as it should."""
        self.id = folder.name
        self.layout = Layout(folder)
        self.manifest = read_manifest(self.layout.manifest)
        for path in expected_files(self.layout, self.manifest):
            if not path.exists():
                raise SnapshotCorruptError(path, "missing")
        self.picture = self.layout.picture.read_bytes()
        with ExitStack() as opened:
            self._open(self.layout, opened)
            self._opened = opened.pop_all()
        # Of a million passages, they take longer to find than an answer; filters come repeatedly.
        self._among = lru_cache(_FILTERS)(self.database.passages_within)
        self.undated = lru_cache(_FILTERS)(self.database.undated)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def limit_time(self) -> AbstractContextManager[None]:
        """Files answer at once: nothing is limited."""
        return nullcontext()

    def vectors_of(self, article: ArticleNo) -> tuple[Vectors, Vectors]:
        """Return the rows of the article's passages and those of its sentences."""
        passages = self.database.passages_of(article)
        sentences = self.database.sentences(article)
        return (
            self.passage_vectors.read([each.number for each in passages]),
            self.sentence_vectors.read([each.number for each in sentences]),
        )

    def document_frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """Return the number of passages that contain each term, 0 for an unknown one."""
        return self.database.postings.document_frequencies(terms)

    def names(self, initial: str) -> list[KnownName]:
        """Return the names of the coverage that begin with this Latin letter."""
        return self.database.known_names.names(initial)

    def find(
        self, vector: Vectors, terms: Iterable[str], count: int, filters: Filters
    ) -> FoundPassages:
        """Return the `count` passages closest to the vector and the `count` of highest BM25."""
        among = self._among(filters) if filters != Filters() else None
        cosines = self.passage_vectors.search(vector, count, among)
        lexical = self.database.postings.scores(terms, count, among)
        others = [row for row in lexical if row not in cosines]
        return FoundPassages(cosines | self.cosines(vector, others), lexical)

    def term_shares(self, weights: Mapping[str, float], least: float) -> dict[PassageNo, float]:
        """Return the share of the terms' weights that each passage contains, if it is enough."""
        total = sum(weights.values())
        held = np.zeros(self.manifest.passages)
        for term, weight in weights.items():
            held[self.database.postings.passages_holding(term)] += weight / total
        rows = np.flatnonzero((held > 0) & (held >= least * held.max(initial=0.0)))
        return dict(zip(cast(list[PassageNo], rows.tolist()), held[rows].tolist(), strict=True))

    def cosines(self, vector: Vectors, passages: Sequence[PassageNo]) -> dict[PassageNo, float]:
        """Return the cosine of these passages to the vector."""
        return self.passage_vectors.cosines(vector, passages)

    def sample_cosines(self, vector: Vectors) -> list[float]:
        """Return the cosines of every n-th passage to the vector."""
        count = self.manifest.passages
        sample = [PassageNo(row) for row in range(0, count, max(1, count // SAMPLE))]
        return list(self.cosines(vector, sample).values())

    def origins(self, passages: Iterable[PassageNo]) -> dict[PassageNo, Origin]:
        """Return the article of each passage, its date, outlet and position."""
        return self.database.origins(passages)

    def passages_that_pass(self, filters: Filters, passages: Iterable[PassageNo]) -> set[PassageNo]:
        """Return those of these passages whose article passes the filters."""
        among = self._among(filters)
        return {number for number in passages if among[number]}

    def passages(self, numbers: Iterable[PassageNo]) -> list[Passage]:
        """Return the passages of these numbers, in order of their number."""
        return list(self.database.passages(numbers))

    def vectors_of_sentences(self, passages: Iterable[Passage]) -> dict[SentenceNo, Vectors]:
        """Return the vector of each sentence of these passages, shape (d,)."""
        numbers = sorted({number for each in passages for number in each.sentences})
        return dict(zip(numbers, self.sentence_vectors.read(numbers), strict=True))

    def articles(self, numbers: Iterable[ArticleNo]) -> dict[ArticleNo, StoredArticle]:
        """Return the articles of these numbers, with their sentences."""
        database = self.database
        return {
            number: StoredArticle(database.article(number), database.sentences(number))
            for number in numbers
        }

    def articles_by_key(self, keys: Iterable[str]) -> dict[str, Article]:
        """Return the articles of these keys, as they are stored."""
        found = {key: self.database.article_by_key(key) for key in keys}
        return {key: article for key, article in found.items() if article}

    def number_by_key(self, key: str) -> ArticleNo | None:
        """Return the number of the article with this key, or None if there is none."""
        return self.database.number_by_key(key)

    def numbers_by_key(self, first_digits: str) -> list[ArticleNo]:
        """Return the numbers of the articles whose key begins with these hexadecimal digits."""
        return self.database.numbers_by_key(first_digits)

    def dated_within(self, filters: Filters) -> list[DatedArticle]:
        """Return the articles of a known year that pass the filters and have a passage, by date."""
        return self.database.dated_within(filters)

    def outlets(self) -> dict[str, int]:
        """Return every outlet with its number of articles, those with the most first."""
        return self.database.outlets()

    def months(self) -> dict[tuple[PartialDate, str | None], int]:
        """Return the number of articles by month and outlet; those with a known month."""
        return self.database.months()

    def languages(self) -> dict[str, int]:
        """Return the number of articles of each language that is known (ISO 639-1)."""
        return self.database.languages()

    def encoder_files(self) -> EncoderFiles:
        """Return the files of the encoder, each the one that was built."""
        verify_encoder(self.layout, self.manifest)
        return self.layout.encoder

    def close(self) -> None:
        """Close the files and free the memory, even if somebody still holds the snapshot."""
        self._opened.close()

    def _open(self, layout: Layout, opened: ExitStack) -> None:
        """Open the data files; `opened` closes those that were, should one be damaged."""
        manifest = self.manifest
        dimension = manifest.encoder.dimension
        vectors = opened.enter_context(VectorFile(layout.passages, dimension, manifest.passages))
        self.passage_vectors = PassageVectors.open(vectors, layout.faiss_index, dimension)
        opened.callback(self.passage_vectors.close)
        self.sentence_vectors = opened.enter_context(
            VectorFile(layout.sentences, dimension, manifest.sentences)
        )
        try:
            self.database = opened.enter_context(Database(layout.database))
            self.acronyms = self.database.known_names.acronyms()
            found = self.database.count("articles")
        except sqlite3.DatabaseError as error:
            raise SnapshotCorruptError(layout.database, str(error)) from error
        self.changes = self._open_changes(layout, opened)
        if found != manifest.articles:
            detail = f"{found} articles, expected {manifest.articles}"
            raise SnapshotCorruptError(layout.database, detail)

    def _open_changes(self, layout: Layout, opened: ExitStack) -> ChangeFile | None:
        if not layout.changes.exists():
            return None
        try:
            return opened.enter_context(ChangeFile(layout.changes))
        except sqlite3.DatabaseError as error:
            raise SnapshotCorruptError(layout.changes, str(error)) from error


def open_snapshot(index_dir: Path) -> Snapshot:
    """Open the snapshot in use; raise SnapshotNotFoundError if there is none."""
    return Snapshot(current_folder(index_dir))
