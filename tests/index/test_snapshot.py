"""A snapshot never changes: a new one is swapped in whole, and a damaged one is refused."""

import json
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import index.snapshot
from index.encoder import BUNDLED_NAME
from index.errors import (
    SnapshotCorruptError,
    SnapshotError,
    SnapshotMismatchError,
    SnapshotNotFoundError,
)
from index.snapshot import (
    Layout,
    Snapshot,
    check_encoder,
    current_folder,
    hash_file,
    new_snapshot,
    open_snapshot,
    publish,
    read_manifest,
)

DATA_FILES = ["coverage.db", "passages.faiss", "sentences.npy"]


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


def stage(index_dir, name="29991231T235959Z-ffffff"):
    """Lay out a copy of the snapshot in use, ready to be published."""
    current = Layout(current_folder(index_dir))
    layout = Layout(index_dir / "snapshots" / f".unfinished-{name}")
    layout.folder.mkdir()
    for path in current.data_files:
        shutil.copy(path, layout.folder)
    return layout, read_manifest(current.manifest)


def republish(index_dir, name):
    layout, manifest = stage(index_dir, name)
    return publish(layout, manifest, index_dir)


def serves(index_dir):
    """Open the snapshot in use, ask it something, and return its id."""
    snapshot = open_snapshot(index_dir)
    try:
        assert snapshot.database.article(0).id == "awkward"
        assert snapshot.passage_vectors.search(np.ones(32, np.float32), 1)
        return snapshot.id
    finally:
        snapshot.close()


class TestPublishing:
    def test_pointer_names_the_new_folder(self, index_dir):
        folder = republish(index_dir, "29991231T235959Z-ffffff")

        assert folder == index_dir / "snapshots" / "29991231T235959Z-ffffff"
        assert (index_dir / "CURRENT").read_text("utf-8") == "29991231T235959Z-ffffff\n"
        assert current_folder(index_dir) == folder
        assert serves(index_dir) == folder.name

    def test_manifest_holds_the_hash_of_every_file(self, index_dir):
        folder = republish(index_dir, "29991231T235959Z-ffffff")
        manifest = read_manifest(folder / "manifest.json")

        assert manifest.files == {name: hash_file(folder / name) for name in DATA_FILES}
        assert sorted(path.name for path in folder.iterdir()) == sorted(
            [*DATA_FILES, "manifest.json"]
        )

    def test_nothing_but_snapshots_and_the_pointer_is_left(self, index_dir):
        republish(index_dir, "29991231T235959Z-ffffff")

        assert sorted(path.name for path in index_dir.iterdir()) == ["CURRENT", "snapshots"]
        assert not list((index_dir / "snapshots").glob(".*"))

    def test_reader_of_the_old_pointer_still_reads_it_whole(self, index_dir):
        """An in-place write would show the reader another name, or half of one."""
        old = (index_dir / "CURRENT").read_text("utf-8")
        with (index_dir / "CURRENT").open(encoding="utf-8") as held:
            republish(index_dir, "29991231T235959Z-ffffff")
            assert held.read() == old

    def test_open_snapshot_answers_on_while_another_is_swapped_in(self, index_dir):
        old = open_snapshot(index_dir)
        before = [old.database.article(0), np.array(old.sentence_vectors)]
        for minute in range(3):
            republish(index_dir, f"29991231T23590{minute}Z-ffffff")

        assert old.database.article(0) == before[0]
        assert np.array_equal(old.sentence_vectors, before[1])
        old.close()

    def test_two_snapshots_are_kept(self, index_dir):
        first = current_folder(index_dir).name
        names = [f"29991231T23590{second}Z-ffffff" for second in range(3)]
        kept = []
        for name in names:
            republish(index_dir, name)
            kept.append(sorted(path.name for path in (index_dir / "snapshots").iterdir()))

        assert kept == [[first, names[0]], names[:2], names[1:]]

    def test_two_snapshots_are_kept_where_the_clock_went_back(self, index_dir):
        """Or where three builds fell into one second: the names are no order then."""
        for name in ("29991231T235958Z-ffffff", "29991231T235959Z-ffffff"):
            republish(index_dir, name)
        newest = republish(index_dir, "20000101T000000Z-000000")

        kept = [path.name for path in (index_dir / "snapshots").iterdir()]
        assert newest.name in kept
        assert len(kept) == 2

    def test_what_is_not_published_is_removed(self, tmp_path):
        with new_snapshot(tmp_path) as layout:
            assert re.fullmatch(r"\.unfinished-\d{8}T\d{6}Z-[0-9a-f]{6}", layout.folder.name)
            layout.database.write_text("half a file")

        assert list((tmp_path / "snapshots").iterdir()) == []

    # Killed between opening a file and using it, it stays open.
    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    def test_killed_at_any_line_one_of_the_two_still_serves(self, index_dir, tmp_path):
        """Raise at the first line of `index/snapshot.py` that `publish` runs, the second, …"""
        old = serves(index_dir)
        served = []
        for line in range(1, 1000):
            copy = tmp_path / f"killed-{line}"
            shutil.copytree(index_dir, copy)
            layout, manifest = stage(copy)
            was_killed = kill_at(line, lambda ready=(layout, manifest, copy): publish(*ready))
            served.append(serves(copy))
            shutil.rmtree(copy)
            if not was_killed:
                break

        swapped = served.index("29991231T235959Z-ffffff")
        assert set(served[:swapped]) == {old}
        assert set(served[swapped:]) == {"29991231T235959Z-ffffff"}
        assert 20 < swapped < len(served) - 3

    def test_failed_rename_leaves_the_old_one_serving(self, index_dir, monkeypatch):
        old = serves(index_dir)
        layout, manifest = stage(index_dir)

        def fail(self, target):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", fail)
        with pytest.raises(OSError, match="No space left"):
            publish(layout, manifest, index_dir)

        assert serves(index_dir) == old


