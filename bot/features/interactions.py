"""What every command and button does: reject or defer within Discord's 3 seconds, then answer."""

import logging
from secrets import token_hex
from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.cards.base import Card, notice_card
from bot.runtime.delivery import NO_PINGS, Reader
from bot.runtime.failures import SEND_ERRORS, described
from bot.runtime.rate_limits import Asker
from bot.runtime.retries import (
    ALREADY_ACKNOWLEDGED,
    SECONDS_TO_ACKNOWLEDGE,
    SECONDS_TO_EDIT,
    retry_if_cut,
)
from bot.runtime.watch_file import ServerChannel
from bot.wording.phrases import phrases_for

if TYPE_CHECKING:
    from bot.client import OnRecordBot

log = logging.getLogger(__name__)

Interaction: TypeAlias = discord.Interaction["OnRecordBot"]


async def admit(
    interaction: Interaction, question: str, *, is_private: bool = True
) -> Reader | None:
    """Return the reader to answer, or notify them and return None if the question is rejected."""
    phrases = phrases_for(interaction.locale)
    asker = Asker(interaction.user.id, interaction.guild_id)
    rejection = interaction.client.answering.admit(question, phrases, asker)
    if rejection is None:
        return await defer(interaction, is_private=is_private)
    await notify_privately(interaction, rejection.card)
    return None


async def defer(interaction: Interaction, *, is_private: bool = True) -> Reader | None:
    """Show the reader that an answer is coming, and return them; None if Discord fails at that."""

    async def send(card: Card) -> None:
        await retry_if_cut(lambda: _edit(interaction, card), *SECONDS_TO_EDIT)

    if not await acknowledge(interaction, is_thinking=True, is_private=is_private):
        return None
    return Reader(
        interaction.user.id,
        phrases_for(interaction.locale),
        send,
        is_private=is_private,
        takes_pictures=interaction.app_permissions.attach_files,
    )


async def acknowledge(
    interaction: Interaction, *, is_thinking: bool = False, is_private: bool = False
) -> bool:
    """Tell Discord that the interaction arrived; return whether that succeeded."""
    try:
        await retry_if_cut(
            lambda: interaction.response.defer(thinking=is_thinking, ephemeral=is_private),
            *SECONDS_TO_ACKNOWLEDGE,
            done_codes={ALREADY_ACKNOWLEDGED},
        )
    except SEND_ERRORS as error:
        log.error("could not acknowledge a command or a click\n%s", described(error))
        return False
    return True


async def notify_privately(interaction: Interaction, card: Card) -> None:
    """Answer at once, to the reader alone."""
    try:
        await retry_if_cut(
            lambda: interaction.response.send_message(view=card, ephemeral=True),
            *SECONDS_TO_ACKNOWLEDGE,
            done_codes={ALREADY_ACKNOWLEDGED},
        )
    except SEND_ERRORS as error:
        log.error("could not notify a reader\n%s", described(error))


async def apologise(interaction: Interaction, error: Exception) -> None:
    """Log a failure that nobody expected, and apologise to the reader with the id of the log."""
    log_id = token_hex(4)
    log.error("a command or a click failed [%s]\n%s", log_id, described(error))
    notice = notice_card(phrases_for(interaction.locale).say("notice-failed", log_id=log_id))
    try:
        if interaction.response.is_done():
            await interaction.followup.send(view=notice, ephemeral=True)
        else:
            await interaction.response.send_message(view=notice, ephemeral=True)
    except SEND_ERRORS as failure:
        log.error("could not apologise [%s]\n%s", log_id, described(failure))


def may_post(interaction: Interaction) -> bool:
    """Tell whether the reader may write in the channel, and use this bot in public there."""
    if interaction.guild_id is None:
        return True
    granted = interaction.permissions
    is_guest = interaction.is_user_integration() and not interaction.is_guild_integration()
    if is_guest and not granted.use_external_apps:
        return False
    return _may_write(granted, interaction)


def channel_of(interaction: Interaction) -> ServerChannel | None:
    """Return the channel if the bot and the reader may post there later, None otherwise."""
    if interaction.guild_id is None or interaction.channel_id is None:
        return None
    # A reader can use the bot in a server that it was not added to.
    is_there = interaction.client.get_guild(interaction.guild_id) is not None
    may_both = _may_write(interaction.app_permissions, interaction) and may_post(interaction)
    return (
        ServerChannel(interaction.channel_id, interaction.guild_id)
        if is_there and may_both
        else None
    )


def _may_write(granted: discord.Permissions, interaction: Interaction) -> bool:
    is_thread = isinstance(interaction.channel, discord.Thread)
    return granted.send_messages_in_threads if is_thread else granted.send_messages


async def _edit(interaction: Interaction, card: Card) -> None:
    for picture in card.pictures:
        picture.reset()  # an earlier try has read it
    await interaction.edit_original_response(
        view=card, attachments=card.pictures, allowed_mentions=NO_PINGS
    )
