"""The most reported events of some days: for a reader who asks, and once a day in a channel."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from threading import Event, Thread
from zoneinfo import ZoneInfo

import discord

from bot.cards.base import Card
from bot.cards.digest import digest_card
from bot.runtime.coverage_pool import CoveragePool
from bot.runtime.delivery import NO_PINGS, Delivery, Reader
from bot.runtime.failures import SEND_ERRORS, described, log_dropped
from bot.runtime.retries import SECONDS_TO_POST, retry_if_cut
from bot.wording.phrases import phrases_of
from index.coverage import Coverage
from index.timelines.digest import Digest

log = logging.getLogger(__name__)

_NOON = time(12)


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

    Up to noon, it is that of the day before; after it, that of the same day. Where there is
    nothing, nothing is posted.
    """

    def __init__(
        self,
        pool: CoveragePool,
        client: discord.Client,
        post: DailyPost,
        now: Callable[[ZoneInfo], datetime] = datetime.now,
        poll_seconds: float = 10.0,
    ) -> None:
        self._pool = pool
        self._client = client
        self._post = post
        self._now = now
        self._poll_seconds = poll_seconds
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
            self._done = now.date()
            try:
                self._post_digest(now.date(), loop)
            except CancelledError:
                return  # the bot is stopping
            except Exception as error:  # noqa: BLE001  # the edge: tomorrow's is due all the same
                if not self._stopped.is_set():
                    log.error("the daily digest failed\n%s", described(error))

    def _post_digest(self, today: date, loop: asyncio.AbstractEventLoop) -> None:
        day = today - timedelta(days=1) if self._post.at < _NOON else today
        digest, _ = self._pool.run_when_idle(lambda coverage: _digest(coverage, day, day))
        if not digest.events:
            log.info("no daily digest: nothing was published on that day")
            return
        asyncio.run_coroutine_threadsafe(self._send(digest, today), loop).result()

    async def _send(self, digest: Digest, today: date) -> None:
        channel = self._client.get_channel(self._post.channel_id)
        guild = channel.guild if isinstance(channel, discord.abc.GuildChannel) else None
        card = digest_card(digest, phrases_of(guild))
        place = self._client.get_partial_messageable(self._post.channel_id)
        try:
            await retry_if_cut(
                lambda: place.send(
                    view=card, allowed_mentions=NO_PINGS, nonce=f"digest-{today:%Y%m%d}"
                ),
                *SECONDS_TO_POST,
            )
        except SEND_ERRORS as error:
            log.error("could not post the daily digest\n%s", described(error))


def _digest(coverage: Coverage, since: date, until: date) -> Digest:
    digest = coverage.digest(since, until)
    log_dropped(digest.dropped)
    return digest
