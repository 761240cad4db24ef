"""FAISS finds the nearest, exactly or nearly; cosines are those of the rows."""

import numpy as np
import pytest

from index.errors import SnapshotCorruptError
from index.rows import Rows, as_bytes, write_header
from index.vectors import PassageVectors, write_finder

DIMENSION = 16
MANY = 2000
WAYS = {"exact": MANY, "approximate": 0}


def unit_rows(count, seed=0):
    """Unit vectors around a few topics, as half precision holds them."""
    random = np.random.default_rng(seed)
    topics = np.random.default_rng(7).normal(size=(12, DIMENSION))
    rows = topics[random.integers(12, size=count)] + random.normal(size=(count, DIMENSION)) / 2
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float16).astype(np.float32)


@pytest.fixture
def filled(tmp_path):
    """Write vectors to files and open them; `all_up_to` decides how they are searched."""
    opened = []

    def fill(vectors, all_up_to=MANY, folder="."):
        rows_file, finder_file = (tmp_path / f"{len(opened)}{end}" for end in (".npy", ".faiss"))
        with rows_file.open("wb") as file:
            write_header(file, *vectors.shape)
            file.write(as_bytes(vectors))
        opened.append(Rows(rows_file, DIMENSION, len(vectors)))
        write_finder(opened[-1], finder_file, DIMENSION, all_up_to)
        return PassageVectors.open(opened[-1], finder_file, DIMENSION)

    yield fill
    for rows in opened:
        rows.close()


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def all_up_to(request):
    return request.param


@pytest.fixture
def file(filled, tmp_path):
    filled(unit_rows(20))
    return tmp_path / "0.faiss"


def nearest(rows, question, count, among=None):
    """The same by a dot product and a sort."""
    cosines = rows @ question
    if among is not None:
        cosines = np.where(among, cosines, -2)
    return np.argsort(-cosines, kind="stable")[:count].tolist()


def test_exact_search_equals_dot_product_and_sort(filled):
    rows = unit_rows(300)
    vectors = filled(rows)

    for question in unit_rows(20, seed=1):
        found = vectors.search(question, 10)
        order = nearest(rows, question, 10)
        assert list(found) == order
        assert list(found.values()) == pytest.approx((rows[order] @ question).tolist(), abs=1e-6)


def test_approximate_search_finds_nearly_the_same_with_true_cosines(filled):
    rows, questions = unit_rows(MANY), unit_rows(50, seed=1)
    vectors = filled(rows, all_up_to=MANY - 1)
    hits = 0
    for question in questions:
        found = vectors.search(question, 20)
        hits += len(found.keys() & set(nearest(rows, question, 20)))
        assert list(found.values()) == pytest.approx((rows[list(found)] @ question), abs=1e-6)
        assert list(found.values()) == sorted(found.values(), reverse=True)

    assert hits / (20 * len(questions)) >= 0.95


def test_approximate_search_compares_a_part_only(filled):
    """Of vectors without any likeness, it misses some: else it would be no faster."""
    random = np.random.default_rng(0).normal(size=(MANY, DIMENSION)).astype(np.float32)
    rows = random / np.linalg.norm(random, axis=1, keepdims=True)
    vectors = filled(rows, all_up_to=MANY - 1)

    found = [set(vectors.search(rows[n], 100)) for n in range(20)]

    assert found != [set(nearest(rows, rows[n], 100)) for n in range(20)]


def test_a_byte_a_number_however_it_is_searched(filled, tmp_path):
    filled(unit_rows(MANY), all_up_to=MANY)
    filled(unit_rows(MANY), all_up_to=MANY - 1)

    for number in (0, 1):
        size = (tmp_path / f"{number}.faiss").stat().st_size
        assert MANY * DIMENSION <= size <= MANY * DIMENSION * 2


@pytest.mark.parametrize("share", [0.5, 0.1, 0.01])
def test_filter_lets_only_the_chosen_through_and_finds_the_nearest_of_them(
    filled, all_up_to, share
):
    rows = unit_rows(MANY)
    vectors = filled(rows, all_up_to)
    among = np.random.default_rng(2).random(MANY) < share
    hits = wanted = 0
    for question in unit_rows(30, seed=3):
        found = vectors.search(question, 10, among)
        assert among[list(found)].all()
        assert len(found) == min(10, among.sum())
        expected = set(nearest(rows, question, 10, among))
        hits, wanted = hits + len(expected & found.keys()), wanted + len(expected)

    assert hits / wanted >= (1 if all_up_to or share < 0.1 else 0.95)


