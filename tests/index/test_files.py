"""A file is there whole or not at all; its hash tells it from any other."""

import hashlib

import pytest

from index.files import flush, hash_file, write_atomically


def test_text_is_written_in_utf_8_in_place_of_the_old_one(tmp_path):
    path = tmp_path / "a.md"
    write_atomically(path, "old")

    write_atomically(path, "Мост\r\n")

    assert path.read_bytes() == "Мост\r\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_file_that_could_not_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.md"
    write_atomically(path, "old")
    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, "new and longer")

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_file_is_flushed_before_it_takes_its_place(tmp_path, monkeypatch):
    path = tmp_path / "a.md"
    monkeypatch.setattr("os.fsync", lambda _: seen.append(path.exists()))
    seen = []

    write_atomically(path, "new")

    assert seen == [False]


@pytest.mark.parametrize("name", ["a.txt", "."], ids=["file", "folder"])
def test_file_and_folder_are_flushed(tmp_path, monkeypatch, name):
    flushed = []
    monkeypatch.setattr("os.fsync", flushed.append)
    (tmp_path / "a.txt").write_text("text")

    flush(tmp_path / name)

    assert len(flushed) == 1


def test_hash_is_that_of_all_bytes(tmp_path):
    path = tmp_path / "a.bin"
    path.write_bytes(b"x" * 3_000_000 + b"y")

    assert hash_file(path) == hashlib.sha256(b"x" * 3_000_000 + b"y").hexdigest()
