"""Texts → the tokens that an encoder reads: prompt, headline and text, cut to its window."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

Integers = npt.NDArray[np.int64]

_HEADLINE_TOKENS = 48
_SHORTEST_PASSAGE = 16  # tokens


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text; `offsets` are their characters in it, shape (n, 2).

    Tokens of prompt and headline, which precede the text, have offsets of 0 or less.
    """

    ids: list[int]
    types: list[int]
    offsets: Integers

    @property
    def count(self) -> int:
        """Number of tokens, special ones included."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded texts: arrays of shape (rows, length); the mask is 0 after the end of a text."""

    ids: Integers
    mask: Integers
    types: Integers

    @classmethod
    def of(cls, rows: Sequence[Tokens]) -> "Batch":
        """Pad the texts to the longest of them; the mask hides the padding."""
        shape = (len(rows), max(row.count for row in rows))
        batch = cls(*(np.zeros(shape, np.int64) for _ in range(3)))
        for number, row in enumerate(rows):
            batch.ids[number, : row.count] = row.ids
            batch.mask[number, : row.count] = 1
            batch.types[number, : row.count] = row.types
        return batch

    def named(self) -> dict[str, Integers]:
        """Return the arrays by the names that models give their inputs."""
        return {
            "input_ids": self.ids,
            "attention_mask": self.mask,
            "token_type_ids": self.types,
        }


class PassageTokenizer:
    """A model's tokenizer, its prompts and its window (in tokens)."""

    def __init__(self, tokenizer: Tokenizer, *, prompts: dict[str, str], window: int) -> None:
        """Take the tokenizer over: cutting and padding are done here."""
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._special = int(tokenizer.num_special_tokens_to_add(is_pair=False))
        self.prompts = prompts
        self.window = window

    @property
    def passage_tokens(self) -> int:
        """Number of tokens of a passage that fit next to the headline; the rest would be cut."""
        prompt = self.count([self.prompts.get("document", "")])[0]
        room = self.window - self._special - prompt - self._headline_tokens - 2
        return max(_SHORTEST_PASSAGE, room)

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, without special ones."""
        encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(each.ids) for each in encoded]

    def read_question(self, question: str) -> Tokens:
        """Return the question's tokens, its prompt in front."""
        text = self.prompts.get("query", "") + question
        # One at a time: a batch would start a thread a core.
        return self._fitted(self._tokenizer.encode(text, add_special_tokens=False), 0)

    def read_passages(self, passages: Sequence[tuple[str, str]]) -> list[Tokens]:
        """Return the tokens of each (headline, text), prompt and headline in front."""
        heads = {headline: self._head(headline) for headline in {each for each, _ in passages}}
        encoded = self._tokenizer.encode_batch(
            [heads[headline] + text for headline, text in passages], add_special_tokens=False
        )
        return [
            self._fitted(each, len(heads[headline]))
            for each, (headline, _) in zip(encoded, passages, strict=True)
        ]

    def write(self, path: Path) -> None:
        """Write the tokenizer, without prompts and window, for `Tokenizer.from_file`."""
        self._tokenizer.save(str(path))

    @property
    def _headline_tokens(self) -> int:
        return min(_HEADLINE_TOKENS, self.window // 4)

    def _head(self, headline: str) -> str:
        """Return what precedes the passage: the prompt, and the headline cut to its share."""
        encoded = self._tokenizer.encode(headline, add_special_tokens=False)
        offsets = encoded.offsets[: self._headline_tokens]
        kept = headline[: offsets[-1][1]] if offsets else ""
        return self.prompts.get("document", "") + (f"{kept}\n" if kept else "")

    def _fitted(self, encoding: Encoding, head: int) -> Tokens:
        """Return the tokens that fit, with special ones; `head` characters are in front."""
        room = self.window - self._special
        if len(encoding) > room:
            encoding.truncate(room)
        whole = self._tokenizer.post_process(encoding)
        return Tokens(whole.ids, whole.type_ids, np.asarray(whole.offsets, dtype=np.int64) - head)
