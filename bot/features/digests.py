"""The most reported events of some days: for a reader who asks, and once a day in a channel."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from threading import Event, Thread
from zoneinfo import ZoneInfo

import aiohttp
import discord

from bot.cards.base import Card
from bot.cards.digest import digest_card
from bot.runtime.coverage_pool import CoveragePool
from bot.runtime.delivery import NO_PINGS, Delivery, Reader
from bot.runtime.failures import described, log_dropped
from bot.runtime.retries import SECONDS_TO_POST, retry_if_cut
from bot.wording.phrases import phrases_of
from index.coverage import Coverage
from index.errors import StoreUnavailableError
from index.timelines.digest import Digest

log = logging.getLogger(__name__)

_NOON = time(12)
# An outage of Discord, of the connection or of the index; any other failure is final for the day.
_TRANSIENT = (
    discord.DiscordServerError,
    aiohttp.ClientError,
    OSError,
    StoreUnavailableError,
)


class Digests:
    """Sends digests to readers."""

    def __init__(self, pool: CoveragePool, delivery: Delivery) -> None:
        self._pool = pool
        self._delivery = delivery

    async def send(self, days: int, today: date, reader: Reader) -> None:
        """Send the digest of today and of the `days` before it."""

        async def make() -> Card:
            since = today - timedelta(days=days)
            digest = await self._pool.run(lambda coverage: _digest(coverage, since, today))
            return digest_card(digest, reader.phrases, reader.user_id)

        await self._delivery.send(make, reader)


@dataclass(frozen=True, slots=True)
class DailyPost:
    """Where and when a digest is posted every day, `at` in the time of `zone`."""

    channel_id: int
    at: time
    zone: ZoneInfo


class DailyDigest:
    """Posts the digest of one day, every day at its time, in a thread of its own.

    Up to noon, it is that of the day before; after it, that of the same day. If there is no event,
    nothing is posted.
    """

    def __init__(
        self,
        pool: CoveragePool,
        client: discord.Client,
        post: DailyPost,
        now: Callable[[ZoneInfo], datetime] = datetime.now,
        poll_seconds: float = 10.0,
        retry_seconds: float = 60.0,  # Discord recognises a repetition for some minutes
    ) -> None:
        self._pool = pool
        self._client = client
        self._post = post
        self._now = now
        self._poll_seconds = poll_seconds
        self._retry_seconds = retry_seconds
        self._stopped = Event()
        self._done: date | None = None

    def start(self) -> None:
        """Wait for the next time of posting, in the running event loop's bot.

        One that has passed today is left out: the bot may have posted before a restart.
        """
        now = self._now(self._post.zone)
        self._done = now.date() if now.time() >= self._post.at else None
        loop = asyncio.get_running_loop()
        Thread(target=self._run, args=(loop,), name="daily-digest", daemon=True).start()

    def stop(self) -> None:
        """Post nothing further."""
        self._stopped.set()

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._stopped.wait(self._poll_seconds):
            now = self._now(self._post.zone)
            if self._done == now.date() or now.time() < self._post.at:
                continue
            try:
                self._post_digest(now.date(), loop)
            except CancelledError:
                return  # the bot is stopping
            except _TRANSIENT as error:
                log.error("could not post the daily digest, and keep trying\n%s", described(error))
                self._stopped.wait(self._retry_seconds)
                continue
            except Exception as error:  # noqa: BLE001  # the edge: tomorrow's is due all the same
                if not self._stopped.is_set():
                    log.error("could not post the daily digest\n%s", described(error))
            self._done = now.date()

    def _post_digest(self, today: date, loop: asyncio.AbstractEventLoop) -> None:
        day = today - timedelta(days=1) if self._post.at < _NOON else today
        digest, _ = self._pool.run_when_idle(lambda coverage: _digest(coverage, day, day))
        if not digest.events:
            _log_nothing(digest)
            return
        asyncio.run_coroutine_threadsafe(self._send(digest, today), loop).result()

    async def _send(self, digest: Digest, today: date) -> None:
        channel = self._client.get_channel(self._post.channel_id)
        in_guild = discord.abc.GuildChannel | discord.Thread
        guild = channel.guild if isinstance(channel, in_guild) else None
        card = digest_card(digest, phrases_of(guild))
        place = self._client.get_partial_messageable(self._post.channel_id)
        await retry_if_cut(
            lambda: place.send(
                view=card, allowed_mentions=NO_PINGS, nonce=f"digest-{today:%Y%m%d}"
            ),
            *SECONDS_TO_POST,
        )


def _log_nothing(digest: Digest) -> None:
    if not digest.articles:
        log.info("no daily digest: nothing was published on that day")
    else:
        log.info(
            "no daily digest: no event can be quoted from the start of that day's articles (%d)",
            digest.articles,
        )


def _digest(coverage: Coverage, since: date, until: date) -> Digest:
    digest = coverage.digest(since, until)
    log_dropped(digest.dropped)
    return digest
