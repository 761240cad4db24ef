"""Killed at any moment or on a full disk: the old snapshot answers, the next build goes on."""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from index.build.checkpoint import Checkpoint
from index.build.pipeline import build_snapshot
from index.errors import IndexWriteError
from index.snapshot.snapshot import open_snapshot
from index.snapshot.verification import verify_snapshot
from tests.index.hash_encoder import HashEncoder

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[3]
ARTICLES = 60
LOST_AT_MOST = 64  # passages


def write_edition(folder, edition, articles=ARTICLES):
    """Write articles of which every word but the edition's is known, about 8 passages each."""
    folder.mkdir(exist_ok=True)
    lines = (
        {
            "id": f"story-{number}",
            "title": f"Story {number}",
            "text": "\n".join(
                f"Edition {edition} of story {number} says on line {line} that the harbour council "
                f"met again, heard the ferry's owner, and put off its vote by {line + 2} weeks."
                for line in range(30)
            ),
        }
        for number in range(articles)
    )
    path = folder / "stories.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)) + "\n", "utf-8")


def edition_served(index_dir):
    """Return the one edition that the snapshot in use is of; everything in it fits together."""
    assert list(verify_snapshot(index_dir)) == []
    snapshot = open_snapshot(index_dir)
    try:
        assert snapshot.manifest.articles == ARTICLES
        (edition,) = {article.text.split()[1] for article in snapshot.database.articles()}
        assert snapshot.passage_vectors.search(HashEncoder().encode_question("vote"), 3)
        return int(edition)
    finally:
        snapshot.close()


def start_build(folder, index_dir, log):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.index.hash_encoder", folder, index_dir, log],
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )


def build_killed_after(seconds, folder, index_dir, log):
    """Run a build and kill -9 it; tell whether it was still running."""
    build = start_build(folder, index_dir, log)
    assert build.stdout.readline() == "ready\n"
    time.sleep(seconds)
    was_running = build.poll() is None
    build.send_signal(signal.SIGKILL)
    build.communicate()
    return was_running


def lines_of(log):
    return log.read_text().splitlines() if log.exists() else []


def test_killed_at_twenty_moments_one_edition_answers_and_the_next_build_goes_on(tmp_path):
    folder, index_dir, log = tmp_path / "articles", tmp_path / "index", tmp_path / "log"
    write_edition(folder, 1)
    build_snapshot([folder], index_dir, HashEncoder(), "a test")
    moments = random.Random(4)  # no secret
    edition, served, killed, repeated = 2, 1, 0, []
    write_edition(folder, edition)
    for _ in range(20):
        before = set(lines_of(log))
        start = len(lines_of(log))
        killed += build_killed_after(moments.uniform(0, 0.9), folder, index_dir, log)
        repeated.append(sum(line in before for line in lines_of(log)[start:]))
        found = edition_served(index_dir)
        assert served <= found <= edition
        served = found
        if served == edition:
            edition += 1
            write_edition(folder, edition)
            log.write_text("")

    assert killed > 12
    assert max(repeated) <= LOST_AT_MOST
    build = start_build(folder, index_dir, log)
    build.communicate()
    assert build.returncode == 0
    assert edition_served(index_dir) == edition
    assert sorted(path.name for path in index_dir.iterdir()) == [".lock", "CURRENT", "snapshots"]
    assert len(list((index_dir / "snapshots").iterdir())) == 2


def test_build_goes_on_where_the_killed_one_stopped(tmp_path):
    folder, index_dir, log = tmp_path / "articles", tmp_path / "index", tmp_path / "log"
    write_edition(folder, 1)
    build = start_build(folder, index_dir, log)
    while len(lines_of(log)) <= 3 * LOST_AT_MOST:
        time.sleep(0.01)
    build.send_signal(signal.SIGKILL)
    build.communicate()
    done = set(lines_of(log))
    log.write_text("")

    summary = build_snapshot([folder], index_dir, HashEncoder(log), "a test")

    again = sum(line in done for line in lines_of(log))
    assert len(done) > 3 * LOST_AT_MOST
    assert again <= LOST_AT_MOST
    assert summary.encoded == summary.counts.passages - len(done) + again
    assert max(Counter(lines_of(log)).values()) == 1
    assert edition_served(index_dir) == 1


