"""Topic → all articles that are on it.

An article is on a topic if one of its passages, with its headline, contains the topic's words
(weighted by idf) and is close to it in meaning; a passage with less of one needs more of the other.
Recent articles have no advantage.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.dates.partial_date import PartialDate, Precision
from index.models import ArticleNo, Filters, PassageNo
from index.search.question import ParsedQuestion
from index.search.ranking import SUPPORT, three_best
from index.store.base import Origin, Store

# Least share of the best passage's score. Chosen by hand on twenty topics: passages just above it
# still mention the topic, those below are about other people of the same name.
FLOOR = 0.6
_MEANING = 1 - FLOOR  # so that a passage with every word is on the topic, whatever its cosine


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


def find_on_topic(topic: ParsedQuestion, filters: Filters, store: Store) -> OnTopic:
    """Return the dated articles that pass the filters; relevance does not depend on the filters."""
    relevance = _relevance(topic, store)
    origins = store.origins(relevance)
    if filters.outlet is not None:
        origins = {row: each for row, each in origins.items() if each.outlet == filters.outlet}
    dated = _by_article(relevance, origins)
    undated = len({each.article for each in origins.values()}) - len(dated)
    if filters.by_date or filters.keys is not None:
        within = store.passages_that_pass(filters, (each.passages[0].number for each in dated))
        dated = [each for each in dated if each.passages[0].number in within]
    return OnTopic(tuple(dated), undated)


def _relevance(topic: ParsedQuestion, store: Store) -> dict[PassageNo, float]:
    """Return every passage on the topic with its relevance, from 0 at the floor to 1."""
    # No passage below half the floor can reach it, whatever its meaning.
    shares = store.term_shares(topic.idf, FLOOR * (1 - _MEANING))
    cosines = store.cosines(topic.vector, list(shares))
    far = _usual_cosine(store.sample_cosines(topic.vector))
    close = max(cosines.values(), default=0.0)
    scores = {
        row: shares[row] * (1 - _MEANING + _MEANING * _share(cosine, far, close))
        for row, cosine in cosines.items()
    }
    best = max(scores.values(), default=0.0)
    return {
        row: _share(score, FLOOR * best, best)
        for row, score in scores.items()
        if score >= FLOOR * best > 0
    }


def _usual_cosine(sample: list[float]) -> float:
    """Return the cosine of an unrelated passage to the topic, which differs between encoders."""
    return float(np.percentile(sample, 10)) if sample else 0.0


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
