"""The Discord client: intents, start-up, command sync, shutdown."""

import asyncio
import logging
import sys
from collections.abc import Mapping
from typing import Any

import discord
from discord.ext import commands
from discord.http import Route

from bot.cogs.ask import Asking
from bot.cogs.card_buttons import CARD_BUTTONS
from bot.cogs.digest import Digesting
from bot.cogs.find import Finding
from bot.cogs.messages import Listening
from bot.cogs.surveys import Surveying
from bot.cogs.verify import Verifying
from bot.cogs.watches import Watching
from bot.features.answering import Answering
from bot.features.digests import DailyDigest, DailyPost, Digests
from bot.features.interactions import apologise
from bot.features.quote_details import QuoteDetails
from bot.features.surveys import Surveys
from bot.features.watch_answers import UNHURRIED, Pace
from bot.features.watch_checks import WatchChecks
from bot.features.watches import Watches
from bot.health import Health
from bot.runtime.coverage_pool import CoveragePool
from bot.runtime.delivery import NO_PINGS, Delivery
from bot.runtime.failures import described
from bot.runtime.index_watcher import IndexWatcher
from bot.runtime.notifying import Notifier
from bot.runtime.rate_limits import Limits
from bot.runtime.watch_file import WatchFile
from bot.wording.command_texts import CommandTranslator
from index.coverage import Coverage
from index.feedback import Feedback

log = logging.getLogger(__name__)

_LISTS = ("options", "choices")  # of a command, or of an option
_WITH_TEXTS = {"with_localizations": "true"}


