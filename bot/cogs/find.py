"""*Find in coverage*, in the menu of any message: looks up what the message claims."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.base import notice_card
from bot.features.answering import Answering
from bot.features.interactions import Interaction, admit, notify_privately
from bot.features.message_questions import question_about
from bot.wording.command_texts import command_text
from bot.wording.phrases import phrases_for


class Finding(commands.Cog):
    """Looks up the claim of a message, and shows the answer privately; it can be shared.

    Discord sends the text of the message, whatever the bot's intents.
    """

    def __init__(self, bot: commands.Bot, answering: Answering) -> None:
        self._bot = bot
        self._answering = answering
        # A menu's command cannot be declared in a cog: https://github.com/Rapptz/discord.py/issues/7823
        self._menu = app_commands.ContextMenu(
            name=command_text("command-find"),
            callback=self.find,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
        )

    async def cog_load(self) -> None:
        """Add the command."""
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Remove the command."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    async def find(self, interaction: Interaction, message: discord.Message) -> None:
        """Look up this message for the reader who chose the command."""
        asked = question_about(message, self._bot.user.id if self._bot.user else 0)
        if asked is None:
            phrases = phrases_for(interaction.locale)
            await notify_privately(interaction, notice_card(phrases.say("notice-no-claim")))
        elif (reader := await admit(interaction, asked.question)) is not None:
            await self._answering.answer(asked, reader)
