"""Passage vectors in FAISS. The only room that imports it; a row is a passage's number."""

from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder import Vectors
from index.errors import SnapshotCorruptError


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
        self, vector: Vectors, count: int, among: npt.NDArray[np.bool_] | None = None
    ) -> dict[int, float]:
        """Return the `count` nearest passages, best first, with their cosine to the vector.

        `among` tells for every passage whether it may be chosen; None lets all through.
        """
        if self._faiss_index.ntotal == 0:
            return {}
        parameters = None
        if among is not None:
            selector = faiss.IDSelectorBitmap(np.packbits(among, bitorder="little"))  # type: ignore[call-arg,arg-type]  # as above
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

    def cosines(self, vector: Vectors, passages: list[int]) -> dict[int, float]:
        """Return the cosine of these passages to the vector."""
        if not passages:
            return {}
        rows: npt.NDArray[np.int64] = np.asarray(passages, dtype=np.int64)
        found = self._faiss_index.reconstruct_batch(rows) @ vector
        return dict(zip(passages, found.tolist(), strict=True))
