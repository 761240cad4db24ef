"""Messages that answer no interaction: to a member who asked to be told, there or privately."""

import logging
from enum import Enum

import aiohttp
import discord
from discord.abc import Messageable

from bot.cards.base import Card
from bot.runtime.delivery import NO_PINGS
from bot.runtime.failures import SEND_ERRORS
from bot.runtime.retries import SECONDS_TO_POST, retry_if_cut
from bot.runtime.watch_file import ServerChannel

log = logging.getLogger(__name__)

# Sources: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
_LEFT = frozenset({10007, 10013})  # unknown member, unknown user
# Unknown channel or server; no access, no direct messages, no permission, no server in common.
_CLOSED = frozenset({10003, 10004, 50001, 50007, 50013, 50278})
_SERVER_ERROR = 500


class Outcome(Enum):
    """What became of a message."""

    SENT = "sent"
    LEFT = "left"  # the member is no longer in the server, or has no account any more
    UNREACHABLE = "unreachable"  # Discord doesn't let the bot write there
    FAILED = "failed"  # certainly not sent; it may work later
    UNCERTAIN = "uncertain"  # cut off while it was being posted: it may be there


class Notifier:
    """Tells one member something, and pings nobody else."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def notify(
        self, user_id: int, channel: ServerChannel | None, card: Card, nonce: str
    ) -> Outcome:
        """Send a card to `channel`, or privately if it is None, and to no other place.

        Discord posts one message per `nonce` and channel within minutes.
        """
        if channel is None:
            return await self._write(user_id, card, nonce)
        return await self._post(user_id, channel, card, nonce)

    async def _post(self, user_id: int, channel: ServerChannel, card: Card, nonce: str) -> Outcome:
        """Post in a channel, for a member who is still there; pings this member alone."""
        try:
            await self._client.http.get_member(channel.guild_id, user_id)
        except SEND_ERRORS as error:
            return _outcome_of(error)
        target = self._client.get_partial_messageable(channel.channel_id, guild_id=channel.guild_id)
        only = discord.AllowedMentions(
            everyone=False, roles=False, replied_user=False, users=[discord.Object(user_id)]
        )
        return await _send(target, card, only, nonce)

    async def _write(self, user_id: int, card: Card, nonce: str) -> Outcome:
        try:
            channel = await self._client.create_dm(discord.Object(user_id))
        except SEND_ERRORS as error:
            return _outcome_of(error)
        return await _send(channel, card, NO_PINGS, nonce)


async def _send(
    channel: Messageable, card: Card, mentions: discord.AllowedMentions, nonce: str
) -> Outcome:
    may_be_there = False

    async def send() -> None:
        nonlocal may_be_there
        try:
            await channel.send(view=card, allowed_mentions=mentions, nonce=nonce)
        except SEND_ERRORS as error:
            may_be_there |= not _is_refused(error)
            raise

    try:
        await retry_if_cut(send, *SECONDS_TO_POST)
    except SEND_ERRORS as error:
        outcome = _outcome_of(error)
        return Outcome.UNCERTAIN if may_be_there else outcome
    return Outcome.SENT


def _outcome_of(error: Exception) -> Outcome:
    """Return what a failure means for a message that was certainly not posted."""
    log.warning("could not notify a member: %s", error)
    match error:
        case discord.HTTPException(code=code) if code in _LEFT:
            return Outcome.LEFT
        case discord.Forbidden(code=code) | discord.NotFound(code=code) if code in _CLOSED:
            return Outcome.UNREACHABLE
    return Outcome.FAILED


def _is_refused(error: Exception) -> bool:
    """Tell whether the request failed before or at Discord's check: nothing was posted."""
    if isinstance(error, discord.HTTPException):
        return error.status < _SERVER_ERROR
    return isinstance(error, aiohttp.ClientConnectorError)
