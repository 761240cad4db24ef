"""What an index says it was built by, and with which reader it has to be read."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import SnapshotMismatchError
from index.reader.base import ReaderIdentity
from index.store.manifest import Manifest, check_reader, manifest_text, parse_manifest
from tests.index.hash_encoder import HashEncoder

READER = ReaderIdentity("on-record-reader", "a" * 64)
OTHER = ReaderIdentity("on-record-reader", "b" * 64)


@pytest.fixture
def manifest():
    encoder = replace(HashEncoder().description, scales=None)
    return Manifest(encoder, 1, 2, 1, None, None, "2022-11-23T10:00:00+00:00", "a test")


@pytest.mark.parametrize("reader", [None, READER])
def test_manifest_names_the_reader_as_it_was_written(manifest, reader):
    written = manifest_text(replace(manifest, reader=reader))

    assert parse_manifest(written, Path("manifest.json"), "index").reader == reader


def test_manifest_without_a_reader_is_as_before_there_were_any(manifest):
    assert "reader" not in json.loads(manifest_text(manifest))


def test_other_reader_is_refused_with_both_names_and_the_remedy(manifest):
    with pytest.raises(SnapshotMismatchError) as caught:
        check_reader(replace(manifest, reader=READER), OTHER, "milvus://engine.example/news")

    assert str(caught.value) == (
        "the index in milvus://engine.example/news has reader 'on-record-reader (sha256 "
        "aaaaaaaaaaaa)', but 'on-record-reader (sha256 bbbbbbbbbbbb)' is in use: set READER to "
        "that of the index (a bundled one comes with its version of On Record), or build again "
        "with READER as it is here, which encodes nothing"
    )


@pytest.mark.parametrize(
    ("named", "used"), [(READER, READER), (READER, None), (None, OTHER), (None, None)]
)
def test_same_reader_none_and_any_where_none_is_named_are_accepted(manifest, named, used):
    check_reader(replace(manifest, reader=named), used, "index")
