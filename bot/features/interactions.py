"""What every command and button does first: refuse, or acknowledge within Discord's 3 seconds."""

import logging
from typing import Any

import discord

from bot.cards.base import Card
from bot.runtime.delivery import NO_PINGS, Reader
from bot.runtime.failures import SEND_ERRORS, described
from bot.runtime.rate_limits import Asker
from bot.wording.phrases import phrases_for

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]  # its client is an `OnRecordBot`


async def admit(
    interaction: Interaction, question: str, *, is_private: bool = True
) -> Reader | None:
    """Return the reader to answer; None where that is refused now, which they alone are told."""
    phrases = phrases_for(interaction.locale)
    asker = Asker(interaction.user.id, interaction.guild_id)
    rejection = interaction.client.answering.admit(question, phrases, asker)
    if rejection is None:
        return await defer(interaction, is_private=is_private)
    await notify_privately(interaction, rejection.card)
    return None


async def defer(interaction: Interaction, *, is_private: bool = True) -> Reader | None:
    """Return the reader, who sees that an answer is coming; None where Discord fails at that."""

    async def send(card: Card) -> None:
        await interaction.edit_original_response(
            view=card, attachments=card.pictures, allowed_mentions=NO_PINGS
        )

    try:
        await interaction.response.defer(thinking=True, ephemeral=is_private)
    except SEND_ERRORS as error:
        log.error("could not acknowledge a command or a click\n%s", described(error))
        return None
    return Reader(
        interaction.user.id,
        phrases_for(interaction.locale),
        send,
        is_private=is_private,
        takes_pictures=interaction.app_permissions.attach_files,
    )


async def notify_privately(interaction: Interaction, card: Card) -> None:
    """Say something at once to the reader alone."""
    try:
        await interaction.response.send_message(view=card, ephemeral=True)
    except SEND_ERRORS as error:
        log.error("could not tell a reader\n%s", described(error))
