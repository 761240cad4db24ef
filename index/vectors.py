"""Passage vectors: FAISS finds the nearest, their rows give the cosines. The only room with FAISS.

A row is a passage's number.
"""

import math
from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.errors import SnapshotCorruptError
from index.rows import Rows
from index.text_encoder import Vectors

ALL_UP_TO = 200_000  # passages that are all compared: in 4 ms, and half as many in 2
_PROBED = 1 / 4  # of the clusters, those nearest to the question, are compared: recall@20 of .99
# Vectors are rounded to 8 bits, a quarter of the memory; twice as many as wanted are found and put
# in order by their rows, so that none of the best is missed (recall of 1.000 of 100).
_MORE = 2
_A_CLUSTER = 50  # passages that it is learnt from
_FOR_ROUNDING = 10_000  # passages that the rounding is learnt from
_AT_ONCE = 16_384  # rows in memory, however many are asked for or made a finder of


class PassageVectors:
    """Unit vectors of all passages, searched by inner product (the cosine)."""

    def __init__(self, rows: Rows, finder: faiss.Index) -> None:
        self._rows = rows
        self._finder = finder

    @classmethod
    def open(cls, rows: Rows, path: Path, dimension: int) -> "PassageVectors":
        """Map the finder of these rows; raise SnapshotCorruptError where it is another's."""
        try:
            # Mapped, whatever its kind: opening takes no time, and memory only what is compared.
            finder = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:  # FAISS has no narrower error for an unreadable file
            raise SnapshotCorruptError(path, "FAISS cannot read it") from error
        if (finder.d, finder.ntotal) != (dimension, len(rows)):
            found = f"{finder.ntotal} vectors of {finder.d}"
            raise SnapshotCorruptError(path, f"{found}, expected {len(rows)} of {dimension}")
        return cls(rows, finder)

    def search(
        self, vector: Vectors, count: int, among: npt.NDArray[np.bool_] | None = None
    ) -> dict[int, float]:
        """Return the `count` nearest passages, best first, with their cosine to the vector.

        `among` tells for every passage whether it may be chosen; None lets all through.
        """
        share = 1.0 if among is None else float(among.mean())
        if not len(self._rows) or not share:
            return {}
        parameters = _parameters(self._finder, among, share)
        # Of the calling thread. For one question, threads wait for each other: it takes longer.
        faiss.omp_set_num_threads(1)
        _, found = self._finder.search(vector[None, :], _MORE * count, params=parameters)
        # FAISS pads missing hits with row -1, which would cite the last passage.
        cosines = self.cosines(vector, [row for row in found[0].tolist() if row >= 0])
        best = sorted(cosines, key=lambda row: (-cosines[row], row))[:count]
        return {row: cosines[row] for row in best}

    def rows(self, passages: Sequence[int]) -> Vectors:
        """Return the rows of these passages, shape (n, d)."""
        return self._rows.read(passages)

    def cosines(self, vector: Vectors, passages: Sequence[int]) -> dict[int, float]:
        """Return the cosine of these passages to the vector."""
        found: dict[int, float] = {}
        for first in range(0, len(passages), _AT_ONCE):
            part = passages[first : first + _AT_ONCE]
            found.update(zip(part, (self._rows.read(part) @ vector).tolist(), strict=True))
        return found


def write_finder(rows: Rows, path: Path, dimension: int, all_up_to: int = ALL_UP_TO) -> None:
    """Write what finds the nearest of these rows; raise OSError where that fails."""
    finder = _empty_finder(dimension, len(rows), all_up_to)
    clusters = finder.nlist if isinstance(finder, faiss.IndexIVF) else 0
    learnt_from = min(len(rows), max(clusters * _A_CLUSTER, _FOR_ROUNDING))
    sample = np.linspace(0, len(rows) - 1, learnt_from).astype(np.int64)
    if len(rows):
        finder.train(rows.read(sample.tolist()))
    for first in range(0, len(rows), _AT_ONCE):
        finder.add(rows.read(range(first, min(first + _AT_ONCE, len(rows)))))
    try:
        faiss.write_index(finder, str(path))
    except RuntimeError as error:
        raise OSError(f"cannot write {path}: {error}") from error


def _empty_finder(dimension: int, count: int, all_up_to: int) -> faiss.Index:
    """Return the kind of index that suits so many passages: all compared, or clusters of them.

    A graph (HNSW) is as quick as clusters, but takes ten times as long to build, and finds little
    where a filter lets little through; of clusters, more are compared then.
    """
    bits = faiss.ScalarQuantizer.QT_8bit
    if count <= all_up_to:
        return faiss.IndexScalarQuantizer(dimension, bits, faiss.METRIC_INNER_PRODUCT)
    finder = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension),
        dimension,
        int(2 * math.sqrt(count)),
        bits,
        faiss.METRIC_INNER_PRODUCT,
    )
    finder.cp.spherical = True
    finder.cp.niter = 10
    finder.cp.min_points_per_centroid = 1  # it would warn of few passages
    return finder


def _parameters(
    finder: faiss.Index, among: npt.NDArray[np.bool_] | None, share: float
) -> faiss.SearchParameters | None:
    """Return how to search: only `among`, and so many clusters that as much is compared as ever."""
    options: dict[str, object] = {}
    if among is not None:
        options["sel"] = faiss.IDSelectorBitmap(np.packbits(among, bitorder="little"))  # type: ignore[call-arg,arg-type]  # its types lack it
    if isinstance(finder, faiss.IndexIVF):
        probed = min(finder.nlist, math.ceil(finder.nlist * _PROBED / share))
        return faiss.SearchParametersIVF(nprobe=probed, **options)  # type: ignore[call-arg]  # as above
    return faiss.SearchParameters(**options) if options else None
