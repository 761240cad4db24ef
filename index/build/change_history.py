"""What a build changes → the entries of its log; the previous snapshot is read for them."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime

from index.build.changes import Changes
from index.models import Article, ArticleNo, Span, article_key
from index.snapshot.database import Database
from index.snapshot.layout import Layout
from index.snapshot.snapshot import Snapshot
from index.store.change_log import Change, ChangeKind, write_change_log

_FIELDS = [field.name for field in fields(Article) if field.name != "id"]


def log_changes(
    before: Snapshot | None,
    after: Database,
    changes: Changes,
    layout: Layout,
    built_at: datetime,
    *,
    keep_versions: bool,
) -> None:
    """Write the log of a new snapshot: what this build and those before it changed."""
    logged: Iterable[Change] = ()
    previous = earlier = None
    if before is not None:
        logged = changes_between(before.database, after, changes, keep_versions=keep_versions)
        previous = before.id, datetime.fromisoformat(before.manifest.built_at)
        earlier = before.layout.changes if before.layout.changes.exists() else None
    write_change_log(layout.changes, layout.snapshot_id, built_at, logged, previous, earlier)


def changes_between(
    before: Database, after: Database, changes: Changes, *, keep_versions: bool = False
) -> Iterator[Change]:
    """Yield what became of each article that was added, changed or removed.

    `keep_versions` keeps the whole text before of each that changed or went.
    """
    for one in changes.added:
        yield Change(ChangeKind.ADDED, article_key(one.id), one.id, one.headline, url=one.url)
    for one in changes.changed:
        number, new = _numbered(before, one.id), _numbered(after, one.id)
        if number is not None and new is not None:
            yield _changed(before, number, after.article(new), keep_versions=keep_versions)
    for one in changes.removed:
        if (number := _numbered(before, one.id)) is not None:
            yield _gone(ChangeKind.REMOVED, before.article(number), keep_versions=keep_versions)


def _numbered(database: Database, article_id: str) -> ArticleNo | None:
    return database.number_by_key(article_key(article_id))


def _changed(before: Database, number: ArticleNo, new: Article, *, keep_versions: bool) -> Change:
    old = before.article(number)
    changed = tuple(name for name in _FIELDS if getattr(old, name) != getattr(new, name))
    spans = (each.span for each in before.sentences(number)) if "text" in changed else ()
    lost = tuple(span for span in spans if old.text[span.start : span.end] not in new.text)
    return _gone(ChangeKind.CHANGED, old, changed, lost, keep_versions=keep_versions)


def _gone(
    kind: ChangeKind,
    old: Article,
    changed: tuple[str, ...] = (),
    lost: tuple[Span, ...] = (),
    *,
    keep_versions: bool,
) -> Change:
    is_kept = keep_versions and (kind is ChangeKind.REMOVED or "text" in changed)
    return Change(
        kind,
        old.key,
        old.id,
        old.headline,
        old.outlet,
        old.url,
        changed,
        old.text_hash,
        lost,
        old.text if is_kept else None,
    )
