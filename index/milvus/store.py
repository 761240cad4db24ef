"""An open edition of a coverage in Milvus, as questions need it."""

import os
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from index.dates.partial_date import PartialDate
from index.encoders.base import Vectors
from index.encoders.description import EncoderFiles
from index.errors import SnapshotNotFoundError, StoreUnavailableError
from index.files import hash_file
from index.milvus.address import MilvusAddress
from index.milvus.budget import shared_budget
from index.milvus.change_log import MilvusChangeLog
from index.milvus.editions import (
    NAMES,
    PICTURE,
    SAMPLE,
    current_edition,
    current_id,
    load_file,
    read_names,
)
from index.milvus.engine import Engine, Row
from index.milvus.rows import (
    any_of,
    condition,
    numbered,
    quoted,
    read_article,
    term_number,
    unpack_vector,
)
from index.milvus.schema import DENSE, DENSE_INDEXES, TERMS, Table
from index.models import Article, ArticleNo, Filters, PassageNo, SentenceNo
from index.store.base import DatedArticle, FoundPassages, Origin, Passage, StoredArticle
from index.store.manifest import ENCODER, Manifest
from index.text.bm25 import idf
from index.text.names import KnownName

_AT_ONCE = 500  # rows of a query
_FIELDS = (
    "number",
    "article",
    "outlet",
    "published",
    "first_day",
    "last_day",
    "first",
    "last",
    DENSE,
)
_MOST_ON_TOPIC = 2_000  # passages that hold most of a topic's words, of which its timeline is made
_KEPT_ROWS, _KEPT_TERMS = 4_096, 50_000
_FILE_SECONDS = 120.0  # for a file of the encoder, some 30 MB


class _Row(NamedTuple):
    passage: Passage
    origin: Origin
    days: tuple[int, int]
    vector: Vectors


