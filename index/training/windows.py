"""A paragraph → windows (pure): runs of whole sentences, as long as quotes are."""

import random
from collections.abc import Sequence

from index.models import Span

# Characters. Quotes are one sentence or grow to some 350, joined ones to 530.
LENGTHS = (1, 220, 350, 350, 450, 530)


def grow(sentences: Sequence[Span], first: int, limit: int, rng: random.Random) -> range:
    """Return the places of the sentences of a window around one of them.

    It grows to either side while it has at most `limit` characters; the first sentence counts
    whatever its length.
    """
    start, stop = first, first + 1
    while True:
        options = [
            (low, high)
            for low, high in ((start - 1, stop), (start, stop + 1))
            if low >= 0
            and high <= len(sentences)
            and sentences[high - 1].end - sentences[low].start <= limit
        ]
        if not options:
            return range(start, stop)
        start, stop = rng.choice(options)


def divide(sentences: Sequence[Span], rng: random.Random) -> list[range]:
    """Divide all sentences into windows of varied length, in order, none overlapping."""
    windows: list[range] = []
    start = 0
    while start < len(sentences):
        limit, stop = rng.choice(LENGTHS), start + 1
        while stop < len(sentences) and sentences[stop].end - sentences[start].start <= limit:
            stop += 1
        windows.append(range(start, stop))
        start = stop
    return windows


def span_of(sentences: Sequence[Span], window: range) -> Span:
    """Return the characters from the window's first sentence to its last."""
    return Span(sentences[window[0]].start, sentences[window[-1]].end)
