"""`/digest`: the most reported events of the last days."""

from datetime import UTC, datetime

from discord import app_commands
from discord.ext import commands

from bot.cogs.everywhere import usable_everywhere
from bot.features.digests import Digests
from bot.features.interactions import Interaction, admit
from bot.wording.command_texts import command_text

MOST_DAYS = 31


class Digesting(commands.Cog):
    """Shows the most reported events."""

    def __init__(self, digests: Digests) -> None:
        self._digests = digests

    @app_commands.command(
        name=command_text("command-digest"), description=command_text("command-digest-description")
    )
    @app_commands.rename(days=command_text("command-digest-days"))
    @app_commands.describe(days=command_text("command-digest-days-description"))
    @usable_everywhere
    async def digest(
        self, interaction: Interaction, days: app_commands.Range[int, 1, MOST_DAYS] = 1
    ) -> None:
        """Show what most outlets report of today and the days before, each event in a quote."""
        if (reader := await admit(interaction, "", is_private=False)) is not None:
            await self._digests.send(days, datetime.now(UTC).date(), reader)
