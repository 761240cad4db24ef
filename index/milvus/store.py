"""An open edition of a coverage in Milvus, as questions need it."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property

import numpy as np

from index.dates.partial_date import PartialDate
from index.encoders.base import Vectors
from index.encoders.description import EncoderFiles
from index.errors import SnapshotCorruptError, SnapshotNotFoundError
from index.milvus.address import MilvusAddress
from index.milvus.articles import ArticleRows
from index.milvus.budget import shared_budget
from index.milvus.change_log import MilvusChangeLog
from index.milvus.edition_check import EditionCheck
from index.milvus.editions import NAMES, PICTURE, SAMPLE, current_edition, load_file, read_names
from index.milvus.encoder_cache import fetch_encoder
from index.milvus.engine import Engine
from index.milvus.frequencies import DocumentFrequencies
from index.milvus.passages import PassageRows
from index.milvus.rows import condition
from index.milvus.schema import Table
from index.milvus.searching import PassageSearch
from index.models import Article, ArticleNo, Filters, PassageNo, SentenceNo
from index.store.base import DatedArticle, FoundPassages, Origin, Passage, StoredArticle
from index.store.manifest import Manifest
from index.text.names import KnownName


class MilvusStore:
    """One edition of a coverage in Milvus, a `Store`. Close it when done.

    Once builds have deleted the edition, whatever finds nothing, or less than it should, raises
    StoreUnavailableError, so that an article is not reported as gone because its edition is. If the
    edition is there, and rows that others refer to are not, that is a SnapshotCorruptError.
    """

    def __init__(self, address: MilvusAddress) -> None:
        """Open the newest edition.

        Raises SnapshotNotFoundError, StoreUnavailableError, SnapshotMismatchError if another
        version built it, or SnapshotCorruptError if files or rows are missing.
        """
        self._engine = Engine(address)
        try:
            with self.limit_time():
                edition = current_edition(self._engine)
            if edition is None:
                raise SnapshotNotFoundError(address)
            tables = [table for table in Table if self._engine.has(table)]
            self._engine.load(tables)
            self._edition = edition
            self._check = EditionCheck(self._engine, edition)
            self._count_rows()
            with self.limit_time():
                self.picture = self._load(PICTURE)
                sample = self._load(SAMPLE)
        except BaseException:
            self._engine.close()
            raise
        dimension = edition.manifest.encoder.dimension
        self._sample = np.frombuffer(sample, "<f2").astype(np.float32).reshape(-1, dimension)
        self.acronyms = edition.weighting.acronyms
        has_log = Table.CHANGES in tables  # not if an earlier version built it
        self.changes = MilvusChangeLog(self._engine, edition.number) if has_log else None
        self._articles = ArticleRows(self._engine, edition.number, self._check)
        self._rows = PassageRows(self._engine, self._check)
        self._frequencies = DocumentFrequencies(self._engine, edition.number)
        self._search = PassageSearch(self._engine, edition, self._rows, self._frequencies)

    @property
    def id(self) -> str:
        """The name of the edition."""
        return self._edition.id

    @property
    def number(self) -> int:
        """The number of the edition."""
        return self._edition.number

    @property
    def manifest(self) -> Manifest:
        """What the edition is made of, and by what."""
        return self._edition.manifest

    def limit_time(self) -> AbstractContextManager[None]:
        """Within the block, raise StoreUnavailableError as soon as Milvus took too long in all."""
        return shared_budget(self._engine.address.timeout)

    @cached_property
    def all_names(self) -> list[KnownName]:
        """The names that the articles contain, read when they are first asked for."""
        return read_names(self._load(NAMES)) if NAMES in self.manifest.files else []

    def names(self, initial: str) -> list[KnownName]:
        """Return the names that begin with this Latin letter."""
        return [each for each in self.all_names if each.latin.startswith(initial)]

    def document_frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """Return the number of passages that contain each term, 0 for an unknown one."""
        return self._frequencies.of(terms)

    def find(
        self, vector: Vectors, terms: Iterable[str], count: int, filters: Filters
    ) -> FoundPassages:
        """Return the `count` passages closest to the vector and the `count` of highest BM25."""
        if not self.manifest.passages:
            return FoundPassages({}, {})
        dense = self._search.by_vector(vector, count, filters)
        lexical = self._search.by_terms(terms, count, filters)
        cosines = self.cosines(vector, [*dense, *(each for each in lexical if each not in dense)])
        self._check.is_there()
        return FoundPassages(cosines, lexical)

    def term_shares(self, weights: Mapping[str, float], least: float) -> dict[PassageNo, float]:
        """Return the share of the terms' weights that each passage contains, if it is enough.

        Of the passages that hold most of the words.
        """
        shares = self._search.shares(weights)
        self._check.is_there()
        highest = max(shares.values(), default=0.0)
        return {n: shares[n] for n in sorted(shares) if shares[n] >= least * highest > 0}

    def cosines(self, vector: Vectors, passages: Sequence[PassageNo]) -> dict[PassageNo, float]:
        """Return the cosine of these passages to the vector."""
        rows = self._rows.fetch(passages)
        if not rows:
            return {}
        cosines = np.stack([row.vector for row in rows.values()]) @ vector
        return dict(zip(rows, cosines.tolist(), strict=True))

    def sample_cosines(self, vector: Vectors) -> list[float]:
        """Return the cosines of the passages that the build put aside to the vector."""
        cosines: list[float] = (self._sample @ vector).tolist()
        return cosines

    def origins(self, passages: Iterable[PassageNo]) -> dict[PassageNo, Origin]:
        """Return the article of each passage, its date, outlet and position."""
        return {number: row.origin for number, row in self._rows.fetch(passages).items()}

    def passages_that_pass(self, filters: Filters, passages: Iterable[PassageNo]) -> set[PassageNo]:
        """Return those of these passages whose article passes the filters."""
        return {number for number, row in self._rows.fetch(passages).items() if row.passes(filters)}

    def passages(self, numbers: Iterable[PassageNo]) -> list[Passage]:
        """Return the passages of these numbers, in order of their number."""
        return [row.passage for _, row in sorted(self._rows.fetch(numbers).items())]

    def vectors_of_sentences(self, passages: Iterable[Passage]) -> dict[SentenceNo, Vectors]:
        """Return the vector of each sentence of these passages, shape (d,)."""
        return self._rows.vectors_of_sentences(passages)

    def articles(self, numbers: Iterable[ArticleNo]) -> dict[ArticleNo, StoredArticle]:
        """Return the articles of these numbers, with their sentences."""
        return self._articles.fetch(numbers)

    def articles_by_key(self, keys: Iterable[str]) -> dict[str, Article]:
        """Return the articles of these keys, as they are stored."""
        return self._articles.by_key(keys)

    def number_by_key(self, key: str) -> ArticleNo | None:
        """Return the number of the article with this key, or None if there is none."""
        return self._articles.number(key)

    def numbers_by_key(self, first_digits: str) -> list[ArticleNo]:
        """Return the numbers of the articles whose key begins with these hexadecimal digits."""
        return self._articles.numbers(first_digits)

    def dated_within(self, filters: Filters) -> list[DatedArticle]:
        """Return the articles of a known year that pass the filters and have a passage, by date."""
        fits = f"{condition(self._edition.number, filters)} and first == 0 and first_day > 0"
        fields, seconds = ["number", "article", "published"], self._engine.address.timeout
        rows = self._engine.rows(Table.PASSAGES, fits, fields, seconds=seconds)
        found = [
            DatedArticle(
                ArticleNo(row["article"]),
                PartialDate.parse(row["published"]),
                PassageNo(row["number"]),
            )
            for row in rows
        ]
        self._check.is_there()
        return sorted(found, key=lambda each: (str(each.published), each.number))

    def undated(self, outlet: str | None) -> int:
        """Return how many articles (of this outlet) have no year, so that no date filter fits."""
        undated = self._edition.statistics.undated
        return sum(undated.values()) if outlet is None else undated.get(outlet, 0)

    def outlets(self) -> dict[str, int]:
        """Return every outlet with its number of articles, those with the most first."""
        return dict(self._edition.statistics.outlets)

    def months(self) -> dict[tuple[PartialDate, str | None], int]:
        """Return the number of articles by month and outlet; those with a known month."""
        return dict(self._edition.statistics.months)

    def languages(self) -> dict[str, int]:
        """Return the number of articles of each language that is known (ISO 639-1)."""
        return dict(self._edition.statistics.languages)

    def encoder_files(self) -> EncoderFiles:
        """Return the encoder's files, fetched into the cache unless they are there."""
        return fetch_encoder(self._engine, self.manifest)

    def close(self) -> None:
        """Close the connection."""
        self._engine.close()

    def _count_rows(self) -> None:
        """Raise SnapshotCorruptError if the edition has fewer rows than it was built with."""
        fits, manifest = condition(self.number), self.manifest
        for table, expected in (
            (Table.PASSAGES, manifest.passages),
            (Table.ARTICLES, manifest.articles),
        ):
            self._check.is_whole(table, expected, self._engine.count(table, fits))

    def _load(self, name: str) -> bytes:
        """Return the file of this name."""
        self._check.is_whole(f"file {name}", 1, len({name} & self.manifest.files.keys()))
        try:
            return load_file(self._engine, self.manifest.files[name].sha256)
        except SnapshotCorruptError:
            self._check.is_there()
            raise
