"""Records → examples: a question with windows that answer it and windows that do not.

Right is the window around the answer. Wrong are windows of the same paragraph, of the same article
and of the whole collection that share words with the question but not its answer; the right one
with the answer left out; and for a near miss the very window that answered the question it was made
from.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.models import Progress, Span, silent
from index.text.terms import split_terms
from index.training.examples import Collection, Example
from index.training.near_misses import make_near_miss
from index.training.paragraphs import Paragraphs, cut
from index.training.records import Record
from index.training.retrieving import retrieve
from index.training.windows import LENGTHS, grow, leave_out, span_of

_WRONG = 5  # windows an example
_OF_COLLECTION = 3  # of these, at most so many from anywhere
_NEAR_MISSES = 0.8  # share of the answered questions that one is made from
_LEFT_OUT = 0.7  # share of the answers that can be left out that are, for a wrong window
_ECHOES = 0.05  # share of the questions that are a wrong window of their own: a quiz, a headline
_SPAN_SHARE = 0.8  # of its window: an answer longer than this marks no span


def make_examples(
    records: Sequence[Record], seed: int = 0, progress: Progress = silent
) -> Collection:
    """Return the examples of these records, in a random order that the seed decides."""
    rng = random.Random(seed)  # noqa: S311  # nothing secret
    maker = _Maker(Paragraphs(records, rng), rng)
    right = [maker.right_windows(record) for record in records]
    retrieved = retrieve([each.question for each in records], maker.paragraphs.windows)
    examples: list[Example] = []
    found = zip(records, right, retrieved, strict=True)
    for done, (record, answering, others) in enumerate(found, 1):
        examples += maker.examples(record, answering, others)
        progress("Making examples", done, len(records))
    rng.shuffle(examples)
    return Collection(maker.paragraphs.windows, maker.paragraphs.titles, examples)


@dataclass(frozen=True, slots=True)
class _Maker:
    paragraphs: Paragraphs
    rng: random.Random

    def examples(
        self, record: Record, right: Mapping[int, Span | None], retrieved: Iterable[int]
    ) -> Iterator[Example]:
        if record.is_claim:
            window = self.paragraphs.place(record, record.context)
            spans = (None,) if record.is_answered else ()
            yield Example(record.question, (window,), len(spans), spans)
            return
        if record.is_answered and not right:
            return
        wrong = self._wrong_windows(record, right, retrieved)
        if right or wrong:
            yield Example(record.question, (*right, *wrong), len(right), tuple(right.values()))
        if record.is_answered and self.rng.random() < _NEAR_MISSES:
            question = self._near_miss(record, right)
            if question:
                yield Example(question, (*right, *wrong[:2]), 0)

    def right_windows(self, record: Record) -> dict[int, Span | None]:
        """Return a window around the answer, with the answer's place in it."""
        if not record.is_answered or record.is_claim or not record.answers:
            return {}
        answer = min(record.answers, key=lambda span: span.length)
        sentences = self.paragraphs.sentences(record.context)
        at = next((row for row, each in enumerate(sentences) if each.end > answer.start), None)
        if at is None:
            return {}
        span = span_of(sentences, grow(sentences, at, self.rng.choice(LENGTHS), self.rng))
        place = self.paragraphs.place(record, cut(record.context, span))
        start, end = answer.start - span.start, answer.end - span.start
        is_inside = start >= 0 and end <= span.length
        marked = is_inside and answer.length <= _SPAN_SHARE * span.length
        return {place: Span(start, end) if marked else None}

    def _wrong_windows(
        self, record: Record, right: Mapping[int, Span | None], retrieved: Iterable[int]
    ) -> list[int]:
        wrong = self._others(record, right, retrieved)
        without = _without_answer(right, self.paragraphs)
        if without is not None and self.rng.random() < _LEFT_OUT and not _answers(record, without):
            wrong = [self.paragraphs.place(record, without), *wrong][:_WRONG]
        if self.rng.random() < _ECHOES:
            echo = record.question.rstrip("?. ") + "?"
            # In place of the first, be it the right one without its answer.
            wrong = [self.paragraphs.place(record, echo[:1].upper() + echo[1:]), *wrong[1:]]
        return wrong

    def _others(self, record: Record, right: Iterable[int], retrieved: Iterable[int]) -> list[int]:
        """Return windows of the paragraph, of its article and from elsewhere, without an answer."""
        windows = self.paragraphs.windows
        shown = [windows[place] for place in right]

        def is_wrong(place: int) -> bool:
            window = windows[place]
            if any(window in one or one in window for one in shown):
                return False
            return not _answers(record, window)

        same = [one for one in self.paragraphs.of_paragraph[record.context] if is_wrong(one)]
        group = [
            one
            for one in self.paragraphs.of_group[record.group]
            if is_wrong(one) and one not in same
        ]
        far = [one for one in retrieved if is_wrong(one)][:_OF_COLLECTION]
        near = sorted(group, key=lambda one: -_shared(record.question, windows[one]))[:2]
        self.rng.shuffle(same)
        wrong = [*dict.fromkeys([*far[:2], *same[:2], *near, *far, *same])][:_WRONG]
        self.rng.shuffle(wrong)
        return wrong

    def _near_miss(self, record: Record, right: Iterable[int]) -> str | None:
        windows = self.paragraphs.windows
        group = self.paragraphs.of_group[record.group]
        elsewhere = [windows[one] for one in self.rng.sample(group, min(6, len(group)))]
        window = " ".join(windows[place] for place in right)
        verbs = self.paragraphs.verbs
        return make_near_miss(record.question, window, record.context, elsewhere, verbs, self.rng)


def _without_answer(right: Mapping[int, Span | None], paragraphs: Paragraphs) -> str | None:
    """Return the right window with its answer left out; None if that can't be done."""
    for place, span in right.items():
        if span:
            return leave_out(paragraphs.windows[place], span)
    return None


def _answers(record: Record, window: str) -> bool:
    """Tell whether the window has any of the answers, whatever it says about them."""
    answers = (cut(record.context, span).casefold() for span in record.answers)
    return any(answer in window.casefold() for answer in answers)


def _shared(question: str, window: str) -> int:
    return len(set(split_terms(question)) & set(split_terms(window)))
