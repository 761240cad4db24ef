"""The steps of a build in Milvus, wherever its articles and their vectors come from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from index.build.change_history import After, changes_between
from index.build.edition_plan import Articles, EditionPlan
from index.build.summary import BuildSummary
from index.charts.bar_chart import draw_bar_chart
from index.charts.monthly_counts import count_by_month, english_labels
from index.encoders.description import EncoderDescription, EncoderFiles
from index.errors import IndexWriteError
from index.milvus.address import MilvusAddress
from index.milvus.editions import NAMES, PICTURE, Edition, current_edition, names_file
from index.milvus.engine import Engine
from index.milvus.lock import BuildLock
from index.milvus.rows import EncodedArticle
from index.milvus.schema import Table
from index.milvus.statistics import Tally
from index.milvus.writing import EditionWriter
from index.models import Article, Progress
from index.reader.base import ReaderIdentity
from index.snapshot.database_writer import Counts
from index.store.change_log import Change
from index.store.manifest import ENCODER, SCHEMA_VERSION, Manifest
from index.text.names import KnownName

_CHARACTERS_AT_ONCE = 200_000  # some 500 passages; a build that is killed loses no more

Encode = Callable[[Sequence[Article]], Iterable[EncodedArticle]]


class EditionBuild:
    """One build: `write`, then `publish`."""

    def __init__(self, writer: EditionWriter, summary: BuildSummary, progress: Progress) -> None:
        self._writer = writer
        self._summary = summary
        self._progress = progress
        self._tally = Tally()

    def write(self, articles: Articles, plan: EditionPlan, encode: Encode) -> None:
        """Write the articles that are not kept, and end what the edition lacks."""
        writer = self._writer
        kept = {number for number, _ in plan.kept.values()}
        writer.begin(plan.weighting, kept)
        pending: list[Article] = []
        for done, article in enumerate(articles(), 1):
            if known := plan.kept.get(article.id):
                number, stored = known
                writer.keep(number, stored.passages)
                self._tally.add(article, stored.sentences, stored.passages)
            else:
                pending.append(article)
            if sum(len(each.text) for each in pending) >= _CHARACTERS_AT_ONCE:
                self._add(pending, encode)
                pending = []
                self._progress("Writing articles", done, None)
        self._add(pending, encode)
        current = {number for number, _ in writer.earlier.of_id.values()}
        writer.drop(sorted(current - kept))

    def changes(self, after: After, *, keep_versions: bool) -> Iterable[Change]:
        """Return what this build changes, for the log; nothing if it is the first."""
        if self._writer.current is None:
            return ()
        return changes_between(
            lambda some: self._writer.stored(
                [self._writer.earlier.of_id[one.id][0] for one in some]
            ),
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
        names: Iterable[KnownName],
    ) -> Edition:
        """Describe the new edition, which `command` built, and announce it.

        `names` are those that the articles contain.
        """
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
        data[NAMES] = names_file(names)
        self._summary.counts = counts_of(manifest)
        return self._writer.publish(manifest, statistics, data, changes)

    def _add(self, articles: Sequence[Article], encode: Encode) -> None:
        if not articles:
            return
        encoded = list(encode(articles))
        self._writer.add(encoded)
        for each in encoded:
            segments = each.segments
            self._tally.add(each.article, len(segments.sentences), len(segments.passages))


@contextmanager
def edition_writer(
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


def why_not_reusable(writer: EditionWriter) -> str | None:
    """Return why no vectors of the current edition can be taken over, None if they can."""
    if writer.current is None or writer.has_same_encoder:
        return None
    return f"it was built by another encoder: {writer.current.manifest.encoder}"


def counts_of(manifest: Manifest) -> Counts:
    """Return how much an edition holds."""
    return Counts(manifest.articles, manifest.sentences, manifest.passages)


def named(address: MilvusAddress, edition: Edition) -> str:
    """Return the edition in words, for a report."""
    return f"{address}, {edition.id}"
