"""The ways to ask: `/ask`, a mention, a reply to the bot, a direct message."""

import logging
import re

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.answering import Answering, Reader
from bot.card import notice_card
from bot.failures import SEND_ERRORS
from bot.limits import Asker
from bot.phrases import Phrases, phrases_for, phrases_of
from bot.translator import command_text

log = logging.getLogger(__name__)

NO_PINGS = discord.AllowedMentions.none()


class Asking(commands.Cog):
    """Hands questions to `Answering`; what is refused is said before anything is deferred."""

    def __init__(
        self, bot: commands.Bot, answering: Answering, ask_channels: frozenset[int] = frozenset()
    ) -> None:
        self._bot = bot
        self._answering = answering
        self._ask_channels = ask_channels

    @app_commands.command(
        name=command_text("command-ask"), description=command_text("command-ask-description")
    )
    @app_commands.rename(
        question=command_text("command-ask-question"),
        outlet=command_text("command-ask-outlet"),
        since=command_text("command-ask-since"),
        until=command_text("command-ask-until"),
    )
    @app_commands.describe(
        question=command_text("command-ask-question-description"),
        outlet=command_text("command-ask-outlet-description"),
        since=command_text("command-ask-since-description"),
        until=command_text("command-ask-until-description"),
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
    ) -> None:
        """Answer in the channel; a refusal is told to the asker alone."""
        phrases = phrases_for(interaction.locale)
        asker = Asker(interaction.user.id, interaction.guild_id)
        refusal = self._answering.refusal(question, phrases, asker)
        if refusal is not None:
            await interaction.response.send_message(view=refusal.card, ephemeral=True)
            return
        await interaction.response.defer(thinking=True)

        async def send(view: ui.LayoutView) -> None:
            await interaction.edit_original_response(view=view, allowed_mentions=NO_PINGS)

        reader = Reader(interaction.user.id, phrases, send)
        await self._answering.answer(question, reader, (outlet, since, until))

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is meant for the bot."""
        own = self._bot.user
        if own is None or message.author.bot:
            return
        if not (_is_for(message, own.id) or _is_asked(message, self._ask_channels)):
            return

        async def send(view: ui.LayoutView) -> None:
            await message.reply(view=view, mention_author=False, allowed_mentions=NO_PINGS)

        phrases = phrases_of(message.guild)
        question = re.sub(rf"<@!?{own.id}>", " ", message.content).strip()
        if not question:
            await _say(message, _how_to_ask(message, own, phrases))
            return
        asker = Asker(message.author.id, message.guild.id if message.guild else None)
        refusal = self._answering.refusal(question, phrases, asker)
        if refusal is not None:
            if not refusal.is_told:
                await _say(message, refusal.card)
            return
        await self._answering.answer(question, Reader(message.author.id, phrases, send))


def _is_for(message: discord.Message, own: int) -> bool:
    """Tell whether this is a direct message, mentions the bot, or replies to it."""
    if message.guild is None or any(user.id == own for user in message.mentions):
        return True
    replied = message.reference.resolved if message.reference else None
    return isinstance(replied, discord.Message) and replied.author.id == own


def _is_asked(message: discord.Message, ask_channels: frozenset[int]) -> bool:
    """Tell whether this is text in a channel for questions, a thread or a forum's post there.

    A reply to somebody else is none: that is a conversation.
    """
    places = {message.channel.id, getattr(message.channel, "parent_id", None)}
    is_plain = message.type is discord.MessageType.default and message.content.strip() != ""
    return is_plain and not places.isdisjoint(ask_channels)


def _how_to_ask(message: discord.Message, own: discord.abc.User, phrases: Phrases) -> ui.LayoutView:
    """Return one line of help.

    Discord gives a bot the text of a reply to its message, but not of a reply to its answer to a
    command, unless that mentions it: https://github.com/discord/discord-api-docs/issues/5395
    """
    if message.guild is not None and own.mention not in message.content:
        return notice_card(phrases.say("notice-unreadable"))
    return notice_card(phrases.say("notice-how-to-ask", mention=own.mention))


async def _say(message: discord.Message, view: ui.LayoutView) -> None:
    try:
        await message.reply(view=view, mention_author=False, allowed_mentions=NO_PINGS)
    except SEND_ERRORS:
        log.exception("could not reply")
