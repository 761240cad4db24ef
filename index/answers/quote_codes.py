"""Short codes by which a quote, wherever it was pasted, can be compared with its article (pure).

`3fa91c2b04:120-245:7d0c2a9e` names the article by the first digits of its key, the characters
quoted, and the first digits of the sha256 of these very words. An article may change elsewhere, and
the words may move within it: the code stays good as long as they stand there.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Self

from index.answers.context import Context, quote_context
from index.answers.corrections import Correction
from index.answers.quotes import MAX_CHARACTERS
from index.errors import QuoteCodeError
from index.models import Article, Quote, Span

_KEY_DIGITS, _HASH_DIGITS = 10, 8  # of a code that is given out
# Somebody may shorten the digits of the article, and programs turn a hyphen into a dash.
_CODE = re.compile(r"([0-9a-f]{4,16}):(\d{1,9})[-‐‑–—](\d{1,9}):([0-9a-f]{8,64})", re.IGNORECASE)
_AROUND = " \t\r\n`*_<>[]()\"'“”„«».,;"


class Finding(StrEnum):
    """What became of the words of a code."""

    STANDS = "stands"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class QuoteCode:
    """The first digits of an article's key, a span of it, and those of its words' sha256."""

    article: str
    span: Span
    words_hash: str

    @classmethod
    def of(cls, quote: Quote) -> Self:
        """Return the code of a quote."""
        words_hash = hash_words(quote.text)[:_HASH_DIGITS]
        return cls(quote.article_key[:_KEY_DIGITS], quote.span, words_hash)

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Read a code as it was pasted; raise QuoteCodeError if it is none."""
        match = _CODE.fullmatch(typed.strip(_AROUND))
        if match is None:
            raise QuoteCodeError(typed)
        span = Span(int(match[2]), int(match[3]))
        if not 0 < span.length <= MAX_CHARACTERS:
            raise QuoteCodeError(typed)
        return cls(match[1].lower(), span, match[4].lower())

    def __str__(self) -> str:
        return f"{self.article}:{self.span.start}-{self.span.end}:{self.words_hash}"

    def is_of(self, words: str) -> bool:
        """Tell whether these are the words of the code."""
        return len(words) == self.span.length and hash_words(words).startswith(self.words_hash)


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the words of a code still stand in the coverage.

    `context` shows the words, where they are now, if they stand or moved; if they changed, the
    sentences that stand at their place, if any. `articles` counts those that the code's first
    digits fit. `correction` shows the words that changed or went, if their old text was kept.
    """

    code: QuoteCode
    finding: Finding
    articles: int
    context: Context | None = None
    correction: Correction | None = None

    @property
    def is_verbatim(self) -> bool:
        """Whether the very words are there."""
        return self.finding in (Finding.STANDS, Finding.MOVED)


def hash_words(words: str) -> str:
    """Return the hexadecimal sha256 of words in UTF-8."""
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def verify_code(
    code: QuoteCode, articles: Iterable[tuple[Article, Sequence[Span]]]
) -> Verification:
    """Return what became of the words; `articles` are those that the code fits, with sentences.

    Of several, the one that contains the words is meant, if it is the only one.
    """
    found = [_verify(code, article, sentences) for article, sentences in articles]
    if len(found) > 1:
        right = [each for each in found if each.is_verbatim]
        if len(right) != 1:
            return Verification(code, Finding.AMBIGUOUS, len(found))
        return right[0]
    return found[0] if found else Verification(code, Finding.GONE, 0)


def _verify(code: QuoteCode, article: Article, sentences: Sequence[Span]) -> Verification:
    text, length = article.text, code.span.length
    if code.is_of(text[code.span.start : code.span.end]):
        context = quote_context(article, code.span, sentences)
        return Verification(code, Finding.STANDS, 1, context)
    # A quote begins with a sentence, so that not every character has to be tried.
    for start in (each.start for each in sentences):
        if code.is_of(text[start : start + length]):
            context = quote_context(article, Span(start, start + length), sentences)
            return Verification(code, Finding.MOVED, 1, context)
    now = _at(code.span, sentences)
    context_now = quote_context(article, now, sentences) if now else None
    return Verification(code, Finding.CHANGED, 1, context_now)


def _at(place: Span, sentences: Sequence[Span]) -> Span | None:
    """Return the sentences that stand at a place, as many as a quote may have; None if none do."""
    there = [each for each in sentences if each.end > place.start and each.start < place.end]
    short = [each for each in there if each.end - there[0].start <= MAX_CHARACTERS] or there[:1]
    return Span(short[0].start, short[-1].end) if short else None
