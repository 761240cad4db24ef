"""The coverage at a glance and topics in order of date → cards with pictures."""

from bot.cards.base import Card, notice_card
from bot.cards.custom_ids import EventsId
from bot.cards.filters import filter_problem
from bot.cards.overview import overview_card
from bot.cards.timeline import SHOWN_EVENTS, events_to_show, timeline_card
from bot.runtime.coverage_pool import CoveragePool
from bot.runtime.delivery import Delivery, Reader
from bot.runtime.failures import log_dropped
from bot.runtime.pictures import Pictures
from bot.wording.chart_labels import labels_for
from index.charts.monthly_counts import english_labels
from index.coverage import Coverage
from index.errors import FilterError
from index.models import Filters
from index.overview import Overview
from index.timelines.timeline import Timeline


class Surveys:
    """Sends overviews and timelines; topics never reach the log."""

    def __init__(self, pool: CoveragePool, delivery: Delivery, *, has_votes: bool = False) -> None:
        self._pool = pool
        self._delivery = delivery
        self._has_votes = has_votes
        self._pictures = Pictures()

    async def overview(self, reader: Reader) -> None:
        """Send what there is to say of the whole coverage."""

        async def make() -> Card:
            overview = await self._pool.run(lambda coverage: coverage.overview())
            picture = await self._picture_of(overview, reader)
            return overview_card(
                overview, reader.user_id, reader.phrases, picture, has_votes=self._has_votes
            )

        await self._delivery.send(make, reader)

    async def timeline(
        self, topic: str, reader: Reader, since: str | None, until: str | None
    ) -> None:
        """Send what happened on a topic, in order of date."""

        def find(coverage: Coverage) -> Timeline:
            return _timeline(coverage, topic, coverage.filters(None, since, until), 0)

        async def make() -> Card:
            try:
                found = await self._pool.run(find)
            except FilterError as error:
                return notice_card(filter_problem(error, reader.phrases))
            return await self._card(found, reader)

        await self._delivery.send(make, reader)

    async def more_events(self, topic: str, reader: Reader, wanted: EventsId) -> None:
        """Send the next events, behind the same filters."""

        def find(coverage: Coverage) -> Timeline | None:
            filters = wanted.filters(coverage.outlets())
            return None if filters is None else _timeline(coverage, topic, filters, wanted.skip)

        async def make() -> Card:
            if (found := await self._pool.run(find)) is None:
                return notice_card(reader.phrases.say("filter-outlet-gone"))
            return await self._card(found, reader)

        await self._delivery.send(make, reader)

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


def _timeline(coverage: Coverage, topic: str, filters: Filters, skip: int) -> Timeline:
    timeline = coverage.timeline(topic, SHOWN_EVENTS, skip, filters)
    log_dropped(timeline.dropped)
    return timeline
