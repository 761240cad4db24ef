"""What a build changes → the entries of its log; the previous edition is read for them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime

from index.build.changes import Changes
from index.models import Article, Identity, Span, article_key
from index.snapshot.change_file import write_change_log
from index.snapshot.database import Database
from index.snapshot.layout import Layout
from index.snapshot.snapshot import Snapshot
from index.store.base import StoredArticle
from index.store.change_log import Change, ChangeKind

_FIELDS = [field.name for field in fields(Article) if field.name != "id"]


# The articles before, with their sentences, of those of these identities that are there.
Before = Callable[[Sequence[Identity]], Iterable[StoredArticle]]
# The article after of an id, None without one.
After = Callable[[str], Article | None]


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
        logged = changes_between(
            lambda some: _stored(before.database, some),
            lambda article_id: after.article_by_key(article_key(article_id)),
            changes,
            keep_versions=keep_versions,
        )
        previous = before.id, datetime.fromisoformat(before.manifest.built_at)
        earlier = before.layout.changes if before.layout.changes.exists() else None
    write_change_log(layout.changes, layout.snapshot_id, built_at, logged, previous, earlier)


def changes_between(
    before: Before, after: After, changes: Changes, *, keep_versions: bool = False
) -> Iterator[Change]:
    """Yield what became of each article that was added, changed or removed.

    `keep_versions` keeps the whole text before of each that changed or went.
    """
    for one in changes.added:
        yield Change(ChangeKind.ADDED, article_key(one.id), one.id, one.headline, url=one.url)
    for old in before(changes.changed):
        if (new := after(old.article.id)) is not None:
            yield _changed(old, new, keep_versions=keep_versions)
    for old in before(changes.removed):
        yield _gone(ChangeKind.REMOVED, old.article, keep_versions=keep_versions)


def _stored(database: Database, some: Iterable[Identity]) -> Iterator[StoredArticle]:
    for one in some:
        if (number := database.number_by_key(article_key(one.id))) is not None:
            yield StoredArticle(database.article(number), database.sentences(number))


def _changed(before: StoredArticle, new: Article, *, keep_versions: bool) -> Change:
    old, sentences = before
    changed = tuple(name for name in _FIELDS if getattr(old, name) != getattr(new, name))
    spans = (each.span for each in sentences) if "text" in changed else ()
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
