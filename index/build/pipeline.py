"""Articles → a new snapshot; unchanged articles are taken over from the previous one."""

import sqlite3
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from index.build.change_history import log_changes
from index.build.checkpoint import Checkpoint
from index.build.encoder import place_encoder
from index.build.input_check import InputCheck
from index.build.intake import Intake
from index.build.options import BuildOptions
from index.build.previous import PreviousSnapshot, previous_snapshot
from index.build.reading import read_articles
from index.build.summary import BuildSummary, check_loss
from index.build.vectors import encode_new, write_vectors
from index.build.vocabulary import read_vocabulary
from index.charts.bar_chart import draw_bar_chart
from index.charts.monthly_counts import count_by_month, english_labels
from index.encoders.base import TextEncoder
from index.errors import IndexWriteError
from index.models import ArticleNo, Progress, silent
from index.snapshot.database import Database
from index.snapshot.database_writer import Counts, DatabaseWriter
from index.snapshot.layout import Layout, current_folder
from index.snapshot.publishing import new_snapshot, publish
from index.store.manifest import Manifest
from index.text.segmentation import find_terms, segment_article


def build_snapshot(
    paths: Iterable[Path],
    index_dir: Path,
    encoder: TextEncoder,
    command: str,
    options: BuildOptions = BuildOptions(),
) -> BuildSummary:
    """Build a snapshot of these files and folders and put it into use.

    If nothing changed, the one in use stays. On any failure it stays, too, and the next build
    continues with what has been encoded.

    Raises NoArticlesError if there is none, unless the index is new and the folders are empty: a
    bot may be set up before the first article. Raises ShrinkError if more than a fifth of the
    articles would go, unless the options allow it; BuildRunningError; IndexWriteError.
    """
    started = time.monotonic()
    try:
        with (
            new_snapshot(index_dir) as layout,
            previous_snapshot(index_dir, encoder.description) as previous,
            Checkpoint(index_dir / ".encoded.db", encoder.description) as checkpoint,
            Intake() as intake,
        ):
            build = Build(index_dir, previous, intake, options)
            build.read(paths)
            if not options.allow_shrink:
                build.check_loss()
            build.place_encoder(encoder, layout)
            if build.is_up_to_date(layout):
                build.summary.folder = current_folder(index_dir)
            else:
                build.write(layout, checkpoint)
                build.publish(layout, command)
            checkpoint.discard()
    except (sqlite3.Error, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise IndexWriteError(index_dir, reason) from error
    build.summary.seconds = time.monotonic() - started
    return build.summary


def preview_changes(
    paths: Iterable[Path], index_dir: Path, progress: Progress = silent
) -> BuildSummary:
    """Return what a build would change; nothing is written, and no encoder is needed."""
    started = time.monotonic()
    with previous_snapshot(index_dir, None) as previous, Intake() as intake:
        build = Build(index_dir, previous, intake, BuildOptions(progress))
        build.summary.input_check = InputCheck(datetime.now(UTC).date())
        build.read(paths)
    build.summary.seconds = time.monotonic() - started
    return build.summary


class Build:
    """One build: `read`, `check_loss`, `place_encoder`, `write` and `publish`, in this order."""

    def __init__(
        self,
        index_dir: Path,
        previous: PreviousSnapshot,
        intake: Intake,
        options: BuildOptions,
    ) -> None:
        self.summary = BuildSummary(why_not_reusable=previous.why_not_reusable)
        self._index_dir = index_dir
        self._previous = previous
        self._intake = intake
        self._options = options
        self._built_at = datetime.now(UTC)

    def read(self, paths: Iterable[Path]) -> None:
        """Read all articles, before anything is written, and compare them with the previous."""
        before = self._previous.snapshot
        earlier = before.database if before else None
        read_articles(
            paths, self._intake, earlier, self.summary, self._options.progress, self._index_dir
        )

    def check_loss(self) -> None:
        """Raise NoArticlesError or ShrinkError if this looks like a failed fetch."""
        check_loss(self.summary, is_new=self._previous.is_first)

    def place_encoder(self, encoder: TextEncoder, layout: Layout) -> None:
        """Put the encoder into the new snapshot, if it can be exported."""
        before = self._previous.reusable
        self._encoder, self.summary.not_exported = place_encoder(encoder, before, layout.encoder)

    def is_up_to_date(self, layout: Layout) -> bool:
        """Tell whether the new snapshot would be like the one in use."""
        before = self._previous.reusable
        if self.summary.changes or before is None:
            return False
        manifest = before.manifest
        if layout.encoder.folder.exists() and not manifest.has_graph:
            return False
        if not manifest.has_current_terms:
            return False
        self.summary.counts = Counts(manifest.articles, manifest.sentences, manifest.passages)
        return True

    def write(self, layout: Layout, checkpoint: Checkpoint) -> None:
        """Write all data files of the new snapshot."""
        vocabulary = read_vocabulary(self._intake.articles())
        with DatabaseWriter(layout.database, *vocabulary) as draft:
            reused = self._write_articles(draft)
            self.summary.encoded = encode_new(
                draft, reused, self._encoder, checkpoint, self._options.progress
            )
            dimension = self._encoder.description.dimension
            before = self._previous.reusable
            write_vectors(draft, before, reused, dimension, checkpoint, layout)
            self.summary.counts = draft.counts
            monthly_counts = count_by_month(draft.months(), draft.counts.articles)
            draw_bar_chart(monthly_counts, english_labels(monthly_counts), layout.picture)
            self._built_at = datetime.now(UTC)
            log_changes(
                self._previous.snapshot,
                draft,
                self.summary.changes,
                layout,
                self._built_at,
                keep_versions=self._options.keep_versions,
            )

    def publish(self, layout: Layout, command: str) -> None:
        """Describe the new snapshot, which `command` built, and put it into use."""
        counts = self.summary.counts
        with Database(layout.database) as database:
            oldest, newest = database.dates()
        manifest = Manifest(
            encoder=replace(self._encoder.description, scales=self._encoder.scales),
            articles=counts.articles,
            sentences=counts.sentences,
            passages=counts.passages,
            oldest=oldest,
            newest=newest,
            built_at=self._built_at.isoformat(timespec="seconds"),
            command=command,
        )
        self.summary.folder = publish(layout, manifest, self._index_dir, self._options.keep)

    def _write_articles(self, draft: DatabaseWriter) -> dict[ArticleNo, ArticleNo]:
        """Write the articles; return the number before of each whose content did not change."""
        reused: dict[ArticleNo, ArticleNo] = {}
        before = self._previous.reusable
        for article in self._intake.articles():
            known = before.database.article_by_content(article.content_hash) if before else None
            if before and known is not None:
                segments = before.database.parts(known)
                if not before.manifest.has_current_terms:
                    terms = find_terms(article, segments.sentences)
                    segments = replace(segments, terms=terms)
                reused[draft.add_article(article, segments)] = known
            else:
                draft.add_article(article, segment_article(article, self._encoder))
        return reused
