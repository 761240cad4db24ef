"""A snapshot is opened whole, or refused with the file that is not as it should be."""

import json
import re
import shutil
import sqlite3
from dataclasses import replace

import numpy as np
import pytest

from index.encoders.model_files import BUNDLED_NAME
from index.errors import (
    SnapshotCorruptError,
    SnapshotError,
    SnapshotMismatchError,
    SnapshotNotFoundError,
)
from index.snapshot.file_checks import altered_files
from index.snapshot.layout import Layout, current_folder
from index.snapshot.snapshot import Snapshot, open_snapshot
from index.store.manifest import check_encoder, read_manifest, write_manifest
from tests.index.schema_3 import write_schema_3

DATA_FILES = [
    "coverage.db",
    "coverage.png",
    "passages.faiss",
    "passages.npy",
    "sentences.npy",
    "encoder/model.onnx",
    "encoder/model.onnx.data",
    "encoder/tokenizer.json",
]
SHAPE = r"shape \(\d+, 32\) of float16"
READ_FILES = ["coverage.db", "passages.faiss", "passages.npy", "sentences.npy"]


@pytest.fixture
def index_dir(tiny_index, tmp_path):
    """A copy that may be damaged."""
    copy = tmp_path / "index"
    shutil.copytree(tiny_index, copy)
    return copy


@pytest.fixture
def manifest_file(index_dir):
    return current_folder(index_dir) / "manifest.json"


def edit(manifest_file, **values):
    known = json.loads(manifest_file.read_text("utf-8"))
    manifest_file.write_text(json.dumps({**known, **values}), "utf-8")


class TestPointer:
    def test_missing_folder_says_how_to_build(self, tmp_path):
        with pytest.raises(SnapshotNotFoundError) as caught:
            open_snapshot(tmp_path / "gone")

        assert str(caught.value) == (
            f"no index in {tmp_path / 'gone'}: build one with: "
            f"python scripts/build_index.py ARTICLES --index {tmp_path / 'gone'}"
        )
        assert not (tmp_path / "gone").exists()

    def test_empty_folder_holds_no_index(self, tmp_path):
        with pytest.raises(SnapshotNotFoundError):
            open_snapshot(tmp_path)

    def test_file_in_place_of_the_folder_is_no_index(self, tmp_path):
        (tmp_path / "index").write_text("a file")

        with pytest.raises(SnapshotNotFoundError):
            open_snapshot(tmp_path / "index")

    @pytest.mark.parametrize("name", ["20200101T000000Z-000000", "", "\n", "\x00\x00"])
    def test_pointer_to_nothing_is_damage(self, index_dir, name):
        (index_dir / "CURRENT").write_text(name)

        with pytest.raises(SnapshotCorruptError) as caught:
            open_snapshot(index_dir)

        assert caught.value.path == index_dir / "CURRENT"
        assert caught.value.detail == f"it names {name.strip()!r}, which does not exist"

    def test_pointer_that_is_no_text_is_damage(self, index_dir):
        (index_dir / "CURRENT").write_bytes(b"\xff\xfe\x80")

        with pytest.raises(SnapshotCorruptError):
            open_snapshot(index_dir)

    def test_removed_snapshot_is_damage(self, index_dir):
        shutil.rmtree(current_folder(index_dir))

        with pytest.raises(SnapshotCorruptError, match="CURRENT"):
            open_snapshot(index_dir)


