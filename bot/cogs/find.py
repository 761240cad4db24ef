"""*Find in coverage*, in the menu of any message: what the coverage says about it."""

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
    """Looks for what a message claims; what is found is the reader's alone, until it is shared.

    Discord sends the message along, whatever the bot's intents are.
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
        """Answer the one who chose it."""
        asked = question_about(message, self._bot.user.id if self._bot.user else 0)
        if asked is None:
            said = phrases_for(interaction.locale).say("notice-no-claim")
            await notify_privately(interaction, notice_card(said))
        elif (reader := await admit(interaction, asked.question)) is not None:
            await self._answering.answer(asked, reader)
