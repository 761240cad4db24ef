"""Question → card, sent: the one place that asks the coverage, and says so when that fails."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from secrets import token_hex
from typing import TypeVar

import discord
from discord import ui

from bot.buttons import ContextId, MoreId
from bot.card import MAX_QUESTION, answer_card, notice_card, question_of, quotes_of
from bot.context import context_card
from bot.failures import SEND_ERRORS, described
from bot.filters import filter_problem
from bot.limits import Asker, Limits
from bot.phrases import Phrases
from bot.serving import Serving
from bot.worker import BusyError, Worker
from index.coverage import Coverage
from index.errors import FilterError
from index.feedback import Feedback
from index.manifest import Manifest
from index.models import Answer, Article, Filters

log = logging.getLogger(__name__)

_TO_APOLOGISE = 1.5  # seconds

Send = Callable[[ui.LayoutView], Awaitable[object]]
Wanted = tuple[str | None, str | None, str | None]  # outlet, since, until, as a reader types them
ANYTHING: Wanted = (None, None, None)
Make = Callable[[], Awaitable[ui.LayoutView]]
Asked = tuple[Answer, Manifest]  # the manifest is of the coverage that the answer is from
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is answered, in which language, and how a card gets there."""

    user_id: int
    phrases: Phrases
    send: Send


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
        self._open: set[asyncio.Task[object]] = set()

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

    async def answer(self, question: str, reader: Reader, wanted: Wanted = ANYTHING) -> None:
        """Send the answer's card, whatever happens a card that says what did."""

        async def make() -> ui.LayoutView:
            try:
                answer, manifest = await self._find(
                    lambda coverage: _ask(coverage, question, coverage.filters(*wanted), 0)
                )
            except FilterError as error:
                return notice_card(filter_problem(error, reader.phrases))
            return self._card(answer, manifest, reader, 0)

        await self._send(make, reader)

    async def more(self, question: str, reader: Reader, wanted: MoreId) -> None:
        """Send the next quotes, behind the same filters."""

        def find(coverage: Coverage) -> Asked | None:
            filters = wanted.filters(coverage.outlets())
            return None if filters is None else _ask(coverage, question, filters, wanted.skip)

        async def make() -> ui.LayoutView:
            if (found := await self._find(find)) is None:
                return notice_card(reader.phrases.say("filter-outlet-gone"))
            answer, manifest = found
            return self._card(answer, manifest, reader, wanted.skip)

        await self._send(make, reader)

    async def context(self, wanted: ContextId, reader: Reader) -> None:
        """Send the quote inside its paragraph, or why that cannot be shown."""

        async def make() -> ui.LayoutView:
            article = await self._find(lambda coverage: coverage.article(wanted.article_key))
            return _context(article, wanted, reader.phrases)

        await self._send(make, reader)

    async def vote(self, card: discord.Message, reader: Reader, *, is_good: bool) -> None:
        """Keep a vote on a card and thank for it, unless votes are off."""
        question, quotes = question_of(card) or "", quotes_of(card)

        async def make() -> ui.LayoutView:
            if (feedback := self._feedback) is None:
                return notice_card(reader.phrases.say("notice-votes-are-off"))
            await self._worker.run(
                lambda: feedback.record(question, quotes, reader.user_id, card.id, is_good=is_good)
            )
            return notice_card(reader.phrases.say("notice-thanks"))

        await self._send(make, reader)

    async def finish(self, seconds: float) -> None:
        """Let open answers finish for so long, then apologise for the rest, in `_TO_APOLOGISE`."""
        own = asyncio.current_task()
        tasks = {task for task in self._open if task is not own}
        if not tasks:
            return
        _, unfinished = await asyncio.wait(tasks, timeout=seconds)
        for task in unfinished:
            task.cancel()
        if unfinished:
            await asyncio.wait(unfinished, timeout=_TO_APOLOGISE)

    async def _find(self, find: Callable[[Coverage], T]) -> T:
        """Return what `find` finds in the coverage that is in use when its turn comes."""

        def find_leased() -> T:
            with self._serving.lease() as coverage:
                return find(coverage)

        return await self._worker.run(find_leased)

    def _card(self, answer: Answer, manifest: Manifest, reader: Reader, skip: int) -> ui.LayoutView:
        has_votes = self._feedback is not None
        return answer_card(
            answer, manifest, reader.user_id, reader.phrases, skip, has_votes=has_votes
        )

    async def _send(self, make: Make, reader: Reader) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._open.add(task)
        try:
            await reader.send(await make())
        except asyncio.CancelledError:
            await _apologise(reader.phrases.say("notice-stopping"), reader.send)
            raise
        except BusyError:
            await _apologise(reader.phrases.say("notice-busy"), reader.send)
        except Exception as error:  # noqa: BLE001  # the edge: a reader must not wait for ever
            log_id = token_hex(4)
            log.error("answering failed [%s]\n%s", log_id, described(error))
            await _apologise(reader.phrases.say("notice-failed", log_id=log_id), reader.send)
        finally:
            if task is not None:
                self._open.discard(task)


def _ask(coverage: Coverage, question: str, filters: Filters, skip: int) -> Asked:
    answer = coverage.answer(question, skip=skip, filters=filters)
    verified = coverage.verified(answer)
    dropped = len(answer.quotes + answer.related) - len(verified.quotes + verified.related)
    if dropped:
        log.error("dropped %d quote(s) that are not in the stored article", dropped)
    return verified, coverage.manifest


async def _apologise(sentence: str, send: Send) -> None:
    try:
        await send(notice_card(sentence))
    except SEND_ERRORS as error:
        log.error("could not apologise\n%s", described(error))


def _context(article: Article | None, wanted: ContextId, phrases: Phrases) -> ui.LayoutView:
    if article is None:
        return notice_card(phrases.say("context-article-gone"))
    if not wanted.is_of(article):
        return notice_card(phrases.say("context-article-changed"))
    return context_card(article, wanted.span, phrases)