class TestManifest:
    @pytest.mark.parametrize(
        ("version", "remedy"),
        [
            (2, "rebuild it with: python scripts/build_index.py ARTICLES --index {}"),
            (99, "a newer version of On Record built it: update this one, or build another index"),
        ],
    )
    def test_another_schema_version_names_both_and_the_remedy(
        self, index_dir, manifest_file, version, remedy
    ):
        edit(manifest_file, schema_version=version)

        with pytest.raises(SnapshotMismatchError) as caught:
            open_snapshot(index_dir)

        assert (caught.value.expected, caught.value.found) == ("5", str(version))
        assert str(caught.value) == (
            f"the index in {index_dir} has schema version '{version}', but '5' is in use: "
            + remedy.format(index_dir)
        )

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"{",
            b"[]",
            b"null",
            b"{}",
            b'{"schema_version": 3}',
            b'{"schema_version": 4}',
            b'{"schema_version": 4, "encoder": 1, "files": {}}',
            b'{"schema_version": 4, "encoder": {}, "files": {}}',
            b"\xff\xfe",
        ],
    )
    def test_file_that_is_no_manifest_is_damage(self, index_dir, manifest_file, content):
        manifest_file.write_bytes(content)

        with pytest.raises(SnapshotCorruptError) as caught:
            open_snapshot(index_dir)

        assert caught.value.path == manifest_file

    def test_missing_manifest_is_damage(self, index_dir, manifest_file):
        manifest_file.unlink()

        with pytest.raises(SnapshotCorruptError, match=r"manifest\.json: not a manifest"):
            open_snapshot(index_dir)

    def test_unknown_field_is_damage(self, index_dir, manifest_file):
        edit(manifest_file, surprise=1)

        with pytest.raises(SnapshotCorruptError, match="not a manifest"):
            open_snapshot(index_dir)

    def test_another_encoder_names_both_and_the_command(self, index_dir, encoder, tiny_encoder):
        manifest = read_manifest(current_folder(index_dir) / "manifest.json")
        check_encoder(manifest, tiny_encoder.description, index_dir)

        with pytest.raises(SnapshotMismatchError) as caught:
            check_encoder(manifest, encoder.description, index_dir)

        message = str(caught.value)
        assert f"{BUNDLED_NAME} (weights {encoder.description.weights_sha256[:12]}, " in message
        tiny = tiny_encoder.description
        assert f"{tiny.name} (weights {tiny.weights_sha256[:12]}, " in message
        assert f"build_index.py ARTICLES --index {index_dir}" in message

    def test_same_name_with_other_weights_is_another_encoder(self, index_dir, tiny_encoder):
        manifest = read_manifest(current_folder(index_dir) / "manifest.json")
        encoder = replace(manifest.encoder, weights_sha256="0" * 64, files_sha256="1" * 64)
        altered = replace(manifest, encoder=encoder)

        with pytest.raises(SnapshotMismatchError, match="weights 000000000000, files 111111111111"):
            check_encoder(altered, tiny_encoder.description, index_dir)

    @pytest.mark.parametrize("changes", [{}, {"encoder_int8": False}])
    def test_manifest_of_schema_3_says_the_same(self, index_dir, manifest_file, changes):
        built = read_manifest(manifest_file)
        write_schema_3(manifest_file.parent, **changes)

        with open_snapshot(index_dir) as snapshot:
            old = snapshot.manifest

        assert old.schema_version == 3
        assert replace(old, files=built.files, schema_version=built.schema_version) == built
        assert {name: record.sha256 for name, record in old.files.items()} == {
            name: record.sha256 for name, record in built.files.items()
        }
        assert {(record.size, record.sample) for record in old.files.values()} == {(None, None)}

    def test_unknown_field_of_schema_3_is_damage(self, index_dir, manifest_file):
        write_schema_3(manifest_file.parent, surprise=1)

        with pytest.raises(SnapshotCorruptError, match="not a manifest"):
            open_snapshot(index_dir)

    def test_manifest_is_read_as_it_was_written(self, manifest_file, tmp_path):
        manifest = read_manifest(manifest_file)

        write_manifest(tmp_path / "manifest.json", manifest)

        assert read_manifest(tmp_path / "manifest.json") == manifest


