"""Every bot on an edition has its encoder and its reader; any other is refused by name."""

import json
from contextlib import closing
from dataclasses import replace

import pytest

from index.build.from_milvus import copy_to_folder
from index.coverage import Coverage, open_coverage
from index.errors import SnapshotMismatchError
from index.milvus.engine import Engine
from index.milvus.rows import divide_text, join_text
from index.milvus.schema import Table
from index.milvus.store import MilvusStore
from index.reader.base import ReaderIdentity
from index.reader.opening import identify_reader
from index.snapshot.snapshot import open_snapshot
from scripts.build_index import build_index
from tests.index.fake_reader import ENGLISH, FakeReader
from tests.index.hash_encoder import HashEncoder

pytestmark = pytest.mark.slow

READER = ReaderIdentity("on-record-reader", "a" * 64)
OTHER = ReaderIdentity("my-reader", "b" * 64)


@pytest.fixture
def edit(address):
    """Write the record of an edition anew: `change` is given its fields."""

    def run(change, number=1):
        with Engine(address) as engine:
            fields = ["number", "id", "record"]
            (row,) = engine.query(Table.EDITIONS, f"number == {number}", fields, is_fresh=True)
            record = json.loads(join_text(row["record"]))
            change(record)
            engine.insert(Table.EDITIONS, [row | {"record": divide_text(json.dumps(record))}])

    return run


@pytest.fixture
def reopen(address):
    """Open the edition in use as a running bot does, with this reader and encoder in memory."""

    def run(reader=None, encoder=None, model=""):
        description = replace(ENGLISH, name=reader.name, sha256=reader.sha256) if reader else None
        replaced = Coverage(
            MilvusStore(address),
            encoder or HashEncoder(),
            reader=FakeReader({}, description) if description else None,
        )
        with replaced:
            open_coverage(address, model, replaced=replaced).close()

    return run


class TestReader:
    def test_only_that_of_the_build_or_none_opens_the_edition(
        self, build, write_articles, reopen, address
    ):
        build(write_articles(range(1)), reader=READER)

        reopen(READER)
        reopen(None)
        with pytest.raises(SnapshotMismatchError) as caught:
            reopen(OTHER)

        assert str(READER) in str(caught.value)
        assert str(OTHER) in str(caught.value)
        assert str(address) in str(caught.value)
        assert "READER" in str(caught.value)

    def test_edition_of_a_version_before_opens_with_any(self, build, write_articles, reopen, edit):
        build(write_articles(range(1)))
        edit(lambda record: record.update(schema=1))

        reopen(READER)

    def test_build_with_nothing_new_names_another_reader_and_encodes_nothing(
        self, build, write_articles, opened, reopen
    ):
        folder = write_articles(range(3))
        build(folder, reader=READER)
        first, again = build(folder, reader=READER)
        assert "edition-1" in first.folder

        summary, encoder = build(folder, reader=OTHER)

        assert "edition-2" in summary.folder
        assert (again.encoded, encoder.encoded) == ([], [])
        assert summary.counts == first.counts
        reopen(OTHER)
        with pytest.raises(SnapshotMismatchError):
            reopen(READER)
        with opened() as store:
            assert len(store.numbers_by_key("")) == 3

    def test_folder_that_it_is_moved_to_names_none(self, build, write_articles, address, tmp_path):
        build(write_articles(range(1)), reader=READER)

        copy_to_folder(address, tmp_path / "back", "back")

        with open_snapshot(tmp_path / "back") as snapshot:
            assert snapshot.manifest.reader is None

    @pytest.mark.parametrize("setting", ["on", "off"])
    def test_builds_name_the_reader_of_the_setting(
        self, setting, run_here, build_folder, write_articles, address
    ):
        source = build_folder(write_articles(range(1)))

        ran = run_here(build_index, "--from", source, "--index", address.uri, "--reader", setting)

        assert ran.code == 0, ran.err
        with closing(MilvusStore(address)) as store:
            assert store.manifest.reader == identify_reader(setting, address.cache)


def test_other_encoder_is_refused_with_both_names(build, write_articles, reopen):
    build(write_articles(range(1)))
    other = HashEncoder(weights="1")

    with pytest.raises(SnapshotMismatchError) as caught:
        reopen(encoder=other, model="hash")

    assert str(HashEncoder().description) in str(caught.value)
    assert str(other.description) in str(caught.value)
    assert "encoder" in str(caught.value)


@pytest.mark.parametrize("of", ["edition", "manifest"])
def test_edition_of_a_newer_version_is_refused_in_one_line(
    of, build, write_articles, edit, address
):
    build(write_articles(range(1)))

    def make_newer(record):
        if of == "edition":
            record.update(schema=99, what_nobody_knows_yet=True)
        else:
            manifest = json.loads(record["manifest"]) | {"schema_version": 99}
            record["manifest"] = json.dumps(manifest)

    edit(make_newer)

    with pytest.raises(SnapshotMismatchError) as caught:
        MilvusStore(address)
    assert str(caught.value).startswith(f"the index in {address} has schema version '99', but ")
    assert "a newer version of On Record built it: update this one" in str(caught.value)
    assert "\n" not in str(caught.value)
