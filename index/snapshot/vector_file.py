"""A float16 `.npy` file of vectors; row n belongs to passage (or sentence) n.

Rows are read when they are asked for and none is mapped, so that memory stays flat.
"""

import os
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, Self
from weakref import finalize

import numpy as np

from index.encoders.base import Vectors
from index.errors import SnapshotCorruptError


class VectorFile:
    """An open file of vectors. Close it when done."""

    def __init__(self, path: Path, dimension: int, count: int) -> None:
        """Open the file; raise SnapshotCorruptError unless it is `count` × `dimension`."""
        try:
            mapped = np.load(path, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise SnapshotCorruptError(path, "NumPy cannot read it") from error
        if mapped.shape != (count, dimension) or mapped.dtype != np.float16:
            found = f"shape {mapped.shape} of {mapped.dtype}"
            raise SnapshotCorruptError(path, f"{found}, expected {(count, dimension)} of float16")
        self._path = path
        self._count, self._dimension = count, dimension
        self._start, self._width = int(mapped.offset), mapped.itemsize * dimension
        self._file = os.open(path, os.O_RDONLY)
        self._close = finalize(self, os.close, self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return self._count

    def read(self, numbers: Sequence[int]) -> Vectors:
        """Return these rows in this order, shape (n, d)."""
        # Consecutive rows are read at once.
        breaks = np.flatnonzero(np.diff(numbers, prepend=-2) != 1).tolist()
        runs = pairwise([*breaks, len(numbers)])
        data = b"".join(self._read(numbers[first], end - first) for first, end in runs)
        return np.frombuffer(data, np.float16).reshape(-1, self._dimension).astype(np.float32)

    def close(self) -> None:
        """Close the file."""
        self._close()
        self._file = -1  # by now the number may be that of another file

    def _read(self, first: int, count: int) -> bytes:
        start = self._start + int(first) * self._width
        data = os.pread(self._file, count * self._width, start)
        if len(data) != count * self._width:
            raise SnapshotCorruptError(self._path, f"it ends before row {first + count - 1}")
        return data


def write_header(file: BinaryIO, count: int, dimension: int) -> None:
    """Begin a file of `count` vectors, which follow as `as_bytes` gives them."""
    descr = np.lib.format.dtype_to_descr(np.dtype(np.float16))
    np.lib.format.write_array_header_1_0(
        file, {"descr": descr, "fortran_order": False, "shape": (count, dimension)}
    )


def as_bytes(vectors: Vectors) -> bytes:
    """Return the vectors as the file holds them."""
    return vectors.astype(np.float16).tobytes()
