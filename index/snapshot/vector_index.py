"""Passage vectors: FAISS finds the nearest, their rows give the cosines. The only room with FAISS.

A row is a passage's number.
"""

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.encoders.base import Vectors
from index.errors import SnapshotCorruptError
from index.snapshot.vector_file import Rows

ROUNDED_UP_TO = 10_000  # passages of 8 bits a number: any few will do to learn the rounding from
# More than are wanted are found by what is left of them and put in order by their rows: of the
# best 20 next to none is missed, of the best 100 one (of a million, three or four).
_MORE, _LEAST = 3, 300
_LEARNT_FROM = 10_000  # passages
_AT_ONCE = 16_384  # rows in memory, however many are asked for or made a finder of


class PassageVectors:
    """Unit vectors of all passages, searched by inner product (the cosine)."""

    def __init__(self, rows: Rows, finder: faiss.Index) -> None:
        self._rows = rows
        self._finder = finder

    @classmethod
    def open(cls, rows: Rows, path: Path, dimension: int) -> "PassageVectors":
        """Read the finder of these rows; raise SnapshotCorruptError where it is another's."""
        try:
            finder = faiss.read_index(str(path))
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
        if not len(self._rows):
            return {}
        parameters = _parameters(self._finder, among)
        # Of the calling thread. For one question, threads wait for each other: it takes longer.
        faiss.omp_set_num_threads(1)
        more = max(_MORE * count, _LEAST)
        _, found = self._finder.search(vector[None, :], more, params=parameters)
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


def write_finder(
    rows: Rows, path: Path, dimension: int, rounded_up_to: int = ROUNDED_UP_TO
) -> None:
    """Write what finds the nearest of these rows; raise OSError where that fails."""
    finder = _empty_finder(dimension, rounded=len(rows) <= rounded_up_to)
    sample = np.linspace(0, len(rows) - 1, min(len(rows), _LEARNT_FROM)).astype(np.int64)
    if len(rows):
        finder.train(rows.read(sample.tolist()))
    for first in range(0, len(rows), _AT_ONCE):
        finder.add(rows.read(range(first, min(first + _AT_ONCE, len(rows)))))
    try:
        faiss.write_index(finder, str(path))
    except RuntimeError as error:
        raise OSError(f"cannot write {path}: {error}") from error


def _empty_finder(dimension: int, rounded: bool) -> faiss.Index:
    """Return what compares all vectors, by 8 bits a number, or by 4 bits every two.

    A million of those (product quantization, fast scan) are compared in 6 ms, where clusters of
    which a quarter is probed miss 6 in 100 of the best and a graph (HNSW) finds little behind a
    filter. They are one cluster here, since the kind without any takes no filter.
    """
    metric = faiss.METRIC_INNER_PRODUCT
    if rounded:
        return faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_8bit, metric)
    parts = dimension // 2 if dimension % 2 == 0 else dimension
    centre = faiss.IndexFlatIP(dimension)
    finder = faiss.IndexIVFPQFastScan(centre, dimension, 1, parts, 4, metric)
    finder.by_residual = False
    return finder


def _parameters(
    finder: faiss.Index, among: npt.NDArray[np.bool_] | None
) -> faiss.SearchParameters | None:
    """Return how to search: all clusters, of which an index of before has many; only `among`."""
    options: dict[str, object] = {}
    if among is not None:
        options["sel"] = faiss.IDSelectorBitmap(np.packbits(among, bitorder="little"))  # type: ignore[call-arg,arg-type]  # its types lack it
    if isinstance(finder, faiss.IndexIVF):
        return faiss.SearchParametersIVF(nprobe=finder.nlist, **options)  # type: ignore[call-arg]  # as above
    return faiss.SearchParameters(**options) if options else None