class Killed(BaseException):
    pass


def kill_at(count, action):
    """Run it and raise at the `count`-th line of `index/snapshot.py`; tell whether it came."""
    seen = 0

    def trace(frame, event, _):
        nonlocal seen
        if frame.f_code.co_filename != index.snapshot.__file__:
            return None
        if event == "line":
            seen += 1
            if seen == count:
                raise Killed
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    except Killed:
        return True
    finally:
        sys.settrace(before)
    return False


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
    def test_another_schema_version_names_both_and_the_command(self, index_dir, manifest_file):
        edit(manifest_file, schema_version=99)

        with pytest.raises(SnapshotMismatchError) as caught:
            open_snapshot(index_dir)

        assert (caught.value.expected, caught.value.found) == ("1", "99")
        assert str(caught.value) == (
            f"the index in {index_dir} has schema version '99', but '1' is in use: rebuild it "
            f"with: python scripts/build_index.py ARTICLES --index {index_dir}"
        )

    @pytest.mark.parametrize(
        "content", [b"", b"{", b"[]", b"null", b"{}", b'{"schema_version": 1}', b"\xff\xfe"]
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
        check_encoder(manifest, tiny_encoder, index_dir)

        with pytest.raises(SnapshotMismatchError) as caught:
            check_encoder(manifest, encoder, index_dir)

        message = str(caught.value)
        assert f"{BUNDLED_NAME} (weights {encoder.weights_sha256[:12]})" in message
        assert f"{tiny_encoder.name} (weights {tiny_encoder.weights_sha256[:12]})" in message
        assert f"build_index.py ARTICLES --index {index_dir}" in message

    def test_same_name_with_other_weights_is_another_encoder(self, index_dir, tiny_encoder):
        manifest = read_manifest(current_folder(index_dir) / "manifest.json")
        altered = replace(manifest, weights_sha256="0" * 64)

        with pytest.raises(SnapshotMismatchError, match="weights 000000000000"):
            check_encoder(altered, tiny_encoder, index_dir)


class TestFiles:
    @pytest.mark.parametrize("name", DATA_FILES)
    def test_missing_file_is_named(self, index_dir, name):
        path = current_folder(index_dir) / name
        path.unlink()

        with pytest.raises(SnapshotCorruptError) as caught:
            open_snapshot(index_dir)

        assert caught.value.path == path
        assert "build it again with build_index.py" in str(caught.value)

    @pytest.mark.parametrize("name", DATA_FILES)
    @pytest.mark.parametrize("kept", [0, 60, 0.5])
    def test_cut_file_is_named(self, index_dir, name, kept):
        path = current_folder(index_dir) / name
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * kept) if kept == 0.5 else kept])

        with pytest.raises(SnapshotCorruptError) as caught:
            open_snapshot(index_dir)

        assert caught.value.path == path

    @pytest.mark.parametrize("name", DATA_FILES)
    def test_other_file_is_named(self, index_dir, name):
        path = current_folder(index_dir) / name
        path.write_bytes(b"something else entirely " * 400)

        with pytest.raises(SnapshotCorruptError) as caught:
            open_snapshot(index_dir)

        assert caught.value.path == path

    @pytest.mark.parametrize(
        ("field", "file", "detail"),
        [
            ("dimension", "passages.faiss", r"\d+ vectors of 32, expected \d+ of 33"),
            ("passages", "passages.faiss", r"(\d+) vectors of 32, expected \d+ of 32"),
            ("sentences", "sentences.npy", r"shape \(\d+, 32\), expected \(\d+, 32\)"),
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

    def test_pickled_vectors_are_never_loaded(self, index_dir):
        path = current_folder(index_dir) / "sentences.npy"
        np.save(path, np.array([{"not": "numbers"}], dtype=object), allow_pickle=True)

        with pytest.raises(SnapshotCorruptError, match="NumPy cannot read it"):
            open_snapshot(index_dir)

    def test_every_error_can_be_caught_as_one(self):
        assert issubclass(SnapshotCorruptError, SnapshotError)
        assert issubclass(SnapshotMismatchError, SnapshotError)
        assert issubclass(SnapshotNotFoundError, SnapshotError)


def test_open_snapshot_is_what_was_built(tiny_index):
    snapshot = open_snapshot(tiny_index)
    manifest = snapshot.manifest

    assert isinstance(snapshot, Snapshot)
    assert manifest.articles == snapshot.database.count("articles") == 8
    assert manifest.sentences == snapshot.database.count("sentences")
    assert snapshot.sentence_vectors.shape == (manifest.sentences, 32)
    assert snapshot.sentence_vectors.dtype == np.float16
    assert isinstance(snapshot.sentence_vectors, np.memmap)
    snapshot.close()
