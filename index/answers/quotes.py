"""Scored sentences → quotes (pure): spans that can be read alone, each with its citation."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from index.answers.citations import cite_earlier, mark_answer, quote_span
from index.answers.quotable import says_something
from index.models import Article, Quote, Sentence, SentenceNo, Span
from index.search.candidates import Reading, ScoredSentence
from index.search.hybrid import SearchResult
from index.text.attribution import is_only_speech, needs_sentence_before
from index.text.near_duplicates import Fingerprint, says_the_same

GROWN_CHARACTERS = 350
JOINED_CHARACTERS = 530
MAX_CHARACTERS = 700
_WORTH_ADDING = 0.7  # what joins a quote has this share of its best sentence's relevance, or more


class Copy(NamedTuple):
    """An article with the best sentence of a draft, but for a word here or there.

    `span` are all sentences of the draft in it, None if it lacks one or has others between them.
    """

    article: Article
    span: Span | None


@dataclass(slots=True)
class QuoteDraft:
    """Sentences of one article in a row, each with its fingerprint.

    `best` is its best sentence, by which it is put in order.
    """

    article: Article
    sentences: list[Sentence]
    best: ScoredSentence
    best_fingerprint: Fingerprint
    fingerprints: list[Fingerprint]
    copies: list[Copy] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """From the first sentence's start to the last one's end."""
        return Span(self.sentences[0].span.start, self.sentences[-1].span.end)

    def holds_near_duplicate_of(self, other: "QuoteDraft") -> bool:
        """Tell whether one of its sentences says what the other's best one does.

        If that says nothing, such as a dateline or a quiz, the rest need not be the same.
        """
        best = other.article.text[slice(*other.best.sentence.span)]
        is_near = other.best_fingerprint.is_near_duplicate_of
        return says_something(best) and any(map(is_near, self.fingerprints))

    def can_join(self, other: "QuoteDraft") -> bool:
        """Tell whether the other stands beside it, is about as good, and fits into one quote."""
        if self.article is not other.article or self.copies:
            return False
        first, last = sorted((self.sentences, other.sentences), key=lambda run: run[0].number)
        is_beside = first[-1].number + 1 == last[0].number
        length = last[-1].span.end - first[0].span.start
        is_worthy = other.best.relevance >= _WORTH_ADDING * self.best.relevance
        return is_beside and is_worthy and length <= JOINED_CHARACTERS

    def join(self, other: "QuoteDraft") -> None:
        """Become one run with the other."""
        first, last = sorted((self, other), key=lambda run: run.sentences[0].number)
        self.sentences, self.fingerprints = (
            first.sentences + last.sentences,
            first.fingerprints + last.fingerprints,
        )

    def fold(self, other: "QuoteDraft", reading: Reading) -> list[Sentence]:
        """Take in a near-duplicate from another article; return what of it this draft lacks."""
        number = other.best.sentence.number
        shared = [other.best_fingerprint.is_near_duplicate_of(one) for one in self.fingerprints]
        first = reading.position(number) - shared.index(True)
        run = reading.article_sentences(number)[max(first, 0) : first + len(self.sentences)]
        found = [reading.fingerprint(each.number) for each in run]
        is_whole = len(found) == len(self.fingerprints)
        is_copy = is_whole and all(map(says_the_same, found, self.fingerprints))
        span = Span(run[0].span.start, run[-1].span.end) if is_copy else None
        self.copies.append(Copy(other.article, span))
        return [
            sentence
            for sentence, fingerprint in zip(other.sentences, other.fingerprints, strict=True)
            if not any(says_the_same(fingerprint, one) for one in self.fingerprints)
        ]

    @property
    def text(self) -> str:
        """The words of the quote, if no earlier copy is cited instead."""
        return self.article.text[self.span.start : self.span.end]

    @property
    def says_something(self) -> bool:
        """Whether any of its sentences does."""
        text = self.article.text
        return any(says_something(text[slice(*each.span)]) for each in self.sentences)

    def quote(self, answer: Span | None = None) -> Quote:
        """Return the quote, cited from where it was published first.

        `answer` are the characters of `text` that answer; a copy that lacks them has none.
        """
        quote = quote_span(self.article, self.span, self.best.score)
        for copy in self.copies:
            quote = cite_earlier(quote, copy.article, copy.span)
        if answer is None:
            return quote
        return mark_answer(quote, self.text[answer.start : answer.end], answer.start)


def draft_quotes(found: SearchResult, count: int) -> list[QuoteDraft]:
    """Return up to `count` drafts, best first; what several articles carry is one draft.

    A draft that says nothing, such as a credit, is left out. Each grows from its best sentence by
    better-scoring neighbours up to 350 characters, takes the neighbour that says who is meant or
    who spoke, and joins a quote beside it up to 530; none is longer than 700.
    """
    runs: list[QuoteDraft] = []
    taken = set[SentenceNo]()
    for picked in _picks(found, taken):
        twin = next((run for run in runs if run.holds_near_duplicate_of(picked)), None)
        beside = next((run for run in runs if run.can_join(picked)), None)
        if twin is not None:
            taken.difference_update(each.number for each in twin.fold(picked, found.reading))
        elif beside is not None:
            beside.join(picked)
        else:
            runs.append(picked)
    return [run for run in runs if run.says_something][:count]


def _picks(found: SearchResult, taken: set[SentenceNo]) -> Iterator[QuoteDraft]:
    """Yield runs of sentences that are not `taken`, best first, and add those to it."""
    relevance = {each.sentence.number: each.relevance for each in found.sentences}
    reading = found.reading
    for best in found.sentences:
        number = best.sentence.number
        if number in taken:
            continue
        article, sentences = reading.article(number), reading.article_sentences(number)
        position = reading.position(number)
        first, last = _grow(sentences, position, relevance, taken)
        first, last = with_context(article.text, sentences, first, last, taken)
        run = list(sentences[first : last + 1])
        taken.update(sentence.number for sentence in run)
        fingerprints = [reading.fingerprint(each.number) for each in run]
        yield QuoteDraft(article, run, best, fingerprints[position - first], fingerprints)


def _grow(
    sentences: Sequence[Sentence],
    position: int,
    relevance: Mapping[SentenceNo, float],
    taken: set[SentenceNo],
) -> tuple[int, int]:
    """Add the more relevant neighbour, as long as the quote stays short enough."""
    first = last = position
    while True:
        options = [
            (relevance[sentences[row].number], row)
            for row in (first - 1, last + 1)
            if 0 <= row < len(sentences)
            and sentences[row].number in relevance
            and sentences[row].number not in taken
            and relevance[sentences[row].number]
            >= _WORTH_ADDING * relevance[sentences[position].number]
            and _length(sentences, min(first, row), max(last, row)) <= GROWN_CHARACTERS
        ]
        if not options:
            return first, last
        _, row = max(options)
        first, last = min(first, row), max(last, row)


def with_context(
    text: str,
    sentences: Sequence[Sentence],
    first: int,
    last: int,
    taken: Container[SentenceNo] = frozenset(),
) -> tuple[int, int]:
    """Return the run, by place in the article, with what it needs to be read alone.

    Never a sentence whose number is `taken`, and not more than 700 characters with it.
    """

    def reads(row: int) -> str:
        return text[sentences[row].span.start : sentences[row].span.end]

    def fits(row: int) -> bool:
        length = _length(sentences, min(first, row), max(last, row))
        return sentences[row].number not in taken and length <= MAX_CHARACTERS

    while first > 0 and needs_sentence_before(reads(first)) and fits(first - 1):
        first -= 1
    if last + 1 < len(sentences) and fits(last + 1):
        # Nothing before it said who speaks: "…" at the start of a story, and then the speaker.
        is_unattributed = all(is_only_speech(reads(row)) for row in range(first, last + 1))
        last += is_unattributed
    return first, last


def _length(sentences: Sequence[Sentence], first: int, last: int) -> int:
    return sentences[last].span.end - sentences[first].span.start
