"""Sending cards: every reader gets one, also if making it fails or the bot stops."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from secrets import token_hex

import discord

from bot.cards.base import Card, notice_card
from bot.runtime.coverage_pool import BusyError
from bot.runtime.failures import SEND_ERRORS, described
from bot.wording.phrases import Phrases
from index.errors import StoreUnavailableError

log = logging.getLogger(__name__)

NO_PINGS = discord.AllowedMentions.none()

Send = Callable[[Card], Awaitable[object]]
Make = Callable[[], Awaitable[Card]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A person to answer: their language, and how to send them a card, privately or to everyone.

    `takes_pictures` is false in places where Discord doesn't let the bot attach files.
    """

    user_id: int
    phrases: Phrases
    send: Send
    is_private: bool = False
    takes_pictures: bool = True


class Delivery:
    """Sends cards, and apologises for those that cannot be made or sent."""

    def __init__(
        self, seconds_to_acknowledge: float = 0.5, seconds_to_apologise: float = 1.5
    ) -> None:
        self._seconds_to_acknowledge = seconds_to_acknowledge
        self._seconds_to_apologise = seconds_to_apologise
        self._open: set[asyncio.Task[object]] = set()
        self._is_stopping = False

    async def send(self, make: Make, reader: Reader) -> bool:
        """Send the card that `make` returns, or an apology; return whether the card was sent."""
        task = asyncio.current_task()
        if task is not None:
            self._open.add(task)
        try:
            if self._is_stopping:
                await _apologise(reader.phrases.say("notice-stopping"), reader.send)
            else:
                await reader.send(await make())
                return True
        except asyncio.CancelledError:
            await _apologise(reader.phrases.say("notice-stopping"), reader.send)
            raise
        except BusyError:
            await _apologise(reader.phrases.say("notice-busy"), reader.send)
        except StoreUnavailableError as error:
            log.error("a question found no index: %s", error)
            await _apologise(reader.phrases.say("notice-unavailable"), reader.send)
        except Exception as error:  # noqa: BLE001  # the edge: a reader must not wait for ever
            log_id = token_hex(4)
            log.error("answering failed [%s]\n%s", log_id, described(error))
            await _apologise(reader.phrases.say("notice-failed", log_id=log_id), reader.send)
        finally:
            if task is not None:
                self._open.discard(task)
        return False

    async def finish(self, seconds: float) -> None:
        """Let open answers finish for this long, then apologise for those that did not.

        Questions asked from now on get an apology at once.
        """
        self._is_stopping = True
        loop = asyncio.get_running_loop()
        ends = loop.time() + seconds
        # An interaction that was deferred a moment ago has not registered its task yet.
        await asyncio.sleep(min(self._seconds_to_acknowledge, seconds))
        while (tasks := self._others()) and (left := ends - loop.time()) > 0:
            await asyncio.wait(tasks, timeout=left)
        for task in (unfinished := self._others()):
            task.cancel()
        if unfinished:
            await asyncio.wait(unfinished, timeout=self._seconds_to_apologise)

    def _others(self) -> set[asyncio.Task[object]]:
        return self._open - {asyncio.current_task()}


async def _apologise(sentence: str, send: Send) -> None:
    try:
        await send(notice_card(sentence))
    except SEND_ERRORS as error:
        log.error("could not apologise\n%s", described(error))
