"""Text → sentence spans (pure). Lines first, then sentencex, then two mends for quotation marks."""

import re
from itertools import pairwise

import sentencex

from index.models import Span
from index.text.paragraphs import split_paragraphs, trim

# A longer "sentence" is a list, a table or a whole speech; a quote may hold 700 characters.
MAX_CHARACTERS = 600

_OPENING = "“«„‘"
_CLOSING = "”»’"
_QUOTATION_MARKS = re.compile(r"[\"“”«»„]")
_APOSTROPHE = re.compile(r"(?<=\s)’(?=[^\W\d_])")
# What goes on behind a stop in Russian: a word in lower case, a name behind these abbreviations.
_GOES_ON = re.compile(r"[а-яёіў]")
_BEFORE_A_NAME = re.compile(
    r"\b(?:т\. ?е|им|пл|ст|ген|подполк|кап|св|оз|напр|корп|доц|инж|зам)\.\s*$", re.IGNORECASE
)
_RULES = {"be": "ru"}  # sentencex knows none for Belarusian, whose abbreviations are much the same
_BREAKS = (re.compile(r"[;:]\s+"), re.compile(r",\s+"), re.compile(r"\s+"))


def split_sentences(
    text: str, language: str | None = None, limit: int = MAX_CHARACTERS
) -> list[Span]:
    """Return the sentences in order: disjoint, without surrounding white space, none empty.

    Quoted speech stays whole while it fits into `limit` characters; what is still longer is
    divided at the last weaker break that fits, so that no part of an article gets lost.
    """
    return [
        span
        for paragraph in split_paragraphs(text)
        for whole in _join_open_speech(text, _split(text, paragraph, language), limit)
        for span in _divide(text, whole, language, limit)
    ]


def _split(text: str, part: Span, language: str | None, *, blind: bool = False) -> list[Span]:
    """Split one paragraph; `blind` hides quotation marks, which opens up quoted speech."""
    piece = text[part.start : part.end]
    seen = _QUOTATION_MARKS.sub(" ", piece) if blind else piece
    rules = _RULES.get(language or "en", language or "en")
    boundaries = sentencex.get_sentence_boundaries(rules, seen)
    starts = [part.start + boundary["start_index"] for boundary in boundaries if boundary["text"]]
    starts = [_mend(text, start, part) for start in starts if not _goes_on(text, start)]
    edges = sorted({part.start, *starts, part.end})
    spans = (trim(text, start, end) for start, end in pairwise(edges))
    return [span for span in spans if span.length]


def _goes_on(text: str, start: int) -> bool:
    """Tell whether a Russian sentence goes on there, behind the stop of an abbreviation."""
    before = text[max(0, start - 12) : start]
    return bool(_GOES_ON.match(text, start) or _BEFORE_A_NAME.search(before))


def _mend(text: str, start: int, part: Span) -> int:
    """Move a boundary so that a stray quotation mark stays with the words it belongs to."""
    while start < part.end and (text[start].isspace() or _closes(text, start)):
        start += 1
    before = start
    while before > part.start and text[before - 1].isspace():
        before -= 1
    if before > part.start and _opens(text, before - 1, part):
        return before - 1
    return start


def _opens(text: str, position: int, part: Span) -> bool:
    """Tell whether a mark there belongs to what follows: it opens speech, or ’tis."""
    if text[position] == "“" and _opening_mark(text[part.start : position]) == "„":
        return False
    return text[position] in _OPENING or bool(_APOSTROPHE.match(text, position))


def _closes(text: str, position: int) -> bool:
    """Tell whether a closing mark stands there, and not the apostrophe of ’tis."""
    return text[position] in _CLOSING and not _APOSTROPHE.match(text, position)


def _join_open_speech(text: str, spans: list[Span], limit: int) -> list[Span]:
    """Join a sentence whose quotation is still open with those that follow, while it fits."""
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
    """Return the mark that opened the speech still open at the end; empty where none is."""
    opened = ""
    for mark in _QUOTATION_MARKS.findall(piece):
        closes = mark in "”»" or (mark == '"' and opened) or (mark == "“" and opened == "„")
        opened = "" if closes else mark
    return opened


def _divide(text: str, span: Span, language: str | None, limit: int) -> list[Span]:
    """Divide what is too long: at sentences inside the speech, else at a weaker break."""
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
    """Return the last break in the allowed length, none in its first third; else its end."""
    for pattern in _BREAKS:
        cuts = [match.end() for match in pattern.finditer(text, start, start + limit)]
        if cuts and cuts[-1] > start + limit // 3:
            return cuts[-1]
    return start + limit
