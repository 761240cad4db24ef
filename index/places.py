"""Where an index is: in a folder or in Milvus. All else knows only the seam, `index/store`."""

from collections.abc import Iterator
from pathlib import Path

from index.milvus.address import MilvusAddress
from index.milvus.store import MilvusStore
from index.milvus.verification import verify_edition
from index.milvus.watching import current_edition_id
from index.snapshot.file_checks import verify_copy, verify_files
from index.snapshot.layout import current_folder
from index.snapshot.snapshot import Snapshot
from index.snapshot.verification import verify_snapshot
from index.store.base import Store

Place = Path | MilvusAddress


def current_snapshot_id(place: Place) -> str:
    """Return the name of the edition in use.

    Raises SnapshotError if there is none, StoreUnavailableError if Milvus gives no answer.
    """
    if isinstance(place, MilvusAddress):
        return current_edition_id(place)
    return current_folder(place).name


def check_coverage(place: Place) -> None:
    """Raise SnapshotError unless every file of the edition in use is the one that was built."""
    if isinstance(place, MilvusAddress):
        MilvusStore(place).close()  # it checks what it loads
    else:
        verify_files(current_folder(place))


def verify_coverage(place: Place) -> tuple[str, Iterator[str]]:
    """Return the name of the edition in use, and what is wrong with it, in plain words.

    Looking reads all of it. Raises SnapshotError or StoreUnavailableError.
    """
    if isinstance(place, MilvusAddress):
        return f"{place}, {current_edition_id(place)}", verify_edition(place)
    return str(current_folder(place)), verify_snapshot(place)


def open_store(place: Place, *, is_copy: bool = False) -> Store:
    """Open what the edition in use is stored in; a copy's files are checked first."""
    if isinstance(place, MilvusAddress):
        return MilvusStore(place)
    folder = current_folder(place)
    if is_copy:
        verify_copy(folder)
    return Snapshot(folder)


def own_models(place: Place) -> Path:
    """Return the folder of this machine where models are exported to for an index."""
    return place.cache.expanduser() if isinstance(place, MilvusAddress) else place
