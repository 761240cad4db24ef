"""Days → their most reported events, whatever the topic; made of a timeline's own parts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from index.answers.citations import is_verbatim
from index.encoders.scale import CosineScales
from index.models import CoverageFacts, Filters
from index.store.base import Store
from index.timelines.builder import event_of
from index.timelines.event_clustering import most_important_events
from index.timelines.event_sentences import lead_event_sentences, spread_evenly
from index.timelines.timeline import Event

DIGEST_EVENTS = 6
_MOST_READ = 1_000  # articles of these days: comparing them with each other takes a second
# Cosine, on the bundled model's scale, above which sentences of one day report one event. A
# timeline needs less, as its sentences are all on one topic.
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Digest:
    """The most reported events of some days, the most reported first; both days are included.

    `articles` counts those of these days, `read` those of them whose opening was read: the events
    count no others. `dropped` counts the quotes left out because the stored text did not contain
    them; it and `coverage` are set by `Coverage.digest`.
    """

    since: date
    until: date
    events: tuple[Event, ...] = ()
    articles: int = 0
    read: int = 0
    dropped: int = 0
    coverage: CoverageFacts = CoverageFacts()


def make_digest(
    store: Store,
    scales: CosineScales,
    since: date,
    until: date,
    events: int = DIGEST_EVENTS,
    most_read: int = _MOST_READ,
) -> Digest:
    """Return up to `events` events of the articles published on these days.

    Those that more outlets report come first, then those in more articles. If there are more
    than `most_read` articles, that number is read, evenly over the days. `scales` are those of the
    encoder that made the vectors.
    """
    articles = store.dated_within(Filters(since=since, until=until))
    read = spread_evenly(articles, most_read)
    sentences = lead_event_sentences(read, store, is_strict=True)
    clusters = most_important_events(sentences, scales, _ALIKE)
    found = [event_of(cluster, rank) for rank, cluster in enumerate(clusters)]
    found.sort(key=lambda event: (-len(event.outlets), -event.articles, event.rank))
    return Digest(since, until, tuple(found[:events]), len(articles), len(read))


def without_unverifiable_digest(digest: Digest, texts: Mapping[str, str]) -> Digest:
    """Drop and count the events whose quote differs from the text; `texts` is by article id."""
    events = tuple(event for event in digest.events if is_verbatim(event.quote, texts))
    return replace(digest, events=events, dropped=len(digest.events) - len(events))
