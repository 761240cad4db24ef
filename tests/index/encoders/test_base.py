"""Passages share a forward pass with those of alike length, and come back in order."""

import time

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from index.encoders.base import PassageText, TextEncoder
from index.encoders.tokenization import PassageTokenizer
from index.models import Span

LIMIT = 60


class CountingEncoder(TextEncoder):
    """A token's vector is (its id, 1), a text's (its number of tokens, 1)."""

    _batch_tokens = LIMIT

    def __init__(self, passes=1):
        words = Tokenizer(models.WordLevel({"[UNK]": 0, "one": 1, "two": 2}, unk_token="[UNK]"))  # noqa: S106
        words.pre_tokenizer = pre_tokenizers.Whitespace()
        self.tokenizer = PassageTokenizer(words, prompts={}, window=100)
        self._passes = passes
        self.shapes = []

    def encode_question(self, question):
        raise NotImplementedError

    def install(self, files, exported):
        return self

    def _forward(self, batch):
        self.shapes.append(batch.ids.shape)
        tokens = np.stack([batch.ids, np.ones_like(batch.ids)], axis=-1).astype(np.float32)
        counts = batch.mask.sum(axis=1)
        return tokens, np.stack([counts, np.ones_like(counts)], axis=-1).astype(np.float32)


def direction(*vector):
    """The unit vector."""
    return np.array(vector) / np.linalg.norm(vector)


def test_alike_lengths_share_a_batch_of_so_many_tokens():
    encoder = CountingEncoder()
    lengths = [1 + number * 7 % 30 for number in range(120)]

    encoder.encode_passages([PassageText("", "one " * length, ()) for length in lengths])

    assert max(rows * length for rows, length in encoder.shapes) <= LIMIT
    assert sum(rows for rows, _ in encoder.shapes) == 120
    assert sum(rows * length for rows, length in encoder.shapes) < 1.1 * sum(lengths)
    assert len(encoder.shapes) < 45


def test_passage_over_the_limit_is_alone():
    encoder = CountingEncoder()

    encoder.encode_passages([PassageText("", "one " * length, ()) for length in (70, 80, 90)])

    assert encoder.shapes == [(1, 70), (1, 80), (1, 90)]


@pytest.mark.parametrize("passes", [1, 3])
def test_vectors_come_back_in_order(passes):
    encoder = CountingEncoder(passes)
    lengths = [1 + number * 7 % 30 for number in range(120)]

    encoded = encoder.encode_passages([PassageText("", "one " * length, ()) for length in lengths])

    for length, each in zip(lengths, encoded, strict=True):
        assert each.vector == pytest.approx(direction(length, 1))


def test_sentence_is_the_mean_of_its_tokens():
    text = "one two. two two"
    spans = (Span(0, 8), Span(9, 16), Span(0, 7), Span(8, 9))
    (encoded,) = CountingEncoder().encode_passages([PassageText("two two", text, spans)])

    assert encoded.vector == pytest.approx(direction(7, 1))
    expected = [direction(1, 1), direction(2, 1), direction(1.5, 1), encoded.vector]
    assert encoded.sentences == pytest.approx(np.array(expected))


def test_failure_in_one_pass_ends_the_others():
    """Else Ctrl-C would wait for the whole block."""
    encoder = CountingEncoder(passes=2)
    begun = []

    def fail(batch):
        begun.append(batch)
        time.sleep(0.01)
        raise KeyboardInterrupt

    encoder._forward = fail

    with pytest.raises(KeyboardInterrupt):
        encoder.encode_passages([PassageText("", "one " * 50, ()) for _ in range(500)])

    assert len(begun) < 400
