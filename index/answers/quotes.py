"""Scored sentences → quotes (pure): spans that can be read alone, each with its citation."""

from collections.abc import Container, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Self

from index.answers.citations import cite_earlier, quote_span
from index.answers.quotable import says_something
from index.models import Article, Quote, Sentence, SentenceNo, Span
from index.search.candidates import Reading, ScoredSentence
from index.search.hybrid import SearchResult
from index.text.attribution import is_only_speech, needs_sentence_before
from index.text.near_duplicates import Fingerprint

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
    """Sentences of one article in a row; `best` is the one by which drafts are put in order."""

    article: Article
    sentences: list[Sentence]
    best: ScoredSentence
    copies: list[Copy] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """From the first sentence's start to the last one's end."""
        return Span(self.sentences[0].span.start, self.sentences[-1].span.end)

    @property
    def text(self) -> str:
        """The words of the quote, if no earlier copy is cited instead."""
        return self.article.text[self.span.start : self.span.end]

    def quote(self, answer: Span | None = None) -> Quote:
        """Return the quote, cited from where it was published first.

        `answer` are the characters of `text` that answer; a copy that lacks them has none.
        """
        quote = quote_span(self.article, self.span, self.best.score)
        if answer is not None:
            start = self.span.start
            quote = replace(quote, answer=Span(start + answer.start, start + answer.end))
        for copy in self.copies:
            quote = cite_earlier(quote, copy.article, copy.span)
        return quote


@dataclass(slots=True, kw_only=True)
class _ComparableDraft(QuoteDraft):
    """A draft that others can join, or be folded into; each sentence has its fingerprint.

    `main` is the place of its best sentence that says something, None if none does: two drafts are
    near-duplicates because of these, not because of a dateline or a quiz.
    """

    main: int | None
    fingerprints: list[Fingerprint]

    def can_join(self, other: Self) -> bool:
        """Tell whether the other stands beside it, is about as good, and fits into one quote."""
        if self.article is not other.article or self.copies:
            return False
        first, last = sorted((self.sentences, other.sentences), key=lambda run: run[0].number)
        is_beside = first[-1].number + 1 == last[0].number
        length = last[-1].span.end - first[0].span.start
        is_worthy = other.best.relevance >= _WORTH_ADDING * self.best.relevance
        return is_beside and is_worthy and length <= JOINED_CHARACTERS

    def join(self, other: Self) -> None:
        """Become one run with the other."""
        first, last = sorted((self, other), key=lambda run: run.sentences[0].number)
        main = self if self.main is not None else other
        if main.main is not None:
            self.main = main.main + (len(first.sentences) if main is last else 0)
        self.sentences, self.fingerprints = (
            first.sentences + last.sentences,
            first.fingerprints + last.fingerprints,
        )

    def near_duplicates_of(self, other: Self) -> list[int]:
        """Return the places of its sentences that say what the other's main one does."""
        if other.main is None:
            return []
        is_near = other.fingerprints[other.main].is_near_duplicate_of
        return [place for place, each in enumerate(self.fingerprints) if is_near(each)]

    def fold(self, other: Self, reading: Reading) -> list[Sentence]:
        """Take in a near-duplicate; return the sentences of it that this draft has, too."""
        if other.article is not self.article:
            self.copies.append(Copy(other.article, self._whole_in(other, reading)))
        return [
            sentence
            for sentence, fingerprint in zip(other.sentences, other.fingerprints, strict=True)
            if any(fingerprint.is_same_as(each) for each in self.fingerprints)
        ]

    def _whole_in(self, other: Self, reading: Reading) -> Span | None:
        """Return where all its sentences stand in the other's article in a row, None if nowhere."""
        main = other.sentences[other.main or 0].number
        sentences, position = reading.article_sentences(main), reading.position(main)
        for place in self.near_duplicates_of(other):
            first = position - place
            run = sentences[max(first, 0) : first + len(self.sentences)]
            found = [reading.fingerprint(each.number) for each in run]
            is_whole = len(found) == len(self.fingerprints)
            if is_whole and all(map(Fingerprint.is_same_as, found, self.fingerprints)):
                return Span(run[0].span.start, run[-1].span.end)
        return None


def draft_quotes(found: SearchResult, count: int) -> list[QuoteDraft]:
    """Return up to `count` drafts, best first; what several articles carry is one draft.

    A draft that says nothing, such as a credit, is left out. Each grows from its best sentence by
    better-scoring neighbours up to 350 characters, takes the neighbour that says who is meant or
    who spoke, and joins a quote beside it up to 530; none is longer than 700.
    """
    runs: list[_ComparableDraft] = []
    quoted, folded = set[SentenceNo](), set[SentenceNo]()
    for picked in _picks(found, quoted, folded):
        twin = next((run for run in runs if run.near_duplicates_of(picked)), None)
        beside = next((run for run in runs if run.can_join(picked)), None)
        if twin is not None:
            quoted.difference_update(each.number for each in picked.sentences)
            folded.update(each.number for each in twin.fold(picked, found.reading))
        elif beside is not None:
            beside.join(picked)
        else:
            runs.append(picked)
    complete = [run for run in runs if run.main is not None]
    return [*complete[:count]]


def _picks(
    found: SearchResult, quoted: set[SentenceNo], folded: Set[SentenceNo]
) -> Iterator[_ComparableDraft]:
    """Yield runs of sentences that are not quoted yet, best first, and add those to `quoted`.

    What is `folded` into another draft is in a run only if that can't be read without it.
    """
    relevance = {each.sentence.number: each.relevance for each in found.sentences}
    reading = found.reading
    for best in found.sentences:
        number = best.sentence.number
        if number in quoted or number in folded:
            continue
        article, sentences = reading.article(number), reading.article_sentences(number)
        position = reading.position(number)
        first, last = _grow(sentences, position, relevance, quoted | folded)
        first, last = with_context(article.text, sentences, first, last, quoted)
        run = list(sentences[first : last + 1])
        quoted.update(sentence.number for sentence in run)
        best_first = sorted(range(len(run)), key=lambda place: place != position - first)
        says = (place for place in best_first if says_something(reading.text(run[place].number)))
        fingerprints = [reading.fingerprint(each.number) for each in run]
        yield _ComparableDraft(article, run, best, main=next(says, None), fingerprints=fingerprints)


def _grow(
    sentences: Sequence[Sentence],
    position: int,
    relevance: Mapping[SentenceNo, float],
    taken: Set[SentenceNo],
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
