"""Candidates → the best passages, and the scores of their sentences (pure): every weight is here.

A passage counts by meaning and words, half and half, and by its article's support: its relevance.
Its place in the article and its day speak for it whatever the question: its prior. A sentence
counts by its passage, its meaning, its words, what the question's words find around it, and whether
it holds the kind of thing that is asked for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from index.models import ArticleNo, PassageNo, SentenceNo
from index.search.answer_types import holds_type
from index.search.candidates import Candidate, Hit
from index.search.question import ParsedQuestion
from index.search.time_expressions import Timing, freshness, nearness
from index.store.base import Origin
from index.text.bm25 import bm25, weighted_coverage

SUPPORT = (1.0, 0.5, 0.25)  # what an article's best, second and third passage add to its support
BEST_PASSAGES = 20  # passages whose sentences are scored
# What lifts a passage above its own score of 0 to 1: published on the days that are asked for, or
# shortly before the question; near the beginning of its article, where news says what happened.
_IN_PERIOD = 0.35
_FRESH = 0.3
_LEAD = 0.15
_LEAD_HALF = 5  # sentences into an article, its lead counts half
_PASSAGE, _DENSE, _LEXICAL, _AROUND, _TYPE = 0.5, 0.3, 0.2, 0.15, 0.08  # of a sentence's score

_Number = TypeVar("_Number", bound=int)


def rank_passages(
    cosines: Mapping[PassageNo, float],
    lexical: Mapping[PassageNo, float],
    origins: Mapping[PassageNo, Origin],
    timing: Timing,
) -> list[Hit]:
    """Return the best passages, best first; `cosines` contains every candidate."""
    dense = scale(cosines)
    best_lexical = max(lexical.values(), default=0.0) or 1.0
    fused = {row: (dense[row] + lexical.get(row, 0.0) / best_lexical) / 2 for row in dense}
    support = article_support(fused, {row: origins[row].article for row in fused})
    relevance = {row: (fused[row] + support[row]) / 2 for row in fused}
    prior = {row: _prior(origins[row], timing) for row in fused}
    ranked = sorted(fused, key=lambda row: (-relevance[row] - prior[row], row))[:BEST_PASSAGES]
    return [
        Hit(row, relevance[row], prior[row], cosines[row], rank)
        for rank, row in enumerate(ranked, start=1)
    ]


def _prior(origin: Origin, timing: Timing) -> float:
    lead = lead_lift(_LEAD, origin.sentences_before)
    fresh = _FRESH * freshness(origin.published, timing.news_of)
    return lead + fresh + _IN_PERIOD * nearness(origin.published, timing)


def lead_lift(most: float, sentences_before: int) -> float:
    """Return what a place in an article adds to a score: `most` at its beginning."""
    return most * _LEAD_HALF / (_LEAD_HALF + sentences_before)


def score_sentences(
    question: ParsedQuestion, candidates: Mapping[SentenceNo, Candidate]
) -> dict[SentenceNo, tuple[float, float]]:
    """Return the relevance (0 to 1) and the prior of each candidate sentence, by its number."""
    idf, kind = question.idf, question.answer_type
    lexical = bm25({number: Counter(each.terms) for number, each in candidates.items()}, idf)
    dense = scale({number: each.cosine for number, each in candidates.items()})
    whole = _PASSAGE + _DENSE + _LEXICAL + _AROUND + _TYPE
    return {
        number: (
            (
                _PASSAGE * each.passage
                + _DENSE * dense[number]
                + _LEXICAL * lexical[number]
                + _AROUND * weighted_coverage(idf, each.around)
                + _TYPE * (kind is not None and holds_type(each.text, kind, idf))
            )
            / whole,
            _PASSAGE * each.prior / whole,
        )
        for number, each in candidates.items()
    }


def article_support(
    scores: Mapping[PassageNo, float], articles: Mapping[PassageNo, ArticleNo]
) -> dict[PassageNo, float]:
    """Return for each passage how well its article's best three do together, 0 to 1.

    One article with several good passages is more likely about the question than one with a
    single lucky match. `articles` is the article of each passage.
    """
    of_article: dict[ArticleNo, list[float]] = defaultdict(list)
    for passage, score in scores.items():
        of_article[articles[passage]].append(score)
    support = scale({article: three_best(found) for article, found in of_article.items()})
    return {passage: support[articles[passage]] for passage in scores}


def three_best(scores: Iterable[float]) -> float:
    """Return the weighted sum (`SUPPORT`) of the three best scores."""
    best = sorted(scores, reverse=True)
    return sum(weight * score for weight, score in zip(SUPPORT, best, strict=False))


def scale(values: Mapping[_Number, float]) -> dict[_Number, float]:
    """Scale to 0..1 between the lowest and the highest; all 1 if they are equal."""
    low, high = min(values.values(), default=0.0), max(values.values(), default=0.0)
    if high - low < 1e-9:
        return dict.fromkeys(values, 1.0)
    return {key: (value - low) / (high - low) for key, value in values.items()}