class TestFiles:
    @pytest.mark.parametrize("name", DATA_FILES)
    def test_missing_file_is_named(self, index_dir, name):
        path = current_folder(index_dir) / name
        path.unlink()

        with pytest.raises(SnapshotCorruptError) as caught:
            open_snapshot(index_dir)

        assert caught.value.path == path
        assert "build it again with build_index.py" in str(caught.value)

    @pytest.mark.parametrize("name", READ_FILES)
    @pytest.mark.parametrize("kept", [0, 60, 0.5])
    def test_cut_file_is_named(self, index_dir, name, kept):
        path = current_folder(index_dir) / name
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * kept) if kept == 0.5 else kept])

        with pytest.raises(SnapshotCorruptError) as caught:
            open_snapshot(index_dir)

        assert caught.value.path == path

    @pytest.mark.parametrize("name", READ_FILES)
    def test_other_file_is_named(self, index_dir, name):
        path = current_folder(index_dir) / name
        path.write_bytes(b"something else entirely " * 400)

        with pytest.raises(SnapshotCorruptError) as caught:
            open_snapshot(index_dir)

        assert caught.value.path == path

    @pytest.mark.parametrize(
        ("field", "file", "detail"),
        [
            ("passages", "passages.npy", rf"{SHAPE}, expected \(\d+, 32\) of float16"),
            ("sentences", "sentences.npy", rf"{SHAPE}, expected \(\d+, 32\) of float16"),
            ("articles", "coverage.db", "8 articles, expected 9"),
        ],
    )
    def test_count_that_is_not_the_manifest_s_is_named(
        self, index_dir, manifest_file, field, file, detail
    ):
        known = json.loads(manifest_file.read_text("utf-8"))
        edit(manifest_file, **{field: known[field] + 1})

        with pytest.raises(SnapshotCorruptError) as caught:
            open_snapshot(index_dir)

        assert caught.value.path.name == file
        assert re.fullmatch(detail, caught.value.detail)

    def test_dimension_that_is_not_the_manifest_s_is_named(self, index_dir, manifest_file):
        known = json.loads(manifest_file.read_text("utf-8"))
        edit(manifest_file, encoder=known["encoder"] | {"dimension": 33})

        with pytest.raises(SnapshotCorruptError) as caught:
            open_snapshot(index_dir)

        assert caught.value.path.name == "passages.npy"
        assert re.fullmatch(rf"{SHAPE}, expected \(\d+, 33\) of float16", caught.value.detail)

    def test_pickled_vectors_are_never_loaded(self, index_dir):
        path = current_folder(index_dir) / "sentences.npy"
        np.save(path, np.array([{"not": "numbers"}], dtype=object), allow_pickle=True)

        with pytest.raises(SnapshotCorruptError, match="NumPy cannot read it"):
            open_snapshot(index_dir)

    @pytest.mark.parametrize("name", DATA_FILES)
    def test_file_altered_by_one_bit_is_found_by_its_hash(self, index_dir, manifest_file, name):
        layout = Layout(current_folder(index_dir))
        assert altered_files(layout, read_manifest(manifest_file)) == []
        path = layout.folder / name
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)

        assert altered_files(layout, read_manifest(manifest_file)) == [path]

    def test_every_error_can_be_caught_as_one(self):
        assert issubclass(SnapshotCorruptError, SnapshotError)
        assert issubclass(SnapshotMismatchError, SnapshotError)
        assert issubclass(SnapshotNotFoundError, SnapshotError)


def test_open_snapshot_is_what_was_built(tiny_index):
    with open_snapshot(tiny_index) as snapshot:
        manifest = snapshot.manifest

        assert isinstance(snapshot, Snapshot)
        assert manifest.articles == snapshot.database.count("articles") == 8
        assert manifest.sentences == snapshot.database.count("sentences")
        assert len(snapshot.sentence_vectors) == manifest.sentences


def test_snapshot_may_be_closed_twice(tiny_index):
    snapshot = open_snapshot(tiny_index)

    snapshot.close()
    snapshot.close()

    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        snapshot.database.count("articles")


def test_snapshot_answers_after_its_folder_is_removed(index_dir):
    """Two builds later the folder goes, while a bot may still answer from it."""
    with open_snapshot(index_dir) as snapshot:
        expected = snapshot.layout.picture.read_bytes()
        shutil.rmtree(snapshot.layout.folder)

        assert snapshot.picture == expected
        assert len(list(snapshot.database.articles())) == 8
        passages, sentences = snapshot.vectors_of(0)
        assert passages.shape[1] == sentences.shape[1] == 32
        assert snapshot.passage_vectors.search(passages[0], 1) == {0: pytest.approx(1, abs=1e-3)}
