"""A quote given earlier → what became of its words: they stand, changed, or are gone (pure)."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum

from index.answers.context import Context, quote_context
from index.answers.quotes import MAX_CHARACTERS
from index.models import Article, Span
from index.text.sentences import split_sentences

_TOKEN = re.compile(r"\w+|[^\w\s]")
# Least likeness (`_likeness`) that makes one passage a version of another.
_ALIKE = 0.4
_MORE_SENTENCES = 1  # than the passage before, that a new version may have


class Fate(StrEnum):
    """What became of a quote."""

    STANDS = "stands"
    CHANGED = "changed"
    LOST = "lost"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Correction:
    """What became of the words `before`, and the moment of the build that changed them, if known.

    `now` has them where they stand, or what replaced them; None if nothing did (`LOST`), or if
    their article is no longer published (`GONE`). Of a `CHANGED` quote, `differs_before` and
    `differs_now` are the characters of both texts that the other lacks.
    """

    fate: Fate
    before: str
    now: Context | None = None
    at: datetime | None = None
    differs_before: tuple[Span, ...] = ()
    differs_now: tuple[Span, ...] = ()


def find_correction(
    before: str, article: Article, sentences: Sequence[Span], at: datetime | None
) -> Correction:
    """Return what became of these words in an article of which other words may have changed.

    `before` may have other white space than the article. `at` is when it changed.
    """
    if (span := _standing(before, article.text)) is not None:
        return Correction(Fate.STANDS, before, quote_context(article, span, sentences), at)
    replacement = _replacement(before, article.text, sentences)
    if replacement is None:
        return Correction(Fate.LOST, before, None, at)
    now = article.text[replacement.start : replacement.end]
    differs = _differences(before, now)
    return Correction(
        Fate.CHANGED, before, quote_context(article, replacement, sentences), at, *differs
    )


def _standing(words: str, text: str) -> Span | None:
    """Return where these words stand, whatever the white space between them."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = re.search(pattern, text) if pattern else None
    return Span(*found.span()) if found else None


def _replacement(before: str, text: str, sentences: Sequence[Span]) -> Span | None:
    """Return the sentences in a row that are most like these words, None if none are."""
    wanted = _count(before)
    most = len(split_sentences(before)) + _MORE_SENTENCES
    counts = [_count(text[slice(*each)]) for each in sentences]
    best, best_span = _ALIKE, None
    for first in range(len(sentences)):
        run = Counter[str]()
        for last in range(first, min(first + most, len(sentences))):
            run += counts[last]
            span = Span(sentences[first].start, sentences[last].end)
            if span.length > MAX_CHARACTERS:
                break
            if (likeness := _likeness(wanted, run)) > best:
                best, best_span = likeness, span
    return best_span


def _count(text: str) -> Counter[str]:
    return Counter(each.casefold() for each in _TOKEN.findall(text))


def _likeness(before: Counter[str], now: Counter[str]) -> float:
    """Return how much (0 to 1) of the words before a run of sentences has, and how little else.

    The F2 score: what it lacks counts four times as much as what it adds.
    """
    return 5 * (before & now).total() / max(1, 4 * before.total() + now.total())


def _differences(before: str, now: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    old, new = list(_TOKEN.finditer(before)), list(_TOKEN.finditer(now))
    matcher = SequenceMatcher(
        None, [each[0] for each in old], [each[0] for each in new], autojunk=False
    )
    changed = [each for each in matcher.get_opcodes() if each[0] != "equal"]
    return (
        _spans(old, ((first, last) for _, first, last, _, _ in changed)),
        _spans(new, ((first, last) for _, _, _, first, last in changed)),
    )


def _spans(tokens: Sequence[re.Match[str]], ranges: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(
        Span(tokens[first].start(), tokens[last - 1].end())
        for first, last in ranges
        if first < last
    )
