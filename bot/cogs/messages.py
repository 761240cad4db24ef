"""Questions in messages: a mention, a reply to the bot, a direct message, a channel for them."""

import logging
import re
from secrets import randbits

import discord
from discord.ext import commands

from bot.cards.base import Card, notice_card
from bot.features.answering import Answering
from bot.features.message_questions import question_about, question_in
from bot.runtime.delivery import NO_PINGS, Reader, Send
from bot.runtime.failures import SEND_ERRORS, described
from bot.runtime.rate_limits import Asker, Limits
from bot.runtime.retries import SECONDS_TO_POST, retry_if_cut
from bot.wording.phrases import Phrases, phrases_of
from bot.wording.small_talk import is_small_talk

log = logging.getLogger(__name__)


class Listening(commands.Cog):
    """Answers questions in messages, with a reply."""

    def __init__(
        self,
        bot: commands.Bot,
        answering: Answering,
        ask_channels: frozenset[int] = frozenset(),
        notice_limits: Limits | None = None,
    ) -> None:
        """Answer every message in `ask_channels`; `notice_limits` keep notices from flooding."""
        self._bot = bot
        self._answering = answering
        self._ask_channels = ask_channels
        self._notice_limits = notice_limits

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is meant for the bot."""
        own = self._bot.user
        if own is None or message.author.bot or message.is_system():
            return
        replied = _replied(message)
        is_to_card = replied is not None and replied.author.id == own.id
        is_addressed = _is_addressed(message, own)
        if not (is_to_card or is_addressed or _is_in(self._ask_channels, message)):
            return
        words = re.sub(_mentions_of(own, message), " ", message.content).strip()
        question = question_in(message, words, replied, own.id)
        is_chat = is_small_talk(words) and (words or message.stickers)
        if question is None and is_chat and (is_to_card or not is_addressed):
            return
        reader = Reader(message.author.id, phrases_of(message.guild), _reply_to(message))
        asker = Asker(message.author.id, message.guild.id if message.guild else None)
        if question is None:
            await self._notify(reader, asker, _how_to_ask(message, replied, own, reader.phrases))
        elif (rejection := self._answering.admit(words, reader.phrases, asker)) is not None:
            if not rejection.already_notified:
                await self._notify(reader, asker, rejection.card)
        else:
            await self._answering.answer(question, reader)

    async def _notify(self, reader: Reader, asker: Asker, card: Card) -> None:
        """Reply with a notice, unless this member or server got many within a minute."""
        if self._notice_limits and self._notice_limits.count(asker) is not None:
            return
        try:
            await reader.send(card)
        except SEND_ERRORS as error:
            log.error("could not reply\n%s", described(error))


def _reply_to(message: discord.Message) -> Send:
    async def send(card: Card) -> None:
        nonce = randbits(63)  # Discord posts one message per nonce, however often it is sent
        await retry_if_cut(
            lambda: message.reply(
                view=card, mention_author=False, allowed_mentions=NO_PINGS, nonce=nonce
            ),
            *SECONDS_TO_POST,
        )

    return send


def _replied(message: discord.Message) -> discord.Message | None:
    """Return the message that this one replies to, which Discord sends along."""
    replied = message.reference.resolved if message.reference else None
    return replied if isinstance(replied, discord.Message) else None


def _is_addressed(message: discord.Message, own: discord.abc.User) -> bool:
    """Tell whether this is a direct message, or mentions the bot or its role."""
    is_mentioned = any(user.id == own.id for user in message.mentions)
    return message.guild is None or is_mentioned or bool(_own_roles(message, own))


def _own_roles(message: discord.Message, own: discord.abc.User) -> list[discord.Role]:
    """Return the roles mentioned that are the bot's own: Discord offers its role beside itself.

    A role that only has the bot's name counts too: readers cannot tell the two apart.
    """
    return [
        role
        for role in message.role_mentions
        if (role.tags and role.tags.bot_id == own.id)
        or role.name.casefold() in (own.name.casefold(), own.display_name.casefold())
    ]


def _mentions_of(own: discord.abc.User, message: discord.Message) -> str:
    """Return the pattern of the bot's mentions; old clients write an exclamation mark."""
    roles = "".join(f"|<@&{role.id}>" for role in _own_roles(message, own))
    return rf"<@!?{own.id}>{roles}"


def _is_in(ask_channels: frozenset[int], message: discord.Message) -> bool:
    """Tell whether this is a message in a channel for questions, a thread or a forum's post there.

    A reply to somebody else is part of a conversation, and a message may have no text.
    """
    places = {message.channel.id, getattr(message.channel, "parent_id", None)}
    has_text = message.content.strip() != "" or message.id == message.channel.id
    is_plain = message.type is discord.MessageType.default and has_text
    return is_plain and not places.isdisjoint(ask_channels)


def _how_to_ask(
    message: discord.Message,
    replied: discord.Message | None,
    own: discord.abc.User,
    phrases: Phrases,
) -> Card:
    """Return one line of help.

    Discord gives a bot the text of messages that mention it and of direct messages. It leaves out
    that of replies to an answer to a command (https://github.com/discord/discord-api-docs/issues/5395),
    of messages that mention its role, and of the messages that are replied to.
    """
    if message.guild is not None and not message.content:
        return notice_card(phrases.say("notice-unreadable", mention=own.mention))
    if (
        replied is not None
        and replied.author.id != own.id
        and question_about(replied, own.id) is None
    ):
        return notice_card(phrases.say("notice-unreadable-original"))
    return notice_card(phrases.say("notice-how-to-ask", mention=own.mention))
