"""Summaries of the coverage and timelines of topics → cards with charts."""

from collections.abc import Callable

from bot.cards.base import Card
from bot.cards.overview import overview_card
from bot.cards.page_ids import EventsId
from bot.cards.timeline import SHOWN_EVENTS, events_to_show, timeline_card
from bot.features.filtered import send_or_explain
from bot.runtime.coverage_pool import CoveragePool
from bot.runtime.delivery import Delivery, Reader
from bot.runtime.failures import log_dropped
from bot.runtime.pictures import Pictures
from bot.wording.chart_labels import labels_for
from index.charts.monthly_counts import english_labels
from index.coverage import Coverage
from index.models import Filters
from index.overview import Overview
from index.timelines.timeline import Timeline


class Surveys:
    """Sends overviews and timelines; topics are never logged."""

    def __init__(
        self,
        pool: CoveragePool,
        delivery: Delivery,
        *,
        has_votes: bool = False,
        has_watches: bool = False,
    ) -> None:
        self._pool = pool
        self._delivery = delivery
        self._has_votes = has_votes
        self._has_watches = has_watches
        self._pictures = Pictures()

    async def overview(self, reader: Reader) -> None:
        """Send the overview of the whole coverage."""

        async def make() -> Card:
            overview = await self._pool.run(lambda coverage: coverage.overview())
            picture = await self._picture_of(overview, reader)
            return overview_card(
                overview,
                reader.user_id,
                reader.phrases,
                picture,
                has_votes=self._has_votes,
                has_watches=self._has_watches,
            )

        await self._delivery.send(make, reader)

    async def timeline(
        self, topic: str, reader: Reader, since: str | None, until: str | None
    ) -> None:
        """Send the events of a topic in order of date, from the days that a reader typed."""
        await self._send(
            topic, reader, lambda coverage: coverage.filters(None, since, until), skip=0
        )

    async def more_events(self, topic: str, reader: Reader, wanted: EventsId) -> None:
        """Send the next events within the same filters."""
        await self._send(
            topic, reader, lambda coverage: wanted.filters(coverage.outlets()), wanted.skip
        )

    async def _send(
        self,
        topic: str,
        reader: Reader,
        read_filters: Callable[[Coverage], Filters],
        skip: int,
    ) -> None:
        def find(coverage: Coverage) -> Timeline:
            timeline = coverage.timeline(topic, SHOWN_EVENTS, skip, read_filters(coverage))
            log_dropped(timeline.dropped)
            return timeline

        async def render(timeline: Timeline) -> Card:
            return await self._card(timeline, reader)

        await send_or_explain(self._pool, self._delivery, reader, find, render)

    async def _card(self, timeline: Timeline, reader: Reader) -> Card:
        events = events_to_show(timeline, reader.phrases)
        labels = labels_for(timeline.monthly_counts, reader.phrases, topic=timeline.topic)
        event_markers = [event.quote.citation.published for event in events]
        is_drawn = bool(events) and reader.takes_pictures
        picture = (
            await self._pictures.draw(timeline.monthly_counts, labels, event_markers)
            if is_drawn
            else None
        )
        return timeline_card(timeline, events, reader.user_id, reader.phrases, picture)

    async def _picture_of(self, overview: Overview, reader: Reader) -> bytes | None:
        if not reader.takes_pictures:
            return None
        labels = labels_for(overview.monthly_counts, reader.phrases)
        if labels == english_labels(overview.monthly_counts):
            return overview.picture
        return await self._pictures.draw(overview.monthly_counts, labels)
