"""A batch's tokens lead back to its texts and answers, and a plan misses no example."""

import pytest
import torch

from index.models import Span
from index.reader.base import MOST_TOKENS, Window
from index.reader.pairs import PairTokenizer
from index.training.batches import UNKNOWN, Batches
from index.training.examples import Collection, Example

RIGHT = "On Monday Mayor Ines Falk opened the bridge."
NAME = Span(16, 25)
WRONG = "The ferry was sold, 42 people said."


def make(examples, *windows, titles=None):
    return Collection(list(windows), titles or [""] * len(windows), examples)


@pytest.fixture
def batch_of(tokenizer):
    """The one batch of all examples, with or without titles."""

    def batch(collection, *, titles=0.0):
        batches = Batches(collection, tokenizer, titles)
        return batches.batch(list(range(len(collection.examples))), "seed")

    return batch


def marked(tokenizer, batch, row):
    """The text of the answer's tokens in a row, by the vocabulary."""
    first, last = int(batch.starts[row]), int(batch.ends[row])
    tokens = [tokenizer.id_to_token(each) for each in batch.input_ids[row, first : last + 1]]
    return "".join(tokens).replace("##", "")


def test_pairs_are_those_that_the_reader_reads(tokenizer, batch_of):
    windows = [RIGHT, WRONG, "ferry", ""]
    titles = ["Bridge at last", "", "A naïve title", "Empty"]
    question = "Who opened the bridge?"
    made = make([Example(question, (0, 1, 2, 3), 1, (NAME,))], *windows, titles=titles)

    batch = batch_of(made, titles=1.0)

    pairs = PairTokenizer(tokenizer, MOST_TOKENS, reads_headlines=True)
    read = pairs.pairs(question, [Window(*each) for each in zip(windows, titles, strict=True)])
    tokenizer.no_truncation()
    longest = max(len(each.ids) for each in read)
    assert batch.input_ids.shape == (4, longest)
    for row, pair in enumerate(read):
        length = len(pair.ids)
        assert batch.input_ids[row, :length].tolist() == pair.ids.tolist()
        assert batch.token_type_ids[row, :length].tolist() == pair.types.tolist()
        assert batch.attention_mask[row].tolist() == [1] * length + [0] * (longest - length)
        readable = [0, *range(pair.first, pair.first + len(pair.offsets))]
        assert batch.readable[row].nonzero().flatten().tolist() == readable


@pytest.mark.parametrize("titles", [0.0, 1.0])
def test_span_in_tokens_is_the_answer(tokenizer, batch_of, titles):
    examples = [
        Example("Who?", (0, 1), 1, (NAME,)),
        Example("When did it open?", (1, 0), 2, (Span(20, 22), Span(3, 9))),
    ]

    batch = batch_of(make(examples, RIGHT, WRONG, titles=["Opened", "Sold"]), titles=titles)

    assert marked(tokenizer, batch, 0) == "inesfalk"
    assert marked(tokenizer, batch, 2) == "42"
    assert marked(tokenizer, batch, 3) == "monday"
    assert (batch.starts[1], batch.ends[1]) == (0, 0)
    assert batch.right.tolist() == [1, 0, 1, 1]
    assert batch.group.tolist() == [0, 0, 1, 1]


def test_answer_that_is_cut_off_is_unknown(tokenizer, batch_of):
    kept = MOST_TOKENS - len(["[CLS]", "who", "?", "[SEP]", "[SEP]"])
    text = "ferry " * (kept - 1) + "mayor falk left"
    mayor = text.index("mayor")
    places = [(0, 5), (mayor, mayor + 5), (mayor, mayor + 10), (mayor + 6, mayor + 10)]

    batch = batch_of(make([Example("Who?", (0,), 1, (Span(*each),)) for each in places], text))

    assert batch.input_ids.shape == (4, MOST_TOKENS)
    assert [marked(tokenizer, batch, row) for row in (0, 1)] == ["ferry", "mayor"]
    assert batch.starts[2:].tolist() == batch.ends[2:].tolist() == [UNKNOWN, UNKNOWN]


def test_right_window_whose_span_is_unknown_is_still_right(batch_of):
    batch = batch_of(make([Example("Who?", (0,), 1, (None,))], RIGHT))

    assert (batch.right.item(), batch.starts.item(), batch.ends.item()) == (1, UNKNOWN, UNKNOWN)


def test_titles_are_shown_to_a_share_of_the_questions(tokenizer):
    examples = [Example("Who?", (0, 1), 1, (NAME,)) for _ in range(200)]
    batches = Batches(make(examples, RIGHT, WRONG, titles=["Sold", "Sold"]), tokenizer, 0.3)

    def lengths(seed):
        return batches.batch(list(range(200)), seed).attention_mask.sum(-1).view(200, 2)

    one, same, other = lengths("1"), lengths("1"), lengths("2")

    shortest = one.min(dim=0).values
    has_title = one > shortest
    assert (has_title[:, 0] == has_title[:, 1]).all()
    assert 0.2 < has_title[:, 0].float().mean() < 0.4
    assert torch.equal(one, same)
    assert not torch.equal(one, other)


@pytest.fixture
def many(tokenizer):
    lengths = [1 + row * 7 % 40 for row in range(60)]
    windows = ["ferry " * length for length in lengths]
    examples = [Example("Who?", (row, (row + 1) % 60), 0) for row in range(60)]
    return Batches(make(examples, *windows), tokenizer)


class TestPlan:
    def test_every_example_is_in_it_once_an_epoch(self, many):
        plan = many.plan(epochs=3, most_tokens=300, seed=0)

        shown = [number for group in plan for number in group]
        assert sorted(shown) == sorted([*range(60)] * 3)
        assert sorted(shown[:60]) == list(range(60))

    def test_batches_are_not_larger_than_they_may_be(self, many):
        plan = many.plan(epochs=1, most_tokens=300, seed=0)

        sizes = [many.batch(group, "").input_ids.numel() for group in plan if len(group) > 1]
        assert max(sizes) <= 300
        assert len(plan) < 60

    def test_example_that_is_too_long_is_a_batch_of_its_own(self, many):
        assert sorted(many.plan(epochs=1, most_tokens=1, seed=0)) == [[row] for row in range(60)]

    def test_seed_decides_the_order(self, many):
        one, same, other = (many.plan(1, 300, seed) for seed in (1, 1, 2))

        assert one == same != other


def test_dataset_makes_the_batch_of_every_step_in_any_order(many):
    plan = many.plan(epochs=2, most_tokens=300, seed=0)
    dataset = many.dataset(plan, seed=4)

    assert len(dataset) == len(plan)
    forward = [dataset[number] for number in range(len(plan))]
    for number in reversed(range(len(plan))):
        again = dataset[number]
        assert all(torch.equal(*each) for each in zip(again, forward[number], strict=True))
        assert int(again.group[-1]) + 1 == len(plan[number])
