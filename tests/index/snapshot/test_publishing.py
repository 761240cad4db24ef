"""A snapshot never changes: a new one is swapped in whole."""

import re
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

import index.snapshot.publishing
from index.errors import BuildRunningError
from index.files import hash_file
from index.snapshot.file_checks import sample_file
from index.snapshot.layout import Layout, current_folder
from index.snapshot.publishing import new_snapshot, publish
from index.snapshot.snapshot import open_snapshot
from index.store.manifest import FileRecord, read_manifest

DATA_FILES = [
    "changes.db",
    "coverage.db",
    "coverage.png",
    "encoder/model.onnx",
    "encoder/model.onnx.data",
    "encoder/tokenizer.json",
    "passages.faiss",
    "passages.npy",
    "sentences.npy",
]


@pytest.fixture
def index_dir(tiny_index, tmp_path):
    """A copy that may be changed."""
    copy = tmp_path / "index"
    shutil.copytree(tiny_index, copy, ignore=shutil.ignore_patterns(".lock"))
    return copy


def stage(index_dir, name="29991231T235959Z-ffffff"):
    """Lay out a copy of the snapshot in use, ready to be published."""
    current = Layout(current_folder(index_dir))
    layout = Layout(index_dir / "snapshots" / f".unfinished-{name}")
    layout.folder.mkdir()
    layout.encoder.folder.mkdir()
    for path in current.data_files:
        shutil.copy(path, layout.folder / path.relative_to(current.folder))
    return layout, read_manifest(current.manifest)


def republish(index_dir, name):
    layout, manifest = stage(index_dir, name)
    return publish(layout, manifest, index_dir, keep=2)


def files_of(folder):
    """What lies in the folder and those inside, by its path there."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in files)


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

    def test_manifest_holds_hash_size_and_sample_of_every_file(self, index_dir):
        folder = republish(index_dir, "29991231T235959Z-ffffff")
        manifest = read_manifest(folder / "manifest.json")

        assert manifest.files == {
            name: FileRecord(
                hash_file(folder / name),
                (folder / name).stat().st_size,
                sample_file(folder / name),
            )
            for name in DATA_FILES
        }
        assert files_of(folder) == sorted([*DATA_FILES, "manifest.json"])

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
        before = [old.database.article(0), old.sentence_vectors.read([0, 1])]
        for minute in range(3):
            republish(index_dir, f"29991231T23590{minute}Z-ffffff")

        assert old.database.article(0) == before[0]
        assert np.array_equal(old.sentence_vectors.read([0, 1]), before[1])
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

    def test_as_many_are_kept_as_asked_for(self, index_dir):
        first = current_folder(index_dir).name
        for second in range(3):
            layout, manifest = stage(index_dir, f"29991231T23590{second}Z-ffffff")
            publish(layout, manifest, index_dir, keep=4)
        kept = sorted(path.name for path in (index_dir / "snapshots").iterdir())
        assert kept == [first, *(f"29991231T23590{second}Z-ffffff" for second in range(3))]

        layout, manifest = stage(index_dir, "29991231T235903Z-ffffff")
        newest = publish(layout, manifest, index_dir, keep=1)
        assert list((index_dir / "snapshots").iterdir()) == [newest]

    def test_what_is_not_published_is_removed(self, tmp_path):
        with new_snapshot(tmp_path) as layout:
            assert re.fullmatch(r"\.unfinished-\d{8}T\d{6}Z-[0-9a-f]{6}", layout.folder.name)
            layout.database.write_text("half a file")

        assert list((tmp_path / "snapshots").iterdir()) == []

    # Killed between opening a file and using it, it stays open.
    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    def test_killed_at_any_line_one_of_the_two_still_serves(self, index_dir, tmp_path):
        """Raise at the first line of `publishing.py` that `publish` runs, the second, …"""
        old = serves(index_dir)
        served = []
        for line in range(1, 1000):
            copy = tmp_path / f"killed-{line}"
            shutil.copytree(index_dir, copy)
            layout, manifest = stage(copy)
            was_killed = kill_at(
                line, lambda ready=(layout, manifest, copy): publish(*ready, keep=2)
            )
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
            publish(layout, manifest, index_dir, keep=2)

        assert serves(index_dir) == old


class Killed(BaseException):
    pass


def kill_at(count, action):
    """Run it and raise at the `count`-th line of `publishing.py`; tell whether it came."""
    seen = 0

    def trace(frame, event, _):
        nonlocal seen
        if frame.f_code.co_filename != index.snapshot.publishing.__file__:
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


class TestLock:
    def test_second_build_says_so_and_changes_nothing(self, index_dir):
        before = sorted(index_dir.rglob("*"))
        with new_snapshot(index_dir) as layout:
            with pytest.raises(BuildRunningError) as caught, new_snapshot(index_dir):
                pass
            assert layout.folder.is_dir()

        assert str(caught.value) == (
            f"another build of {index_dir} is running: wait for it to end, or stop it; "
            "nothing was changed"
        )
        assert sorted(index_dir.rglob("*")) == sorted([*before, index_dir / ".lock"])

    def test_next_build_may_begin_when_one_has_ended(self, index_dir):
        for _ in range(2):
            with new_snapshot(index_dir) as layout:
                assert layout.folder.is_dir()

    def test_rest_of_a_killed_build_is_removed(self, index_dir):
        rest = index_dir / "snapshots" / ".unfinished-20200101T000000Z-000000"
        rest.mkdir()
        (rest / "coverage.db").write_text("half a file")
        (index_dir / ".CURRENT-20200101T000000Z-000000").write_text("half")

        with new_snapshot(index_dir):
            assert not rest.exists()
            assert not list(index_dir.glob(".CURRENT*"))
