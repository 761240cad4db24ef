"""The best sentence of each article on a topic, with its date, as a candidate for an event."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np

from index.answers.quotable import says_something
from index.dates.partial_date import PartialDate
from index.encoders.base import Vectors
from index.models import Article, ArticleNo, Sentence, SentenceNo
from index.search.candidates import Reading
from index.search.question import ParsedQuestion
from index.search.ranking import lead_lift, score_sentences
from index.store.base import DatedArticle, Store
from index.text.bm25 import weighted_coverage
from index.text.near_duplicates import Fingerprint
from index.timelines.newsworthiness import LEAD, is_declarative, news_lift, talks_to_reader
from index.timelines.topic import TopicArticle, TopicPassage

_PASSAGES = 3  # of an article whose sentences are candidates
_RELEVANT = 0.3  # what an article that is wholly on the topic adds to its sentence's score of 1
_NAMED = 0.5  # least share of the topic's idf in the sentence and its headline
# A sentence repeated in 3 or more articles over more than 7 days is boilerplate.
_MANY, _LONG_APART = 3, timedelta(days=7)


@dataclass(frozen=True, slots=True, eq=False)
class EventSentence:
    """A sentence that reports an event.

    `number` is its article's; `place` counts the sentences of that article from 0. The best of all
    has score 1. `published` has a year. `copies` are its near-duplicates in other articles, none of
    them earlier.
    """

    number: ArticleNo
    article: Article
    sentences: Sequence[Sentence]
    place: int
    score: float
    vector: Vectors
    fingerprint: Fingerprint
    published: PartialDate
    copies: list["EventSentence"] = field(default_factory=list)


def best_event_sentences(
    topic: ParsedQuestion, articles: Sequence[TopicArticle], store: Store
) -> list[EventSentence]:
    """Return the best sentence of each article that names the topic, best first."""
    reading, passages = _read(articles, store)
    dates = {each.number: each.published for each in articles}
    named = (number for number in passages if _names(reading, number, topic))
    best_passage = {number: (passages[number], 0.0) for number in _reporting(reading, named, dates)}
    vectors = store.vectors_of_sentences(reading.passages)
    rows = np.array([vectors[number] for number in best_passage]).reshape(-1, topic.vector.size)
    candidates = reading.candidates(best_passage, (rows @ topic.vector).tolist())
    scores = score_sentences(topic, candidates)
    relevance = {each.number: each.relevance for each in articles}
    lifted = {
        number: score
        * _lift(reading, number)
        * (1 + _RELEVANT * relevance[reading.article_of[number]])
        for number, (score, _) in scores.items()
    }
    return _event_sentences(reading, lifted, vectors, dates)


def spread_evenly(articles: Sequence[DatedArticle], most: int) -> Sequence[DatedArticle]:
    """Return up to `most` (2 or more) of these, evenly from the first to the last."""
    if len(articles) <= most:
        return articles
    return [articles[place * (len(articles) - 1) // (most - 1)] for place in range(most)]


def lead_event_sentences(
    articles: Sequence[DatedArticle], store: Store, *, is_strict: bool = False
) -> list[EventSentence]:
    """Return the sentence in the first passage of each article that reports most, best first.

    If `is_strict`, it has a word of its headline and does not talk to the reader: "Sign up for our
    newsletter" opens many an article.
    """
    reading = Reading.of(
        store.articles(each.number for each in articles),
        store.passages(each.first_passage for each in articles),
        store.acronyms,
    )
    dates = {each.number: each.published for each in articles}
    leads = (
        number
        for each in reading.passages
        for number in each.sentences
        if not is_strict or _is_about_its_headline(reading, number)
    )
    lifts = {number: _lift(reading, number) for number in _reporting(reading, leads, dates)}
    return _event_sentences(reading, lifts, store.vectors_of_sentences(reading.passages), dates)


def _event_sentences(
    reading: Reading,
    scores: Mapping[SentenceNo, float],
    vectors: Mapping[SentenceNo, Vectors],
    dates: Mapping[ArticleNo, PartialDate],
) -> list[EventSentence]:
    """Return the best sentence of each article, best first; the best of all has score 1."""
    highest = max(scores.values(), default=0.0) or 1.0
    return [
        EventSentence(
            reading.article_of[number],
            reading.article(number),
            reading.article_sentences(number),
            reading.position(number),
            scores[number] / highest,
            vectors[number],
            reading.fingerprint(number),
            dates[reading.article_of[number]],
        )
        for number in _best_of_each(reading, scores)
    ]


def _reporting(
    reading: Reading, numbers: Iterable[SentenceNo], dates: Mapping[ArticleNo, PartialDate]
) -> list[SentenceNo]:
    """Return the sentences that make a statement and are no boilerplate."""
    texts = ((number, reading.text(number)) for number in numbers)
    declarative = [one for one, text in texts if is_declarative(text) and says_something(text)]
    boilerplate = _boilerplate_sentences(reading, declarative, dates)
    return [number for number in declarative if number not in boilerplate]


def _read(
    articles: Sequence[TopicArticle], store: Store
) -> tuple[Reading, Mapping[SentenceNo, float]]:
    """Return the articles and the sentences of their best passages, with the passage's score."""
    scores = {one.number: one.relevance for each in articles for one in _passages_read(each)}
    reading = Reading.of(
        store.articles(each.number for each in articles), store.passages(scores), store.acronyms
    )
    found: dict[SentenceNo, float] = {}
    for row, score in scores.items():
        for number in reading.sentence_numbers(row):
            found[number] = max(score, found.get(number, 0.0))
    return reading, found


def _passages_read(article: TopicArticle) -> list[TopicPassage]:
    lifted = sorted(
        article.passages,
        key=lambda each: -each.relevance * (1 + lead_lift(LEAD, each.sentences_before)),
    )
    return lifted[:_PASSAGES]


def _names(reading: Reading, number: SentenceNo, topic: ParsedQuestion) -> bool:
    """Tell whether the sentence, under its headline, names the topic."""
    headline = reading.headline_terms(reading.article_of[number])
    return weighted_coverage(topic.idf, {*headline, *reading.terms(number)}) >= _NAMED


def _boilerplate_sentences(
    reading: Reading, numbers: Iterable[SentenceNo], dates: Mapping[ArticleNo, PartialDate]
) -> set[SentenceNo]:
    """Return the sentences repeated in many articles, days apart.

    `dates` are by article number.
    """
    same: dict[tuple[str, ...], list[SentenceNo]] = defaultdict(list)
    for number in numbers:
        same[reading.terms(number)].append(number)
    found: set[SentenceNo] = set()
    for copies in same.values():
        days = {dates[reading.article_of[number]].first for number in copies}
        if len(copies) >= _MANY and max(days) - min(days) > _LONG_APART:
            found.update(copies)
    return found


def _is_about_its_headline(reading: Reading, number: SentenceNo) -> bool:
    headline = reading.headline_terms(reading.article_of[number])
    has_its_words = not headline.isdisjoint(reading.terms(number))
    return has_its_words and not talks_to_reader(reading.text(number))


def _lift(reading: Reading, number: SentenceNo) -> float:
    headline = reading.headline_terms(reading.article_of[number])
    return news_lift(
        reading.text(number), reading.terms(number), headline, reading.position(number)
    )


def _best_of_each(reading: Reading, scores: Mapping[SentenceNo, float]) -> list[SentenceNo]:
    """Return the best sentence of each article, best first."""
    best: dict[ArticleNo, SentenceNo] = {}
    for number in sorted(scores, key=lambda number: (-scores[number], number)):
        best.setdefault(reading.article_of[number], number)
    return list(best.values())
