"""What was encoded outlives a build that was not finished, for the same encoder and text."""

from dataclasses import replace

import numpy as np
import pytest

from index.build.checkpoint import Checkpoint
from index.encoders.base import EncodedPassage, PassageText
from index.errors import IndexWriteError
from index.models import Span
from tests.index.hash_encoder import HashEncoder

ENCODER = HashEncoder().description
TEXT = PassageText("Bridge opens", "It opened. It is red.", (Span(0, 10), Span(11, 21)))
VECTORS = EncodedPassage(
    np.linspace(0, 1, 16, dtype=np.float32),
    np.linspace(-1, 1, 32, dtype=np.float16).astype(np.float32).reshape(2, 16),
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / ".encoded.db"


def test_vectors_come_back_after_the_checkpoint_was_closed(path):
    with Checkpoint(path, ENCODER) as checkpoint:
        key = checkpoint.key(TEXT)
        assert key not in checkpoint
        checkpoint.add([(key, VECTORS)])

    with Checkpoint(path, ENCODER) as checkpoint:
        assert key in checkpoint
        found = checkpoint.get(key)

    assert np.array_equal(found.vector, VECTORS.vector)
    assert np.array_equal(found.sentences, VECTORS.sentences)


def test_vectors_that_are_gone_are_an_error_of_the_index(path):
    with Checkpoint(path, ENCODER) as checkpoint, pytest.raises(IndexWriteError) as lost:
        checkpoint.get(checkpoint.key(TEXT))

    assert str(lost.value) == (
        f"cannot write the index in {path.parent}: .encoded.db lost vectors that were in it; build "
        "again; the index in use was not changed, and the next build continues from here"
    )


@pytest.mark.parametrize(
    "other",
    [
        replace(TEXT, headline=""),
        replace(TEXT, text="It opened. It is blu."),
        replace(TEXT, sentences=(Span(0, 21),)),
    ],
)
def test_another_text_has_another_key(path, other):
    with Checkpoint(path, ENCODER) as checkpoint:
        assert checkpoint.key(TEXT) != checkpoint.key(other)


@pytest.mark.parametrize(
    "changes",
    [
        {"weights_sha256": "1" * 64},
        {"files_sha256": "1" * 64},
        {"prompts": {"query": "", "document": "passage: "}},
    ],
)
def test_another_encoder_has_another_key(path, changes):
    with (
        Checkpoint(path, ENCODER) as checkpoint,
        Checkpoint(path, replace(ENCODER, **changes)) as o,
    ):
        assert checkpoint.key(TEXT) != o.key(TEXT)


def test_finished_build_leaves_nothing(path):
    checkpoint = Checkpoint(path, ENCODER)
    checkpoint.add([(checkpoint.key(TEXT), VECTORS)])

    checkpoint.discard()

    assert list(path.parent.iterdir()) == []
