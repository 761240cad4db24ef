"""Text → paragraph spans (pure). A paragraph is a line, unless the text is hard-wrapped."""

import re
from itertools import pairwise

from index.models import Span

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BLOCK = re.compile(r"(?:[^\r\n]|\r?\n(?![ \t]*\r?\n))+")
_ENDINGS = '.!?:;"”»'


def trim(text: str, start: int, end: int) -> Span:
    """Return the span without leading and trailing white space; it may be empty."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))


def split_paragraphs(text: str) -> list[Span]:
    """Return the paragraphs in order, without surrounding white space, none empty.

    Wire copy has one paragraph per line. If most single line breaks fall inside a sentence (the
    next line continues in lower case), the text is hard-wrapped and blank lines separate.
    """
    pattern = _BLOCK if _is_hard_wrapped(text) else _LINE
    spans = (trim(text, match.start(), match.end()) for match in pattern.finditer(text))
    return [span for span in spans if span.length]


def paragraph_number(paragraphs: list[Span], position: int) -> int:
    """Return the number (from 1) of the paragraph that contains the character at `position`."""
    return max(1, sum(1 for span in paragraphs if span.start <= position))


def _is_hard_wrapped(text: str) -> bool:
    breaks = inside = 0
    for line, after in pairwise(each.strip() for each in text.splitlines()):
        if line and after:
            breaks += 1
            inside += after[0].islower() and line[-1] not in _ENDINGS
    return breaks >= 3 and inside * 2 > breaks
