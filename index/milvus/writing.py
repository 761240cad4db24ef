"""Write a new edition into Milvus: nobody sees its rows before it is announced.

What a killed build has written is taken over by the next one: rows of the edition that was never
announced, as far as their articles are whole and still wanted.
"""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from secrets import token_hex

import numpy as np

from index.dates.partial_date import PartialDate, Precision
from index.encoders.base import Vectors
from index.encoders.description import EncoderDescription
from index.milvus.change_log import forget_old, forget_unfinished, log_build
from index.milvus.editions import (
    SAMPLE,
    Edition,
    Statistics,
    Unfinished,
    announce,
    current_edition,
    edition_numbers,
    note_unfinished,
    read_edition,
    read_unfinished,
    store_file,
)
from index.milvus.engine import Engine, Row
from index.milvus.lock import BuildLock, LockedTables
from index.milvus.rows import (
    EncodedArticle,
    StoredIdentity,
    Weighting,
    any_of,
    article_row,
    condition,
    fields_hash,
    numbered,
    passage_rows,
    quoted,
    read_article,
    read_identity,
    stored_segments,
    unpack_vector,
)
from index.milvus.schema import DENSE, FOREVER, TERMS, Table
from index.models import Article, ArticleNo, Identity
from index.store.base import SAMPLE as SAMPLED
from index.store.base import StoredArticle
from index.store.change_log import Change
from index.store.manifest import SCHEMA_VERSION, FileRecord, Manifest
from index.text.acronyms import Acronyms

_AT_ONCE = 500  # rows of a query
_FEWEST_EDITIONS = 2


@dataclass(frozen=True)
class EditionArticles:
    """The articles of an edition by their id; what a build compares new ones with."""

    of_id: Mapping[str, tuple[ArticleNo, StoredIdentity]]

    @cached_property
    def _hashes(self) -> list[str]:
        return [stored.fields_hash for _, stored in self.of_id.values()]

    def identities(self) -> list[Identity]:
        """Return what identifies each article, in order."""
        return [stored.identity for _, stored in self.of_id.values()]

    def is_same(self, row: int, article: Article) -> bool:
        """Tell whether the article at this place has the very same fields."""
        return self._hashes[row] == fields_hash(article)


def edition_articles(engine: Engine, number: int | None) -> EditionArticles:
    """Return the articles of the edition of this number, none without one."""
    if number is None:
        return EditionArticles({})
    fits = condition(number)
    rows = engine.rows(Table.ARTICLES, fits, ["number", "identity"])
    return EditionArticles(dict(map(_identified, rows)))


@dataclass(slots=True)
class Tally:
    """Counts the articles of an edition."""

    articles: int = 0
    sentences: int = 0
    passages: int = 0
    dates: list[PartialDate] = field(default_factory=list)
    _outlets: Counter[str] = field(default_factory=Counter)
    _months: Counter[tuple[PartialDate, str | None]] = field(default_factory=Counter)
    _undated: Counter[str | None] = field(default_factory=Counter)
    _languages: Counter[str] = field(default_factory=Counter)

    def add(self, article: Article, sentences: int, passages: int) -> None:
        """Count an article."""
        self.articles += 1
        self.sentences += sentences
        self.passages += passages
        if article.outlet is not None:
            self._outlets[article.outlet] += 1
        if article.language is not None:
            self._languages[article.language] += 1
        published = article.published
        if published is None or not published.has_year:
            self._undated[article.outlet] += 1
            return
        both = sorted([*self.dates, published], key=str)
        self.dates = [both[0], both[-1]]
        if published.precision >= Precision.MONTH:
            self._months[published.up_to(Precision.MONTH), article.outlet] += 1

    def statistics(self) -> Statistics:
        """Return the counts, in the order in which a snapshot has them."""
        outlets = sorted(self._outlets.items(), key=lambda each: (-each[1], each[0]))
        months = sorted(self._months.items(), key=lambda each: (str(each[0][0]), each[0][1] or ""))
        return Statistics(dict(outlets), dict(months), dict(self._undated), dict(self._languages))


