"""Metrics of the answers to a labelled set of questions, with their intervals (pure).

quote@k: over answerable questions, the share for which one of the first k quotes holds a right
answer and comes from a right article; a refused question is a miss. answer@k: the same, from
whatever article. article@k: one of the first k distinct articles quoted is a right one. marked
right: over first quotes that hold a right answer and have one marked, the share whose marked words
and right answer contain one another. marked, though without an answer: over questions without one,
the share whose first quote has words marked; a refused question has none. Text is compared
lower-cased, without punctuation.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from index.models import Answer

QUOTE_RANKS = (1, 3, 5)
ANSWER_RANKS = (1, 3)
ARTICLE_RANKS = (1, 3, 5, 10)
_RESAMPLES = 1000
_WRONGLY = 0.05


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with its right answers, any of them, from any of the right articles.

    Without `articles`, a right answer from any article counts. `asked_on` is the day it was asked.
    """

    id: str | int
    text: str
    answers: tuple[str, ...]
    articles: frozenset[str]
    is_answerable: bool
    asked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a question was answered; a rank starts at 1, None if nothing right was shown."""

    question: LabelledQuestion
    answer: Answer
    quote_rank: int | None
    answer_rank: int | None
    article_rank: int | None
    took_ms: float


@dataclass(frozen=True, slots=True)
class Separation:
    """How well the probability tells questions with an answer from those without.

    `auc` is the chance that one with an answer has the higher probability. `refused` is the share
    of those without that would be refused at the threshold that wrongly refuses `_WRONGLY` of those
    with one: near misses, if the questions are such.
    """

    auc: float
    refused: float


@dataclass(frozen=True, slots=True)
class Share:
    """A share (0 to 1) of `of` questions, with its bootstrap 95 % interval."""

    value: float
    low: float
    high: float
    of: int


def judge(question: LabelledQuestion, answer: Answer, took_ms: float) -> Judgement:
    """Compare an answer with the labels of its question."""
    quote_rank = rank_answer(question, [(each.article_id, each.text) for each in answer.quotes])
    anywhere = replace(question, articles=frozenset())
    answer_rank = rank_answer(anywhere, [(each.article_id, each.text) for each in answer.quotes])
    article_rank = rank_article(question, [each.article_id for each in answer.quotes])
    return Judgement(question, answer, quote_rank, answer_rank, article_rank, took_ms)


def rank_answer(question: LabelledQuestion, shown: Iterable[tuple[str, str]]) -> int | None:
    """Return the rank of the first text that contains a right answer, from a right article.

    `shown` are the texts shown, best first, each with its article's id.
    """
    right = [_normal(each) for each in question.answers]
    for rank, (article, text) in enumerate(shown, 1):
        if _is_right(article, question) and _holds(text, right):
            return rank
    return None


def rank_article(question: LabelledQuestion, articles: Iterable[str]) -> int | None:
    """Return the rank of the first right article among the distinct ones."""
    distinct = enumerate(dict.fromkeys(articles), 1)
    return next((rank for rank, each in distinct if _is_right(each, question)), None)


def summarise(judgements: Sequence[Judgement]) -> dict[str, Share]:
    """Return every share by its name; those over no question are left out."""
    answerable = [each for each in judgements if each.question.is_answerable]
    others = [each for each in judgements if not each.question.is_answerable]
    shares: dict[str, list[bool]] = {}
    for k in QUOTE_RANKS:
        shares[f"quote@{k}"] = [_within(each.quote_rank, k) for each in answerable]
    for k in ANSWER_RANKS:
        shares[f"answer@{k}"] = [_within(each.answer_rank, k) for each in answerable]
    for k in ARTICLE_RANKS:
        shares[f"article@{k}"] = [_within(each.article_rank, k) for each in answerable]
    shares["wrongly refused"] = [not each.answer.quotes for each in answerable]
    shares["refused"] = [not each.answer.quotes for each in others]
    marked = [each for each in answerable if each.answer_rank == 1 and _marked(each)]
    shares["marked right"] = [_is_marked_right(each) for each in marked]
    shares["marked, though without an answer"] = [bool(_marked(each)) for each in others]
    shares["verbatim"] = [
        is_verbatim
        for each in judgements
        for is_verbatim in [True] * len(each.answer.quotes) + [False] * each.answer.dropped
    ]
    return {name: bootstrap(values) for name, values in shares.items() if values}


def separation(judgements: Sequence[Judgement]) -> Separation | None:
    """Return how well the probability separates them; None unless there are both kinds."""
    found: dict[bool, list[float]] = {True: [], False: []}
    for each in judgements:
        found[each.question.is_answerable].append(each.answer.probability)
    if not all(found.values()):
        return None
    threshold = np.quantile(found[True], _WRONGLY)
    refused = float(np.mean(np.asarray(found[False]) < threshold))
    return Separation(auc(found[True], found[False]), refused)


def auc(answered: Sequence[float], unanswered: Sequence[float]) -> float:
    """Return the chance that an answered question has the higher probability; ties count half."""
    one, other = np.asarray(answered)[:, None], np.asarray(unanswered)[None, :]
    return float(((one > other) + 0.5 * (one == other)).mean())


def _marked(each: Judgement) -> str:
    """Return the words marked in the first quote, "" if none are or the question was refused."""
    quotes = each.answer.quotes
    return _normal(quotes[0].answer_text or "") if quotes else ""


def _is_marked_right(each: Judgement) -> bool:
    marked, right = _marked(each), [_normal(one) for one in each.question.answers]
    return any(f" {one} " in f" {marked} " or f" {marked} " in f" {one} " for one in right if one)


def quote_length(judgements: Iterable[Judgement]) -> float:
    """Return the mean length of all quotes, in characters; 0 without any."""
    lengths = [len(quote.text) for each in judgements for quote in each.answer.quotes]
    return sum(lengths) / len(lengths) if lengths else 0.0


def percentiles(judgements: Sequence[Judgement]) -> tuple[float, float]:
    """Return the median and the 95th percentile of the milliseconds a question took."""
    took = [each.took_ms for each in judgements]
    p50, p95 = np.percentile(took, [50, 95])
    return float(p50), float(p95)


def worst(judgements: Iterable[Judgement], count: int) -> list[Judgement]:
    """Return the `count` worst: wrongly answered first, then wrongly refused, then low ranks."""

    def badness(each: Judgement) -> int:
        if not each.question.is_answerable:
            return 1000 if each.answer.quotes else 0
        if each.quote_rank is None:
            return 900 if each.answer.quotes else 800
        return each.quote_rank - 1

    bad = [each for each in judgements if badness(each)]
    return sorted(bad, key=badness, reverse=True)[:count]


def bootstrap(values: Sequence[bool]) -> Share:
    """Return the share of true values with its 95 % interval from 1,000 seeded resamples."""
    array = np.asarray(values, dtype=float)
    means = np.random.default_rng(0).binomial(len(array), array.mean(), _RESAMPLES) / len(array)
    low, high = np.percentile(means, [2.5, 97.5])
    return Share(float(array.mean()), float(low), float(high), len(array))


def _within(rank: int | None, k: int) -> bool:
    return rank is not None and rank <= k


def _is_right(article_id: str, question: LabelledQuestion) -> bool:
    return not question.articles or article_id in question.articles


def _holds(text: str, answers: Iterable[str]) -> bool:
    padded = f" {_normal(text)} "
    return any(f" {answer} " in padded for answer in answers if answer)


def _normal(text: str) -> str:
    kept = (
        letter for letter in text.casefold() if not unicodedata.category(letter).startswith("P")
    )
    return " ".join("".join(kept).split())
