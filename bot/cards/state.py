"""Writes what a card asks, and reads it back: a card is the only state that its buttons have."""

import re
from dataclasses import dataclass

import discord
from discord import ui

from bot.cards.base import Text
from bot.cards.custom_ids import ContextId
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


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote that a card shows: where it is from, its words, and all lines with its citation.

    Line breaks in `words` are those that the card has. `citation` is in Discord's markup.
    """

    id: ContextId
    words: str
    lines: str
    citation: str


def quotes_of(message: discord.Message) -> list[ShownQuote]:
    """Return the quotes of a card, in order."""
    view = ui.LayoutView.from_message(message, timeout=None)
    sections = (each for each in view.walk_children() if isinstance(each, ui.Section))
    return [quote for each in sections if (quote := _quote_of(each)) is not None]


def _quote_of(section: ui.Section[ui.LayoutView]) -> ShownQuote | None:
    button = section.accessory
    custom_id = button.custom_id or "" if isinstance(button, ui.Button) else ""
    match = re.fullmatch(ContextId.template, custom_id)
    if match is None:
        return None
    texts = [each.content for each in section.children if isinstance(each, ui.TextDisplay)]
    lines = [line for text in texts for line in text.split("\n")]
    words = [unmark(line[2:]) for line in lines if line.startswith("> ")]
    shown = [unmark(line[2:]) if line.startswith("> ") else unescape(line) for line in lines]
    return ShownQuote(ContextId.read(match), "\n".join(words), "\n".join(shown), texts[-1])


def _read(message: discord.Message, component_id: int) -> str | None:
    """Return what follows the label of this component, as it was before it was escaped."""
    item = ui.LayoutView.from_message(message, timeout=None).find_item(component_id)
    if not isinstance(item, ui.TextDisplay):
        return None
    return unescape(_LABEL.sub("", item.content, count=1))