class MilvusStore:
    """One edition of a coverage in Milvus, a `Store`. Close it when done.

    An edition never changes, so the rows found last are kept: what is asked next about a question
    is about them. Once builds have deleted the edition, searches raise StoreUnavailableError.
    """

    def __init__(self, address: MilvusAddress) -> None:
        """Open the newest edition; raise SnapshotNotFoundError or StoreUnavailableError."""
        self._engine = Engine(address)
        try:
            with self.limit_time():
                edition = current_edition(self._engine)
            if edition is None:
                raise SnapshotNotFoundError(address)
            tables = [table for table in Table if self._engine.has(table)]
            self._engine.load(tables)
            self._edition = edition
            with self.limit_time():
                self.picture = load_file(self._engine, edition.manifest.files[PICTURE].sha256)
                sample = load_file(self._engine, edition.manifest.files[SAMPLE].sha256)
        except BaseException:
            self._engine.close()
            raise
        dimension = edition.manifest.encoder.dimension
        self._sample = np.frombuffer(sample, "<f2").astype(np.float32).reshape(-1, dimension)
        self.acronyms = edition.weighting.acronyms
        has_log = Table.CHANGES in tables  # not if an earlier version built it
        self.changes = MilvusChangeLog(self._engine, edition.number) if has_log else None
        self._searching = DENSE_INDEXES[edition.index_type][1]
        self._lock = Lock()
        self._rows: OrderedDict[PassageNo, _Row] = OrderedDict()
        self._frequencies: OrderedDict[str, int] = OrderedDict()

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
        record = self.manifest.files.get(NAMES)  # an older build stored none
        return read_names(load_file(self._engine, record.sha256)) if record else []

    def names(self, initial: str) -> list[KnownName]:
        """Return the names that begin with this Latin letter."""
        return [each for each in self.all_names if each.latin.startswith(initial)]

    def document_frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """Return the number of passages that contain each term, 0 for an unknown one."""
        wanted = list(dict.fromkeys(terms))
        with self._lock:
            known = {each: self._frequencies[each] for each in wanted if each in self._frequencies}
        if missing := [each for each in wanted if each not in known]:
            known |= self._query_frequencies(missing)
            with self._lock:
                self._frequencies.update(known)
                while len(self._frequencies) > _KEPT_TERMS:
                    self._frequencies.popitem(last=False)
        return {each: known[each] for each in wanted}

    def find(
        self, vector: Vectors, terms: Iterable[str], count: int, filters: Filters
    ) -> FoundPassages:
        """Return the `count` passages closest to the vector and the `count` of highest BM25."""
        if not self.manifest.passages:
            return FoundPassages({}, {})
        fits = condition(self._edition.number, filters)
        dense = self._nearest(DENSE, vector, count, fits)
        lexical = self._by_terms(self._idf(terms), count, fits)
        cosines = self.cosines(vector, [*dense, *(each for each in lexical if each not in dense)])
        self._check_edition()
        return FoundPassages(cosines, lexical)

    def term_shares(self, weights: Mapping[str, float], least: float) -> dict[PassageNo, float]:
        """Return the share of the terms' weights that each passage contains, if it is enough.

        Of the passages that hold most of the words.
        """
        total = sum(weights.values())
        fits = condition(self._edition.number)
        if not total:
            return {}
        numbers = {term_number(term): weight for term, weight in weights.items()}
        found = self._engine.nearest(
            TERMS, numbers, _MOST_ON_TOPIC, fits, [*_FIELDS, TERMS], parameters={}
        )
        self._keep([row for _, row in found])
        self._check_edition()
        shares = {
            PassageNo(row["number"]): sum(
                weight / total for number, weight in numbers.items() if number in row[TERMS]
            )
            for _, row in found
        }
        highest = max(shares.values(), default=0.0)
        return {n: shares[n] for n in sorted(shares) if shares[n] >= least * highest > 0}

    def cosines(self, vector: Vectors, passages: Sequence[PassageNo]) -> dict[PassageNo, float]:
        """Return the cosine of these passages to the vector."""
        rows = self._fetch(passages)
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
        return {number: row.origin for number, row in self._fetch(passages).items()}

    def passages_that_pass(self, filters: Filters, passages: Iterable[PassageNo]) -> set[PassageNo]:
        """Return those of these passages whose article passes the filters."""
        return {number for number, row in self._fetch(passages).items() if _passes(row, filters)}

    def passages(self, numbers: Iterable[PassageNo]) -> list[Passage]:
        """Return the passages of these numbers, in order of their number."""
        return [row.passage for _, row in sorted(self._fetch(numbers).items())]

    def vectors_of_sentences(self, passages: Iterable[Passage]) -> dict[SentenceNo, Vectors]:
        """Return the vector of each sentence of these passages, shape (d,)."""
        of_number = {each.number: each for each in passages}
        found: dict[SentenceNo, Vectors] = {}
        for some in _portions(list(of_number)):
            fields = ["number", "sentences"]
            for row in self._engine.query(Table.PASSAGES, any_of("number", some), fields):
                numbers = of_number[row["number"]].sentences
                vectors = map(unpack_vector, row["sentences"])
                found.update(zip(numbers, vectors, strict=True))
        return found

    def articles(self, numbers: Iterable[ArticleNo]) -> dict[ArticleNo, StoredArticle]:
        """Return the articles of these numbers, with their sentences."""
        found: dict[ArticleNo, StoredArticle] = {}
        for some in _portions(list(numbers)):
            fields = ["number", "record"]
            for row in self._engine.query(Table.ARTICLES, any_of("number", some), fields):
                found[row["number"]] = read_article(row)
        return found

    def articles_by_key(self, keys: Iterable[str]) -> dict[str, Article]:
        """Return the articles of these keys, as they are stored."""
        listed = ", ".join(map(quoted, keys))
        if not listed:
            return {}
        rows = self._articles_with(f"key in [{listed}]", ["number", "key", "record"])
        return {row["key"]: read_article(row).article for row in rows}

    def number_by_key(self, key: str) -> ArticleNo | None:
        """Return the number of the article with this key, or None if there is none."""
        rows = self._articles_with(f"key == {quoted(key)}", ["number"])
        return ArticleNo(rows[0]["number"]) if rows else None

    def numbers_by_key(self, first_digits: str) -> list[ArticleNo]:
        """Return the numbers of the articles whose key begins with these hexadecimal digits."""
        rows = self._articles_with(f"key like {quoted(first_digits + '%')}", ["number"])
        return sorted(ArticleNo(row["number"]) for row in rows)

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
        wanted = {
            Path(name).name: record.sha256
            for name, record in self.manifest.files.items()
            if name.startswith(f"{ENCODER}/")
        }
        identity = sha256("".join(sorted(wanted.values())).encode()).hexdigest()[:16]
        folder = self._engine.address.cache.expanduser() / f"{ENCODER}-{identity}"
        folder.mkdir(parents=True, exist_ok=True)
        for name, digest in wanted.items():
            path = folder / name
            if not path.exists() or hash_file(path) != digest:
                unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
                with shared_budget(_FILE_SECONDS):
                    unfinished.write_bytes(load_file(self._engine, digest))
                unfinished.replace(path)
        return EncoderFiles(folder)

    def close(self) -> None:
        """Close the connection."""
        self._engine.close()

    def _check_edition(self) -> None:
        """Raise StoreUnavailableError if builds have deleted the edition, and so maybe rows."""
        number = self._edition.number
        rows = self._engine.query(Table.EDITIONS, f"number == {number}", ["id"])
        if [row["id"] for row in rows] != [self.id]:
            reason = f"{self.id} was deleted by a later build; restart what still answers from it"
            raise StoreUnavailableError(self._engine.address, reason)

    def _nearest(self, field: str, vector: object, count: int, fits: str) -> dict[PassageNo, float]:
        parameters = self._searching if field == DENSE else {}
        found = self._engine.nearest(field, vector, count, fits, _FIELDS, parameters)
        self._keep([row for _, row in found])
        scores = {PassageNo(row["number"]): score for score, row in found}
        return {n: scores[n] for n in sorted(scores, key=lambda n: (-scores[n], n))}

    def _by_terms(
        self, weights: Mapping[int, float], count: int, fits: str
    ) -> dict[PassageNo, float]:
        return self._nearest(TERMS, dict(weights), count, fits) if weights else {}

    def _idf(self, terms: Iterable[str]) -> dict[int, float]:
        """Return the weight of each term that the coverage holds, by the term's number."""
        total = self.manifest.passages
        return {
            term_number(term): idf(total, count)
            for term, count in self.document_frequencies(terms).items()
            if count
        }

    def _query_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        number_of = {term: term_number(term) for term in terms}
        fits = f"since <= {self._edition.number} and {any_of('term', list(number_of.values()))}"
        rows = self._engine.query(Table.FREQUENCIES, fits, ["term", "since", "passages"])
        latest: dict[int, tuple[int, int]] = {}
        for row in rows:
            known = latest.get(row["term"], (0, 0))
            latest[row["term"]] = max(known, (row["since"], row["passages"]))
        return {term: latest.get(number, (0, 0))[1] for term, number in number_of.items()}

    def _articles_with(self, fits: str, fields: Sequence[str]) -> list[Row]:
        return self._engine.query(
            Table.ARTICLES, f"{fits} and {condition(self._edition.number)}", fields
        )

    def _fetch(self, numbers: Iterable[PassageNo]) -> dict[PassageNo, _Row]:
        """Return the rows of these passages, in the order of the numbers."""
        wanted = list(dict.fromkeys(numbers))
        with self._lock:
            known = {each: self._rows[each] for each in wanted if each in self._rows}
        for some in _portions([each for each in wanted if each not in known]):
            rows = self._engine.query(Table.PASSAGES, any_of("number", some), _FIELDS)
            known |= self._keep(rows)
        return {each: known[each] for each in wanted if each in known}

    def _keep(self, rows: Sequence[Row]) -> dict[PassageNo, _Row]:
        found = {PassageNo(row["number"]): _read_row(row) for row in rows}
        with self._lock:
            self._rows.update(found)
            while len(self._rows) > _KEPT_ROWS:
                self._rows.popitem(last=False)
        return found


