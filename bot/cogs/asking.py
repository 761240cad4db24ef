"""The ways to ask: `/ask`, a mention, a reply to the bot, a direct message."""

import logging
import re

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.answering import SEND_ERRORS, Answering, Reader
from bot.card import asked_of, notice_card
from bot.outlets import matching_outlets, outlet_choice
from bot.phrases import Phrases, phrases_for, phrases_of
from bot.translator import command_text
from index.followups import Asked, follow_up

log = logging.getLogger(__name__)

NO_PINGS = discord.AllowedMentions.none()


class Asking(commands.Cog):
    """Hands questions to `Answering`; what is refused is said before anything is deferred."""

    def __init__(self, bot: commands.Bot, answering: Answering) -> None:
        self._bot = bot
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
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ask(
        self,
        interaction: discord.Interaction,
        question: str,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        private: bool = False,
    ) -> None:
        """Answer in the channel, or to the asker alone, as a refusal is."""
        phrases = phrases_for(interaction.locale)
        refusal = self._answering.refusal(question, phrases)
        if refusal is not None:
            await interaction.response.send_message(view=refusal, ephemeral=True)
            return
        await interaction.response.defer(thinking=True, ephemeral=private)

        async def send(view: ui.LayoutView) -> None:
            await interaction.edit_original_response(view=view, allowed_mentions=NO_PINGS)

        reader = Reader(interaction.user.id, phrases, send, is_private=private)
        await self._answering.answer(Asked(question), reader, (outlet, since, until))

    @ask.autocomplete("outlet")
    async def outlet_choices(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer the outlets that there are; nothing where they cannot be told."""
        phrases = phrases_for(interaction.locale)
        try:
            outlets = await self._answering.outlets()
        except Exception:  # the edge: who types is shown no error
            log.exception("could not offer outlets")
            return []
        return [
            app_commands.Choice(name=outlet_choice(each, outlets[each], phrases), value=each)
            for each in matching_outlets(outlets, typed)
        ]

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is meant for the bot."""
        own = self._bot.user
        if own is None or message.author.bot or message.is_system():
            return
        card = _card_replied_to(message, own.id)
        if card is None and not _is_for(message, own.id):
            return

        async def send(view: ui.LayoutView) -> None:
            await message.reply(view=view, mention_author=False, allowed_mentions=NO_PINGS)

        phrases = phrases_of(message.guild)
        question = re.sub(_mention_of(own), " ", message.content).strip()
        if not question:
            await _say(message, _how_to_ask(message, own, phrases))
            return
        refusal = self._answering.refusal(question, phrases)
        if refusal is not None:
            await _say(message, refusal)
            return
        reader = Reader(message.author.id, phrases, send)
        earlier = asked_of(card) if card else None
        asked = follow_up(question, earlier) if earlier else Asked(question)
        await self._answering.answer(asked, reader)


def _is_for(message: discord.Message, own: int) -> bool:
    """Tell whether this is a direct message, or mentions the bot."""
    return message.guild is None or any(user.id == own for user in message.mentions)


def _card_replied_to(message: discord.Message, own: int) -> discord.Message | None:
    """Return the bot's message that this one replies to, which Discord sends along."""
    replied = message.reference.resolved if message.reference else None
    if isinstance(replied, discord.Message) and replied.author.id == own:
        return replied
    return None


def _how_to_ask(message: discord.Message, own: discord.abc.User, phrases: Phrases) -> ui.LayoutView:
    """Return one line of help.

    Discord gives a bot the text of a reply to its message, but not of a reply to its answer to a
    command, unless that mentions it: https://github.com/discord/discord-api-docs/issues/5395
    """
    if message.guild is not None and not re.search(_mention_of(own), message.content):
        return notice_card(phrases.say("notice-unreadable"))
    return notice_card(phrases.say("notice-how-to-ask", mention=own.mention))


def _mention_of(own: discord.abc.User) -> str:
    """Return the pattern of a mention; old clients write an exclamation mark."""
    return rf"<@!?{own.id}>"


async def _say(message: discord.Message, view: ui.LayoutView) -> None:
    try:
        await message.reply(view=view, mention_author=False, allowed_mentions=NO_PINGS)
    except SEND_ERRORS:
        log.exception("could not reply")