class OnRecordBot(commands.Bot):
    """Answers from an open coverage, and closes it in the end.

    With a `watcher`, it switches to a new snapshot after a rebuild.
    """

    def __init__(
        self,
        coverage: Coverage,
        feedback: Feedback | None = None,
        watcher: IndexWatcher | None = None,
        limits: Limits | None = None,
        ask_channels: frozenset[int] = frozenset(),
        watch_file: WatchFile | None = None,
        daily_post: DailyPost | None = None,
        *,
        watch_pace: Pace = UNHURRIED,
        longest_wait: float = 30.0,
        seconds_to_finish: float = 2.5,
        seconds_to_leave: float = 0.8,
    ) -> None:
        super().__init__(
            # No prefix commands: a mention is a question, see `Asking`.
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=_intents(reads_messages=bool(ask_channels)),
            allowed_mentions=NO_PINGS,
            # Otherwise the last thousand messages of everybody stay in memory.
            max_messages=None,
        )
        self._pool = CoveragePool(coverage, longest_wait)
        self._watcher = watcher
        self._ask_channels = ask_channels
        self._notice_limits = limits.anew() if limits else None
        self._is_connected = False
        self._seconds_to_finish = seconds_to_finish
        self._seconds_to_leave = seconds_to_leave
        self._delivery = Delivery()
        has_votes, has_watches = feedback is not None, watch_file is not None
        self.answering = Answering(
            self._pool, self._delivery, feedback, limits, has_watches=has_watches
        )
        self.quote_details = QuoteDetails(self._pool, self._delivery)
        self.surveys = Surveys(
            self._pool, self._delivery, has_votes=has_votes, has_watches=has_watches
        )
        self.digests = Digests(self._pool, self._delivery)
        self._daily_digest = daily_post and DailyDigest(self._pool, self, daily_post)
        self.watches = Watches(self._pool, self._delivery, watch_file, has_votes=has_votes)
        self._watch_checks = watch_file and WatchChecks(
            self._pool, watch_file, Notifier(self), watch_pace, has_votes=has_votes
        )
        self.tree.error(apologise)

    async def setup_hook(self) -> None:
        """Add commands and buttons; register the commands with Discord only if they changed."""
        await self.add_cog(Asking(self.answering))
        await self.add_cog(Finding(self, self.answering))
        await self.add_cog(Surveying(self.surveys))
        await self.add_cog(Verifying(self.quote_details))
        await self.add_cog(Listening(self, self.answering, self._ask_channels, self._notice_limits))
        await self.add_cog(Digesting(self.digests))
        if self._daily_digest:
            self._daily_digest.start()
        if self._watch_checks:
            await self.add_cog(Watching(self.watches))
            self._watch_checks.start()
        self.add_dynamic_items(*CARD_BUTTONS)
        translator = CommandTranslator()
        await self.tree.set_translator(translator)
        if await self._commands_changed(translator):
            await self.tree.sync()
            log.info("registered the commands with Discord")
        if self._watcher:
            self._watcher.start(self._pool)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Stay connected; if even the first connection fails, raise the reason."""
        try:
            await super().connect(reconnect=reconnect)
        except AttributeError as error:
            # discord.py 2.7.1 resumes after any failure, and here there is nothing to resume.
            if self.ws is None and error.__context__ is not None:
                raise error.__context__ from None
            raise

    async def on_ready(self) -> None:
        """Log that the bot is ready."""
        self._is_connected = True
        with self._pool.lease() as coverage:
            articles = coverage.manifest.articles
        log.info("ready as %s in %d server(s), %d articles", self.user, len(self.guilds), articles)

    async def on_resumed(self) -> None:
        """Note that the connection is back."""
        self._is_connected = True

    async def on_disconnect(self) -> None:
        """Note that the connection is lost; discord.py tries to get it back."""
        self._is_connected = False

    def health(self) -> Health:
        """Return whether the bot is connected, and which snapshot it answers from."""
        return Health(self._is_connected, self._pool.snapshot_id)

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the cog: there are no prefix commands."""

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        """Log an error of an event handler."""
        if (error := sys.exception()) is not None:
            log.error("%s failed\n%s", event_method, described(error))

    async def stop(self) -> None:
        """Finish open answers or apologise for them, then close; takes less than 5 seconds."""
        log.info("stopping")
        waiting = [self._delivery.finish(self._seconds_to_finish)]
        if self._watcher:
            waiting.append(self._watcher.finish(self._seconds_to_finish))
        if self._watch_checks:
            waiting.append(self._watch_checks.finish(self._seconds_to_finish))
        await asyncio.gather(*waiting)
        await self.close()

    async def close(self) -> None:
        """Disconnect and close the coverage; safe to call twice."""
        if self.is_closed():
            return
        for each in (self._watcher, self._watch_checks, self._daily_digest):
            if each:
                each.stop()
        try:
            async with asyncio.timeout(self._seconds_to_leave):
                await super().close()
        except TimeoutError:
            log.warning("Discord did not answer the goodbye")
        self._pool.close()

    async def _commands_changed(self, translator: CommandTranslator) -> bool:
        if self.application_id is None:
            return True
        path = f"/applications/{self.application_id}/commands"
        # `http.get_global_commands` does not ask for the texts in other languages.
        registered = await self.http.request(Route("GET", path), params=_WITH_TEXTS)
        known = {command["name"]: command for command in registered}
        own = [
            await command.get_translated_payload(self.tree, translator)
            for command in self.tree.get_commands()
        ]
        return len(known) != len(own) or not all(
            _is_same(payload, known.get(payload["name"], {})) for payload in own
        )


def _intents(*, reads_messages: bool) -> discord.Intents:
    """Return the fewest intents; only reading all messages needs a privileged one."""
    intents = discord.Intents.none()
    intents.guilds = True
    intents.guild_messages = True
    intents.dm_messages = True
    intents.message_content = reads_messages
    return intents


def _is_same(own: Mapping[str, Any], registered: Mapping[str, Any]) -> bool:
    """Tell whether the registered command is this one; Discord leaves out empty fields."""
    return all(
        registered.get(name) == value
        or (not registered.get(name) and not value)
        or (name in _LISTS and _are_same(value, registered.get(name) or []))
        for name, value in own.items()
        if name != "dm_permission"  # replaced by contexts
    )


def _are_same(own: list[dict[str, Any]], registered: list[dict[str, Any]]) -> bool:
    return len(own) == len(registered) and all(map(_is_same, own, registered))
