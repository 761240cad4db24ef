"""Questions in messages: a mention, a reply to the bot, a direct message, a channel for them."""

import logging
import re
from secrets import randbits

import discord
from discord.ext import commands

from bot.cards.base import Card, notice_card
from bot.cards.state import asked_of
from bot.features.answering import Answering
from bot.runtime.delivery import NO_PINGS, Reader
from bot.runtime.failures import SEND_ERRORS, described
from bot.runtime.rate_limits import Asker
from bot.runtime.retries import SECONDS_TO_POST, retry_if_cut
from bot.wording.phrases import Phrases, phrases_of
from index.search.follow_up import ConversationQuestion, follow_up

log = logging.getLogger(__name__)


class Listening(commands.Cog):
    """Hands questions to `Answering`; the answer is a reply to the message."""

    def __init__(
        self, bot: commands.Bot, answering: Answering, ask_channels: frozenset[int] = frozenset()
    ) -> None:
        self._bot = bot
        self._answering = answering
        self._ask_channels = ask_channels

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is meant for the bot."""
        own = self._bot.user
        if own is None or message.author.bot or message.is_system():
            return
        answered = _card_replied_to(message, own.id)
        is_meant = answered or _is_for(message, own.id) or _is_asked(message, self._ask_channels)
        if not is_meant:
            return

        async def send(card: Card) -> None:
            # Discord takes two messages with the same nonce for one.
            nonce = randbits(63)
            await retry_if_cut(
                lambda: message.reply(
                    view=card, mention_author=False, allowed_mentions=NO_PINGS, nonce=nonce
                ),
                *SECONDS_TO_POST,
            )

        phrases = phrases_of(message.guild)
        reader = Reader(message.author.id, phrases, send)
        question = re.sub(_mention_of(own), " ", message.content).strip()
        asker = Asker(message.author.id, message.guild.id if message.guild else None)
        rejection = self._answering.admit(question, phrases, asker)
        if rejection is not None:
            if not rejection.already_notified:
                await _tell(reader, rejection.card)
        elif not question:
            await _tell(reader, _how_to_ask(message, own, phrases))
        else:
            earlier = asked_of(answered) if answered else None
            asked = follow_up(question, earlier) if earlier else ConversationQuestion(question)
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


def _is_asked(message: discord.Message, ask_channels: frozenset[int]) -> bool:
    """Tell whether this is text in a channel for questions, a thread or a forum's post there.

    A reply to somebody else is none: that is a conversation.
    """
    places = {message.channel.id, getattr(message.channel, "parent_id", None)}
    is_plain = message.type is discord.MessageType.default and message.content.strip() != ""
    return is_plain and not places.isdisjoint(ask_channels)


def _how_to_ask(message: discord.Message, own: discord.abc.User, phrases: Phrases) -> Card:
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


async def _tell(reader: Reader, card: Card) -> None:
    try:
        await reader.send(card)
    except SEND_ERRORS as error:
        log.error("could not reply\n%s", described(error))