def test_stopped_build_is_taken_up_although_articles_have_changed(tmp_path):
    folder, index_dir = tmp_path / "articles", tmp_path / "index"
    write_edition(folder, 1, articles=40)
    stopping = HashEncoder()
    encode = stopping.encode_passages

    def encode_once(passages):
        if stopping.encoded:
            raise KeyboardInterrupt
        return encode(passages)

    stopping.encode_passages = encode_once
    with pytest.raises(KeyboardInterrupt):
        build_snapshot([folder], index_dir, stopping, "a test")
    write_edition(folder, 1)
    encoder = HashEncoder()

    build_snapshot([folder], index_dir, encoder, "a test")

    assert len(stopping.encoded) == LOST_AT_MOST
    assert not set(stopping.encoded) & set(encoder.encoded)
    assert edition_served(index_dir) == 1


def test_damaged_journal_only_costs_time(tmp_path):
    folder, index_dir = tmp_path / "articles", tmp_path / "index"
    write_edition(folder, 1)
    index_dir.mkdir()
    (index_dir / ".encoded.db").write_bytes(b"half a page of something " * 400)

    build_snapshot([folder], index_dir, HashEncoder(), "a test")

    assert edition_served(index_dir) == 1
    assert not (index_dir / ".encoded.db").exists()


def test_journal_of_another_encoder_is_not_used(tmp_path):
    folder, index_dir = tmp_path / "articles", tmp_path / "index"
    write_edition(folder, 1)
    other = HashEncoder(weights="1")
    with pytest.raises(IndexWriteError):
        build_snapshot([folder], index_dir, Full(other), "a test")
    assert Checkpoint(index_dir / ".encoded.db", other.description)._connection.execute(
        "SELECT count(*) FROM encoded"
    ).fetchone() == (LOST_AT_MOST,)
    encoder = HashEncoder()

    summary = build_snapshot([folder], index_dir, encoder, "a test")

    assert summary.encoded == len(encoder.encoded) == summary.counts.passages


class Full:
    """An encoder on a machine whose disk is full at the second batch."""

    def __init__(self, encoder):
        self._encoder = encoder
        self._batches = 0

    def __getattr__(self, name):
        return getattr(self._encoder, name)

    def install(self, files, exported):
        return self

    def encode_passages(self, passages):
        self._batches += 1
        if self._batches > 1:
            raise OSError(28, "No space left on device")
        return self._encoder.encode_passages(passages)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 1 MB, and a way to make it larger."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("mounting a small tmpfs needs more rights than this machine gives")

    def grow():
        subprocess.run([mount, "-o", "remount,size=64m", folder], check=True)

    yield folder, grow
    # Lazily: a caught error still holds what the build had open.
    subprocess.run([shutil.which("umount"), "-l", folder], check=True)


def test_full_disk_is_one_line_and_the_old_snapshot_answers(small_disk, tmp_path):
    disk, grow = small_disk
    folder, index_dir = tmp_path / "articles", disk / "index"
    write_edition(folder, 1, articles=5)
    build_snapshot([folder], index_dir, HashEncoder(), "a test")
    pointer = (index_dir / "CURRENT").read_bytes()
    write_edition(folder, 2)

    with pytest.raises(IndexWriteError) as caught:
        build_snapshot([folder], index_dir, HashEncoder(), "a test")

    assert "disk is full" in caught.value.reason or "No space left" in caught.value.reason
    assert (index_dir / "CURRENT").read_bytes() == pointer
    assert list(verify_snapshot(index_dir)) == []
    assert not list((index_dir / "snapshots").glob(".unfinished*"))
    grow()
    build_snapshot([folder], index_dir, HashEncoder(), "a test")
    assert edition_served(index_dir) == 2


@pytest.mark.parametrize("kilobytes", [8, 40, 100, 180, 260, 400, 600])
def test_file_that_cannot_grow_leaves_the_old_snapshot(tmp_path, kilobytes):
    """A limit on the size of files stops one file after another as it rises."""
    folder, index_dir = tmp_path / "articles", tmp_path / "index"
    write_edition(folder, 1)
    build_snapshot([folder], index_dir, HashEncoder(), "a test")
    pointer = (index_dir / "CURRENT").read_bytes()
    write_edition(folder, 2)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, hard))
    try:
        with pytest.raises(IndexWriteError):
            build_snapshot([folder], index_dir, HashEncoder(), "a test")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)

    assert (index_dir / "CURRENT").read_bytes() == pointer
    assert edition_served(index_dir) == 1
    build_snapshot([folder], index_dir, HashEncoder(), "a test")
    assert edition_served(index_dir) == 2
