"""Records → examples: a question with windows that answer it and windows that do not.

Right is the window around the answer. Wrong are windows of the same paragraph, of the same article
and of the whole collection that share words with the question but not its answer; the right one
with the answer left out; and for a near miss the very window that answered the question it was made
from.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from index.models import Span
from index.text.sentences import split_sentences
from index.text.terms import split_terms
from index.training.examples import Collection, Example
from index.training.near_misses import make_near_miss
from index.training.records import Record
from index.training.verbs import learn_verbs
from index.training.windows import LENGTHS, divide, grow, leave_out, span_of

_WRONG = 5  # windows an example
_OF_COLLECTION = 3  # of these, at most so many from anywhere
_RETRIEVED = 12  # windows looked at for them
_NEAR_MISSES = 0.8  # share of the answered questions that one is made from
_LEFT_OUT = 0.7  # share of the answers that can be left out that are, for a wrong window
_ECHOES = 0.05  # share of the questions that are a wrong window of their own: a quiz, a headline
_LONGEST_TITLE = 150  # characters
_SPAN_SHARE = 0.8  # of its window: an answer longer than this marks no span
_CHUNK = 512  # questions compared with all windows at a time
_COMMON = 0.02  # share of the windows: a term in more of them tells none apart
_FEW = 20  # windows: a term in so many or fewer is never common


class _Paragraphs:
    """The windows of every paragraph, each text once, and the verbs in them."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.windows: list[str] = []
        self.titles: list[str] = []
        self._places: dict[tuple[str, str], int] = {}
        self._sentences: dict[str, list[Span]] = {}
        self.of_paragraph: dict[str, list[int]] = {}
        self.of_group: dict[str, list[int]] = defaultdict(list)
        self.verbs: frozenset[str] = frozenset()

    def sentences(self, context: str) -> list[Span]:
        if context not in self._sentences:
            self._sentences[context] = split_sentences(context)
        return self._sentences[context]

    def read(self, record: Record) -> None:
        """Divide the record's paragraph into windows, once."""
        if record.context in self.of_paragraph:
            return
        sentences = self.sentences(record.context)
        places = [
            self.place(record, _cut(record.context, span_of(sentences, window)))
            for window in divide(sentences, self._rng)
        ]
        self.of_paragraph[record.context] = places
        self.of_group[record.group] += places

    def place(self, record: Record, window: str) -> int:
        title = _title(record.group) or self._opening(record.context, window)
        if (window, title) not in self._places:
            self._places[window, title] = len(self.windows)
            self.windows.append(window)
            self.titles.append(title)
        return self._places[window, title]

    def _opening(self, context: str, window: str) -> str:
        """Return the paragraph's first sentence, which stands in for a headline, unless shown."""
        sentences = self.sentences(context)
        opening = _cut(context, sentences[0]) if sentences else ""
        return "" if opening in window or len(opening) > _LONGEST_TITLE else opening


def make_examples(records: Sequence[Record], seed: int = 0) -> Collection:
    """Return the examples of these records, in a random order that the seed decides."""
    rng = random.Random(seed)  # noqa: S311  # nothing secret
    paragraphs = _Paragraphs(rng)
    for record in records:
        paragraphs.read(record)
    paragraphs.verbs = learn_verbs(paragraphs.windows)
    right = [_right_windows(record, paragraphs, rng) for record in records]
    retrieved = _retrieve([each.question for each in records], paragraphs.windows)
    examples: list[Example] = []
    for record, found, others in zip(records, right, retrieved, strict=True):
        examples += _examples(record, found, others, paragraphs, rng)
    rng.shuffle(examples)
    return Collection(paragraphs.windows, paragraphs.titles, examples)


def _examples(
    record: Record,
    right: Mapping[int, Span | None],
    retrieved: Iterable[int],
    paragraphs: _Paragraphs,
    rng: random.Random,
) -> Iterator[Example]:
    if record.is_claim:
        window = paragraphs.place(record, record.context)
        spans = (None,) if record.is_answered else ()
        yield Example(record.question, (window,), len(spans), spans)
        return
    if record.is_answered and not right:
        return
    wrong = _wrong_windows(record, right, retrieved, paragraphs, rng)
    without = _without_answer(right, paragraphs)
    if without is not None and rng.random() < _LEFT_OUT and not _answers(record, without):
        wrong = [paragraphs.place(record, without), *wrong][:_WRONG]
    if rng.random() < _ECHOES:
        echo = record.question.rstrip("?. ") + "?"
        # In place of the first, be it the right one without its answer.
        wrong = [paragraphs.place(record, echo[:1].upper() + echo[1:]), *wrong[1:]]
    if right or wrong:
        yield Example(record.question, (*right, *wrong), len(right), tuple(right.values()))
    if record.is_answered and rng.random() < _NEAR_MISSES:
        question = _near_miss(record, right, paragraphs, rng)
        if question:
            yield Example(question, (*right, *wrong[:2]), 0)


