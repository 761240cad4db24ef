"""The snapshot before a build: what did not change is taken over from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.encoders.description import Description
from index.errors import SnapshotError, SnapshotMismatchError, SnapshotNotFoundError
from index.models import Article
from index.snapshot.manifest import check_encoder
from index.snapshot.snapshot import Snapshot, open_snapshot
from index.snapshot.verification import verify_files


@dataclass(frozen=True, slots=True)
class Earlier:
    """The snapshot in use when a build begins, None where there is none that can be read.

    `unusable` says why nothing can be taken over from it.
    """

    snapshot: Snapshot | None = None
    unusable: str | None = None

    @property
    def intact(self) -> Snapshot | None:
        """What can be taken over from, None where there is nothing."""
        return None if self.unusable else self.snapshot

    def find(self, article: Article) -> int | None:
        """Return the number there of an article with this content, None where there is none."""
        if self.intact is None:
            return None
        return self.intact.database.article_by_content(article.content_hash)


@contextmanager
def earlier_snapshot(index_dir: Path, encoder: Description | None) -> Iterator[Earlier]:
    """Yield the snapshot in use, checked in full: a build must not carry damage on.

    Without an encoder it is only there to be compared with.
    """
    try:
        snapshot = open_snapshot(index_dir)
    except SnapshotNotFoundError:
        yield Earlier()
        return
    except SnapshotError as error:
        yield Earlier(unusable=str(error))
        return
    try:
        unusable = _why_unusable(snapshot, index_dir, encoder) if encoder else None
        yield Earlier(snapshot, unusable)
    finally:
        snapshot.close()


def _why_unusable(snapshot: Snapshot, index_dir: Path, encoder: Description) -> str | None:
    try:
        check_encoder(snapshot.manifest, encoder, index_dir)
        verify_files(snapshot.layout.folder)
    except SnapshotMismatchError:
        return f"it was built by another encoder: {snapshot.manifest.described}"
    except SnapshotError as error:
        return str(error)
    return None
