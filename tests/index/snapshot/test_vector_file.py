"""Vectors come back from their file as they were put in, whichever are asked for."""

import os

import numpy as np
import pytest

from index.errors import SnapshotCorruptError
from index.snapshot.vector_file import VectorFile, as_bytes, write_header


def written(path, vectors):
    with path.open("wb") as file:
        write_header(file, *vectors.shape)
        for vector in vectors:
            file.write(as_bytes(vector))
    return path


@pytest.fixture
def vectors():
    return np.random.default_rng(0).normal(size=(50, 8)).astype(np.float16).astype(np.float32)


@pytest.fixture
def file(tmp_path, vectors):
    return written(tmp_path / "rows.npy", vectors)


@pytest.fixture
def rows(file):
    opened = VectorFile(file, 8, 50)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "numbers",
    [[], [0], [49], [3, 4, 5], [5, 4, 3], [7, 7], [0, 1, 48, 49, 20, 21], range(50), range(10, 12)],
)
def test_rows_come_in_the_order_asked_for(rows, vectors, numbers):
    found = rows.read(numbers)

    assert found.dtype == np.float32
    assert np.array_equal(found, vectors[list(numbers)].reshape(-1, 8))


def test_file_is_one_that_numpy_reads(file, vectors):
    assert np.array_equal(np.load(file), vectors.astype(np.float16))


def test_rows_read_and_written_again_are_the_same(rows, file, tmp_path):
    again = written(tmp_path / "again.npy", rows.read(range(50)))

    assert again.read_bytes() == file.read_bytes()


def test_no_row_is_a_file_too(tmp_path):
    rows = VectorFile(written(tmp_path / "none.npy", np.empty((0, 8), np.float32)), 8, 0)

    assert len(rows) == 0
    assert rows.read([]).shape == (0, 8)
    rows.close()


def test_row_behind_the_last_is_an_error(rows, file):
    with pytest.raises(SnapshotCorruptError, match="it ends before row 50"):
        rows.read([49, 50])


def test_closed_file_is_not_read_even_where_another_took_its_number(rows, file):
    rows.close()

    with file.open("rb"), pytest.raises(OSError, match="Bad file descriptor"):
        rows.read([0])


def test_file_that_nobody_holds_any_more_is_closed(file):
    rows = VectorFile(file, 8, 50)
    number = rows._file
    del rows

    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(number)


@pytest.mark.parametrize("count", [49, 51])
def test_file_of_another_shape_is_refused(file, count):
    with pytest.raises(SnapshotCorruptError) as caught:
        VectorFile(file, 8, count)

    assert caught.value.path == file
    assert caught.value.detail == f"shape (50, 8) of float16, expected ({count}, 8) of float16"


def test_file_of_other_numbers_is_refused(tmp_path):
    path = tmp_path / "rows.npy"
    np.save(path, np.zeros((5, 8), np.float32))

    with pytest.raises(SnapshotCorruptError, match="of float32, expected"):
        VectorFile(path, 8, 5)


@pytest.mark.parametrize("kept", [0, 4, 60, 128, 400, -2])
def test_cut_file_is_refused(file, kept):
    file.write_bytes(file.read_bytes()[:kept])

    with pytest.raises(SnapshotCorruptError, match="NumPy cannot read it"):
        VectorFile(file, 8, 50)
