"""Text → sentence spans (pure): paragraphs, then sentencex, then corrections of its boundaries."""

import re
from itertools import pairwise

import sentencex

from index.models import Span
from index.text.continuations import follows_abbreviation, follows_speech
from index.text.paragraphs import split_paragraphs, trim

# A longer "sentence" is a list, a table or a speech; a quote may have up to 700 characters.
MAX_CHARACTERS = 600

_OPENING = "“«„‘"
_CLOSING = "”»’"
_QUOTATION_MARKS = re.compile(r"[\"“”«»„]")
_APOSTROPHE = re.compile(r"(?<=\s)’(?=[^\W\d_])")
_RULES = {"be": "ru"}  # sentencex has none for Belarusian; its abbreviations are much the same
_BREAKS = (re.compile(r"[;:]\s+"), re.compile(r",\s+"), re.compile(r"\s+"))


def split_sentences(
    text: str, language: str | None = None, limit: int = MAX_CHARACTERS
) -> list[Span]:
    """Return the sentences in order: disjoint, without surrounding white space, none empty.

    Quoted speech stays whole if it fits into `limit` characters. A longer sentence is divided at
    the last weaker break that fits, so that no part of an article is lost.
    """
    return [
        span
        for paragraph in split_paragraphs(text)
        for whole in _join_open_speech(text, _split(text, paragraph, language), limit)
        for span in _divide(text, whole, language, limit)
    ]


def _split(text: str, part: Span, language: str | None, *, blind: bool = False) -> list[Span]:
    """Split one paragraph; `blind` hides quotation marks, so that quoted speech is split too."""
    piece = text[part.start : part.end]
    seen = _QUOTATION_MARKS.sub(" ", piece) if blind else piece
    rules = _RULES.get(language or "en", language or "en")
    boundaries = sentencex.get_sentence_boundaries(rules, seen)
    starts = [part.start + boundary["start_index"] for boundary in boundaries if boundary["text"]]
    starts = [start for start in starts if not follows_abbreviation(text, start)]
    ends = [*starts[1:], part.end]
    starts = [
        _corrected(text, start, part)
        for start, end in zip(starts, ends, strict=False)
        if not follows_speech(text, start, end)
    ]
    edges = sorted({part.start, *starts, part.end})
    spans = (trim(text, start, end) for start, end in pairwise(edges))
    return [span for span in spans if span.length]


def _corrected(text: str, start: int, part: Span) -> int:
    """Move a boundary so that a stray quotation mark stays with its words."""
    while start < part.end and (text[start].isspace() or _closes(text, start)):
        start += 1
    before = start
    while before > part.start and text[before - 1].isspace():
        before -= 1
    if before > part.start and _opens(text, before - 1, part):
        return before - 1
    return start


def _opens(text: str, position: int, part: Span) -> bool:
    """Tell whether the mark there belongs to what follows: it opens speech, or ’tis."""
    if text[position] == "“" and _opening_mark(text[part.start : position]) == "„":
        return False
    return text[position] in _OPENING or bool(_APOSTROPHE.match(text, position))


def _closes(text: str, position: int) -> bool:
    """Tell whether there is a closing mark there, and not the apostrophe of ’tis."""
    return text[position] in _CLOSING and not _APOSTROPHE.match(text, position)


def _join_open_speech(text: str, spans: list[Span], limit: int) -> list[Span]:
    """Join a sentence whose quotation is still open with those that follow, if that fits."""
    joined: list[Span] = []
    index = 0
    while index < len(spans):
        last = index
        while (
            _opening_mark(text[spans[index].start : spans[last].end])
            and last + 1 < len(spans)
            and spans[last + 1].end - spans[index].start <= limit
        ):
            last += 1
        if _opening_mark(text[spans[index].start : spans[last].end]):
            last = index
        joined.append(Span(spans[index].start, spans[last].end))
        index = last + 1
    return joined


def _opening_mark(piece: str) -> str:
    """Return the mark that opened the speech still open at the end; empty if there is none."""
    opened = ""
    for mark in _QUOTATION_MARKS.findall(piece):
        closes = mark in "”»" or (mark == '"' and opened) or (mark == "“" and opened == "„")
        opened = "" if closes else mark
    return opened


def _divide(text: str, span: Span, language: str | None, limit: int) -> list[Span]:
    """Divide a span that is too long: at sentences inside the speech, else at a weaker break."""
    if span.length <= limit:
        return [span]
    inner = _split(text, span, language, blind=True)
    if len(inner) > 1:
        return [piece for part in inner for piece in _divide(text, part, language, limit)]
    pieces: list[Span] = []
    while span.length > limit:
        cut = _weak_break(text, span.start, limit)
        pieces.append(trim(text, span.start, cut))
        span = trim(text, cut, span.end)
    return [*pieces, span]


def _weak_break(text: str, start: int, limit: int) -> int:
    """Return the last break within the limit, but not in its first third; else the limit."""
    for pattern in _BREAKS:
        cuts = [match.end() for match in pattern.finditer(text, start, start + limit)]
        if cuts and cuts[-1] > start + limit // 3:
            return cuts[-1]
    return start + limit
