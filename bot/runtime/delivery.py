"""Cards on their way to readers: made, sent, apologised for, and waited for when the bot stops."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from secrets import token_hex

import discord

from bot.cards.base import Card, notice_card
from bot.runtime.failures import SEND_ERRORS, described
from bot.runtime.worker import BusyError
from bot.wording.phrases import Phrases

log = logging.getLogger(__name__)

NO_PINGS = discord.AllowedMentions.none()
_TO_APOLOGISE, _TO_ACKNOWLEDGE = 1.5, 0.5  # seconds

Send = Callable[[Card], Awaitable[object]]
Make = Callable[[], Awaitable[Card]]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is answered, in which language, and how a card gets there, to them alone or to all.

    Discord lets a bot attach pictures in some places only.
    """

    user_id: int
    phrases: Phrases
    send: Send
    is_private: bool = False
    takes_pictures: bool = True


class Delivery:
    """Sends what is made for a reader: always a card, whatever happens."""

    def __init__(self) -> None:
        self._open: set[asyncio.Task[object]] = set()
        self._is_stopping = False

    async def send(self, make: Make, reader: Reader) -> None:
        """Send the card that is made, or one that says why there is none."""
        task = asyncio.current_task()
        if task is not None:
            self._open.add(task)
        try:
            if self._is_stopping:
                await _apologise(reader.phrases.say("notice-stopping"), reader.send)
            else:
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

    async def finish(self, seconds: float) -> None:
        """Let open answers finish for so long, then apologise for the rest, in `_TO_APOLOGISE`.

        What is asked from now on is apologised for at once.
        """
        self._is_stopping = True
        loop = asyncio.get_running_loop()
        ends = loop.time() + seconds
        # What Discord has been promised an answer to a moment ago is not open yet.
        await asyncio.sleep(min(_TO_ACKNOWLEDGE, seconds))
        while (tasks := self._others()) and (left := ends - loop.time()) > 0:
            await asyncio.wait(tasks, timeout=left)
        for task in (unfinished := self._others()):
            task.cancel()
        if unfinished:
            await asyncio.wait(unfinished, timeout=_TO_APOLOGISE)

    def _others(self) -> set[asyncio.Task[object]]:
        return self._open - {asyncio.current_task()}


async def _apologise(sentence: str, send: Send) -> None:
    try:
        await send(notice_card(sentence))
    except SEND_ERRORS as error:
        log.error("could not apologise\n%s", described(error))
