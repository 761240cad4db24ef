"""Candidates → the best passages, and the scores of their sentences (pure): every weight is here.

A passage counts by meaning and words, half and half; its article's support, its place in the
article and its day lift it. A sentence counts by its passage, its meaning, its words, what the
question's words find around it, and whether it holds the kind of thing that is asked for.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from index.answer_types import asked_type, holds_type
from index.database import Origin
from index.models import Hit
from index.periods import Timing, freshness
from index.scoring import article_support, bm25, held_share, scale

BEST_PASSAGES = 20  # passages whose sentences are scored
# What lifts a passage above its own score of 0 to 1: published on the days that are asked for, or
# shortly before the question; near the beginning of its article, where news says what happened.
_IN_PERIOD = 0.5
_FRESH = 0.3
_LEAD, _LEAD_HALF = 0.15, 5  # half of it 5 sentences in
_PASSAGE, _DENSE, _LEXICAL, _AROUND, _TYPE = 0.5, 0.3, 0.2, 0.15, 0.08  # of a sentence's score


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a found passage; `passage` is the best score among the passages it is in.

    `around` holds the terms of the sentence and of its two neighbours.
    """

    passage: float
    cosine: float
    text: str
    terms: tuple[str, ...]
    around: frozenset[str]


def rank_passages(
    cosines: Mapping[int, float],
    lexical: Mapping[int, float],
    origins: Mapping[int, Origin],
    timing: Timing,
) -> list[Hit]:
    """Return the best passages, best first; `cosines` holds every candidate."""
    dense = scale(cosines)
    best_lexical = max(lexical.values(), default=0.0) or 1.0
    fused = {row: (dense[row] + lexical.get(row, 0.0) / best_lexical) / 2 for row in dense}
    support = article_support(fused, {row: origins[row].article for row in fused})
    scores = {row: (fused[row] + support[row]) / 2 + _lift(origins[row], timing) for row in fused}
    ranked = sorted(scores, key=lambda row: (-scores[row], row))[:BEST_PASSAGES]
    return [Hit(row, scores[row], cosines[row], rank) for rank, row in enumerate(ranked, start=1)]


def _lift(origin: Origin, timing: Timing) -> float:
    lead = _LEAD * _LEAD_HALF / (_LEAD_HALF + origin.sentences_before)
    fresh = _FRESH * freshness(origin.published, timing.news_of)
    named = timing.named is not None and timing.named.holds(origin.published)
    return lead + fresh + _IN_PERIOD * named


def score_sentences(
    question: str, idf: Mapping[str, float], candidates: Mapping[int, Candidate]
) -> dict[int, float]:
    """Return the score of each sentence; `idf` is that of the question's terms."""
    lexical = bm25({number: Counter(each.terms) for number, each in candidates.items()}, idf)
    dense = scale({number: each.cosine for number, each in candidates.items()})
    kind = asked_type(question)
    return {
        number: (
            _PASSAGE * each.passage
            + _DENSE * dense[number]
            + _LEXICAL * lexical[number]
            + _AROUND * held_share(idf, each.around)
            + _TYPE * (kind is not None and holds_type(each.text, kind, idf))
        )
        / (1 + _AROUND + _TYPE)
        for number, each in candidates.items()
    }
