"""Question → card of its answer, and votes on it."""

import asyncio
from dataclasses import dataclass, replace
from typing import NamedTuple

import discord

from bot.cards.answer import MAX_QUESTION, answer_card
from bot.cards.base import Card, notice_card
from bot.cards.custom_ids import MoreId
from bot.cards.filters import filter_problem
from bot.cards.state import asked_of, quotes_of
from bot.runtime.coverage_pool import BusyError, CoveragePool
from bot.runtime.delivery import Delivery, Reader
from bot.runtime.failures import log_dropped
from bot.runtime.rate_limits import Asker, Limits
from bot.wording.phrases import Phrases
from index.coverage import Coverage
from index.errors import FilterError
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
    """What is said at once instead of an answer; to all who read along, at most once a cooldown."""

    card: Card
    already_notified: bool = False


class Answering:
    """Answers readers, each from one coverage throughout; questions never reach the log."""

    def __init__(
        self,
        pool: CoveragePool,
        delivery: Delivery,
        feedback: Feedback | None = None,
        limits: Limits | None = None,
        seconds_to_choose: float = 1.5,  # Discord waits for 3, and the reader goes on typing
    ) -> None:
        self._pool = pool
        self._delivery = delivery
        self._feedback = feedback
        self._limits = limits
        self._seconds_to_choose = seconds_to_choose

    def admit(self, question: str, phrases: Phrases, asker: Asker) -> Rejection | None:
        """Count a question for the asker's limits, or return why it is rejected instead.

        A rejected question is not counted. Call it once per question, before the answer is
        deferred.
        """
        if self._pool.is_full:
            return Rejection(notice_card(phrases.say("notice-busy")))
        if (length := len(question)) > MAX_QUESTION:
            said = phrases.say("notice-too-long", length=length, limit=MAX_QUESTION)
            return Rejection(notice_card(said))
        if self._limits and (wait := self._limits.count(asker)) is not None:
            said = phrases.say(
                "notice-wait-server" if wait.is_of_server else "notice-wait", seconds=wait.seconds
            )
            return Rejection(notice_card(said), wait.already_notified)
        return None

    async def outlets(self) -> dict[str, int]:
        """Return the outlets with their numbers of articles; none where that takes too long."""
        try:
            async with asyncio.timeout(self._seconds_to_choose):
                return await self._pool.run(lambda coverage: coverage.outlets())
        except (TimeoutError, BusyError):
            return {}

    async def answer(
        self, asked: ConversationQuestion, reader: Reader, typed: TypedFilters = NO_FILTERS
    ) -> None:
        """Send the answer's card, whatever happens a card that says what did."""

        async def make() -> Card:
            try:
                found = await self._pool.run(
                    lambda coverage: _ask(coverage, asked, coverage.filters(*typed), 0)
                )
            except FilterError as error:
                return notice_card(filter_problem(error, reader.phrases))
            return self._card(found, asked, reader, 0)

        await self._delivery.send(make, reader)

    async def more(self, asked: ConversationQuestion, reader: Reader, wanted: MoreId) -> None:
        """Send the next quotes, behind the same filters."""

        def find(coverage: Coverage) -> Answer | None:
            filters = wanted.filters(coverage.outlets())
            return None if filters is None else _ask(coverage, asked, filters, wanted.skip)

        async def make() -> Card:
            if (found := await self._pool.run(find)) is None:
                return notice_card(reader.phrases.say("filter-outlet-gone"))
            return self._card(found, asked, reader, wanted.skip)

        await self._delivery.send(make, reader)

    async def vote(self, card: discord.Message, reader: Reader, *, is_good: bool) -> None:
        """Keep a vote on a card and thank for it, unless votes are off."""
        asked, quotes = asked_of(card), quotes_of(card)
        question = asked.text if asked else ""

        async def make() -> Card:
            if (feedback := self._feedback) is None:
                return notice_card(reader.phrases.say("notice-votes-are-off"))
            await self._pool.run_plain(
                lambda: feedback.record(question, quotes, reader.user_id, card.id, is_good=is_good)
            )
            return notice_card(reader.phrases.say("notice-thanks"))

        await self._delivery.send(make, reader)

    def _card(self, answer: Answer, asked: ConversationQuestion, reader: Reader, skip: int) -> Card:
        return answer_card(
            answer,
            reader.user_id,
            reader.phrases,
            skip,
            topic=asked.topic,
            has_votes=self._feedback is not None,
            is_private=reader.is_private,
        )


def _ask(coverage: Coverage, asked: ConversationQuestion, filters: Filters, skip: int) -> Answer:
    answer = coverage.answer(asked.text, skip=skip, filters=filters)
    log_dropped(answer.dropped)
    return replace(answer, question=asked.question)
