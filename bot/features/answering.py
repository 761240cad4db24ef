"""Question → card of its answer, and votes on it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import NamedTuple

import discord

from bot.cards.answer import MAX_QUESTION, answer_card
from bot.cards.base import Card, notice_card
from bot.cards.page_ids import MoreId
from bot.cards.state import quotes_of
from bot.features.filtered import send_or_explain
from bot.runtime.coverage_pool import BusyError, CoveragePool
from bot.runtime.delivery import Delivery, Reader
from bot.runtime.failures import log_dropped
from bot.runtime.rate_limits import Asker, Limits
from bot.wording.phrases import Phrases
from index.coverage import Coverage
from index.feedback import Feedback
from index.models import Answer, Filters
from index.search.follow_up import ConversationQuestion


class TypedFilters(NamedTuple):
    """An outlet and days, as a reader types them."""

    outlet: str | None = None
    since: str | None = None
    until: str | None = None


NO_FILTERS = TypedFilters()


@dataclass(frozen=True, slots=True)
class Rejection:
    """A notice instead of an answer; in public, a user is notified once per cooldown."""

    card: Card
    already_notified: bool = False


class Answering:
    """Answers questions, each from one coverage; questions are never logged."""

    def __init__(
        self,
        pool: CoveragePool,
        delivery: Delivery,
        feedback: Feedback | None = None,
        limits: Limits | None = None,
        *,
        has_watches: bool = False,
        seconds_to_choose: float = 1.5,  # Discord waits for 3, and the reader goes on typing
    ) -> None:
        self._pool = pool
        self._delivery = delivery
        self._feedback = feedback
        self._limits = limits
        self._has_watches = has_watches
        self._seconds_to_choose = seconds_to_choose

    def admit(self, question: str, phrases: Phrases, asker: Asker) -> Rejection | None:
        """Count a question for the asker's limits, or return why it is rejected instead.

        A rejected question is not counted. Call it once per question, before the answer is
        deferred.
        """
        if self._pool.is_full:
            return Rejection(notice_card(phrases.say("notice-busy")))
        if (length := len(question)) > MAX_QUESTION:
            notice = phrases.say("notice-too-long", length=length, limit=MAX_QUESTION)
            return Rejection(notice_card(notice))
        if self._limits and (wait := self._limits.count(asker)) is not None:
            notice = phrases.say(
                "notice-wait-server" if wait.is_of_server else "notice-wait", seconds=wait.seconds
            )
            return Rejection(notice_card(notice), wait.already_notified)
        return None

    async def outlets(self) -> dict[str, int]:
        """Return the outlets with their numbers of articles; none if that takes too long."""
        try:
            async with asyncio.timeout(self._seconds_to_choose):
                return await self._pool.run(lambda coverage: coverage.outlets())
        except (TimeoutError, BusyError):
            return {}

    async def answer(
        self, asked: ConversationQuestion, reader: Reader, typed: TypedFilters = NO_FILTERS
    ) -> None:
        """Send the first quotes within the filters that a reader typed."""
        today = datetime.now(UTC).date()
        await self._send(asked, today, reader, lambda coverage: coverage.filters(*typed), skip=0)

    async def more(
        self, asked: ConversationQuestion, asked_on: date, reader: Reader, wanted: MoreId
    ) -> None:
        """Send the next quotes within the same filters, for the question of the day `asked_on`."""
        await self._send(
            asked,
            asked_on,
            reader,
            lambda coverage: wanted.filters(coverage.outlets()),
            wanted.skip,
        )

    async def _send(
        self,
        asked: ConversationQuestion,
        asked_on: date,
        reader: Reader,
        read_filters: Callable[[Coverage], Filters],
        skip: int,
    ) -> None:
        def find(coverage: Coverage) -> Answer:
            filters = read_filters(coverage)
            answer = coverage.answer(asked.text, skip=skip, filters=filters, asked_on=asked_on)
            log_dropped(answer.dropped)
            return replace(answer, question=asked.question)

        async def render(answer: Answer) -> Card:
            return answer_card(
                answer,
                reader.user_id,
                reader.phrases,
                skip,
                topic=asked.topic,
                has_votes=self._feedback is not None,
                has_watches=self._has_watches,
                asked_on=asked_on,
                is_private=reader.is_private,
            )

        await send_or_explain(self._pool, self._delivery, reader, find, render)

    async def vote(
        self, asked: ConversationQuestion, card: discord.Message, reader: Reader, *, is_good: bool
    ) -> None:
        """Store a vote on the card that answers `asked`, unless votes are off, and thank for it."""
        quotes = [each.lines for each in quotes_of(card)]

        async def make() -> Card:
            if (feedback := self._feedback) is None:
                return notice_card(reader.phrases.say("notice-votes-are-off"))
            await self._pool.run_plain(
                lambda: feedback.record(
                    asked.text, quotes, reader.user_id, card.id, is_good=is_good
                )
            )
            return notice_card(reader.phrases.say("notice-thanks"))

        await self._delivery.send(make, reader)