def _right_windows(
    record: Record, paragraphs: _Paragraphs, rng: random.Random
) -> dict[int, Span | None]:
    """Return a window around the answer, with the answer's place in it."""
    if not record.is_answered or record.is_claim or not record.answers:
        return {}
    answer = min(record.answers, key=lambda span: span.length)
    sentences = paragraphs.sentences(record.context)
    at = next((row for row, each in enumerate(sentences) if each.end > answer.start), None)
    if at is None:
        return {}
    span = span_of(sentences, grow(sentences, at, rng.choice(LENGTHS), rng))
    place = paragraphs.place(record, _cut(record.context, span))
    start, end = answer.start - span.start, answer.end - span.start
    is_inside = start >= 0 and end <= span.length
    marked = is_inside and answer.length <= _SPAN_SHARE * span.length
    return {place: Span(start, end) if marked else None}


def _wrong_windows(
    record: Record,
    right: Mapping[int, Span | None],
    retrieved: Iterable[int],
    paragraphs: _Paragraphs,
    rng: random.Random,
) -> list[int]:
    shown = [paragraphs.windows[place] for place in right]

    def is_wrong(place: int) -> bool:
        window = paragraphs.windows[place]
        if any(window in one or one in window for one in shown):
            return False
        return not _answers(record, window)

    same = [one for one in paragraphs.of_paragraph[record.context] if is_wrong(one)]
    group = [one for one in paragraphs.of_group[record.group] if is_wrong(one) and one not in same]
    far = [one for one in retrieved if is_wrong(one)][:_OF_COLLECTION]
    rng.shuffle(same)
    picked = dict.fromkeys([*far, *same])
    near = sorted(group, key=lambda one: -_shared(record.question, paragraphs.windows[one]))[:2]
    wrong = [*dict.fromkeys([*far[:2], *same[:2], *near, *picked])][:_WRONG]
    rng.shuffle(wrong)
    return wrong


def _answers(record: Record, window: str) -> bool:
    """Tell whether the window has any of the answers, whatever it says about them."""
    answers = (_cut(record.context, span).casefold() for span in record.answers)
    return any(answer in window.casefold() for answer in answers)


def _shared(question: str, window: str) -> int:
    return len(set(split_terms(question)) & set(split_terms(window)))


def _without_answer(right: Mapping[int, Span | None], paragraphs: _Paragraphs) -> str | None:
    """Return the right window with its answer left out; None if that can't be done."""
    for place, span in right.items():
        if span:
            return leave_out(paragraphs.windows[place], span)
    return None


def _near_miss(
    record: Record, right: Iterable[int], paragraphs: _Paragraphs, rng: random.Random
) -> str | None:
    group = paragraphs.of_group[record.group]
    elsewhere = [paragraphs.windows[one] for one in rng.sample(group, min(6, len(group)))]
    window = " ".join(paragraphs.windows[place] for place in right)
    verbs = paragraphs.verbs
    return make_near_miss(record.question, window, record.context, elsewhere, verbs, rng)


def _retrieve(questions: Sequence[str], windows: Sequence[str]) -> Iterator[list[int]]:
    """Yield for each question the windows nearest to it by tf-idf, best first."""
    common = max(_FEW, int(_COMMON * len(windows)))
    vectorizer = TfidfVectorizer(analyzer=split_terms, max_df=common, min_df=2, dtype=np.float32)
    try:
        matrix = vectorizer.fit_transform(windows).T.tocsr()
    except ValueError:  # no term is in two windows, so none is near a question by its words
        yield from ([] for _ in questions)
        return
    for start in range(0, len(questions), _CHUNK):
        scores = (vectorizer.transform(questions[start : start + _CHUNK]) @ matrix).tocsr()
        yield from (_best(scores, row) for row in range(scores.shape[0]))


def _best(scores: csr_matrix, row: int) -> list[int]:
    start, end = scores.indptr[row], scores.indptr[row + 1]
    values, places = scores.data[start:end], scores.indices[start:end]
    order = np.argsort(-values, kind="stable")[:_RETRIEVED]
    return [int(places[one]) for one in order]


def _cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _title(group: str) -> str:
    """Return the title that a group's name is, empty if it is only a number or a code."""
    name = group.rpartition("/")[2].replace("_", " ").strip()
    has_words = " " in name or name.isalpha()
    return name if has_words and ":" not in name and not any(map(str.isdigit, name)) else ""
