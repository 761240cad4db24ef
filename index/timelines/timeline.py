"""A timeline: the events of a topic in order of date, each in one quote (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from index.answers.citations import is_verbatim
from index.charts.monthly_counts import MonthlyCounts
from index.dates.partial_date import first_moment
from index.models import CoverageFacts, Filters, Quote, Status

_NOWHERE = MonthlyCounts((), {}, 0)


@dataclass(frozen=True, slots=True)
class Event:
    """One event in the quote that reports it best; its date is that of the quote's citation.

    `rank` orders events by importance (0 = first to keep). `articles` = how many articles report
    it within days, the one quoted and copies included. `outlets` are theirs, in order of date, each
    once, without unknown ones.
    """

    quote: Quote
    articles: int
    outlets: tuple[str, ...]
    rank: int

    @property
    def moment(self) -> datetime:
        """The first moment that its date can mean."""
        return first_moment(self.quote.citation.published)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of a topic, oldest first; `left_out` counts further, less important ones.

    The status is `answered`; `not_answered` if the coverage does not cover the topic, with the
    closest coverage in `related`; or `no_match` if the topic has no word to search for, or no
    dated article on it passes the filters. `articles` counts those that do, and `monthly_counts`
    does so by month and outlet; the events may be from fewer. `undated` counts the articles on the
    topic that were left out because not even the year of their publication is known.
    `respelt` are names in the spelling of the coverage, if the topic has them in another.
    `dropped` counts the quotes left out because the stored text did not contain them; it and
    `coverage` are set by `Coverage.timeline`.
    """

    topic: str
    status: Status
    events: tuple[Event, ...] = ()
    left_out: int = 0
    related: tuple[Quote, ...] = ()
    respelt: tuple[str, ...] = ()
    articles: int = 0
    undated: int = 0
    monthly_counts: MonthlyCounts = _NOWHERE
    filters: Filters = Filters()
    dropped: int = 0
    coverage: CoverageFacts = CoverageFacts()

    @property
    def quotes(self) -> Iterator[Quote]:
        """Every quote in it."""
        yield from (event.quote for event in self.events)
        yield from self.related


def without_unverifiable_events(timeline: Timeline, texts: Mapping[str, str]) -> Timeline:
    """Drop and count the events and quotes that differ from the text; `texts` is by article id.

    An article that is not in `texts` counts as empty.
    """
    events = tuple(event for event in timeline.events if is_verbatim(event.quote, texts))
    related = tuple(quote for quote in timeline.related if is_verbatim(quote, texts))
    dropped = len(timeline.events) + len(timeline.related) - len(events) - len(related)
    return replace(timeline, events=events, related=related, dropped=dropped)
