"""Topic → all articles that are on it.

An article is on a topic if one of its passages, with its headline, contains the topic's words
(weighted by idf) and is close to it in meaning; a passage with less of one needs more of the other.
Recent articles have no advantage.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from index.dates.partial_date import PartialDate, Precision
from index.encoders.base import Vectors
from index.models import ArticleNo, Filters, PassageNo
from index.search.question import ParsedQuestion
from index.search.ranking import SUPPORT, three_best
from index.snapshot.database import Origin
from index.snapshot.snapshot import Snapshot

# Least share of the best passage's score. Chosen by hand on twenty topics: passages just above it
# still mention the topic, those below are about other people of the same name.
FLOOR = 0.6
_MEANING = 1 - FLOOR  # so that a passage with every word is on the topic, whatever its cosine
_SAMPLE = 200  # passages from which the cosine of an unrelated text is estimated


@dataclass(frozen=True, slots=True)
class TopicPassage:
    """A passage on the topic; its relevance is 0 (at the floor) to 1 (the best passage)."""

    number: PassageNo
    relevance: float
    sentences_before: int


@dataclass(frozen=True, slots=True)
class TopicArticle:
    """An article on the topic, of a known year, with its passages on it, best first."""

    number: ArticleNo
    outlet: str | None
    published: PartialDate
    passages: tuple[TopicPassage, ...]

    @property
    def relevance(self) -> float:
        """How much of it is on the topic, 0 to 1: its three best passages."""
        return three_best(each.relevance for each in self.passages) / sum(SUPPORT)


@dataclass(frozen=True, slots=True)
class OnTopic:
    """The articles on a topic that pass the filters, in order of their number.

    `undated` counts those left out because not even the year of their publication is known.
    """

    articles: tuple[TopicArticle, ...] = ()
    undated: int = 0


def find_on_topic(topic: ParsedQuestion, filters: Filters, snapshot: Snapshot) -> OnTopic:
    """Return the dated articles that pass the filters; relevance does not depend on the filters."""
    relevance = _relevance(topic, snapshot)
    origins = snapshot.database.origins(relevance)
    if filters.outlet is not None:
        origins = {row: each for row, each in origins.items() if each.outlet == filters.outlet}
    dated = _by_article(relevance, origins)
    undated = len({each.article for each in origins.values()}) - len(dated)
    if filters.by_date:
        within = snapshot.database.passages_within(filters)
        dated = [each for each in dated if within[each.passages[0].number]]
    return OnTopic(tuple(dated), undated)


def _relevance(topic: ParsedQuestion, snapshot: Snapshot) -> dict[PassageNo, float]:
    """Return every passage on the topic with its relevance, from 0 at the floor to 1."""
    held = _held(topic, snapshot)
    # No passage below half the floor can reach it, whatever its meaning.
    least = FLOOR * (1 - _MEANING) * held.max(initial=0.0)
    candidates = cast(list[PassageNo], np.flatnonzero((held > 0) & (held >= least)).tolist())
    cosines = snapshot.passage_vectors.cosines(topic.vector, candidates)
    far, close = _usual_cosine(topic.vector, snapshot), max(cosines.values(), default=0.0)
    scores = {
        row: float(held[row]) * (1 - _MEANING + _MEANING * _share(cosine, far, close))
        for row, cosine in cosines.items()
    }
    best = max(scores.values(), default=0.0)
    return {
        row: _share(score, FLOOR * best, best)
        for row, score in scores.items()
        if score >= FLOOR * best > 0
    }


def _held(topic: ParsedQuestion, snapshot: Snapshot) -> npt.NDArray[np.float64]:
    """Return the share of the topic's idf that each passage contains."""
    total = sum(topic.idf.values())
    held = np.zeros(snapshot.manifest.passages)
    for term, weight in topic.idf.items():
        held[snapshot.database.postings.passages_holding(term)] += weight / total
    return held


def _usual_cosine(vector: Vectors, snapshot: Snapshot) -> float:
    """Return the cosine of an unrelated passage to the topic, which differs between encoders."""
    count = snapshot.manifest.passages
    sample = [PassageNo(row) for row in range(0, count, max(1, count // _SAMPLE))]
    cosines = snapshot.passage_vectors.cosines(vector, sample)
    return float(np.percentile(list(cosines.values()), 10)) if cosines else 0.0


def _share(value: float, low: float, high: float) -> float:
    """Return where the value lies between low (0) and high (1); 1 if they are equal."""
    return max(0.0, (value - low) / (high - low)) if high > low else 1.0


def _by_article(
    relevance: Mapping[PassageNo, float], origins: Mapping[PassageNo, Origin]
) -> list[TopicArticle]:
    """Return the articles of a known year that these passages are from."""
    of_article: dict[ArticleNo, list[PassageNo]] = defaultdict(list)
    for row in sorted(origins, key=lambda row: (-relevance[row], row)):
        of_article[origins[row].article].append(row)
    found = []
    for number, rows in sorted(of_article.items()):
        outlet, published = origins[rows[0]].outlet, origins[rows[0]].published
        if published is None or not published.has_year:
            continue
        passages = [
            TopicPassage(row, relevance[row], origins[row].sentences_before) for row in rows
        ]
        found.append(TopicArticle(number, outlet, published, tuple(passages)))
    return found


def most_relevant(articles: Sequence[TopicArticle], count: int) -> list[TopicArticle]:
    """Return up to `count` articles, spread over the months as evenly as possible."""
    of_month: dict[PartialDate, list[TopicArticle]] = defaultdict(list)
    for each in articles:
        of_month[each.published.up_to(Precision.MONTH)].append(each)
    ranked = [
        (rank, -each.relevance, each.number, each)
        for month in of_month.values()
        for rank, each in enumerate(sorted(month, key=lambda each: (-each.relevance, each.number)))
    ]
    return [each for *_, each in sorted(ranked, key=lambda entry: entry[:3])[:count]]
