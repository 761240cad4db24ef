"""A snapshot in a folder → an edition in Milvus, with the same vectors; nothing is encoded."""

import time
from collections.abc import Iterator, Sequence

from index.build.changes import changes_by_id
from index.build.edition_build import EditionBuild, edition_writer, named, why_not_reusable
from index.build.edition_plan import plan_edition
from index.build.options import BuildOptions
from index.build.summary import BuildSummary, check_loss
from index.build.vocabulary import read_vocabulary
from index.errors import SnapshotCorruptError
from index.milvus.address import MilvusAddress
from index.milvus.rows import EncodedArticle
from index.models import Article, article_key
from index.snapshot.snapshot import Snapshot


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
    database = snapshot.database
    with edition_writer(address, described, schema_version) as writer:
        summary.why_not_reusable = why_not_reusable(writer)
        summary.changes = changes_by_id(database.articles(), writer.earlier)
        if not options.allow_shrink:
            check_loss(summary, is_new=writer.current is None)
        plan = plan_edition(
            database.articles,
            writer.written(),
            snapshot.acronyms,
            lambda _: database.postings.average_length(),
        )
        work = EditionBuild(writer, summary, options.progress)
        work.write(database.articles, plan, lambda some: _taken_over(snapshot, some))
        changes = work.changes(
            lambda one: database.article_by_key(article_key(one)),
            keep_versions=options.keep_versions,
        )
        names = read_vocabulary(database.articles()).names
        files, reader = snapshot.layout.encoder, options.reader
        edition = work.publish(described, files, reader, command, changes, names)
        writer.remove_old(options.keep)
    summary.folder = named(address, edition)
    summary.seconds = time.monotonic() - started
    return summary


def _taken_over(snapshot: Snapshot, articles: Sequence[Article]) -> Iterator[EncodedArticle]:
    for article in articles:
        number = snapshot.database.number_by_key(article.key)
        if number is None:
            raise SnapshotCorruptError(snapshot.layout.database, f"no article {article.id!r}")
        passages, sentences = snapshot.vectors_of(number)
        yield EncodedArticle(article, snapshot.database.parts(number), passages, sentences)
