"""Write a new edition into Milvus: nobody sees its rows before it is announced."""

import time
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from secrets import token_hex

import numpy as np

from index.encoders.base import Vectors
from index.encoders.description import EncoderDescription
from index.milvus.batches import portions
from index.milvus.change_log import log_build
from index.milvus.editions import SAMPLE, Edition, announce, current_edition, store_file
from index.milvus.engine import Engine, Row
from index.milvus.frequency_changes import FrequencyChanges
from index.milvus.lock import BuildLock, LockedTables
from index.milvus.removal import remove_old_editions
from index.milvus.rows import (
    EncodedArticle,
    any_of,
    article_row,
    numbered,
    passage_rows,
    read_article,
    stored_segments,
    unpack_vector,
)
from index.milvus.schema import DENSE, TERMS, Table
from index.milvus.statistics import Statistics
from index.milvus.unfinished import Unfinished, discard, note_unfinished, take_over_unfinished
from index.milvus.weighting import Weighting
from index.milvus.written import Written, edition_articles
from index.models import Article, ArticleNo
from index.store.base import SAMPLE as SAMPLED
from index.store.base import StoredArticle
from index.store.change_log import Change
from index.store.manifest import SCHEMA_VERSION, FileRecord, Manifest, has_current_terms


class EditionWriter:
    """The next edition of a coverage, within a `BuildLock`: `begin`, write, `publish`."""

    def __init__(
        self,
        engine: Engine,
        lock: BuildLock,
        encoder: EncoderDescription,
        schema_version: int = SCHEMA_VERSION,
    ) -> None:
        """Prepare the collections, and take over what a killed build has left.

        Any write raises BuildRunningError if the `lock` was lost; `schema_version` is that of the
        terms.
        """
        self._engine = engine
        self._tables = LockedTables(engine, lock)
        self._encoder = encoder
        self.schema_version = schema_version
        for table in Table:
            engine.create(table, encoder.dimension)
        self.current = current_edition(engine)
        self.number = self.current.number + 1 if self.current else 1
        self.earlier = edition_articles(engine, self.current.number if self.current else None)
        self._frequencies = FrequencyChanges(self._tables, self.number)
        self._numbers: list[tuple[ArticleNo, int]] = []
        self._left = take_over_unfinished(
            self._tables, self._frequencies, self.number, schema_version, encoder
        )
        first = self.current.next_article if self.current else 0
        self._next = max(first, self._left.next_article)

    @property
    def has_same_encoder(self) -> bool:
        """Whether the encoder of this edition built the current one, too."""
        return self.current is not None and self._encoder.is_same(self.current.manifest.encoder)

    @property
    def is_current(self) -> bool:
        """Whether the current edition has the encoder and the terms that this one gets."""
        if self.current is None or not self.has_same_encoder:
            return False
        return self.current.manifest.has_current_terms is has_current_terms(self.schema_version)

    def written(self) -> list[Written]:
        """Return the articles whose rows may belong to this edition: those of the current, if so.

        And those that a killed build has left.
        """
        found = [self._left.written] if self._left.written else []
        # Rows of an earlier version don't say how long their passages are.
        is_known = all(each.terms is not None for _, each in self.earlier.of_id.values())
        if self.current and self.is_current and self.current.manifest.passages and is_known:
            found.insert(0, Written(self.earlier.of_id, self.current.weighting))
        return found

    def begin(self, weighting: Weighting, kept: Container[ArticleNo]) -> None:
        """Say how terms are weighted, and which articles are kept that are there already.

        What a killed build has left beyond them is deleted before anything is written that the next
        build could take for its work.
        """
        left = self._left.written.articles if self._left.written else {}
        unwanted = sorted(number for number, _ in left.values() if number not in kept)
        discard(self._tables, self._frequencies, unwanted)
        noted = Unfinished(self.number, self.schema_version, self._encoder, weighting)
        note_unfinished(self._tables, noted)
        self._weighting = weighting

    def stored(self, numbers: Sequence[ArticleNo]) -> Iterator[StoredArticle]:
        """Yield the articles of these numbers, in order."""
        for some in portions(sorted(numbers)):
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
        articles: list[Row] = []
        passages: list[Row] = []
        for each in encoded:
            number = ArticleNo(self._next)
            self._next += 1
            articles.append(article_row(number, self.number, each, self._weighting))
            rows = passage_rows(number, self.number, each, self._weighting)
            self._frequencies.add(rows)
            passages += rows
            self.keep(number, len(rows))
        # Passages first: the row of an article says that all of its passages are there.
        self._tables.insert(Table.PASSAGES, passages)
        self._tables.insert(Table.ARTICLES, articles)

    def keep(self, number: ArticleNo, passages: int) -> None:
        """Note that the new edition holds this article, which is there already."""
        self._numbers.append((number, passages))

    def drop(self, numbers: Sequence[ArticleNo]) -> None:
        """Let articles of the current edition end with it."""
        for some in portions(numbers):
            rows = list(
                self._engine.rows(Table.PASSAGES, any_of("article", some), ["number", TERMS])
            )
            self._frequencies.remove(rows)
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
        self._frequencies.write()
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
            weighting=self._weighting,
            next_article=self._next,
            index_type=self.current.index_type if self.current else self._engine.address.index_type,
        )
        log_build(self._tables, edition, changes, self.current)
        time.sleep(self._engine.address.settle)
        announce(self._tables, edition)
        return edition

    def remove_old(self, keep: int) -> None:
        """Delete all editions but the last `keep`, and what only they held."""
        remove_old_editions(self._tables, self._frequencies, keep)

    def _sample(self, dimension: int) -> bytes:
        """Return the vectors of every n-th passage of the new edition, as float16."""
        total = sum(passages for _, passages in self._numbers)
        wanted = list(_every(sorted(self._numbers), max(1, total // SAMPLED)))
        found: dict[int, Vectors] = {}
        for some in portions(wanted):
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
