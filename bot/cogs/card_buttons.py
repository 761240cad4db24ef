"""The buttons that post or delete a whole card; and a list of all buttons there are."""

import logging
from secrets import token_hex
from typing import ClassVar

import discord

from bot.cards.base import Card, notice_card
from bot.cards.custom_ids import DismissId, ShareId
from bot.cards.sharing import once_shared, shared_card
from bot.cogs.answer_buttons import ANSWER_BUTTONS
from bot.cogs.button_base import CardButton
from bot.cogs.watch_buttons import WATCH_BUTTONS
from bot.features.interactions import Interaction, acknowledge, may_post, notify_privately
from bot.runtime.delivery import NO_PINGS
from bot.runtime.failures import SEND_ERRORS, described
from bot.runtime.retries import SECONDS_TO_EDIT, retry_if_cut
from bot.wording.phrases import Phrases, phrases_for

log = logging.getLogger(__name__)


class ShareButton(CardButton, template=ShareId.template):
    """Posts a private card in the channel, if its reader may post there."""

    _under_way: ClassVar[set[int]] = set()  # cards, so that a double click posts one

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        card, phrases = interaction.message, phrases_for(interaction.locale)
        if not may_post(interaction):
            await notify_privately(interaction, notice_card(phrases.say("notice-may-not-share")))
            return
        if card is None or not await acknowledge(interaction) or card.id in self._under_way:
            return
        self._under_way.add(card.id)
        try:
            await _share(interaction, card)
        finally:
            self._under_way.discard(card.id)


class DismissButton(CardButton, template=DismissId.template):
    """Deletes the card, for the one who asked or who may manage messages."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        is_asker = interaction.user.id == int(self.match["asker"])
        if not (is_asker or interaction.permissions.manage_messages):
            phrases = phrases_for(interaction.locale)
            await notify_privately(interaction, notice_card(phrases.say("notice-not-yours")))
            return
        if not await acknowledge(interaction):
            return
        try:
            await retry_if_cut(interaction.delete_original_response, *SECONDS_TO_EDIT)
        except discord.NotFound:
            pass  # by an earlier click, or by a request whose response was lost
        except SEND_ERRORS as error:
            log.error("could not dismiss a card\n%s", described(error))


# Their ids and the card contain all that they need, so they survive a restart.
CARD_BUTTONS = (*ANSWER_BUTTONS, *WATCH_BUTTONS, ShareButton, DismissButton)


async def _share(interaction: Interaction, card: discord.Message) -> None:
    """Post the card unchanged, even if the index was rebuilt since."""
    phrases = phrases_for(interaction.locale)
    try:
        try:
            shared = shared_card(card, interaction.user.id, phrases)
            await interaction.followup.send(view=shared, allowed_mentions=NO_PINGS)
        except SEND_ERRORS as error:
            await interaction.followup.send(view=_unshared(error, phrases), ephemeral=True)
        else:
            await interaction.edit_original_response(view=once_shared(card, phrases))
    except SEND_ERRORS as error:
        log.error("could not say what became of a shared card\n%s", described(error))


def _unshared(error: Exception, phrases: Phrases) -> Card:
    log_id = token_hex(4)
    log.error("could not share a card [%s]\n%s", log_id, described(error))
    if isinstance(error, discord.Forbidden):
        return notice_card(phrases.say("notice-bot-may-not-share"))
    return notice_card(phrases.say("notice-failed", log_id=log_id))
