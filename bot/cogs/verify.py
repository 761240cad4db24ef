"""`/verify`: whether the words of a quote that was pasted elsewhere still stand there."""

from discord import app_commands
from discord.ext import commands

from bot.cogs.everywhere import usable_everywhere
from bot.features.interactions import Interaction, admit
from bot.features.quote_details import QuoteDetails
from bot.wording.command_texts import command_text


class Verifying(commands.Cog):
    """Compares a quote with its article, by its code."""

    def __init__(self, quote_details: QuoteDetails) -> None:
        self._quote_details = quote_details

    @app_commands.command(
        name=command_text("command-verify"), description=command_text("command-verify-description")
    )
    @app_commands.rename(code=command_text("command-verify-code"))
    @app_commands.describe(code=command_text("command-verify-code-description"))
    @usable_everywhere
    async def verify(self, interaction: Interaction, code: str) -> None:
        """Show, to this reader alone, what became of the words of a code."""
        if (reader := await admit(interaction, code)) is not None:
            await self._quote_details.verify(code, reader)
