"""Passage vectors: FAISS finds the nearest, the vector file gives their cosines."""

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.encoders.base import Vectors
from index.errors import SnapshotCorruptError
from index.models import PassageNo
from index.snapshot.vector_file import VectorFile

ROUNDED_UP_TO = 10_000  # passages with 8 bits per dimension, which need little training
# FAISS searches quantised vectors: over-fetch, then rank by exact cosine. Of the best 20 next to
# none is missed, of the best 100 one (three or four of a million passages).
_OVERFETCH_FACTOR, _MIN_FETCHED = 3, 300
_TRAINED_ON = 10_000  # passages
_AT_ONCE = 16_384  # rows in memory at a time


class PassageVectors:
    """Unit vectors of all passages, searched by inner product (the cosine)."""

    def __init__(self, vectors: VectorFile, faiss_index: faiss.Index) -> None:
        self._vectors = vectors
        self._faiss_index = faiss_index

    @classmethod
    def open(cls, vectors: VectorFile, path: Path, dimension: int) -> "PassageVectors":
        """Read the index over these vectors; raise SnapshotCorruptError if it is another's."""
        try:
            faiss_index = faiss.read_index(str(path))
        except RuntimeError as error:  # FAISS has no narrower error for an unreadable file
            raise SnapshotCorruptError(path, "FAISS cannot read it") from error
        if (faiss_index.d, faiss_index.ntotal) != (dimension, len(vectors)):
            found = f"{faiss_index.ntotal} vectors of {faiss_index.d}"
            raise SnapshotCorruptError(path, f"{found}, expected {len(vectors)} of {dimension}")
        return cls(vectors, faiss_index)

    def search(
        self, vector: Vectors, count: int, among: npt.NDArray[np.bool_] | None = None
    ) -> dict[PassageNo, float]:
        """Return the `count` nearest passages, best first, with their cosine to the vector.

        `among` says for every passage whether it may be chosen; None allows all.
        """
        if not len(self._vectors):
            return {}
        parameters = _parameters(self._faiss_index, among)
        # For the calling thread. With more, one question takes longer: threads wait for each other.
        faiss.omp_set_num_threads(1)
        more = max(_OVERFETCH_FACTOR * count, _MIN_FETCHED)
        _, found = self._faiss_index.search(vector[None, :], more, params=parameters)
        # FAISS pads missing hits with row -1, which would cite the last passage.
        cosines = self.cosines(vector, [row for row in found[0].tolist() if row >= 0])
        best = sorted(cosines, key=lambda row: (-cosines[row], row))[:count]
        return {row: cosines[row] for row in best}

    def close(self) -> None:
        """Free the memory of the index, even if somebody still holds this object."""
        self._faiss_index = faiss.IndexFlatIP(self._faiss_index.d)

    def read(self, passages: Sequence[PassageNo]) -> Vectors:
        """Return the vectors of these passages, shape (n, d)."""
        return self._vectors.read(passages)

    def cosines(self, vector: Vectors, passages: Sequence[PassageNo]) -> dict[PassageNo, float]:
        """Return the cosine of these passages to the vector."""
        found: dict[PassageNo, float] = {}
        for first in range(0, len(passages), _AT_ONCE):
            part = passages[first : first + _AT_ONCE]
            found.update(zip(part, (self._vectors.read(part) @ vector).tolist(), strict=True))
        return found


def write_faiss_index(
    vectors: VectorFile, path: Path, dimension: int, rounded_up_to: int = ROUNDED_UP_TO
) -> None:
    """Build the FAISS index over these vectors and write it; raise OSError if that fails."""
    faiss_index = _empty_index(dimension, rounded=len(vectors) <= rounded_up_to)
    sample = np.linspace(0, len(vectors) - 1, min(len(vectors), _TRAINED_ON)).astype(np.int64)
    if len(vectors):
        faiss_index.train(vectors.read(sample.tolist()))
    for first in range(0, len(vectors), _AT_ONCE):
        faiss_index.add(vectors.read(range(first, min(first + _AT_ONCE, len(vectors)))))
    try:
        faiss.write_index(faiss_index, str(path))
    except RuntimeError as error:
        raise OSError(f"cannot write {path}: {error}") from error


def _empty_index(dimension: int, rounded: bool) -> faiss.Index:
    """Return an index that compares all vectors: 8 bits per dimension, or 4 bits per two.

    The latter (product quantisation, fast scan) compares a million vectors in 6 ms. Clusters of
    which a quarter is probed miss 6 in 100 of the best, and a graph (HNSW) finds little after a
    filter. There is one cluster, because the index type without clusters takes no filter.
    """
    metric = faiss.METRIC_INNER_PRODUCT
    if rounded:
        return faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_8bit, metric)
    parts = dimension // 2 if dimension % 2 == 0 else dimension
    centre = faiss.IndexFlatIP(dimension)
    faiss_index = faiss.IndexIVFPQFastScan(centre, dimension, 1, parts, 4, metric)
    faiss_index.by_residual = False
    return faiss_index


def _parameters(
    faiss_index: faiss.Index, among: npt.NDArray[np.bool_] | None
) -> faiss.SearchParameters | None:
    """Return the search parameters: probe every cluster (older indexes have many), only `among`."""
    options: dict[str, object] = {}
    if among is not None:
        options["sel"] = faiss.IDSelectorBitmap(np.packbits(among, bitorder="little"))  # type: ignore[call-arg,arg-type]  # its types lack it
    if isinstance(faiss_index, faiss.IndexIVF):
        return faiss.SearchParametersIVF(nprobe=faiss_index.nlist, **options)  # type: ignore[call-arg]  # as above
    return faiss.SearchParameters(**options) if options else None
