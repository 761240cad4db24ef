"""Sentences on a topic → events, in the order in which they improve a timeline (pure)."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from index.encoders.scale import CosineScales
from index.timelines.event_sentences import EventSentence

# Cosines above which two sentences report one event, on the bundled model's scale: a low one within
# a day, as they then differ only if the subject does; a high one up to three days apart, as a
# retelling says about the same.
_ONE_DAY, _ALIKE = timedelta(days=1), 0.45
_THREE_DAYS, _ABOUT_THE_SAME = timedelta(days=3), 0.75
# Least score of an event, as a share of the third best score (the best may be an outlier) and of
# the best.
_OF_THIRD_BEST, _THIRD, _OF_BEST = 0.52, 3, 0.3
_PER_DOUBLING = 0.15  # what each doubling of the articles that report it adds to an event
# Two events are well apart by a 40th of the whole span, 30 days at most, or by one in 10 articles.
_APART_SPAN, _APART_DAYS, _APART_ARTICLES = 40, 30, 10
_REPEATED = 0.75  # cosine from which on an event that is worded like another one counts less


@dataclass(slots=True, eq=False)
class EventCluster:
    """One event: the best sentence that reports it, and the others, best first."""

    best: EventSentence
    others: list[EventSentence] = field(default_factory=list)

    @property
    def sentences(self) -> list[EventSentence]:
        """All sentences that report it, one for each article."""
        return [one for each in (self.best, *self.others) for one in (each, *each.copies)]

    @property
    def worth(self) -> float:
        """The score of its best sentence, more if many articles report it."""
        return self.best.score * (1 + _PER_DOUBLING * math.log2(len(self.sentences)))


def cluster_events(sentences: Sequence[EventSentence], scales: CosineScales) -> list[EventCluster]:
    """Return the events so that the first n of them make the best timeline of n events.

    An event is worth less if an event close in time precedes it: events then come from the whole
    span, not from the busiest month. `scales` are those of the encoder that made the vectors.
    """
    days = sorted(each.published.first for each in sentences)
    return _spread_out(_group(sentences, scales), days, scales)


def most_important_events(
    sentences: Sequence[EventSentence], scales: CosineScales, alike: float = _ALIKE
) -> list[EventCluster]:
    """Return the events, the most important first.

    `alike` is the cosine above which two sentences within a day report one event.
    """
    return sorted(_group(sentences, scales, alike), key=lambda event: event.worth, reverse=True)


def _group(
    sentences: Sequence[EventSentence], scales: CosineScales, alike: float = _ALIKE
) -> list[EventCluster]:
    """Return the events whose best sentence is good enough, by its score."""
    found: list[EventCluster] = []
    ranked = sorted(_fold_copies(sentences), key=lambda each: -each.score)
    best = [each.score for each in ranked[:_THIRD]]
    least = max(_OF_THIRD_BEST * min(best, default=0.0), _OF_BEST * max(best, default=0.0))
    for each in ranked:
        ones = (event for event in found if _is_one_event(event.best, each, scales, alike))
        same = next(ones, None)
        if same is not None:
            same.others.append(each)
        elif each.score >= least:
            found.append(EventCluster(each))
    return found


def _fold_copies(sentences: Sequence[EventSentence]) -> list[EventSentence]:
    """Fold near-duplicates into the earliest sentence, however far apart they were published."""
    firsts: list[EventSentence] = []
    for each in sorted(sentences, key=lambda each: (each.published.moment, -each.score)):
        row = next(
            (
                row
                for row, one in enumerate(firsts)
                if each.fingerprint.is_near_duplicate_of(one.fingerprint)
            ),
            None,
        )
        if row is None:
            firsts.append(each)
        else:
            firsts[row] = replace(
                firsts[row],
                score=max(firsts[row].score, each.score),
                copies=[*firsts[row].copies, each],
            )
    return firsts


def _is_one_event(
    one: EventSentence, other: EventSentence, scales: CosineScales, alike: float
) -> bool:
    gap = max(one.published.first, other.published.first) - min(
        one.published.last, other.published.last
    )
    if gap > _THREE_DAYS:
        return False
    return _similarity(one, other, scales) >= (alike if gap <= _ONE_DAY else _ABOUT_THE_SAME)


def _similarity(one: EventSentence, other: EventSentence, scales: CosineScales) -> float:
    return scales.sentence_similarity(float(one.vector @ other.vector))


def _spread_out(
    events: Sequence[EventCluster], days: Sequence[date], scales: CosineScales
) -> list[EventCluster]:
    """Return the events so that each adds most to those before it; `days` are sorted."""
    order: list[EventCluster] = []
    apart = {id(event): 1.0 for event in events}
    rest = list(events)
    while rest:
        best = max(rest, key=lambda event: event.worth * apart[id(event)])
        order.append(best)
        rest.remove(best)
        for event in rest:
            apart[id(event)] = min(apart[id(event)], _apart(event.best, best.best, days, scales))
    return order


def _apart(
    one: EventSentence, other: EventSentence, days: Sequence[date], scales: CosineScales
) -> float:
    """Return how far apart they are, 0 to 1, in time and in wording."""
    early, late = sorted((one.published.first, other.published.first))
    if early == late:
        return 0.0
    span = max(1.0, min(_APART_DAYS, (days[-1] - days[0]).days / _APART_SPAN))
    between = bisect_left(days, late) - bisect_right(days, early) + 1
    gap = (late - early).days / span + _APART_ARTICLES * between / len(days)
    new = (1 - _similarity(one, other, scales)) / (1 - _REPEATED)
    return (1 - math.exp(-gap)) * min(1.0, max(0.0, new))
