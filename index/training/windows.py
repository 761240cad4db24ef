"""A paragraph → windows as long as quotes (pure): whole sentences, or one without its answer."""

import random
import re
from collections.abc import Sequence

from index.models import Span

# Characters. Quotes are one sentence or grow to some 350, joined ones to 530.
LENGTHS = (1, 220, 350, 350, 450, 530)
# The preposition and article before an answer, and how a sentence may go on without them.
_LEADS = re.compile(
    r",?\s(?:in|on|at|for|by|with|from|to|of|after|before|during|near|since|because\sof|due\sto|"
    r"between|as|about|around|over|under|into)\s(?:(?:the|an?|its|his|her|their|about|around|some|"
    r"more\sthan|over|nearly)\s)?$"
)
_GOES_ON = re.compile(r"[,.;:!?]|$|\s(?:and|but|after|when|while|because|before|although)\b")


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


def leave_out(text: str, answer: Span) -> str | None:
    """Return the text without the answer and the preposition before it.

    "She resigned on Friday, he said." becomes "She resigned, he said." None if no preposition is
    there, if a comma, the end or a conjunction does not follow, or if the text has the answer
    again. An answer that begins a list ("in Oslo and Bergen") leaves half of it.
    """
    before, after = text[: answer.start], text[answer.end :]
    lead = _LEADS.search(before)
    if lead is None or not _GOES_ON.match(after):
        return None
    left = before[: lead.start()] + after
    said = text[answer.start : answer.end].casefold()
    return None if said in left.casefold() else left
