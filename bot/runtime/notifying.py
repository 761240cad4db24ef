"""Messages that answer no interaction: to a member who asked to be told, there or privately."""

import logging
from collections.abc import Awaitable, Callable
from enum import Enum

import discord
from discord.abc import Messageable

from bot.cards.base import Card
from bot.runtime.delivery import NO_PINGS
from bot.runtime.failures import SEND_ERRORS
from bot.runtime.retries import SECONDS_TO_POST, retry_if_cut
from bot.runtime.watch_file import Place

log = logging.getLogger(__name__)

# Sources: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
_UNKNOWN_MEMBER, _UNKNOWN_USER = 10007, 10013
_RATE_LIMITED = 429


class Outcome(Enum):
    """What became of a message."""

    SENT = "sent"
    LEFT = "left"  # the member is no longer in the server, or has no account any more
    UNREACHABLE = "unreachable"  # Discord doesn't let the bot write there
    FAILED = "failed"  # Discord is down, or the connection is: it may work later


class Notifier:
    """Tells one member something, and pings nobody else."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def notify(
        self, user_id: int, place: Place | None, make: Callable[[bool], Card], nonce: str
    ) -> Outcome:
        """Send what `make` returns, given whether it is private, to `place` or else privately.

        Where the bot may not write in the channel, the message becomes a private one; never the
        other way round. Discord posts one message per `nonce` and channel within minutes.
        """
        if place is not None:
            outcome = await self._try(lambda: self._post(user_id, place, make(False), nonce))
            if outcome is not Outcome.UNREACHABLE:
                return outcome
        return await self._try(lambda: self._write(user_id, make(True), nonce))

    async def _try(self, send: Callable[[], Awaitable[None]]) -> Outcome:
        try:
            await send()
        except discord.HTTPException as error:
            if error.code in (_UNKNOWN_MEMBER, _UNKNOWN_USER):
                return Outcome.LEFT
            is_final = error.status < 500 and error.status != _RATE_LIMITED
            log.warning("could not notify a member: %s", error)
            return Outcome.UNREACHABLE if is_final else Outcome.FAILED
        except SEND_ERRORS as error:
            log.warning("could not notify a member: %s", error)
            return Outcome.FAILED
        return Outcome.SENT

    async def _post(self, user_id: int, place: Place, card: Card, nonce: str) -> None:
        """Post in a channel, for a member who is still there; pings this member alone."""
        await self._client.http.get_member(place.guild_id, user_id)
        channel = self._client.get_partial_messageable(place.channel_id, guild_id=place.guild_id)
        only = discord.AllowedMentions(
            everyone=False, roles=False, replied_user=False, users=[discord.Object(user_id)]
        )
        await _send(channel, card, only, nonce)

    async def _write(self, user_id: int, card: Card, nonce: str) -> None:
        channel = await self._client.create_dm(discord.Object(user_id))
        await _send(channel, card, NO_PINGS, nonce)


async def _send(
    channel: Messageable, card: Card, mentions: discord.AllowedMentions, nonce: str
) -> None:
    await retry_if_cut(
        lambda: channel.send(view=card, allowed_mentions=mentions, nonce=nonce), *SECONDS_TO_POST
    )
