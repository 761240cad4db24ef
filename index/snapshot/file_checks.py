"""The files of a snapshot, checked by hash, or by size and sample.

Hashing all files finds every changed byte, but it reads gigabytes and pushes the index in use out
of memory. A build hashes, as it takes vectors over from a snapshot, and so does `check_index.py`. A
machine that answers questions takes a new copy by size and sample: copies go wrong as a whole or in
long stretches (cut short, of another snapshot, with holes never filled), and those are found.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from index.errors import SnapshotCorruptError
from index.files import hash_file
from index.snapshot.layout import Layout, expected_files
from index.store.manifest import FileRecord, Manifest, read_manifest

ALTERED = "missing, or not the file that was built"
_BLOCKS, _BLOCK = 64, 4096  # of a sample; in bytes

Check = Callable[[Path, FileRecord], bool]


def is_built(path: Path, record: FileRecord) -> bool:
    """Tell by all of its bytes whether a file is the one that was built."""
    return hash_file(path) == record.sha256


def is_like_built(path: Path, record: FileRecord) -> bool:
    """Tell by size and sample, or by all of its bytes if the record has none."""
    if record.sample is None:
        return is_built(path, record)
    return path.stat().st_size == record.size and sample_file(path) == record.sample


def verify_files(folder: Path) -> None:
    """Raise SnapshotCorruptError unless every file is the one that was built; reads all of them."""
    _verify(folder, is_built)


def verify_copy(folder: Path) -> None:
    """Raise SnapshotCorruptError unless every file has the size and sample of the one built.

    Those of a manifest of schema 3, which records neither, are read in full.
    """
    _verify(folder, is_like_built)


def altered_files(layout: Layout, manifest: Manifest, check: Check = is_built) -> list[Path]:
    """Return the data files that are missing, or fail the check."""
    expected = expected_files(layout, manifest)
    return [path for path in expected if _is_altered(path, layout, manifest, check)]


def verify_encoder(layout: Layout, manifest: Manifest) -> None:
    """Raise SnapshotCorruptError unless every file of the encoder is the one that was built.

    An altered weight would go unnoticed: the answers would only be worse.
    """
    for path in layout.encoder.files:
        if _is_altered(path, layout, manifest, is_built):
            raise SnapshotCorruptError(path, ALTERED)


def record_file(path: Path) -> FileRecord:
    """Return what a copy of the file is checked by; reads all of it."""
    return FileRecord(hash_file(path), path.stat().st_size, sample_file(path))


def sample_file(path: Path) -> str:
    """Return the hexadecimal sha256 of 64 blocks of 4 KiB, evenly spaced from first to last.

    A file that is no larger than that is hashed as a whole.
    """
    size = path.stat().st_size
    if size <= _BLOCKS * _BLOCK:
        return hash_file(path)
    digest = sha256()
    with path.open("rb", buffering=0) as file:
        for number in range(_BLOCKS):
            file.seek(number * (size - _BLOCK) // (_BLOCKS - 1))
            digest.update(file.read(_BLOCK))
    return digest.hexdigest()


def _verify(folder: Path, check: Check) -> None:
    layout = Layout(folder)
    for path in altered_files(layout, read_manifest(layout.manifest), check):
        raise SnapshotCorruptError(path, ALTERED)


def _is_altered(path: Path, layout: Layout, manifest: Manifest, check: Check) -> bool:
    record = manifest.files.get(path.relative_to(layout.folder).as_posix())
    return record is None or not path.exists() or not check(path, record)
