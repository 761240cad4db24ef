"""What a card asks and shows, as lines, and read back from it: buttons and replies know no more."""

from collections.abc import Callable

import discord
from discord import ui

from bot.wording.markup import escape, unescape
from bot.wording.phrases import Phrases, all_phrases
from index.search.follow_up import ConversationQuestion


def question_line(question: str, phrases: Phrases) -> str:
    """Return the line of the question."""
    return phrases.say("answer-question", question=escape(" ".join(question.split())))


def topic_line(topic: str, phrases: Phrases) -> str:
    """Return the line of what a question that goes on was understood to be about."""
    return phrases.say("answer-topic", topic=escape(topic))


def timeline_line(topic: str, phrases: Phrases) -> str:
    """Return the line of a timeline's topic."""
    return phrases.say("timeline-topic", topic=escape(" ".join(topic.split())))


def asked_of(message: discord.Message) -> ConversationQuestion | None:
    """Return what a card answers, or what its timeline is about, in whatever language it is."""
    question = _shown_behind(message, question_line)
    if question is None:
        topic = timeline_of(message)
        return None if topic is None else ConversationQuestion(topic)
    return ConversationQuestion(question, _shown_behind(message, topic_line) or "")


def timeline_of(message: discord.Message) -> str | None:
    """Return the topic of a card that is a timeline."""
    return _shown_behind(message, timeline_line)


def quotes_of(message: discord.Message) -> list[str]:
    """Return the quotes that a card shows, each with its citation on a line of its own."""
    view = ui.LayoutView.from_message(message, timeout=None)
    return [
        "\n".join(
            unescape(line.removeprefix("> "))
            for text in section.children
            if isinstance(text, ui.TextDisplay)
            for line in text.content.split("\n")
        )
        for section in view.walk_children()
        if isinstance(section, ui.Section)
    ]


def _shown_behind(message: discord.Message, line: Callable[[str, Phrases], str]) -> str | None:
    """Return what a card shows in such a line, as it was before it was escaped."""
    prefixes = [line("", phrases) for phrases in all_phrases()]
    view = ui.LayoutView.from_message(message, timeout=None)
    for item in view.walk_children():
        for prefix in prefixes:
            if isinstance(item, ui.TextDisplay) and item.content.startswith(prefix):
                return unescape(item.content.removeprefix(prefix))
    return None
