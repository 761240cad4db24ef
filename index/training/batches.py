"""Examples → batches of token ids: pairs of question and window, padded, in a seeded order."""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.utils.data import Dataset

from index.reader.base import MOST_TOKENS
from index.reader.pairs import HEADLINE_TOKENS, QUESTION_TOKENS
from index.training.examples import Collection

UNKNOWN = -100  # in place of a token: where the answer stands is not known
_POOL = 64  # batches whose examples are put in order by length together
_WITH_TITLE = 0.5
_MEAN_TOKENS = 700  # of an example


class Batch(NamedTuple):
    """Pairs of n windows with their questions, L tokens each.

    `group` (n) numbers the question of each pair from 0. `right` (n) is 1 if the window answers.
    `starts`, `ends` (n) are the tokens of the answer: 0 for none, `UNKNOWN` if not known.
    `readable` (n, L) marks the tokens an answer may consist of, and token 0.
    """

    input_ids: Tensor
    attention_mask: Tensor
    token_type_ids: Tensor
    group: Tensor
    right: Tensor
    starts: Tensor
    ends: Tensor
    readable: Tensor

    def to(self, device: str) -> "Batch":
        """Return the batch on this device."""
        return Batch(*(each.to(device, non_blocking=True) for each in self))


class _Tokens(NamedTuple):
    ids: list[int]
    offsets: list[tuple[int, int]]


class _Special(NamedTuple):
    """The tokens of BERT that are no text: before a pair, after either text, for padding."""

    first: int
    separator: int
    padding: int

    @classmethod
    def of(cls, tokenizer: Tokenizer) -> "_Special":
        vocabulary = tokenizer.get_vocab()
        return cls(vocabulary["[CLS]"], vocabulary["[SEP]"], vocabulary["[PAD]"])


