"""The snapshot before a build: what did not change is taken over from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.encoders.description import EncoderDescription
from index.errors import SnapshotError, SnapshotMismatchError, SnapshotNotFoundError
from index.snapshot.file_checks import verify_files
from index.snapshot.snapshot import Snapshot, open_snapshot
from index.store.manifest import check_encoder


@dataclass(frozen=True, slots=True)
class PreviousSnapshot:
    """The snapshot in use when a build begins, None if there is none that can be read.

    `why_not_reusable` says why nothing can be taken over from it.
    """

    snapshot: Snapshot | None = None
    why_not_reusable: str | None = None

    @property
    def reusable(self) -> Snapshot | None:
        """The snapshot to take unchanged articles from, None if there is none."""
        return None if self.why_not_reusable else self.snapshot

    @property
    def is_first(self) -> bool:
        """Whether the build is the first one: there is no index, not even a damaged one."""
        return not (self.snapshot or self.why_not_reusable)


@contextmanager
def previous_snapshot(
    index_dir: Path, encoder: EncoderDescription | None
) -> Iterator[PreviousSnapshot]:
    """Yield the snapshot in use, checked in full: a build must not carry damage on.

    Without an encoder it is only there to be compared with.
    """
    try:
        snapshot = open_snapshot(index_dir)
    except SnapshotNotFoundError:
        yield PreviousSnapshot()
        return
    except SnapshotError as error:
        yield PreviousSnapshot(why_not_reusable=str(error))
        return
    with snapshot:
        reason = _why_not_reusable(snapshot, index_dir, encoder) if encoder else None
        yield PreviousSnapshot(snapshot, reason)


def _why_not_reusable(
    snapshot: Snapshot, index_dir: Path, encoder: EncoderDescription
) -> str | None:
    try:
        check_encoder(snapshot.manifest, encoder, index_dir)
        verify_files(snapshot.layout.folder)
    except SnapshotMismatchError:
        return f"it was built by another encoder: {snapshot.manifest.encoder}"
    except SnapshotError as error:
        return str(error)
    return None
