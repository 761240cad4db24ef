"""Articles → a new edition in Milvus; what did not change since the current one stays there."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from index.build.change_history import After, changes_between
from index.build.changes import changes_by_id
from index.build.encoder import place_encoder
from index.build.input_check import InputCheck
from index.build.intake import Intake
from index.build.options import BuildOptions
from index.build.reading import read_articles
from index.build.summary import BuildSummary, check_loss
from index.build.vectors import join_vectors, passage_text
from index.charts.bar_chart import draw_bar_chart
from index.charts.monthly_counts import count_by_month, english_labels
from index.encoders.base import EncodedPassage, PassageText, TextEncoder
from index.encoders.description import EncoderDescription, EncoderFiles
from index.errors import IndexWriteError, SnapshotCorruptError
from index.milvus.address import MilvusAddress
from index.milvus.editions import NAMES, PICTURE, Edition, current_edition, names_file
from index.milvus.engine import Engine
from index.milvus.lock import BuildLock
from index.milvus.rows import EncodedArticle, Weighting, fields_hash
from index.milvus.schema import Table
from index.milvus.writing import EditionArticles, EditionWriter, Tally, edition_articles
from index.models import Article, ArticleNo, Progress, article_key, silent
from index.reader.base import ReaderIdentity
from index.snapshot.database_writer import Counts
from index.snapshot.snapshot import Snapshot
from index.store.change_log import Change
from index.store.manifest import ENCODER, SCHEMA_VERSION, Manifest
from index.text.acronyms import AcronymLearner
from index.text.names import NameLearner, small_words
from index.text.segmentation import segment_article

_CHARACTERS_AT_ONCE = 200_000  # some 500 passages; a build that is killed loses no more
_BATCH = 64  # passages
_AVERAGED = 10_000  # articles that tell how long a usual passage is

_NO_VECTORS = np.empty((0, 0), np.float32)

Encode = Callable[[Sequence[Article]], Iterable[EncodedArticle]]


def build_edition(
    paths: Iterable[Path],
    address: MilvusAddress,
    encoder: TextEncoder,
    command: str,
    options: BuildOptions = BuildOptions(),
) -> BuildSummary:
    """Build an edition of these files and folders and announce it.

    If only `options.reader` has changed, the new edition has the same rows.

    As `build_snapshot`, with the same errors; and StoreUnavailableError.
    """
    started = time.monotonic()
    summary = BuildSummary()
    with _writer(address, encoder.description) as writer, Intake() as intake:
        earlier = writer.articles()
        exclude = Path(address.uri) if address.is_file else None
        read_articles(paths, intake, earlier, summary, options.progress, exclude)
        if not options.allow_shrink:
            check_loss(summary, is_new=writer.current is None)
        current = writer.current
        is_same_reader = current is not None and current.manifest.reader == options.reader
        if current and writer.is_current and is_same_reader and not summary.changes:
            summary.folder = _named(address, current)
            summary.counts = _counts(current.manifest)
        else:
            summary.why_not_reusable = _why_not_reusable(writer)
            with TemporaryDirectory(prefix="on-record-") as scratch:
                files = EncoderFiles(Path(scratch) / ENCODER)
                encoder, summary.not_exported = place_encoder(encoder, None, files)
                if writer.weighting is None:
                    writer.weighting = _weighting(intake, encoder)
                work = _EditionBuild(writer, earlier, summary, options.progress)
                work.write(
                    intake.articles(), _Encoding(encoder, writer, work.vectors_of(), summary)
                )
                described = replace(encoder.description, scales=encoder.scales)
                changes = work.changes(intake.article, keep_versions=options.keep_versions)
                edition = work.publish(described, files, options.reader, command, changes)
            writer.remove_old(options.keep)
            summary.folder = _named(address, edition)
    summary.seconds = time.monotonic() - started
    return summary


def preview_edition(
    paths: Iterable[Path], address: MilvusAddress, progress: Progress = silent
) -> BuildSummary:
    """Return what a build would change; nothing is written, and no encoder is needed."""
    started = time.monotonic()
    summary = BuildSummary(input_check=InputCheck(datetime.now(UTC).date()))
    with Engine(address) as engine, Intake() as intake:
        current = current_edition(engine)
        earlier = edition_articles(engine, current.number if current else None)
        exclude = Path(address.uri) if address.is_file else None
        read_articles(paths, intake, earlier, summary, progress, exclude)
    summary.seconds = time.monotonic() - started
    return summary


def copy_to_milvus(
    snapshot: Snapshot,
    address: MilvusAddress,
    command: str,
    options: BuildOptions = BuildOptions(),
) -> BuildSummary:
    """Make an edition of a snapshot, whose vectors are taken over; nothing is encoded.

    Raises as `build_edition` does.
    """
    started = time.monotonic()
    summary = BuildSummary()
    described = snapshot.manifest.encoder
    schema_version = max(4, snapshot.manifest.schema_version)  # 3 differs in its spelling
    with _writer(address, described, schema_version) as writer:
        if writer.weighting is None:
            average = snapshot.database.postings.average_length()
            writer.weighting = Weighting(average, snapshot.acronyms)
        summary.why_not_reusable = _why_not_reusable(writer)
        earlier = writer.articles()
        work = _EditionBuild(writer, earlier, summary, options.progress)
        summary.changes = changes_by_id(snapshot.database.articles(), work.earlier)
        if not options.allow_shrink:
            check_loss(summary, is_new=writer.current is None)
        work.write(snapshot.database.articles(), lambda some: _taken_over(snapshot, some))
        database = snapshot.database
        changes = work.changes(
            lambda one: database.article_by_key(article_key(one)),
            keep_versions=options.keep_versions,
        )
        files, reader = snapshot.layout.encoder, options.reader
        edition = work.publish(described, files, reader, command, changes)
        writer.remove_old(options.keep)
    summary.folder = _named(address, edition)
    summary.seconds = time.monotonic() - started
    return summary


class _EditionBuild:
    """One build: `write`, then `publish`."""

    def __init__(
        self,
        writer: EditionWriter,
        earlier: EditionArticles,
        summary: BuildSummary,
        progress: Progress,
    ) -> None:
        self._writer = writer
        self.earlier = earlier
        self._summary = summary
        self._progress = progress
        self._tally = Tally()
        self._names = NameLearner()
        self._reusable = {} if summary.why_not_reusable else earlier.of_id
        # An edition with terms of an earlier version is written again, with the same vectors.
        self._known = self._reusable if writer.keeps_rows else {}

    def vectors_of(self) -> dict[str, ArticleNo]:
        """Return the article whose vectors serve for each `Article.content_hash`."""
        return {stored.content_hash: number for number, stored in self._reusable.values()}

    def write(self, articles: Iterable[Article], encode: Encode) -> None:
        """Write what the current edition lacks, and end what the new one lacks."""
        writer, kept = self._writer, set[ArticleNo]()
        pending: list[Article] = []
        for done, article in enumerate(articles, 1):
            self._names.read(article.text, small_words(article.text))
            wanted = fields_hash(article)
            for known in (self._known, writer.left):
                number, stored = known.get(article.id, (None, None))
                if number is not None and stored and stored.fields_hash == wanted:
                    writer.keep(number, stored.passages)
                    self._tally.add(article, stored.sentences, stored.passages)
                    kept.add(number)
                    break
            else:
                pending.append(article)
            if sum(len(each.text) for each in pending) >= _CHARACTERS_AT_ONCE:
                self._add(pending, encode)
                pending = []
                self._progress("Writing articles", done, None)
        self._add(pending, encode)
        current = {number for number, _ in self.earlier.of_id.values()}
        left = {number for number, _ in writer.left.values()}
        writer.discard(sorted(left - kept))
        writer.drop(sorted(current - kept))

    def changes(self, after: After, *, keep_versions: bool) -> Iterable[Change]:
        """Return what this build changes, for the log; nothing if it is the first."""
        if self._writer.current is None:
            return ()
        return changes_between(
            lambda some: self._writer.stored([self.earlier.of_id[one.id][0] for one in some]),
            after,
            self._summary.changes,
            keep_versions=keep_versions,
        )

    def publish(
        self,
        encoder: EncoderDescription,
        files: EncoderFiles,
        reader: ReaderIdentity | None,
        command: str,
        changes: Iterable[Change],
    ) -> Edition:
        """Describe the new edition, which `command` built, and announce it."""
        tally, statistics = self._tally, self._tally.statistics()
        oldest, newest = tally.dates or (None, None)
        manifest = Manifest(
            encoder=encoder,
            articles=tally.articles,
            sentences=tally.sentences,
            passages=tally.passages,
            oldest=oldest,
            newest=newest,
            built_at=datetime.now(UTC).isoformat(timespec="seconds"),
            command=command,
            schema_version=self._writer.schema_version,
            reader=reader,
        )
        data = {
            f"{ENCODER}/{path.name}": path.read_bytes() for path in files.files if path.exists()
        }
        with TemporaryDirectory(prefix="on-record-") as scratch:
            picture = Path(scratch) / PICTURE
            monthly_counts = count_by_month(statistics.months, tally.articles)
            draw_bar_chart(monthly_counts, english_labels(monthly_counts), picture)
            data[PICTURE] = picture.read_bytes()
        data[NAMES] = names_file(self._names.learnt())
        self._summary.counts = _counts(manifest)
        return self._writer.publish(manifest, statistics, data, changes)

    def _add(self, articles: Sequence[Article], encode: Encode) -> None:
        if not articles:
            return
        encoded = list(encode(articles))
        self._writer.add(encoded)
        for each in encoded:
            segments = each.segments
            self._tally.add(each.article, len(segments.sentences), len(segments.passages))


@dataclass(frozen=True, slots=True)
class _Encoding:
    """Encodes articles, or takes their vectors over where only other fields have changed."""

    encoder: TextEncoder
    writer: EditionWriter
    known: Mapping[str, ArticleNo]
    summary: BuildSummary

    def __call__(self, articles: Sequence[Article]) -> Iterator[EncodedArticle]:
        """Yield the articles with their vectors, in order."""
        segments = {
            row: segment_article(each, self.encoder)
            for row, each in enumerate(articles)
            if each.content_hash not in self.known
        }
        encoded = self._encode(
            {
                (row, place): passage_text(articles[row], parts.sentences[run.first : run.last + 1])
                for row, parts in segments.items()
                for place, run in enumerate(parts.passages)
            }
        )
        for row, article in enumerate(articles):
            if row not in segments:
                yield self.writer.take_over(self.known[article.content_hash], article)
                continue
            vectors = (_NO_VECTORS, _NO_VECTORS)
            if runs := segments[row].passages:
                vectors = join_vectors(
                    (run.first, run.last, encoded[row, place]) for place, run in enumerate(runs)
                )
            yield EncodedArticle(article, segments[row], *vectors)

    def _encode(
        self, texts: Mapping[tuple[int, int], PassageText]
    ) -> dict[tuple[int, int], EncodedPassage]:
        # Those of similar length share a batch.
        order = sorted(texts, key=lambda key: len(texts[key].text))
        found: dict[tuple[int, int], EncodedPassage] = {}
        for first in range(0, len(order), _BATCH):
            some = order[first : first + _BATCH]
            vectors = self.encoder.encode_passages([texts[key] for key in some])
            found.update(zip(some, vectors, strict=True))
        self.summary.encoded += len(order)
        return found


@contextmanager
def _writer(
    address: MilvusAddress, encoder: EncoderDescription, schema_version: int = SCHEMA_VERSION
) -> Iterator[EditionWriter]:
    """Yield, within the lock, the writer of the next edition."""
    with Engine(address) as engine:
        # What the lock and the reading of the current edition need.
        for table in (Table.FILES, Table.EDITIONS):
            engine.create(table, encoder.dimension)
        current = current_edition(engine)
        known = current.manifest.encoder.dimension if current else encoder.dimension
        if known != encoder.dimension:
            reason = f"its vectors have {known} dimensions, the encoder's {encoder.dimension}"
            raise IndexWriteError(str(address), f"{reason}: build into another NAME")
        with BuildLock(engine) as lock:
            yield EditionWriter(engine, lock, encoder, schema_version)


def _why_not_reusable(writer: EditionWriter) -> str | None:
    if writer.current is None or writer.has_same_encoder:
        return None
    return f"it was built by another encoder: {writer.current.manifest.encoder}"


def _taken_over(snapshot: Snapshot, articles: Sequence[Article]) -> Iterator[EncodedArticle]:
    for article in articles:
        number = snapshot.database.number_by_key(article.key)
        if number is None:
            raise SnapshotCorruptError(snapshot.layout.database, f"no article {article.id!r}")
        passages, sentences = snapshot.vectors_of(number)
        yield EncodedArticle(article, snapshot.database.parts(number), passages, sentences)


def _weighting(intake: Intake, encoder: TextEncoder) -> Weighting:
    """Return the acronyms of all articles, and the mean length of the first passages."""
    learner = AcronymLearner()
    for article in intake.articles():
        learner.read(article.text, small_words(article.text))
    acronyms = learner.learnt()
    lengths = []
    for article in islice(intake.articles(), _AVERAGED):
        parts = segment_article(article, encoder)
        lines = (" ".join(acronyms.add_to(line.split())) for line in parts.terms)
        indexed = replace(parts, terms=tuple(lines))
        lengths += [len(indexed.passage_terms(run)) for run in parts.passages]
    return Weighting(float(np.mean(lengths)) if any(lengths) else 1.0, acronyms)


def _counts(manifest: Manifest) -> Counts:
    return Counts(manifest.articles, manifest.sentences, manifest.passages)


def _named(address: MilvusAddress, edition: Edition) -> str:
    return f"{address}, {edition.id}"
