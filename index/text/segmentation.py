"""What an article is divided into: sentences, passages, and the terms of the lexical leg (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.models import Article, Span
from index.text.passages import SentenceRange, group_sentences
from index.text.sentences import MAX_CHARACTERS, split_sentences
from index.text.terms import split_terms

_SHORTEST_PIECE = 40  # characters; a piece of a sentence that is shorter says nothing


class TokenCounter(Protocol):
    """How much an encoder reads at once, in its own tokens."""

    @property
    def passage_tokens(self) -> int:
        """How many tokens of a passage it reads."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text."""


@dataclass(frozen=True, slots=True)
class Segments:
    """Sentences, passages as runs of them, and terms: of the headline, then of each sentence.

    All in order; numbers are the article's own, from 0. Terms are separated by spaces.
    """

    sentences: tuple[Span, ...]
    passages: tuple[SentenceRange, ...]
    terms: tuple[str, ...]

    def passage_terms(self, run: SentenceRange) -> list[str]:
        """Return the terms of the headline and of the passage."""
        return " ".join((self.terms[0], *self.terms[run.first + 1 : run.last + 2])).split()


def segment_article(article: Article, counter: TokenCounter) -> Segments:
    """Split into sentences and passages of which each fits into the encoder's window."""
    room = counter.passage_tokens
    spans, tokens = _split(article, counter, room)
    passages = tuple(group_sentences(spans, tokens, room))
    return Segments(tuple(spans), passages, find_terms(article, spans))


def find_terms(article: Article, sentences: Iterable[Span]) -> tuple[str, ...]:
    """Return the terms of the headline and of each sentence, as `Segments` has them."""
    texts = [article.headline, *(article.text[span.start : span.end] for span in sentences)]
    return tuple(" ".join(split_terms(text)) for text in texts)


def _split(article: Article, counter: TokenCounter, room: int) -> tuple[list[Span], list[int]]:
    limit = MAX_CHARACTERS
    while True:
        spans = split_sentences(article.text, article.language, limit)
        if len(spans) > 1 and _is_headline(article, spans[0]):
            spans = spans[1:]
        tokens = counter.count_tokens([article.text[span.start : span.end] for span in spans])
        # Some scripts have more tokens than characters.
        if max(tokens, default=0) <= room or limit <= _SHORTEST_PIECE:
            return spans, tokens
        limit //= 2


def _is_headline(article: Article, span: Span) -> bool:
    """Tell whether a line of the text is the headline itself, which is cited and not quoted."""
    line = article.text[span.start : span.end].lstrip("# ")
    return line == article.headline and not article.headline_stands_in
