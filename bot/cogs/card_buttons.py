"""The card's buttons. Each is answered from its id alone, so they outlive a restart."""

import logging
import re
from typing import Any, Self

import discord
from discord import ui

from bot.answering import Answering, Reader
from bot.buttons import ContextId, DismissId, MoreId, VoteId
from bot.card import notice_card, question_of
from bot.cogs.asking import NO_PINGS
from bot.failures import SEND_ERRORS
from bot.limits import Asker
from bot.phrases import phrases_for
from index.models import Span

log = logging.getLogger(__name__)


Interaction = discord.Interaction[Any]  # its client is an `OnRecordBot`


class _CardButton(ui.DynamicItem[ui.Button[ui.LayoutView]], template="never"):
    """A button that keeps its looks and is known by its id."""

    def __init__(self, item: ui.Button[ui.LayoutView], match: re.Match[str]) -> None:
        super().__init__(item)
        self.match = match

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """Take up a button that was clicked."""
        assert isinstance(item, ui.Button)  # noqa: S101  # the ids are given to buttons only
        return cls(item, match)


class ContextButton(_CardButton, template=ContextId.template):
    """Shows a quote inside its paragraph, to the reader who clicked alone."""

    async def callback(self, interaction: Interaction) -> None:
        """Answer the click."""
        span = Span(int(self.match["start"]), int(self.match["end"]))
        wanted = ContextId(self.match["key"], self.match["hash"], span)
        if await _defer(interaction):
            await _answering(interaction).context(wanted, _reader(interaction))


class MoreButton(_CardButton, template=MoreId.template):
    """Shows the next quotes, to the reader who clicked alone."""

    async def callback(self, interaction: Interaction) -> None:
        """Answer the click."""
        question = question_of(interaction.message) if interaction.message else None
        if question is None or await _is_refused(interaction, question):
            return
        if await _defer(interaction):
            wanted = MoreId.read(self.match)
            await _answering(interaction).more(question, _reader(interaction), wanted)


class VoteButton(_CardButton, template=VoteId.template):
    """Keeps a vote, and thanks the reader alone."""

    async def callback(self, interaction: Interaction) -> None:
        """Answer the click."""
        card = interaction.message
        if card is not None and await _defer(interaction):
            is_good = self.match["vote"] == "good"
            await _answering(interaction).vote(card, _reader(interaction), is_good=is_good)


class DismissButton(_CardButton, template=DismissId.template):
    """Deletes the card, for the one who asked or who may manage messages."""

    async def callback(self, interaction: Interaction) -> None:
        """Answer the click."""
        is_asker = interaction.user.id == int(self.match["asker"])
        try:
            if is_asker or interaction.permissions.manage_messages:
                await interaction.response.defer()
                await interaction.delete_original_response()
            else:
                notice = notice_card(phrases_for(interaction.locale).say("notice-not-yours"))
                await interaction.response.send_message(view=notice, ephemeral=True)
        except SEND_ERRORS:
            log.exception("could not dismiss a card")


CARD_BUTTONS = (ContextButton, MoreButton, VoteButton, DismissButton)


def _answering(interaction: Interaction) -> Answering:
    answering: Answering = interaction.client.answering
    return answering


async def _is_refused(interaction: Interaction, question: str) -> bool:
    """Tell the reader alone where nothing can be looked for now, and return whether that is so."""
    asker = Asker(interaction.user.id, interaction.guild_id)
    phrases = phrases_for(interaction.locale)
    refusal = _answering(interaction).refusal(question, phrases, asker)
    if refusal is None:
        return False
    try:
        await interaction.response.send_message(view=refusal.card, ephemeral=True)
    except SEND_ERRORS:
        log.exception("could not refuse a click")
    return True


async def _defer(interaction: Interaction) -> bool:
    try:
        await interaction.response.defer(thinking=True, ephemeral=True)
    except SEND_ERRORS:
        log.exception("could not acknowledge a click")
        return False
    return True


def _reader(interaction: Interaction) -> Reader:
    """Return the reader who clicked, who alone sees what is sent."""

    async def send(view: ui.LayoutView) -> None:
        await interaction.edit_original_response(view=view, allowed_mentions=NO_PINGS)

    return Reader(interaction.user.id, phrases_for(interaction.locale), send)
