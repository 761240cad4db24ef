"""FAISS gives exact cosines, and nothing of its own making."""

import numpy as np
import pytest

from index.errors import SnapshotCorruptError
from index.vectors import PassageVectors

DIMENSION = 16


def unit_rows(count, seed=0):
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def filled(rows):
    vectors = PassageVectors(DIMENSION)
    vectors.add(rows)
    return vectors


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "passages.faiss"
    filled(unit_rows(20)).write(path)
    return path


def test_search_equals_dot_product_and_sort():
    rows, questions = unit_rows(300), unit_rows(20, seed=1)
    vectors = filled(rows)

    for question in questions:
        expected = rows @ question
        order = np.argsort(-expected)[:10]
        found = vectors.search(question, 10)
        assert list(found) == order.tolist()
        assert list(found.values()) == pytest.approx(expected[order].tolist(), abs=1e-6)


def test_padding_rows_are_dropped():
    rows = unit_rows(3)

    found = filled(rows).search(rows[1], 10)

    assert sorted(found) == [0, 1, 2]
    assert next(iter(found)) == 1
    assert found[1] == pytest.approx(1.0, abs=1e-6)


def test_empty_store_finds_nothing():
    assert PassageVectors(DIMENSION).search(unit_rows(1)[0], 5) == {}


def test_rows_are_numbered_as_added():
    rows = unit_rows(9)
    vectors = PassageVectors(DIMENSION)
    for start in (0, 2, 5):
        vectors.add(rows[start : {0: 2, 2: 5, 5: 9}[start]])

    assert [next(iter(vectors.search(row, 1))) for row in rows] == list(range(9))


def test_cosines_of_named_passages_are_dot_products():
    rows, question = unit_rows(30), unit_rows(1, seed=1)[0]

    found = filled(rows).cosines(question, [29, 0, 7])

    assert list(found) == [29, 0, 7]
    assert list(found.values()) == pytest.approx((rows[[29, 0, 7]] @ question).tolist(), abs=1e-6)
    assert filled(rows).cosines(question, []) == {}


def test_written_file_finds_the_same(file):
    question = unit_rows(1, seed=1)[0]

    opened = PassageVectors.open(file, DIMENSION, 20)

    assert opened.search(question, 20) == filled(unit_rows(20)).search(question, 20)


@pytest.mark.parametrize(
    ("dimension", "count", "expected"),
    [
        (DIMENSION + 1, 20, "20 vectors of 16, expected 20 of 17"),
        (DIMENSION, 21, "20 vectors of 16, expected 21 of 16"),
    ],
)
def test_file_of_another_shape_is_refused(file, dimension, count, expected):
    with pytest.raises(SnapshotCorruptError) as caught:
        PassageVectors.open(file, dimension, count)

    assert caught.value.path == file
    assert caught.value.detail == expected


@pytest.mark.parametrize("kept", [0, 1, 4, 20, 44, 45, 300, -4, -1])
def test_cut_file_is_refused(file, kept):
    file.write_bytes(file.read_bytes()[:kept])

    with pytest.raises(SnapshotCorruptError, match="FAISS cannot read it"):
        PassageVectors.open(file, DIMENSION, 20)


def test_other_file_is_refused(file):
    file.write_bytes(b"no vectors at all " * 50)

    with pytest.raises(SnapshotCorruptError, match="FAISS cannot read it"):
        PassageVectors.open(file, DIMENSION, 20)


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(SnapshotCorruptError, match=r"gone\.faiss"):
        PassageVectors.open(tmp_path / "gone.faiss", DIMENSION, 20)


def test_file_that_cannot_be_written_is_an_os_error(tmp_path):
    path = tmp_path / "no-such-folder" / "passages.faiss"

    with pytest.raises(OSError, match=f"cannot write {path}"):
        filled(unit_rows(1)).write(path)


def test_cosines_of_many_passages_are_read_block_by_block(monkeypatch):
    monkeypatch.setattr("index.vectors._BLOCK", 7)
    rows, (question, *_) = unit_rows(30), unit_rows(1, seed=1)
    asked = [29, 3, *range(10, 20), 0]

    found = filled(rows).cosines(question, asked)

    assert list(found) == asked
    assert list(found.values()) == pytest.approx((rows[asked] @ question).tolist(), abs=1e-6)
