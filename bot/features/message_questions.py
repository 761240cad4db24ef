"""A message → the question to look for: its own words, and what they refer to."""

import re

import discord

from bot.cards.state import asked_of
from bot.wording.claims import claim_of
from bot.wording.small_talk import is_small_talk
from index.search.follow_up import ConversationQuestion, asks, follow_up, needs_topic

_THE_TITLE = re.compile(
    r"\b(?:title|headline|subject)\b|\b(?:заголов|назван|тем[аеу]\b)", re.IGNORECASE
)


def question_about(message: discord.Message, own_id: int) -> ConversationQuestion | None:
    """Return the question to look up for a message, or None if it has no words.

    For an answer of the bot, that is its question; for another message, its claim or question.
    """
    if message.author.id == own_id:
        return asked_of(message)
    contents = [message.content, *(each.content for each in message.message_snapshots)]
    # If a message is a mere link, its preview says what the link is about.
    previews = (f"{each.title or ''}\n{each.description or ''}" for each in message.embeds)
    claims = map(claim_of, [*contents, *previews])
    return next((ConversationQuestion(claim) for claim in claims if claim), None)


def question_in(
    message: discord.Message, words: str, replied: discord.Message | None, own_id: int
) -> ConversationQuestion | None:
    """Return the question that a message asks with these words, or None if it asks nothing.

    `words` are its text without mentions of the bot. `replied` is the message that it replies to.
    Words that cannot be understood alone refer to that message, or to the title of a forum's post.
    """
    if replied is None:
        return _question_below_title(message, words)
    earlier = question_about(replied, own_id)
    if is_small_talk(words):
        points_to_it = replied.author.id != own_id and not any(map(str.isalnum, words))
        return earlier if points_to_it else None
    if earlier is None:
        is_alone = replied.author.id == own_id or not needs_topic(words)
        return ConversationQuestion(words) if is_alone else None
    return follow_up(words, earlier)


def _question_below_title(message: discord.Message, words: str) -> ConversationQuestion | None:
    """Return the question of a message that replies to none: in a forum, its post has a title."""
    title = _title_above(message)
    is_first = message.id == message.channel.id
    if is_small_talk(words):
        return ConversationQuestion(title) if asks(title) and (is_first or not words) else None
    if not title:
        return ConversationQuestion(words)
    is_complete = asks(title) and not needs_topic(title)
    if is_complete and (is_first or (_THE_TITLE.search(words) and not asks(words))):
        return ConversationQuestion(title)
    return follow_up(words, ConversationQuestion(title))


def _title_above(message: discord.Message) -> str:
    """Return the title of the forum's post that a message is in; empty in any other channel."""
    channel = message.channel
    is_post = isinstance(channel, discord.Thread) and isinstance(
        channel.parent, discord.ForumChannel
    )
    return channel.name if isinstance(channel, discord.Thread) and is_post else ""
