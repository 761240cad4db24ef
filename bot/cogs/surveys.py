"""`/coverage` and `/timeline`."""

from discord import app_commands
from discord.ext import commands

from bot.cogs.everywhere import usable_everywhere
from bot.features.interactions import Interaction, admit
from bot.features.surveys import Surveys
from bot.wording.command_texts import command_text


class Surveying(commands.Cog):
    """Shows a summary of the coverage, and the events of a topic."""

    def __init__(self, surveys: Surveys) -> None:
        self._surveys = surveys

    @app_commands.command(
        name=command_text("command-coverage"),
        description=command_text("command-coverage-description"),
    )
    @usable_everywhere
    async def coverage(self, interaction: Interaction) -> None:
        """Show what the coverage contains, how to ask, and what is stored about readers."""
        if (reader := await admit(interaction, "", is_private=False)) is not None:
            await self._surveys.overview(reader)

    @app_commands.command(
        name=command_text("command-timeline"),
        description=command_text("command-timeline-description"),
    )
    @app_commands.rename(
        topic=command_text("command-timeline-topic"),
        since=command_text("command-ask-since"),
        until=command_text("command-ask-until"),
    )
    @app_commands.describe(
        topic=command_text("command-timeline-topic-description"),
        since=command_text("command-ask-since-description"),
        until=command_text("command-ask-until-description"),
    )
    @usable_everywhere
    async def timeline(
        self,
        interaction: Interaction,
        topic: str,
        since: str | None = None,
        until: str | None = None,
    ) -> None:
        """Show the events of a topic, each in one quote."""
        if (reader := await admit(interaction, topic, is_private=False)) is not None:
            await self._surveys.timeline(topic, reader, since, until)
