"""`/ask`, the command."""

import logging

from discord import app_commands
from discord.ext import commands

from bot.cogs.everywhere import usable_everywhere
from bot.features.answering import Answering, TypedFilters
from bot.features.interactions import Interaction, admit
from bot.runtime.failures import described
from bot.wording.command_texts import command_text
from bot.wording.outlet_choices import matching_outlets, outlet_choice
from bot.wording.phrases import phrases_for
from index.search.follow_up import ConversationQuestion

log = logging.getLogger(__name__)


class Asking(commands.Cog):
    """The command `/ask`."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    @app_commands.command(
        name=command_text("command-ask"), description=command_text("command-ask-description")
    )
    @app_commands.rename(
        question=command_text("command-ask-question"),
        outlet=command_text("command-ask-outlet"),
        since=command_text("command-ask-since"),
        until=command_text("command-ask-until"),
        private=command_text("command-ask-private"),
    )
    @app_commands.describe(
        question=command_text("command-ask-question-description"),
        outlet=command_text("command-ask-outlet-description"),
        since=command_text("command-ask-since-description"),
        until=command_text("command-ask-until-description"),
        private=command_text("command-ask-private-description"),
    )
    @usable_everywhere
    async def ask(
        self,
        interaction: Interaction,
        question: str,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        private: bool = False,
    ) -> None:
        """Answer in the channel or, if `private`, to the asker alone; rejections are private."""
        reader = await admit(interaction, question, is_private=private)
        if reader is not None:
            await self._answering.answer(
                ConversationQuestion(question), reader, TypedFilters(outlet, since, until)
            )

    @ask.autocomplete("outlet")
    async def outlet_choices(
        self, interaction: Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest outlets; none if they cannot be read."""
        phrases = phrases_for(interaction.locale)
        try:
            outlets = await self._answering.outlets()
        except Exception as error:  # noqa: BLE001  # the edge: who types is shown no error
            log.error("could not offer outlets\n%s", described(error))
            return []
        return [
            app_commands.Choice(name=outlet_choice(each, outlets[each], phrases), value=each)
            for each in matching_outlets(outlets, typed)
        ]