@pytest.mark.parametrize("chosen", [[], [0], [1999], [3, 4, 5]])
def test_filter_of_few_finds_exactly_those_and_no_padding(filled, all_up_to, chosen):
    among = np.zeros(MANY, np.bool_)
    among[chosen] = True

    found = filled(unit_rows(MANY), all_up_to).search(unit_rows(1, seed=1)[0], 10, among)

    assert sorted(found) == chosen


@pytest.mark.parametrize("count", [1, 3])
def test_fewer_passages_than_wanted_are_all_found(filled, count):
    rows = unit_rows(count)

    found = filled(rows).search(rows[count - 1], 10)

    assert sorted(found) == list(range(count))
    assert next(iter(found)) == count - 1
    assert found[count - 1] == pytest.approx(1.0, abs=1e-3)


def test_padding_of_what_was_not_compared_is_dropped(filled):
    rows = unit_rows(MANY)

    found = filled(rows, all_up_to=0).search(rows[5], MANY)

    assert next(iter(found)) == 5
    assert min(found) >= 0
    assert 20 < len(found) < MANY


def test_empty_store_finds_nothing(filled):
    assert filled(unit_rows(0)).search(unit_rows(1)[0], 5) == {}


def test_rows_are_numbered_as_added(filled, all_up_to, monkeypatch):
    monkeypatch.setattr("index.vectors._AT_ONCE", 4)
    rows = unit_rows(9)

    vectors = filled(rows, all_up_to)

    assert [next(iter(vectors.search(row, 1))) for row in rows] == list(range(9))
    assert np.array_equal(vectors.rows(range(9)), rows)
    assert np.array_equal(vectors.rows([3, 4]), rows[3:5])


def test_cosines_of_named_passages_are_dot_products(filled, all_up_to):
    rows, question = unit_rows(30), unit_rows(1, seed=1)[0]
    vectors = filled(rows, all_up_to)

    found = vectors.cosines(question, [29, 0, 7])

    assert list(found) == [29, 0, 7]
    assert list(found.values()) == pytest.approx((rows[[29, 0, 7]] @ question).tolist(), abs=1e-6)
    assert vectors.cosines(question, []) == {}


def test_cosines_of_many_passages_are_read_block_by_block(filled, monkeypatch):
    rows, question = unit_rows(30), unit_rows(1, seed=1)[0]
    vectors = filled(rows)
    asked, at_once = [29, 3, *range(10, 20), 0], []
    read = Rows.read
    monkeypatch.setattr(Rows, "read", lambda *args: at_once.append(args[1]) or read(*args))
    monkeypatch.setattr("index.vectors._AT_ONCE", 7)

    found = vectors.cosines(question, asked)

    assert [len(numbers) for numbers in at_once] == [7, 6]
    assert list(found) == asked
    assert list(found.values()) == pytest.approx((rows[asked] @ question).tolist(), abs=1e-6)


def test_few_passages_are_no_reason_for_a_warning(filled, capfd):
    filled(unit_rows(5), all_up_to=0)

    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("dimension", "count", "expected"),
    [
        (DIMENSION + 1, 20, "20 vectors of 16, expected 20 of 17"),
        (DIMENSION, 21, "20 vectors of 16, expected 21 of 16"),
    ],
)
def test_finder_of_other_rows_is_refused(filled, file, dimension, count, expected):
    rows = filled(unit_rows(count))._rows
    with pytest.raises(SnapshotCorruptError) as caught:
        PassageVectors.open(rows, file, dimension)

    assert caught.value.path == file
    assert caught.value.detail == expected


@pytest.mark.parametrize("kept", [0, 1, 4, 20, 44, 45, 90, 300, -200, -8])
def test_cut_file_is_refused(filled, all_up_to, tmp_path, kept):
    rows = filled(unit_rows(20), all_up_to)._rows
    file = tmp_path / "0.faiss"
    file.write_bytes(file.read_bytes()[:kept])

    with pytest.raises(SnapshotCorruptError, match="FAISS cannot read it"):
        PassageVectors.open(rows, file, DIMENSION)


def test_other_file_is_refused(filled, file):
    rows = filled(unit_rows(20))._rows
    file.write_bytes(b"no vectors at all " * 50)

    with pytest.raises(SnapshotCorruptError, match="FAISS cannot read it"):
        PassageVectors.open(rows, file, DIMENSION)


def test_missing_file_is_refused(filled, tmp_path):
    with pytest.raises(SnapshotCorruptError, match=r"gone\.faiss"):
        PassageVectors.open(filled(unit_rows(1))._rows, tmp_path / "gone.faiss", DIMENSION)


def test_file_that_cannot_be_written_is_an_os_error(filled, tmp_path):
    path = tmp_path / "no-such-folder" / "passages.faiss"

    with pytest.raises(OSError, match=f"cannot write {path}"):
        write_finder(filled(unit_rows(1))._rows, path, DIMENSION)
