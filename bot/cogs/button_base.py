"""What every button of a card does: it is recognised by its id, and apologises for a failure."""

import re
from typing import Any, Self

import discord
from discord import ui

from bot.cards.base import notice_card
from bot.features.interactions import Interaction, apologise, notify_privately
from bot.wording.phrases import phrases_for


class CardButton(ui.DynamicItem[ui.Button[ui.LayoutView]], template="never"):
    """A button that is recognised by its id."""

    def __init__(self, item: ui.Button[ui.LayoutView], match: re.Match[str]) -> None:
        super().__init__(item)
        self.match = match

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: ui.Item[ui.LayoutView],
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the button that was clicked."""
        assert isinstance(item, ui.Button)  # noqa: S101  # the ids are given to buttons only
        return cls(item, match)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer the click, and apologise for a failure."""
        try:
            await self.answer(interaction)
        except Exception as error:  # noqa: BLE001  # the edge: discord.py would log its message
            await apologise(interaction, error)

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        raise NotImplementedError


async def notify_unreadable(interaction: Interaction) -> None:
    """Notify the reader that the card lacks its question, as cards of older versions do."""
    phrases = phrases_for(interaction.locale)
    await notify_privately(interaction, notice_card(phrases.say("notice-card-unreadable")))
