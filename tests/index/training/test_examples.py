"""Examples are read as they were written, and several files become one collection."""

import gzip

import pytest

from index.errors import InputFileError
from index.models import Span
from index.training.examples import Collection, Example, merge, read_examples, write_examples

ONE = Collection(
    ["Falk did.", "“Naïve” 🚢\nline", "It rained."],
    ["Bridge", "", "Мост"],
    [
        Example("Who did?", (0, 2), 1, (Span(0, 4),)),
        Example("Who, né Falk?", (1, 0), 2, (None, Span(1, 3))),
        Example("Why?", (2,), 0),
    ],
)
OTHER = Collection(["It sank."], ["Ferry"], [Example("What?", (0,), 1, (None,))])


@pytest.mark.parametrize("collection", [ONE, OTHER, Collection([], [], [])])
def test_examples_are_read_as_they_were_written(tmp_path, collection):
    write_examples(collection, tmp_path / "examples.jsonl.gz")

    assert read_examples(tmp_path / "examples.jsonl.gz") == collection


def test_merged_examples_keep_their_windows():
    merged = merge([ONE, OTHER, ONE])

    assert [each.question for each in merged.examples] == [
        each.question for one in (ONE, OTHER, ONE) for each in one.examples
    ]
    shown = [
        [(merged.windows[place], merged.titles[place]) for place in each.windows]
        for each in merged.examples
    ]
    expected = [
        [(one.windows[place], one.titles[place]) for place in each.windows]
        for one in (ONE, OTHER, ONE)
        for each in one.examples
    ]
    assert shown == expected
    assert [each.spans for each in merged.examples[:3]] == [each.spans for each in ONE.examples]


@pytest.mark.parametrize(
    "data",
    [
        b"plain text",
        gzip.compress(b"no json\n", mtime=0),
        gzip.compress(b'{"windows": 3, "examples": 1}\n["a", "b"]\n', mtime=0),
        gzip.compress(b'{"windows": 0, "examples": 1}\n{"question": "Who?"}\n', mtime=0),
        gzip.compress(b"", mtime=0),
        gzip.compress(b'{"windows": 0, "examples": 0}\n' * 99, mtime=0)[:-9],
        gzip.compress(b'{"windows": 0, "examples": 0}\n', mtime=0)[:10] + b"\xff" * 40,
    ],
)
def test_another_file_is_one_clear_error(tmp_path, data):
    path = tmp_path / "examples.jsonl.gz"
    path.write_bytes(data)

    with pytest.raises(InputFileError) as found:
        read_examples(path)

    assert str(found.value) == f"{path}: not a file of `prepare`, or cut short"
