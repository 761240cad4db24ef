"""A question and a window → the tokens of both, and tokens back → characters of the window."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from index.models import Span
from index.reader.base import Window

QUESTION_TOKENS = 64
HEADLINE_TOKENS = 64
_ANSWER_TOKENS = 30

Integers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Pair:
    """The tokens of a question and a window, whose text is `window`, side by side.

    `offsets`, shape (n, 2), are the characters of the window that its n tokens stand for; the first
    of these is token number `first` of the pair.
    """

    window: str
    ids: Integers
    types: Integers
    first: int
    offsets: Integers

    def inputs(self) -> dict[str, Integers]:
        """Return the arrays, shape (1, tokens), by the names that models give their inputs."""
        return {
            "input_ids": self.ids[None],
            "attention_mask": np.ones_like(self.ids)[None],
            "token_type_ids": self.types[None],
        }


class BestSpan(NamedTuple):
    """The best words of a window, and by how much they beat "none"."""

    span: Span
    logit: float


class PairTokenizer:
    """A model's tokenizer for pairs; a long question and a long headline are cut."""

    def __init__(self, tokenizer: Tokenizer, most_tokens: int, *, reads_headlines: bool) -> None:
        """Take the tokenizer over: what it cuts and pads is decided here."""
        tokenizer.no_padding()
        # Of a pair, that is the window: the question was cut to fewer.
        tokenizer.enable_truncation(most_tokens, strategy="longest_first")
        self._tokenizer = tokenizer
        self._reads_headlines = reads_headlines

    def pairs(self, question: str, windows: Sequence[Window]) -> list[Pair]:
        """Return the tokens of each window with the question."""
        asked = self._cut(question, QUESTION_TOKENS)
        headlines = {one.headline for one in windows if self._reads_headlines and one.headline}
        heads = {one: f"{self._cut(one, HEADLINE_TOKENS)}. " for one in headlines}
        return [self._pair(asked, heads.get(one.headline, ""), one.text) for one in windows]

    def _pair(self, question: str, headline: str, window: str) -> Pair:
        # One at a time: a batch would start a thread a core.
        encoded = self._tokenizer.encode(question, headline + window)
        readable = [
            place
            for place, (sequence, (start, _)) in enumerate(
                zip(encoded.sequence_ids, encoded.offsets, strict=True)
            )
            if sequence == 1 and start >= len(headline)
        ]
        offsets = np.array([encoded.offsets[place] for place in readable], np.int64).reshape(-1, 2)
        return Pair(
            window,
            np.array(encoded.ids, np.int64),
            np.array(encoded.type_ids, np.int64),
            readable[0] if readable else len(encoded.ids),
            offsets - len(headline),
        )

    def _cut(self, text: str, most_tokens: int) -> str:
        """Return the text as far as its first tokens go."""
        encoded: Encoding = self._tokenizer.encode(text, add_special_tokens=False)
        if len(encoded.ids) <= most_tokens:
            return text
        end: int = encoded.offsets[most_tokens - 1][1]
        return text[:end]


def best_span(pair: Pair, starts: Scores, ends: Scores) -> BestSpan | None:
    """Return the best words of the window; None if it has none.

    `starts` and `ends` hold a score for each token of the pair; those of token 0 stand for "no
    answer here". Source of the rule: Devlin et al. 2019, §4.3, on SQuAD 2.0.
    """
    count = len(pair.offsets)
    if not count:
        return None
    window = slice(pair.first, pair.first + count)
    scores = starts[window, None] + ends[None, window]
    rows, columns = np.indices(scores.shape)
    is_possible = (columns >= rows) & (columns < rows + _ANSWER_TOKENS)
    best = int(np.where(is_possible, scores, -np.inf).argmax())
    row, column = divmod(best, count)
    span = _with_marks(pair.window, int(pair.offsets[row, 0]), int(pair.offsets[column, 1]))
    return BestSpan(span, float(scores[row, column] - starts[0] - ends[0]))


def _with_marks(text: str, start: int, end: int) -> Span:
    """Return the span with the marks of its letters: tokens can lack an accent or be one."""
    while 0 < start < len(text) and _is_mark(text[start]):
        start -= 1
    while end < len(text) and _is_mark(text[end]):
        end += 1
    return Span(start, end)


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "M"
