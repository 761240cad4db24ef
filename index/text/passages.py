"""Sentences → passages (pure): runs of whole sentences, the unit that is retrieved."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.models import Span

MAX_CHARACTERS = 600


@dataclass(frozen=True, slots=True)
class SentenceRange:
    """Sentences `first` to `last` (inclusive), numbered within their article from 0."""

    first: int
    last: int


def group_sentences(
    sentences: Sequence[Span], tokens: Sequence[int], max_tokens: int
) -> list[SentenceRange]:
    """Group an article's sentences into overlapping runs, in order; every sentence is in one.

    A run holds at most `MAX_CHARACTERS` and `max_tokens` (what the encoder reads: the rest would
    be cut silently), unless one sentence alone is longer. The next run starts with the last
    sentence of the one before, if that leaves room for a new one.
    """
    runs: list[SentenceRange] = []
    first = 0
    while first < len(sentences):
        last = first
        while last + 1 < len(sentences) and _fits(sentences, tokens, first, last + 1, max_tokens):
            last += 1
        runs.append(SentenceRange(first, last))
        if last + 1 == len(sentences):
            break
        overlaps = last > first and _fits(sentences, tokens, last, last + 1, max_tokens)
        first = last if overlaps else last + 1
    return runs


def _fits(
    sentences: Sequence[Span], tokens: Sequence[int], first: int, last: int, max_tokens: int
) -> bool:
    characters = sentences[last].end - sentences[first].start
    return characters <= MAX_CHARACTERS and sum(tokens[first : last + 1]) <= max_tokens
