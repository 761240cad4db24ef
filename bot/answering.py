"""Question → card: the one place that asks the coverage."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import discord
from discord import ui

from bot.buttons import CiteId, ContextId, MoreId
from bot.card import MAX_QUESTION, answer_card, asked_of, notice_card, quotes_of
from bot.context import context_card
from bot.copying import citation_card
from bot.delivery import Delivery, Reader
from bot.filters import filter_problem
from bot.limits import Asker, Limits
from bot.phrases import Phrases
from bot.serving import Serving
from bot.worker import BusyError, Worker
from index.citations import quote_span
from index.coverage import Coverage
from index.errors import FilterError
from index.feedback import Feedback
from index.followups import Asked
from index.manifest import Manifest
from index.models import Answer, Article, Filters

log = logging.getLogger(__name__)

_SECONDS_TO_CHOOSE = 1.5  # Discord waits for 3, and a reader types on

Wanted = tuple[str | None, str | None, str | None]  # outlet, since, until, as a reader types them
ANYTHING: Wanted = (None, None, None)
Found = tuple[Answer, Manifest]  # the manifest is of the coverage that the answer is from
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is said at once instead of an answer; to all who read along, at most once a cooldown."""

    card: ui.LayoutView
    is_told: bool = False


class Answering:
    """Answers readers, each from one coverage throughout; questions never reach the log."""

    def __init__(
        self,
        serving: Serving,
        worker: Worker,
        feedback: Feedback | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._serving = serving
        self._worker = worker
        self._feedback = feedback
        self._limits = limits
        self.delivery = Delivery()

    def refusal(self, question: str, phrases: Phrases, asker: Asker) -> Refusal | None:
        """Return what to say at once instead of an answer, or None where one can be looked for.

        Ask before anything is deferred, and once a question: it counts for the asker's limits.
        """
        length = len(question)
        if length > MAX_QUESTION:
            said = phrases.say("notice-too-long", length=length, limit=MAX_QUESTION)
            return Refusal(notice_card(said))
        if self._worker.is_full:
            return Refusal(notice_card(phrases.say("notice-busy")))
        wait = self._limits.count(asker) if self._limits else None
        if wait is None:
            return None
        said = phrases.say(
            "notice-wait-server" if wait.is_of_server else "notice-wait", seconds=wait.seconds
        )
        return Refusal(notice_card(said), wait.is_told)

    async def outlets(self) -> dict[str, int]:
        """Return the outlets with their numbers of articles; none where that takes too long."""
        try:
            async with asyncio.timeout(_SECONDS_TO_CHOOSE):
                return await self._find(Coverage.outlets)
        except (TimeoutError, BusyError):
            return {}

    async def answer(self, asked: Asked, reader: Reader, wanted: Wanted = ANYTHING) -> None:
        """Send the answer's card, whatever happens a card that says what did."""

        async def make() -> ui.LayoutView:
            try:
                found = await self._find(
                    lambda coverage: _ask(coverage, asked, coverage.filters(*wanted), 0)
                )
            except FilterError as error:
                return notice_card(filter_problem(error, reader.phrases))
            return self._card(found, asked, reader, 0)

        await self.delivery.send(make, reader)

    async def more(self, asked: Asked, reader: Reader, wanted: MoreId) -> None:
        """Send the next quotes, behind the same filters."""

        def find(coverage: Coverage) -> Found | None:
            filters = wanted.filters(coverage.outlets())
            return None if filters is None else _ask(coverage, asked, filters, wanted.skip)

        async def make() -> ui.LayoutView:
            if (found := await self._find(find)) is None:
                return notice_card(reader.phrases.say("filter-outlet-gone"))
            return self._card(found, asked, reader, wanted.skip)

        await self.delivery.send(make, reader)

    async def context(self, wanted: ContextId, reader: Reader) -> None:
        """Send the quote inside its paragraph, or why that cannot be shown."""

        async def make() -> ui.LayoutView:
            article = await self._find(lambda coverage: coverage.article(wanted.article_key))
            return _context(article, wanted, reader.phrases)

        await self.delivery.send(make, reader)

    async def cite(self, wanted: CiteId, reader: Reader) -> None:
        """Send the quote with its citation, to be copied, or why that is not possible."""

        async def make() -> ui.LayoutView:
            article = await self._find(lambda coverage: coverage.article(wanted.article_key))
            return _citation(article, wanted, reader.phrases)

        await self.delivery.send(make, reader)

    async def vote(self, card: discord.Message, reader: Reader, *, is_good: bool) -> None:
        """Keep a vote on a card and thank for it, unless votes are off."""
        asked, quotes = asked_of(card), quotes_of(card)
        question = asked.text if asked else ""

        async def make() -> ui.LayoutView:
            if (feedback := self._feedback) is None:
                return notice_card(reader.phrases.say("notice-votes-are-off"))
            await self._worker.run(
                lambda: feedback.record(question, quotes, reader.user_id, card.id, is_good=is_good)
            )
            return notice_card(reader.phrases.say("notice-thanks"))

        await self.delivery.send(make, reader)

    async def _find(self, find: Callable[[Coverage], T]) -> T:
        """Return what `find` finds in the coverage that is in use when its turn comes."""

        def find_leased() -> T:
            with self._serving.lease() as coverage:
                return find(coverage)

        return await self._worker.run(find_leased)

    def _card(self, found: Found, asked: Asked, reader: Reader, skip: int) -> ui.LayoutView:
        answer, manifest = found
        return answer_card(
            answer,
            manifest,
            reader.user_id,
            reader.phrases,
            skip,
            topic=asked.topic,
            has_votes=self._feedback is not None,
            is_private=reader.is_private,
        )


def _ask(coverage: Coverage, asked: Asked, filters: Filters, skip: int) -> Found:
    answer = coverage.answer(asked.text, skip=skip, filters=filters)
    verified = coverage.verified(answer)
    dropped = len(answer.quotes + answer.related) - len(verified.quotes + verified.related)
    if dropped:
        log.error("dropped %d quote(s) that are not in the stored article", dropped)
    return replace(verified, question=asked.question), coverage.manifest


def _context(article: Article | None, wanted: ContextId, phrases: Phrases) -> ui.LayoutView:
    if article is None:
        return notice_card(phrases.say("context-article-gone"))
    if not wanted.is_of(article):
        return notice_card(phrases.say("context-article-changed"))
    return context_card(article, wanted.span, phrases)


def _citation(article: Article | None, wanted: CiteId, phrases: Phrases) -> ui.LayoutView:
    if article is None:
        return notice_card(phrases.say("citation-article-gone"))
    if not wanted.is_of(article):
        return notice_card(phrases.say("citation-article-changed"))
    return citation_card(quote_span(article, wanted.span, 0.0), phrases)
