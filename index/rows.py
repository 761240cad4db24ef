"""Vectors in a file, a row a number: NumPy's format, float16.

Only the rows asked for are read, and none is mapped: memory stays flat however many there are.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np

from index.encoder import Vectors
from index.errors import SnapshotCorruptError


class Rows:
    """An open file of vectors, for one thread at a time. Close it when done."""

    def __init__(self, path: Path, dimension: int, count: int) -> None:
        """Open the file; raise SnapshotCorruptError where it is not `count` × `dimension`."""
        try:
            mapped = np.load(path, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise SnapshotCorruptError(path, "NumPy cannot read it") from error
        if mapped.shape != (count, dimension) or mapped.dtype != np.float16:
            found = f"shape {mapped.shape} of {mapped.dtype}"
            raise SnapshotCorruptError(path, f"{found}, expected {(count, dimension)} of float16")
        self._path = path
        self._dimension = dimension
        self._start = int(mapped.offset)
        self._count = count
        self._file = path.open("rb", buffering=0)

    def __len__(self) -> int:
        return self._count

    def read(self, numbers: Sequence[int]) -> Vectors:
        """Return these rows in this order, shape (n, d)."""
        rows = np.empty((len(numbers), self._dimension), np.float16)
        into = rows.reshape(-1).view(np.uint8).data
        width = rows.itemsize * self._dimension
        # What follows one another is read at once.
        breaks = np.flatnonzero(np.diff(numbers, prepend=-2) != 1).tolist()
        for first, end in pairwise([*breaks, len(numbers)]):
            self._file.seek(self._start + int(numbers[first]) * width)
            if self._file.readinto(into[first * width : end * width]) != (end - first) * width:
                raise SnapshotCorruptError(self._path, f"it ends before row {numbers[end - 1]}")
        return rows.astype(np.float32)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def write_header(file: BinaryIO, count: int, dimension: int) -> None:
    """Begin a file of so many vectors; `as_bytes` of each is to follow."""
    descr = np.lib.format.dtype_to_descr(np.dtype(np.float16))
    np.lib.format.write_array_header_1_0(
        file, {"descr": descr, "fortran_order": False, "shape": (count, dimension)}
    )


def as_bytes(vectors: Vectors) -> bytes:
    """Return the vectors as they stand in a file."""
    return vectors.astype(np.float16).tobytes()
