"""Topic → its timeline, or a refusal with the closest coverage."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.answers.answer import RELATED
from index.answers.citations import cite_earlier, quote_span
from index.answers.quotes import Copy, QuoteDraft, draft_quotes, with_context
from index.charts.monthly_counts import MonthlyCounts, count_by_month
from index.dates.partial_date import Precision
from index.encoders.scale import CosineScales
from index.models import Filters, Sentence, Span, Status
from index.search.answerability import THRESHOLD, answer_probability
from index.search.candidates import ScoredSentence
from index.search.hybrid import HybridSearch, SearchResult
from index.search.question import ParsedQuestion
from index.store.base import Store
from index.text.terms import split_terms
from index.timelines.event_clustering import EventCluster, cluster_events, most_important_events
from index.timelines.event_sentences import (
    EventSentence,
    best_event_sentences,
    lead_event_sentences,
    spread_evenly,
)
from index.timelines.timeline import Event, Timeline
from index.timelines.topic import OnTopic, TopicArticle, find_on_topic, most_relevant

MAX_EVENTS = 10
_READ = 250  # articles, from all months, whose sentences are read
_ABOUT_IT = 0.25  # relevance from which an article is about a topic, rather than mentions it
_FEW = 3  # events; if there are fewer, other quotes about the topic may answer better
_ABOUT_AS_GOOD = 0.6  # least share of the best quote's score that such a quote has


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
        timeline = Timeline(topic.text, Status.NO_MATCH, respelt=topic.respelt, filters=filters)
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
        some = found[skip : skip + events]
        shown = [event_of(each, rank) for rank, each in enumerate(some, skip)]
        return replace(
            timeline,
            status=Status.ANSWERED if found else Status.NO_MATCH,
            events=tuple(sorted(shown, key=lambda event: event.moment)),
            left_out=max(0, len(found) - skip - events),
            articles=len(on_topic.articles),
            undated=on_topic.undated,
            monthly_counts=_monthly_counts(on_topic.articles),
        )

    def event_drafts(
        self,
        topic: ParsedQuestion | None,
        scales: CosineScales,
        threshold: float,
        filters: Filters,
    ) -> list[QuoteDraft]:
        """Return what happened on a topic within these filters, the most important event first.

        Without a topic, what the articles report first counts, whatever it is about. If there are
        few events, none with all words of the topic, the best quotes about it follow. The relevance
        of a draft (0 to 1) is its importance. `scales` are those of the encoder.
        """
        if topic is None:
            articles = spread_evenly(self._store.dated_within(filters), _READ)
            sentences = lead_event_sentences(articles, self._store)
        elif answer_probability(self._search.search(topic).evidence) < threshold:
            return []
        else:
            on_topic = find_on_topic(topic, filters, self._store)
            about = [each for each in on_topic.articles if each.relevance >= _ABOUT_IT]
            sentences = best_event_sentences(topic, most_relevant(about, _READ), self._store)
        events = most_important_events(sentences, scales)
        drafts = [_draft(each.best, each.worth / events[0].worth) for each in events]
        if (
            topic
            and len(drafts) < _FEW
            and not any(self._is_all_in(topic, each) for each in drafts)
        ):
            drafts += self._quotes_about(topic, threshold, filters, but=drafts)
        return drafts

    def _quotes_about(
        self, topic: ParsedQuestion, threshold: float, filters: Filters, but: Sequence[QuoteDraft]
    ) -> list[QuoteDraft]:
        """Return the best quotes about a topic from other articles than those of `but`."""
        found = self._search.search(topic, filters)
        if answer_probability(found.evidence) < threshold:
            return []
        quoted = {each.article.id for each in but}
        drafts = draft_quotes(found, MAX_EVENTS)
        return [
            replace(each, best=replace(each.best, relevance=importance, prior=0.0))
            for each in drafts
            if (importance := each.best.score / drafts[0].best.score) >= _ABOUT_AS_GOOD
            and each.article.id not in quoted
        ]

    def _is_all_in(self, topic: ParsedQuestion, draft: QuoteDraft) -> bool:
        """Tell whether a quote and its headline contain all words of the topic."""
        add_acronyms = self._store.acronyms.add_to
        texts = (draft.text, draft.article.headline)
        held = {term for text in texts for term in add_acronyms(split_terms(text))}
        return held.issuperset(topic.terms)

    def newest(self, until: date) -> date | None:
        """Return the day of the newest article up to a day, None if no article with a year is."""
        newest = self._store.manifest.newest
        if newest and newest.first > until:  # misdated, mostly: seldom, so that a query may be slow
            dated = self._store.dated_within(Filters(until=until))
            newest = dated[-1].published if dated else None
        return newest.first if newest else None

    def undated(self, filters: Filters) -> int:
        """Return how many articles of the outlet have no year, so that no date filter fits."""
        return self._store.undated(filters.outlet)


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


def event_of(cluster: EventCluster, rank: int) -> Event:
    """Return the event that these sentences report."""
    best = cluster.best
    quote = quote_span(best.article, _span(best), best.score)
    for copy in best.copies:
        quote = cite_earlier(quote, copy.article, _span(copy))
    sentences = sorted(cluster.sentences, key=lambda each: each.published.moment)
    outlets = dict.fromkeys(each.article.outlet for each in sentences if each.article.outlet)
    return Event(quote, len(sentences), tuple(outlets), rank)


def _draft(event: EventSentence, importance: float) -> QuoteDraft:
    """Return the draft of the quote that reports an event."""
    best = ScoredSentence(event.number, event.sentences[event.place], importance, prior=0.0)
    return QuoteDraft(
        event.article,
        _run(event),
        best,
        [Copy(copy.article, _span(copy)) for copy in event.copies],
    )


def _span(event: EventSentence) -> Span:
    run = _run(event)
    return Span(run[0].span.start, run[-1].span.end)


def _run(event: EventSentence) -> list[Sentence]:
    """Return the sentence with what it needs to be read alone."""
    first, last = with_context(event.article.text, event.sentences, event.place, event.place)
    return list(event.sentences[first : last + 1])
