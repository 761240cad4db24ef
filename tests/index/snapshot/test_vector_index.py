"""FAISS finds the nearest by their rounding or their codes; cosines are those of the rows."""

import faiss
import numpy as np
import pytest

from index.errors import SnapshotCorruptError
from index.snapshot.vector_file import VectorFile, as_bytes, write_header
from index.snapshot.vector_index import PassageVectors, write_faiss_index

DIMENSION = 16
MANY = 2000
WAYS = {"rounded": MANY, "coded": 0}


def unit_rows(count, seed=0):
    """Unit vectors around a few topics, as half precision holds them."""
    random = np.random.default_rng(seed)
    topics = np.random.default_rng(7).normal(size=(12, DIMENSION))
    rows = topics[random.integers(12, size=count)] + random.normal(size=(count, DIMENSION)) / 2
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float16).astype(np.float32)


@pytest.fixture
def filled(tmp_path):
    """Write vectors to files and open them; `rounded_up_to` decides how they are searched."""
    opened = []

    def fill(vectors, rounded_up_to=MANY, folder="."):
        rows_file, finder_file = (tmp_path / f"{len(opened)}{end}" for end in (".npy", ".faiss"))
        with rows_file.open("wb") as file:
            write_header(file, *vectors.shape)
            file.write(as_bytes(vectors))
        opened.append(VectorFile(rows_file, DIMENSION, len(vectors)))
        write_faiss_index(opened[-1], finder_file, DIMENSION, rounded_up_to)
        return PassageVectors.open(opened[-1], finder_file, DIMENSION)

    yield fill
    for rows in opened:
        rows.close()


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def rounded_up_to(request):
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


def test_search_by_rounding_equals_dot_product_and_sort(filled):
    rows = unit_rows(300)
    vectors = filled(rows)

    for question in unit_rows(20, seed=1):
        found = vectors.search(question, 10)
        order = nearest(rows, question, 10)
        assert list(found) == order
        assert list(found.values()) == pytest.approx((rows[order] @ question).tolist(), abs=1e-6)


def test_search_by_codes_finds_nearly_the_same_with_true_cosines(filled):
    rows, questions = unit_rows(MANY), unit_rows(50, seed=1)
    vectors = filled(rows, rounded_up_to=MANY - 1)
    hits = 0
    for question in questions:
        found = vectors.search(question, 20)
        hits += len(found.keys() & set(nearest(rows, question, 20)))
        assert list(found.values()) == pytest.approx((rows[list(found)] @ question), abs=1e-6)
        assert list(found.values()) == sorted(found.values(), reverse=True)

    assert hits / (20 * len(questions)) >= 0.95


def test_codes_take_a_quarter_of_the_room_and_a_number_each(filled, tmp_path):
    filled(unit_rows(MANY), rounded_up_to=MANY)
    filled(unit_rows(MANY), rounded_up_to=MANY - 1)

    rounded, coded = ((tmp_path / f"{number}.faiss").stat().st_size for number in (0, 1))
    assert rounded == pytest.approx(MANY * DIMENSION, abs=1000)
    assert coded == pytest.approx(MANY * (DIMENSION / 4 + 8), abs=3000)


@pytest.mark.parametrize("dimension", [7, 10])
def test_any_dimension_has_codes(tmp_path, dimension):
    vectors = np.random.default_rng(0).normal(size=(40, dimension)).astype(np.float32)
    with (tmp_path / "rows.npy").open("wb") as file:
        write_header(file, *vectors.shape)
        file.write(as_bytes(vectors))
    rows = VectorFile(tmp_path / "rows.npy", dimension, 40)

    write_faiss_index(rows, tmp_path / "passages.faiss", dimension, 0)
    found = PassageVectors.open(rows, tmp_path / "passages.faiss", dimension).search(vectors[7], 40)

    assert found.keys() == set(range(40))
    rows.close()


@pytest.mark.parametrize("share", [0.5, 0.1, 0.01])
def test_filter_lets_only_the_chosen_through_and_finds_the_nearest_of_them(
    filled, rounded_up_to, share
):
    rows = unit_rows(MANY)
    vectors = filled(rows, rounded_up_to)
    among = np.random.default_rng(2).random(MANY) < share
    hits = wanted = 0
    for question in unit_rows(30, seed=3):
        found = vectors.search(question, 10, among)
        assert among[list(found)].all()
        assert len(found) == min(10, among.sum())
        expected = set(nearest(rows, question, 10, among))
        hits, wanted = hits + len(expected & found.keys()), wanted + len(expected)

    assert hits / wanted >= (1 if rounded_up_to or share < 0.1 else 0.95)


@pytest.mark.parametrize("chosen", [[], [0], [1999], [3, 4, 5]])
def test_filter_of_few_finds_exactly_those_and_no_padding(filled, rounded_up_to, chosen):
    among = np.zeros(MANY, np.bool_)
    among[chosen] = True

    found = filled(unit_rows(MANY), rounded_up_to).search(unit_rows(1, seed=1)[0], 10, among)

    assert sorted(found) == chosen