class EditionWriter:
    """The next edition of a coverage; use it within a `BuildLock`."""

    def __init__(
        self,
        engine: Engine,
        lock: BuildLock,
        encoder: EncoderDescription,
        schema_version: int = SCHEMA_VERSION,
    ) -> None:
        """Prepare the collections, and take over what a killed build has left.

        Any write raises BuildRunningError if the `lock` was lost; `schema_version` is that of the
        terms. `weighting` is None unless rows are there
        already: set it then before the first article.
        """
        self._engine = engine
        self._tables = LockedTables(engine, lock)
        self._encoder = encoder
        self.schema_version = schema_version
        for table in Table:
            engine.create(table, encoder.dimension)
        self.current = current_edition(engine)
        self.number = self.current.number + 1 if self.current else 1
        self.weighting = self.current.weighting if self.current and self.keeps_rows else None
        self._is_noted = False
        self._next = self.current.next_article if self.current else 0
        self._frequencies: Counter[int] = Counter()
        self._numbers: list[tuple[ArticleNo, int]] = []
        self.left = self._take_over()

    @property
    def has_same_encoder(self) -> bool:
        """Whether the encoder of this edition built the current one, too."""
        return self.current is not None and self._encoder.is_same(self.current.manifest.encoder)

    @property
    def is_current(self) -> bool:
        """Whether this build would write the rows of the current edition again as they are."""
        return bool(
            self.current and self.has_same_encoder and self.current.manifest.has_current_terms
        )

    @property
    def keeps_rows(self) -> bool:
        """Whether rows of the current edition may belong to this one, too."""
        return bool(self.current and self.is_current and self.current.manifest.passages)

    def articles(self) -> EditionArticles:
        """Return the articles of the current edition, none without one."""
        return edition_articles(self._engine, self.current.number if self.current else None)

    def stored(self, numbers: Sequence[ArticleNo]) -> Iterator[StoredArticle]:
        """Yield the articles of these numbers, in order."""
        for some in _portions(sorted(numbers)):
            rows = self._engine.rows(Table.ARTICLES, any_of("number", some), ["number", "record"])
            yield from map(read_article, rows)

    def take_over(self, number: ArticleNo, article: Article) -> EncodedArticle:
        """Return this article, divided as the stored one of this number, with its vectors."""
        stored = next(
            self._engine.rows(Table.ARTICLES, f"number == {number}", ["number", "record"])
        )
        fields = ["number", "first", "last", DENSE, "sentences"]
        rows = list(self._engine.rows(Table.PASSAGES, f"article == {number}", fields))
        passages = [np.asarray(row[DENSE], np.float32) for row in rows]
        sentences: dict[int, Vectors] = {}
        for row in rows:
            sentences |= dict(enumerate(map(unpack_vector, row["sentences"]), row["first"]))
        segments = stored_segments(article, read_article(stored).sentences, rows)
        in_order = [sentences[place] for place in sorted(sentences)]
        return EncodedArticle(article, segments, np.array(passages), np.array(in_order))

    def add(self, encoded: Iterable[EncodedArticle]) -> None:
        """Add articles that the current edition doesn't hold, or holds otherwise."""
        if self.weighting is None:
            raise ValueError("no weighting: set it before the first article")
        if not self._is_noted:
            noted = Unfinished(self.number, self.schema_version, self._encoder, self.weighting)
            note_unfinished(self._tables, noted)
            self._is_noted = True
        articles: list[Row] = []
        passages: list[Row] = []
        for each in encoded:
            number = ArticleNo(self._next)
            self._next += 1
            articles.append(article_row(number, self.number, each))
            rows = passage_rows(number, self.number, each, self.weighting)
            self._count(rows)
            passages += rows
            self.keep(number, len(rows))
        # Passages first: the row of an article says that all of its passages are there.
        self._tables.insert(Table.PASSAGES, passages)
        self._tables.insert(Table.ARTICLES, articles)

    def keep(self, number: ArticleNo, passages: int) -> None:
        """Note that the new edition holds this article, which is there already."""
        self._numbers.append((number, passages))

    def discard(self, numbers: Sequence[ArticleNo]) -> None:
        """Delete articles of an unfinished build that are not wanted any more."""
        for some in _portions(numbers):
            fits = any_of("article", some)
            self._count(self._engine.rows(Table.PASSAGES, fits, [TERMS]), -1)
            self._tables.delete(Table.PASSAGES, fits)
            self._tables.delete(Table.ARTICLES, any_of("number", some))

    def drop(self, numbers: Sequence[ArticleNo]) -> None:
        """Let articles of the current edition end with it."""
        for some in _portions(numbers):
            rows = list(
                self._engine.rows(Table.PASSAGES, any_of("article", some), ["number", TERMS])
            )
            self._count(rows, -1)
            ended = [{"number": row["number"], "until": self.number} for row in rows]
            self._tables.update(Table.PASSAGES, ended)
            ended = [{"number": number, "until": self.number} for number in some]
            self._tables.update(Table.ARTICLES, ended)

    def publish(
        self,
        manifest: Manifest,
        statistics: Statistics,
        files: Mapping[str, bytes],
        changes: Iterable[Change],
    ) -> Edition:
        """Write what is left to write, wait until all can see it, and announce the edition."""
        self._write_frequencies()
        data = {**files, SAMPLE: self._sample(manifest.encoder.dimension)}
        records = {
            name: FileRecord(store_file(self._tables, each), len(each))
            for name, each in data.items()
        }
        edition = Edition(
            number=self.number,
            id=f"edition-{self.number}-{token_hex(4)}",
            manifest=replace(manifest, files=records),
            statistics=statistics,
            weighting=self.weighting or Weighting(1.0, Acronyms()),
            next_article=self._next,
            index_type=self.current.index_type if self.current else self._engine.address.index_type,
        )
        log_build(self._tables, edition, changes, self.current)
        time.sleep(self._engine.address.settle)
        announce(self._tables, edition)
        return edition

    def remove_old(self, keep: int) -> None:
        """Delete all editions but the last `keep`, and what only they held.

        Two stay in any case: bots answer from the one before until they have opened the new one.
        """
        numbers = edition_numbers(self._engine)
        kept = numbers[-max(keep, _FEWEST_EDITIONS) :]
        self._tables.delete(Table.EDITIONS, f"number < {kept[0]}")
        if kept != numbers:
            time.sleep(self._engine.address.settle)  # who still asks sees that it is gone
        for table in (Table.PASSAGES, Table.ARTICLES):
            self._tables.delete(table, f"until <= {kept[0]}")
        self._remove_old_frequencies(kept[0])
        forget_old(self._tables, kept[0])
        wanted = {
            record.sha256
            for number in kept
            for record in read_edition(self._engine, number).manifest.files.values()
        }
        stored = {
            str(row["sha256"]) for row in self._engine.rows(Table.FILES, "sha256 != ''", ["sha256"])
        }
        for digest in stored - wanted:
            if not digest.startswith("build_"):  # of the lock
                self._tables.delete(Table.FILES, f"sha256 == {quoted(digest)}")

    def _take_over(self) -> dict[str, tuple[ArticleNo, StoredIdentity]]:
        """Return the whole articles that a killed build has left, and delete the rest.

        All of them if it made its rows in another way.
        """
        engine, unseen = self._engine, f"since >= {self.number}"
        self._restore(Table.PASSAGES)
        self._restore(Table.ARTICLES)
        self._tables.delete(Table.FREQUENCIES, unseen)
        forget_unfinished(self._tables, self.number)
        found = dict(map(_identified, engine.rows(Table.ARTICLES, unseen, ["number", "identity"])))
        counts: Counter[int] = Counter()
        for row in engine.rows(Table.PASSAGES, unseen, ["article", TERMS]):
            counts[row["article"]] += 1
            self._count([row])
        whole = {key: each for key, each in found.items() if counts[each[0]] == each[1].passages}
        if whole and (weighting := self._noted_weighting()):
            self.weighting = weighting
        else:
            whole = {}
        numbers = {number for number, _ in whole.values()}
        known = {number for number, _ in found.values()} | set(counts)
        self.discard([ArticleNo(each) for each in known - numbers])
        self._next = max([self._next, *(number + 1 for number in known)])
        return whole

    def _noted_weighting(self) -> Weighting | None:
        """Return the weighting of a killed build's rows, None if they don't fit this edition."""
        noted = read_unfinished(self._engine)
        if noted is None:
            return None
        is_same = (
            (noted.number, noted.schema_version) == (self.number, self.schema_version)
            and self._encoder.is_same(noted.encoder)
            and (self.weighting is None or self.weighting.is_same(noted.weighting))
        )
        return noted.weighting if is_same else None

    def _restore(self, table: Table) -> None:
        """Undo the end of rows that a killed build has dropped."""
        rows = self._engine.rows(table, f"until == {self.number}", ["number"])
        restored = [{"number": row["number"], "until": FOREVER} for row in rows]
        self._tables.update(table, restored)

    def _count(self, rows: Iterable[Row], sign: int = 1) -> None:
        for row in rows:
            for term in row[TERMS]:
                self._frequencies[int(term)] += sign

    def _write_frequencies(self) -> None:
        """Write how many passages hold each term, of those for which that has changed."""
        changed = [term for term, change in self._frequencies.items() if change]
        for some in _portions(changed):
            before: dict[int, tuple[int, int]] = {}
            if self.current:
                fits = f"{any_of('term', some)} and since < {self.number}"
                for row in self._engine.rows(
                    Table.FREQUENCIES, fits, ["number", "term", "since", "passages"]
                ):
                    known = before.get(row["term"], (0, 0))
                    before[row["term"]] = max(known, (row["since"], row["passages"]))
            self._tables.insert(
                Table.FREQUENCIES,
                [
                    {
                        "number": (self.number << 32) | term,
                        "since": self.number,
                        "term": term,
                        "passages": before.get(term, (0, 0))[1] + self._frequencies[term],
                    }
                    for term in some
                ],
            )

    def _remove_old_frequencies(self, oldest: int) -> None:
        """Delete the frequencies that no edition from `oldest` on asks for."""
        for some in _portions(list(self._frequencies)):
            fits = f"{any_of('term', some)} and since <= {oldest}"
            latest: dict[int, int] = {}
            unused: list[int] = []
            for row in self._engine.rows(Table.FREQUENCIES, fits, ["number", "term", "since"]):
                older = min(row["number"], latest.get(row["term"], row["number"]))
                newer = max(row["number"], latest.get(row["term"], row["number"]))
                if older != newer:
                    unused.append(older)
                latest[row["term"]] = newer
            for part in _portions(unused):
                self._tables.delete(Table.FREQUENCIES, any_of("number", part))

    def _sample(self, dimension: int) -> bytes:
        """Return the vectors of every n-th passage of the new edition, as float16."""
        total = sum(passages for _, passages in self._numbers)
        wanted = list(_every(sorted(self._numbers), max(1, total // SAMPLED)))
        found: dict[int, Vectors] = {}
        for some in _portions(wanted):
            for row in self._engine.rows(Table.PASSAGES, any_of("number", some), ["number", DENSE]):
                found[row["number"]] = np.asarray(row[DENSE], "<f2")
        vectors = [found[number] for number in wanted]
        return np.array(vectors, "<f2").reshape(-1, dimension).tobytes()


def _every(numbers: Sequence[tuple[ArticleNo, int]], step: int) -> Iterator[int]:
    """Yield the number of every passage whose place among all is a multiple of `step`."""
    place = 0
    for article, passages in numbers:
        for row in range(passages):
            if place % step == 0:
                yield numbered(article, row)
            place += 1


def _identified(row: Row) -> tuple[str, tuple[ArticleNo, StoredIdentity]]:
    stored = read_identity(row)
    return stored.identity.id, (ArticleNo(row["number"]), stored)


def _portions(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(numbers), _AT_ONCE):
        yield numbers[first : first + _AT_ONCE]
