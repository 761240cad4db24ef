"""Topic → its timeline, or a refusal with the closest coverage."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.answers.answer import RELATED
from index.answers.citations import cite_earlier, quote_span
from index.answers.quotes import draft_quotes, with_context
from index.charts.monthly_counts import MonthlyCounts, count_by_month
from index.dates.partial_date import Precision
from index.models import Filters, Span, Status
from index.search.answerability import THRESHOLD, answer_probability
from index.search.hybrid import HybridSearch, SearchResult
from index.search.question import ParsedQuestion
from index.store.base import Store
from index.timelines.event_clustering import EventCluster, cluster_events
from index.timelines.event_sentences import EventSentence, best_event_sentences
from index.timelines.timeline import Event, Timeline
from index.timelines.topic import OnTopic, TopicArticle, find_on_topic, most_relevant

MAX_EVENTS = 10
_READ = 250  # articles, from all months, whose sentences are read


class TopicSearch:
    """Timelines from one open coverage."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._search = HybridSearch(store)

    def timeline(
        self,
        topic: ParsedQuestion,
        events: int = MAX_EVENTS,
        skip: int = 0,
        threshold: float = THRESHOLD,
        filters: Filters = Filters(),
    ) -> Timeline:
        """Return up to `events` events (1 to `MAX_EVENTS`) after the `skip` most important ones.

        Below `threshold` (0 to 1) the probability that the coverage, whatever the filters, knows
        the topic is too small to show one.
        """
        timeline = Timeline(topic.text, Status.NO_MATCH, filters=filters)
        if not topic.has_words:
            return timeline
        closest = self._search.search(topic)
        if answer_probability(closest.evidence) < threshold:
            if filters != Filters():
                closest = self._search.search(topic, filters)
            return _refused(timeline, closest)
        on_topic = find_on_topic(topic, filters, self._store)
        if on_topic == OnTopic() and filters == Filters():
            return _refused(timeline, closest)
        sentences = best_event_sentences(
            topic, most_relevant(on_topic.articles, _READ), self._store
        )
        found = cluster_events(sentences, topic.scales)
        shown = [_event(each, rank) for rank, each in enumerate(found[skip : skip + events], skip)]
        return replace(
            timeline,
            status=Status.ANSWERED if found else Status.NO_MATCH,
            events=tuple(sorted(shown, key=lambda event: event.moment)),
            left_out=max(0, len(found) - skip - events),
            articles=len(on_topic.articles),
            undated=on_topic.undated,
            monthly_counts=_monthly_counts(on_topic.articles),
        )


def _refused(timeline: Timeline, closest: SearchResult) -> Timeline:
    related = tuple(each.quote() for each in draft_quotes(closest, RELATED))
    status = Status.NOT_ANSWERED if related else Status.NO_MATCH
    return replace(timeline, status=status, related=related)


def _monthly_counts(articles: Sequence[TopicArticle]) -> MonthlyCounts:
    months = Counter(
        (each.published.up_to(Precision.MONTH), each.outlet)
        for each in articles
        if each.published.precision >= Precision.MONTH
    )
    return count_by_month(months, len(articles))


def _event(cluster: EventCluster, rank: int) -> Event:
    best = cluster.best
    quote = quote_span(best.article, _span(best), best.score)
    for copy in best.copies:
        quote = cite_earlier(quote, copy.article, _span(copy))
    sentences = sorted(cluster.sentences, key=lambda each: each.published.moment)
    outlets = dict.fromkeys(each.article.outlet for each in sentences if each.article.outlet)
    return Event(quote, len(sentences), tuple(outlets), rank)


def _span(sentence: EventSentence) -> Span:
    """Return the sentence with what it needs to be read alone."""
    first, last = with_context(
        sentence.article.text, sentence.sentences, sentence.place, sentence.place
    )
    return Span(sentence.sentences[first].span.start, sentence.sentences[last].span.end)
