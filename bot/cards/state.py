"""Writes what a card asks, and reads it back: a card is the only state that its buttons have."""

import re

import discord
from discord import ui

from bot.cards.base import Text
from bot.wording.markup import escape, unescape, unmark
from bot.wording.phrases import Phrases
from index.search.follow_up import ConversationQuestion

# Ids of components: Discord numbers the others from 1, and a message has at most 40.
_QUESTION, _TOPIC, _TIMELINE = 1001, 1002, 1003
# The phrases of these lines begin with a label, which ends with their first colon.
_LABEL = re.compile(r"[^:]*:(?:\*\*)? ?")


def question_line(question: str, phrases: Phrases) -> Text:
    """Return the line with the question."""
    line = phrases.say("answer-question", question=escape(" ".join(question.split())))
    return ui.TextDisplay(line, id=_QUESTION)


def topic_line(topic: str, phrases: Phrases) -> Text:
    """Return the line with the topic of a follow-up question."""
    return ui.TextDisplay(phrases.say("answer-topic", topic=escape(topic)), id=_TOPIC)


def timeline_line(topic: str, phrases: Phrases) -> Text:
    """Return the line with the topic of a timeline."""
    line = phrases.say("timeline-topic", topic=escape(" ".join(topic.split())))
    return ui.TextDisplay(line, id=_TIMELINE)


def asked_of(message: discord.Message) -> ConversationQuestion | None:
    """Return the question that a card answers, or the topic of its timeline; None without one."""
    question = _read(message, _QUESTION)
    if question is None:
        topic = timeline_of(message)
        return None if topic is None else ConversationQuestion(topic)
    return ConversationQuestion(question, _read(message, _TOPIC) or "")


def timeline_of(message: discord.Message) -> str | None:
    """Return the topic of a card with a timeline, or None if it is another card."""
    return _read(message, _TIMELINE)


def quotes_of(message: discord.Message) -> list[str]:
    """Return the quotes of a card, each followed by its citation on a line of its own."""
    view = ui.LayoutView.from_message(message, timeout=None)
    return [
        "\n".join(
            unmark(line[2:]) if line.startswith("> ") else unescape(line)
            for text in section.children
            if isinstance(text, ui.TextDisplay)
            for line in text.content.split("\n")
        )
        for section in view.walk_children()
        if isinstance(section, ui.Section)
    ]


def _read(message: discord.Message, component_id: int) -> str | None:
    """Return what follows the label of this component, as it was before it was escaped."""
    item = ui.LayoutView.from_message(message, timeout=None).find_item(component_id)
    if not isinstance(item, ui.TextDisplay):
        return None
    return unescape(_LABEL.sub("", item.content, count=1))
