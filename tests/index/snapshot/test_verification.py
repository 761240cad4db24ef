"""Verification finds what hashes find, and what is wrong although every hash is right."""

import json
import random
import shutil
import sqlite3

import pytest

from index.errors import SnapshotCorruptError, SnapshotNotFoundError
from index.files import hash_file
from index.snapshot.file_checks import sample_file, verify_copy, verify_files
from index.snapshot.layout import current_folder
from index.snapshot.verification import verify_snapshot
from tests.index.schema_3 import write_schema_3

DATA_FILES = [
    "coverage.db",
    "passages.npy",
    "passages.faiss",
    "sentences.npy",
    "coverage.png",
    "changes.db",
]


@pytest.fixture
def index_dir(tiny_index, tmp_path):
    copy = tmp_path / "index"
    shutil.copytree(tiny_index, copy)
    return copy


@pytest.fixture
def alter(index_dir):
    """Change the database, then make its hash right again."""

    def alter_database(statement, *values):
        folder = current_folder(index_dir)
        connection = sqlite3.connect(folder / "coverage.db")
        assert connection.execute(statement, values).rowcount == 1
        connection.commit()
        connection.close()
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        manifest["files"]["coverage.db"]["sha256"] = hash_file(folder / "coverage.db")
        (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")

    return alter_database


def problems(index_dir):
    return list(verify_snapshot(index_dir))


def test_index_as_built_has_no_problem(index_dir, sample_index):
    assert problems(index_dir) == []
    assert problems(sample_index) == []


@pytest.mark.parametrize("name", DATA_FILES)
@pytest.mark.parametrize("place", [0.0, 0.5, 0.999])
def test_altered_byte_is_found(index_dir, name, place):
    path = current_folder(index_dir) / name
    data = bytearray(path.read_bytes())
    data[int(len(data) * place)] ^= 1
    path.write_bytes(data)

    assert problems(index_dir) == [f"{name}: missing, or not the file that was built"]


@pytest.mark.parametrize("name", DATA_FILES)
def test_missing_file_is_found(index_dir, name):
    (current_folder(index_dir) / name).unlink()

    assert problems(index_dir) == [f"{name}: missing, or not the file that was built"]


def test_all_damaged_files_are_named(index_dir):
    for name in DATA_FILES:
        with (current_folder(index_dir) / name).open("ab") as file:
            file.write(b"\x00")

    assert problems(index_dir) == [
        f"{name}: missing, or not the file that was built" for name in DATA_FILES
    ]


@pytest.mark.parametrize("verify", [verify_files, verify_copy])
@pytest.mark.parametrize("schema", [3, 4])
@pytest.mark.parametrize("name", DATA_FILES)
def test_altered_or_missing_file_is_named(index_dir, name, verify, schema):
    folder = current_folder(index_dir)
    if schema == 3:
        write_schema_3(folder)
    verify(folder)

    with (folder / name).open("ab") as file:
        file.write(b"\x00")
    with pytest.raises(SnapshotCorruptError, match=f"{name}: missing, or not the file"):
        verify(folder)

    (folder / name).unlink()
    with pytest.raises(SnapshotCorruptError, match=f"{name}: missing, or not the file"):
        verify(folder)


@pytest.mark.parametrize("verify", [verify_files, verify_copy])
def test_file_that_the_manifest_does_not_know_is_refused(index_dir, verify):
    folder = current_folder(index_dir)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    del manifest["files"]["coverage.png"]
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")

    with pytest.raises(SnapshotCorruptError, match=r"coverage\.png: "):
        verify(folder)


class TestSample:
    SIZE = 1_000_000  # four times what is sampled

    @pytest.fixture
    def path(self, tmp_path):
        path = tmp_path / "a.bin"
        path.write_bytes(random.Random(1).randbytes(self.SIZE))  # no secret
        return path

    @pytest.mark.parametrize(
        ("start", "length"),
        [(0, 1), (999_999, 1), (400_000, 20_000), (980_000, 20_000)],
        ids=["first byte", "last byte", "a hole", "an end never filled"],
    )
    def test_what_goes_wrong_with_a_copy_changes_it(self, path, start, length):
        before, data = sample_file(path), bytearray(path.read_bytes())
        data[start : start + length] = bytes(length)

        path.write_bytes(data)

        assert sample_file(path) != before

    def test_single_byte_between_two_blocks_does_not(self, path):
        """That is what the hash of the whole file is for."""
        before, whole, data = sample_file(path), hash_file(path), bytearray(path.read_bytes())
        data[10_000] ^= 1

        path.write_bytes(data)

        assert sample_file(path) == before
        assert hash_file(path) != whole

    def test_of_a_small_file_it_is_the_hash_of_all(self, tmp_path):
        path = tmp_path / "a.bin"
        path.write_bytes(b"x" * 262_144)

        assert sample_file(path) == hash_file(path)


@pytest.mark.parametrize(
    "change",
    [
        "start = start + 1, end = end + 1",
        "end = end + 1",
        "start = start - 1",
        "start = end",
        "start = -5",
        "end = 100000",
    ],
)
def test_shifted_sentence_is_found(index_dir, alter, change):
    alter(f"UPDATE sentences SET {change} WHERE number = 1")  # noqa: S608  # from the list above

    assert "article awkward: sentence 1 is not a span of its text" in problems(index_dir)


def test_sentence_that_lost_its_first_letter_is_found(index_dir, alter):
    alter("UPDATE sentences SET start = start + 1 WHERE number = 1")

    assert problems(index_dir) != []


def test_sentences_in_the_wrong_order_are_found(index_dir, alter):
    alter("UPDATE sentences SET start = 0, end = 1 WHERE number = 1")

    assert "article awkward: sentence 1 is not a span of its text" in problems(index_dir)


def test_altered_text_is_found(index_dir, alter):
    alter("UPDATE articles SET text = replace(text, '412', '413') WHERE id = 'harbour-bridge'")

    assert problems(index_dir) == ["article harbour-bridge: its text is not the one that was read"]


def test_lost_sentence_is_found(index_dir, alter):
    alter("DELETE FROM sentences WHERE number = 1")

    found = problems(index_dir)

    assert len(found) == 3
    assert found[0].startswith("sentences: ")
    assert found[1] == "article awkward: text before sentence 2 is in none"
    assert found[2] == "article awkward: its passages do not hold exactly its sentences"


def test_lost_passage_is_found(index_dir, alter):
    alter("DELETE FROM passages WHERE number = 0")

    found = problems(index_dir)

    assert found[0].startswith("passages: ")
    assert "article awkward: its passages do not hold exactly its sentences" in found


@pytest.mark.parametrize("change", ["last = last - 1", "last = last + 1", "first = first + 1"])
def test_passage_of_other_sentences_is_found(index_dir, alter, change):
    alter(f"UPDATE passages SET {change} WHERE number = 1")  # noqa: S608  # from the list above

    assert problems(index_dir) == [
        "article awkward: its passages do not hold exactly its sentences"
    ]


def test_passage_given_to_another_article_is_found(index_dir, alter):
    alter("UPDATE passages SET article = 1 WHERE number = 0")

    assert problems(index_dir) == [
        "article awkward: its passages do not hold exactly its sentences",
        "article ferry-fares: its passages do not hold exactly its sentences",
    ]


def test_missing_index_is_no_list_of_problems(tmp_path):
    with pytest.raises(SnapshotNotFoundError):
        problems(tmp_path)


def test_unreadable_manifest_is_no_list_of_problems(index_dir):
    (current_folder(index_dir) / "manifest.json").write_text("{}")

    with pytest.raises(SnapshotCorruptError, match=r"manifest\.json"):
        problems(index_dir)
