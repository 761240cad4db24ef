"""Passage vectors in FAISS. The only room that imports it; a row is a passage's number."""

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder import Vectors
from index.errors import SnapshotCorruptError

_BLOCK = 8192  # rows that are copied out of FAISS at a time


class PassageVectors:
    """Unit vectors of all passages, searched exactly by inner product (the cosine)."""

    def __init__(self, dimension: int) -> None:
        self._faiss_index: faiss.Index = faiss.IndexFlatIP(dimension)

    @classmethod
    def open(cls, path: Path, dimension: int, count: int) -> "PassageVectors":
        """Read the file; raise SnapshotCorruptError where it is not `count` × `dimension`."""
        try:
            faiss_index = faiss.read_index(str(path))
        except RuntimeError as error:  # FAISS has no narrower error for an unreadable file
            raise SnapshotCorruptError(path, "FAISS cannot read it") from error
        if (faiss_index.d, faiss_index.ntotal) != (dimension, count):
            found = f"{faiss_index.ntotal} vectors of {faiss_index.d}"
            raise SnapshotCorruptError(path, f"{found}, expected {count} of {dimension}")
        opened = cls(dimension)
        opened._faiss_index = faiss_index
        return opened

    def add(self, vectors: Vectors) -> None:
        """Append rows; shape (n, d), float32, unit rows."""
        self._faiss_index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def write(self, path: Path) -> None:
        """Write the file; raise OSError where that fails."""
        try:
            faiss.write_index(self._faiss_index, str(path))
        except RuntimeError as error:
            raise OSError(f"cannot write {path}: {error}") from error

    def search(
        self, vector: Vectors, count: int, among: npt.NDArray[np.int64] | None = None
    ) -> dict[int, float]:
        """Return the `count` nearest passages, best first, with their cosine to the vector.

        `among` are the passages to choose from; None means all.
        """
        if self._faiss_index.ntotal == 0:
            return {}
        parameters = None
        if among is not None:
            selector = faiss.IDSelectorBatch(among)
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # its types lack it
        cosines, rows = self._faiss_index.search(vector[None, :], count, params=parameters)
        # FAISS pads missing hits with row -1, which would cite the last passage.
        return {
            int(row): float(cosine)
            for row, cosine in zip(rows[0], cosines[0], strict=True)
            if row >= 0
        }

    def rows(self, first: int, count: int) -> Vectors:
        """Return `count` rows from row `first` on, shape (count, d)."""
        return np.asarray(self._faiss_index.reconstruct_n(first, count), dtype=np.float32)

    def cosines(self, vector: Vectors, passages: Sequence[int]) -> dict[int, float]:
        """Return the cosine of these passages to the vector."""
        found: dict[int, float] = {}
        for start in range(0, len(passages), _BLOCK):
            rows = np.asarray(passages[start : start + _BLOCK], dtype=np.int64)
            cosines = self._faiss_index.reconstruct_batch(rows) @ vector
            found.update(zip(rows.tolist(), cosines.tolist(), strict=True))
        return found