def current_edition_id(address: MilvusAddress) -> str:
    """Return the id of the newest edition; raise SnapshotNotFoundError if there is none.

    It is asked every few seconds, so its connection stays open.
    """
    with shared_budget(address.timeout):
        found = current_id(_watching(address))
    if found is None:
        raise SnapshotNotFoundError(address)
    return found


@lru_cache(maxsize=1)
def _watching(address: MilvusAddress) -> Engine:
    return Engine(address)


def _read_row(row: Mapping[str, Any]) -> _Row:
    article = ArticleNo(row["article"])
    number = PassageNo(row["number"])
    first, last = (SentenceNo(numbered(article, row[name])) for name in ("first", "last"))
    published = PartialDate.parse(row["published"]) if row["published"] else None
    return _Row(
        Passage(number, article, first, last),
        Origin(article, published, row["first"], row["outlet"] or None),
        (row["first_day"], row["last_day"]),
        np.asarray(row[DENSE], np.float32),
    )


def _passes(row: _Row, filters: Filters) -> bool:
    first, last = row.days
    return (
        (filters.outlet is None or row.origin.outlet == filters.outlet)
        and (filters.since is None or first >= int(f"{filters.since:%Y%m%d}"))
        and (filters.until is None or last <= int(f"{filters.until:%Y%m%d}"))
    )


def _portions(numbers: Sequence[int]) -> list[Sequence[int]]:
    return [numbers[first : first + _AT_ONCE] for first in range(0, len(numbers), _AT_ONCE)]
