"""`/watch` and `/watches`."""

from discord import app_commands
from discord.ext import commands

from bot.cards.base import notice_card
from bot.cogs.everywhere import usable_everywhere
from bot.features.interactions import Interaction, admit, channel_of, notify_privately
from bot.features.watches import Watches
from bot.wording.command_texts import command_text
from bot.wording.phrases import phrases_for
from index.search.follow_up import ConversationQuestion


class Watching(commands.Cog):
    """Keeps questions that the coverage does not answer yet, and lists them."""

    def __init__(self, watches: Watches) -> None:
        self._watches = watches

    @app_commands.command(
        name=command_text("command-watch"), description=command_text("command-watch-description")
    )
    @app_commands.rename(
        question=command_text("command-ask-question"), here=command_text("command-watch-here")
    )
    @app_commands.describe(
        question=command_text("command-watch-question-description"),
        here=command_text("command-watch-here-description"),
    )
    @usable_everywhere
    async def watch(self, interaction: Interaction, question: str, here: bool = False) -> None:
        """Watch a question; the answer comes privately or, if `here`, in this channel."""
        channel = channel_of(interaction)
        if here and channel is None:
            phrases = phrases_for(interaction.locale)
            await notify_privately(interaction, notice_card(phrases.say("watch-not-here")))
        elif (reader := await admit(interaction, question)) is not None:
            asked = ConversationQuestion(question)
            await self._watches.add(asked, reader, channel, is_told_here=here)

    @app_commands.command(
        name=command_text("command-watches"),
        description=command_text("command-watches-description"),
    )
    @usable_everywhere
    async def watches(self, interaction: Interaction) -> None:
        """List, to this reader alone, what they watch."""
        if (reader := await admit(interaction, "")) is not None:
            await self._watches.show(reader)
