"""Articles → a new snapshot; what did not change since the one before is taken over from it."""

import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from index.build.changes import Changes
from index.build.checkpoint import Checkpoint
from index.build.encoder import place_encoder
from index.build.intake import Intake
from index.build.previous import PreviousSnapshot, previous_snapshot
from index.build.vectors import encode_new, write_vectors
from index.charts.bar_chart import draw_bar_chart
from index.charts.monthly_counts import count_by_month, english_labels
from index.encoders.base import TextEncoder
from index.encoders.description import EncoderDescription
from index.errors import IndexWriteError, NoArticlesError, ShrinkError
from index.models import ArticleNo, Progress, Skipped, silent
from index.readers.folders import iter_articles
from index.snapshot.database import Database
from index.snapshot.database_writer import Counts, DatabaseWriter
from index.snapshot.layout import Layout, current_folder
from index.snapshot.manifest import Manifest
from index.snapshot.publishing import KEPT_SNAPSHOTS, new_snapshot, publish
from index.text.segmentation import segment_article

_MOST_REMOVED = 0.2  # of the articles; more looks like a failed fetch


@dataclass(slots=True)
class BuildSummary:
    """What a build did, or would do; `seconds` is wall-clock time.

    `folder` is that of the snapshot in use now, None without one. `repeated` articles came more
    than once; `encoded` passages were new; `why_not_reusable` says why none could be taken over,
    `not_exported` why questions need torch.
    """

    folder: Path | None = None
    counts: Counts = field(default_factory=Counts)
    changes: Changes = field(default_factory=Changes)
    skipped: list[Skipped] = field(default_factory=list)
    repeated: int = 0
    encoded: int = 0
    why_not_reusable: str | None = None
    not_exported: str | None = None
    seconds: float = 0.0


def build_snapshot(
    paths: Iterable[Path],
    index_dir: Path,
    encoder: TextEncoder,
    command: str,
    *,
    progress: Progress = silent,
    allow_shrink: bool = False,
    keep: int = KEPT_SNAPSHOTS,
) -> BuildSummary:
    """Build a snapshot of these files and folders and put it into use; keep the last `keep`.

    Where nothing changed, the one in use stays. On any failure it stays, too, and what has been
    encoded is taken up by the next build.

    Raises NoArticlesError where there is none, unless the index is new and the folders are empty: a
    bot may be set up before the first article. Raises ShrinkError where more than a fifth of the
    articles would go, unless `allow_shrink`; BuildRunningError; IndexWriteError.
    """
    started = time.monotonic()
    summary = BuildSummary()
    try:
        with (
            new_snapshot(index_dir) as layout,
            previous_snapshot(index_dir, encoder.description) as previous,
            closing(Checkpoint(index_dir / ".encoded.db", encoder.description)) as checkpoint,
            closing(Intake()) as intake,
        ):
            _take_in(paths, intake, previous, summary, progress)
            if not allow_shrink:
                _check_loss(summary, previous)
            encoder, summary.not_exported = place_encoder(
                encoder, previous.reusable, layout.encoder
            )
            if _is_up_to_date(summary, previous, layout):
                summary.folder = current_folder(index_dir)
            else:
                _write(layout, intake, previous, encoder, checkpoint, summary, progress)
                manifest = _manifest(layout, encoder.description, summary.counts, command)
                summary.folder = publish(layout, manifest, index_dir, keep)
            checkpoint.discard()
    except (sqlite3.Error, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise IndexWriteError(index_dir, reason) from error
    summary.seconds = time.monotonic() - started
    return summary


def preview_changes(
    paths: Iterable[Path], index_dir: Path, progress: Progress = silent
) -> BuildSummary:
    """Return what a build would change; nothing is written, and no encoder is needed."""
    started = time.monotonic()
    summary = BuildSummary()
    with previous_snapshot(index_dir, None) as previous, closing(Intake()) as intake:
        _take_in(paths, intake, previous, summary, progress)
    summary.seconds = time.monotonic() - started
    return summary


def _take_in(
    paths: Iterable[Path],
    intake: Intake,
    previous: PreviousSnapshot,
    summary: BuildSummary,
    progress: Progress,
) -> None:
    """Read everything, before anything is written, and say what is new about it."""
    read = 0
    for path, found in iter_articles(paths):
        refused = found if isinstance(found, Skipped) else intake.try_add(found, str(path))
        if refused:
            summary.skipped.append(refused)
        else:
            read += 1
            progress("Reading articles", read, None)
    before = previous.snapshot.database if previous.snapshot else None
    summary.repeated = intake.repeated
    summary.changes = intake.compare(before)
    summary.why_not_reusable = previous.why_not_reusable


def _check_loss(summary: BuildSummary, previous: PreviousSnapshot) -> None:
    changes = summary.changes
    is_empty = not (changes.added or changes.changed or changes.unchanged)
    if is_empty and (summary.skipped or previous.snapshot or previous.why_not_reusable):
        raise NoArticlesError(len(summary.skipped))
    if len(changes.removed) > _MOST_REMOVED * changes.before:
        removed = [f"{one.id} · {one.headline}" for one in changes.removed]
        raise ShrinkError(removed, changes.before)


def _is_up_to_date(summary: BuildSummary, previous: PreviousSnapshot, layout: Layout) -> bool:
    if summary.changes or previous.reusable is None:
        return False
    manifest = previous.reusable.manifest
    if layout.encoder.folder.exists() and not manifest.has_graph:
        return False
    summary.counts = Counts(manifest.articles, manifest.sentences, manifest.passages)
    return True


def _write(
    layout: Layout,
    intake: Intake,
    previous: PreviousSnapshot,
    encoder: TextEncoder,
    checkpoint: Checkpoint,
    summary: BuildSummary,
    progress: Progress,
) -> None:
    """Write all data files of the new snapshot."""
    reused: dict[ArticleNo, ArticleNo] = {}
    with closing(DatabaseWriter(layout.database)) as draft:
        for article in intake.articles():
            known = previous.find(article)
            if known is not None and previous.snapshot:
                parts = previous.snapshot.database.parts(known)
                reused[draft.add_article(article, parts)] = known
            else:
                draft.add_article(article, segment_article(article, encoder))
        summary.encoded = encode_new(draft, reused, encoder, checkpoint, progress)
        dimension = encoder.description.dimension
        write_vectors(draft, previous.snapshot, reused, dimension, checkpoint, layout)
        summary.counts = draft.counts
        monthly_counts = count_by_month(draft.months(), draft.counts.articles)
        draw_bar_chart(monthly_counts, english_labels(monthly_counts), layout.picture)


def _manifest(
    layout: Layout, encoder: EncoderDescription, counts: Counts, command: str
) -> Manifest:
    with closing(Database(layout.database)) as database:
        oldest, newest = database.dates()
    return Manifest(
        encoder=encoder.name,
        encoder_revision=encoder.revision,
        encoder_files_sha256=encoder.files_sha256,
        encoder_window=encoder.window,
        weights_sha256=encoder.weights_sha256,
        prompts=encoder.prompts,
        dimension=encoder.dimension,
        articles=counts.articles,
        sentences=counts.sentences,
        passages=counts.passages,
        oldest=oldest,
        newest=newest,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        command=command,
    )
