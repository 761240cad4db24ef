"""Write a new snapshot next to the one in use, then switch to it at once.

`INDEX_DIR/CURRENT` is replaced atomically, so a build that dies leaves the old snapshot in use.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from filelock import FileLock, Timeout

from index.errors import BuildRunningError
from index.files import flush, write_atomically
from index.snapshot.file_checks import record_file
from index.snapshot.layout import UNFINISHED, Layout, read_pointer
from index.store.manifest import Manifest, write_manifest


@contextmanager
def new_snapshot(index_dir: Path) -> Iterator[Layout]:
    """Yield the layout of a new folder, which is removed unless it is published in the block.

    Raises BuildRunningError if another process is inside such a block: there is one at a time.
    """
    index_dir.mkdir(parents=True, exist_ok=True)
    # The lock ends with its process, however that ends.
    lock = FileLock(index_dir / ".lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise BuildRunningError(index_dir) from None
    try:
        _remove_unfinished(index_dir)
        yield _new_layout(index_dir / "snapshots")
    finally:
        _remove_unfinished(index_dir)
        lock.release()


def _new_layout(snapshots: Path) -> Layout:
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{token_hex(3)}"
    folder = snapshots / f"{UNFINISHED}{name}"
    folder.mkdir(parents=True)
    return Layout(folder)


def _remove_unfinished(index_dir: Path) -> None:
    """Remove the unfinished files of this build, or of one that was killed."""
    for folder in (index_dir / "snapshots").glob(f"{UNFINISHED}*"):
        shutil.rmtree(folder, ignore_errors=True)
    for unfinished in index_dir.glob(".CURRENT*"):
        unfinished.unlink()


def publish(layout: Layout, manifest: Manifest, index_dir: Path, keep: int) -> Path:
    """Write the manifest, put the snapshot into use, remove all but `keep`; return its folder."""
    files = {
        path.relative_to(layout.folder).as_posix(): record_file(path) for path in layout.data_files
    }
    write_manifest(layout.manifest, replace(manifest, files=files))
    for path in (*layout.data_files, layout.manifest):
        flush(path)
    folder = layout.folder.with_name(layout.snapshot_id)
    layout.folder.rename(folder)
    flush(folder.parent)
    pointer = index_dir / "CURRENT"
    before = read_pointer(pointer) if pointer.exists() else ""
    write_atomically(pointer, folder.name + "\n")
    flush(index_dir)
    _remove_old(folder, before, keep)
    return folder


def _remove_old(newest: Path, before: str, keep: int) -> None:
    finished = [path for path in newest.parent.iterdir() if not path.name.startswith(".")]
    # Names follow the clock, which can go back: keep the two in use, whatever their names.
    finished.sort(key=lambda path: (path == newest, path.name == before, path.name))
    for folder in finished[:-keep]:
        shutil.rmtree(folder, ignore_errors=True)