@pytest.mark.parametrize("count", [1, 3])
def test_fewer_passages_than_wanted_are_all_found(filled, count):
    rows = unit_rows(count)

    found = filled(rows).search(rows[count - 1], 10)

    assert sorted(found) == list(range(count))
    assert next(iter(found)) == count - 1
    assert found[count - 1] == pytest.approx(1.0, abs=1e-3)


def test_padding_of_what_is_not_there_is_dropped(filled, rounded_up_to):
    found = filled(unit_rows(MANY), rounded_up_to).search(unit_rows(MANY)[5], MANY)

    assert next(iter(found)) == 5
    assert sorted(found) == list(range(MANY))


def test_clusters_of_an_index_of_before_are_all_compared(filled, tmp_path):
    rows, questions = unit_rows(MANY), unit_rows(20, seed=1)
    vectors = filled(rows)
    bits, metric = faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    clusters = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(DIMENSION), DIMENSION, 40, bits, metric
    )
    clusters.train(rows)
    clusters.add(rows)
    faiss.write_index(clusters, str(tmp_path / "before.faiss"))

    opened = PassageVectors.open(vectors._vectors, tmp_path / "before.faiss", DIMENSION)

    for question in questions:
        assert list(opened.search(question, 10)) == nearest(rows, question, 10)


def test_empty_store_finds_nothing(filled):
    assert filled(unit_rows(0)).search(unit_rows(1)[0], 5) == {}


def test_rows_are_numbered_as_added(filled, rounded_up_to, monkeypatch):
    monkeypatch.setattr("index.snapshot.vector_index._AT_ONCE", 4)
    rows = unit_rows(30)

    vectors = filled(rows, rounded_up_to)

    assert [next(iter(vectors.search(row, 1))) for row in rows] == list(range(30))
    assert np.array_equal(vectors.read(range(30)), rows)
    assert np.array_equal(vectors.read([3, 4]), rows[3:5])


def test_cosines_of_named_passages_are_dot_products(filled, rounded_up_to):
    rows, question = unit_rows(30), unit_rows(1, seed=1)[0]
    vectors = filled(rows, rounded_up_to)

    found = vectors.cosines(question, [29, 0, 7])

    assert list(found) == [29, 0, 7]
    assert list(found.values()) == pytest.approx((rows[[29, 0, 7]] @ question).tolist(), abs=1e-6)
    assert vectors.cosines(question, []) == {}


def test_cosines_of_many_passages_are_read_block_by_block(filled, monkeypatch):
    rows, question = unit_rows(30), unit_rows(1, seed=1)[0]
    vectors = filled(rows)
    asked, at_once = [29, 3, *range(10, 20), 0], []
    read = VectorFile.read
    monkeypatch.setattr(VectorFile, "read", lambda *args: at_once.append(args[1]) or read(*args))
    monkeypatch.setattr("index.snapshot.vector_index._AT_ONCE", 7)

    found = vectors.cosines(question, asked)

    assert [len(numbers) for numbers in at_once] == [7, 6]
    assert list(found) == asked
    assert list(found.values()) == pytest.approx((rows[asked] @ question).tolist(), abs=1e-6)


@pytest.mark.parametrize(
    ("dimension", "count", "expected"),
    [
        (DIMENSION + 1, 20, "20 vectors of 16, expected 20 of 17"),
        (DIMENSION, 21, "20 vectors of 16, expected 21 of 16"),
    ],
)
def test_finder_of_other_rows_is_refused(filled, file, dimension, count, expected):
    rows = filled(unit_rows(count))._vectors
    with pytest.raises(SnapshotCorruptError) as caught:
        PassageVectors.open(rows, file, dimension)

    assert caught.value.path == file
    assert caught.value.detail == expected


@pytest.mark.parametrize("kept", [0, 1, 4, 20, 44, 45, 90, 300, -200, -8])
def test_cut_file_is_refused(filled, rounded_up_to, tmp_path, kept):
    rows = filled(unit_rows(20), rounded_up_to)._vectors
    file = tmp_path / "0.faiss"
    file.write_bytes(file.read_bytes()[:kept])

    with pytest.raises(SnapshotCorruptError, match="FAISS cannot read it"):
        PassageVectors.open(rows, file, DIMENSION)


def test_other_file_is_refused(filled, file):
    rows = filled(unit_rows(20))._vectors
    file.write_bytes(b"no vectors at all " * 50)

    with pytest.raises(SnapshotCorruptError, match="FAISS cannot read it"):
        PassageVectors.open(rows, file, DIMENSION)


def test_missing_file_is_refused(filled, tmp_path):
    with pytest.raises(SnapshotCorruptError, match=r"gone\.faiss"):
        PassageVectors.open(filled(unit_rows(1))._vectors, tmp_path / "gone.faiss", DIMENSION)


def test_file_that_cannot_be_written_is_an_os_error(filled, tmp_path):
    path = tmp_path / "no-such-folder" / "passages.faiss"

    with pytest.raises(OSError, match=f"cannot write {path}"):
        write_faiss_index(filled(unit_rows(1))._vectors, path, DIMENSION)