class Batches:
    """All pairs of a collection, each text split into tokens once.

    They are the tokens that `PairTokenizer` gives for a headline and a window.
    """

    def __init__(
        self, collection: Collection, tokenizer: Tokenizer, titles: float = _WITH_TITLE
    ) -> None:
        """Split all texts; `titles` is the share (0 to 1) of questions whose windows get theirs."""
        self._examples = collection.examples
        self._titles_share = titles
        self._special = _Special.of(tokenizer)
        self._windows = _split(tokenizer, collection.windows)
        self._titles = _split(tokenizer, [f"{each}." if each else "" for each in collection.titles])
        self._questions = _split(tokenizer, [each.question for each in collection.examples])

    def plan(self, epochs: int, most_tokens: int, seed: int) -> list[list[int]]:
        """Return the examples of every batch of n passes, of at most `most_tokens` each.

        Titles are not counted. An example that is longer is a batch of its own.
        """
        rng = random.Random(seed)  # noqa: S311  # nothing secret
        pool = max(1, _POOL * most_tokens // _MEAN_TOKENS)
        plan: list[list[int]] = []
        for _ in range(epochs):
            order = list(range(len(self._examples)))
            rng.shuffle(order)
            groups = [
                group
                for start in range(0, len(order), pool)
                for group in self._grouped(order[start : start + pool], most_tokens)
            ]
            rng.shuffle(groups)
            plan += groups
        return plan

    def _grouped(self, examples: list[int], most_tokens: int) -> Iterator[list[int]]:
        """Yield examples of like length together, as many as fit into a batch."""
        group: list[int] = []
        longest = pairs = 0
        for one in sorted(examples, key=self._length):
            length, count = self._length(one), len(self._examples[one].windows)
            if group and max(longest, length) * (pairs + count) > most_tokens:
                yield group
                group, longest, pairs = [], 0, 0
            group.append(one)
            longest, pairs = max(longest, length), pairs + count
        if group:
            yield group

    def _length(self, number: int) -> int:
        windows = max(len(self._windows[one].ids) for one in self._examples[number].windows)
        return min(MOST_TOKENS, len(self._questions[number].ids) + windows + 3)

    def digest(self) -> str:
        """Return the sha256 of all that batches are made of."""
        found = hashlib.sha256(repr(self._titles_share).encode())
        for text in (*self._windows, *self._titles, *self._questions):
            found.update(repr(text.ids).encode())
        for example in self._examples:
            found.update(repr(example).encode())
        return found.hexdigest()

    def dataset(self, plan: list[list[int]], seed: int) -> "BatchDataset":
        """Return the batches of a plan as torch's loader takes them."""
        return BatchDataset(self, plan, seed)

    def batch(self, numbers: list[int], seed: str) -> Batch:
        """Return the pairs of these examples; the seed decides which windows get their title."""
        rng = random.Random(seed)  # noqa: S311  # nothing secret
        rows = []
        for group, number in enumerate(numbers):
            has_title = rng.random() < self._titles_share
            rows += [(group, pair) for pair in self._pairs(number, has_title=has_title)]
        return _padded(rows, self._special.padding)

    def _pairs(self, number: int, *, has_title: bool) -> Iterator["_Pair"]:
        example, special = self._examples[number], self._special
        question = self._questions[number].ids[:QUESTION_TOKENS]
        opening = [special.first, *question, special.separator]
        for place, row in enumerate(example.windows):
            title = self._titles[row].ids[:HEADLINE_TOKENS] if has_title else []
            window, readable = self._windows[row], len(opening) + len(title)
            kept = window.ids[: MOST_TOKENS - readable - 1]
            ids = [*opening, *title, *kept, special.separator]
            is_right = place < example.right
            ends = _ends(window, example.spans[place], len(kept), readable) if is_right else (0, 0)
            yield _Pair(ids, len(opening), readable, is_right, *ends)


@dataclass(frozen=True, slots=True)
class BatchDataset(Dataset[Batch]):
    """The batches of a plan by their number, made as they are asked for."""

    batches: Batches
    plan: list[list[int]]
    seed: int

    def __len__(self) -> int:
        return len(self.plan)

    def __getitem__(self, number: int) -> Batch:
        examples = self.plan[number]
        return self.batches.batch(examples, f"{self.seed}-{number}-{examples[0]}")


class _Pair(NamedTuple):
    ids: list[int]
    second: int  # where the window, with its title, begins
    readable: int  # where the window itself begins
    is_right: bool
    start: int
    end: int


def _ends(window: _Tokens, span: tuple[int, int] | None, kept: int, before: int) -> tuple[int, int]:
    """Return the pair's first and last token of the answer, which is `span` of the window.

    Both are `UNKNOWN` if the span is, or if it is not among the window's `kept` first tokens.
    `before` counts the tokens before the window.
    """
    inside = [
        place
        for place, (start, end) in enumerate(window.offsets)
        if span is not None and end > span[0] and start < span[1]
    ]
    if not inside or inside[-1] >= kept:
        return UNKNOWN, UNKNOWN
    return before + inside[0], before + inside[-1]


def _padded(rows: list[tuple[int, _Pair]], padding: int) -> Batch:
    length = max(len(pair.ids) for _, pair in rows)
    ids = np.full((len(rows), length), padding, np.int64)
    mask, types = np.zeros_like(ids), np.zeros_like(ids)
    readable = np.zeros(ids.shape, bool)
    for row, (_, pair) in enumerate(rows):
        end = len(pair.ids)
        ids[row, :end], mask[row, :end] = pair.ids, 1
        types[row, pair.second : end] = 1
        readable[row, pair.readable : end - 1] = True
    readable[:, 0] = True
    return Batch(
        torch.from_numpy(ids),
        torch.from_numpy(mask),
        torch.from_numpy(types),
        torch.tensor([group for group, _ in rows]),
        torch.tensor([float(pair.is_right) for _, pair in rows]),
        torch.tensor([pair.start for _, pair in rows]),
        torch.tensor([pair.end for _, pair in rows]),
        torch.from_numpy(readable),
    )


def _split(tokenizer: Tokenizer, texts: list[str]) -> list[_Tokens]:
    found = tokenizer.encode_batch(texts, add_special_tokens=False)
    return [_Tokens(each.ids, each.offsets) for each in found]
