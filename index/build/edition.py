"""Articles → a new edition in Milvus; what did not change since the current one stays there."""

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from index.build.edition_build import (
    EditionBuild,
    counts_of,
    edition_writer,
    named,
    why_not_reusable,
)
from index.build.edition_encoding import ArticleEncoding
from index.build.edition_plan import measured_length, plan_edition
from index.build.encoder import place_encoder
from index.build.input_check import InputCheck
from index.build.intake import Intake
from index.build.options import BuildOptions
from index.build.reading import read_articles
from index.build.summary import BuildSummary, check_loss
from index.build.vocabulary import read_vocabulary
from index.encoders.base import TextEncoder
from index.encoders.description import EncoderFiles
from index.milvus.address import MilvusAddress
from index.milvus.editions import Edition, current_edition
from index.milvus.engine import Engine
from index.milvus.writing import EditionWriter
from index.milvus.written import edition_articles
from index.models import Progress, silent
from index.store.manifest import ENCODER


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
    with edition_writer(address, encoder.description) as writer, Intake() as intake:
        exclude = Path(address.uri) if address.is_file else None
        read_articles(paths, intake, writer.earlier, summary, options.progress, exclude)
        if not options.allow_shrink:
            check_loss(summary, is_new=writer.current is None)
        edition = writer.current
        if edition and _is_up_to_date(edition, writer, summary, options):
            summary.counts = counts_of(edition.manifest)
        else:
            edition = _write(writer, intake, encoder, command, summary, options)
            writer.remove_old(options.keep)
        summary.folder = named(address, edition)
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


def _is_up_to_date(
    edition: Edition, writer: EditionWriter, summary: BuildSummary, options: BuildOptions
) -> bool:
    """Tell whether the new edition would be like the one in use."""
    is_same_reader = edition.manifest.reader == options.reader
    return writer.is_current and is_same_reader and not summary.changes


def _write(
    writer: EditionWriter,
    intake: Intake,
    encoder: TextEncoder,
    command: str,
    summary: BuildSummary,
    options: BuildOptions,
) -> Edition:
    """Write and announce an edition of the articles."""
    summary.why_not_reusable = why_not_reusable(writer)
    reusable = {} if summary.why_not_reusable else writer.earlier.of_id
    vectors_of = {stored.content_hash: number for number, stored in reusable.values()}
    with TemporaryDirectory(prefix="on-record-") as scratch:
        files = EncoderFiles(Path(scratch) / ENCODER)
        encoder, summary.not_exported = place_encoder(encoder, None, files)
        acronyms, names = read_vocabulary(intake.articles())
        plan = plan_edition(
            intake.articles,
            writer.written(),
            acronyms,
            lambda known: measured_length(intake.articles, known, acronyms, encoder),
        )
        work = EditionBuild(writer, summary, options.progress)
        work.write(intake.articles, plan, ArticleEncoding(encoder, writer, vectors_of, summary))
        described = replace(encoder.description, scales=encoder.scales)
        changes = work.changes(intake.article, keep_versions=options.keep_versions)
        return work.publish(described, files, options.reader, command, changes, names)
