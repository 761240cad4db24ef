"""Answer → Discord components (pure). Keeps every limit of a message, never by luck.

Limits: 4,000 characters of text and 40 components a message.
Source: https://docs.discord.com/developers/components/reference
"""

from datetime import datetime

import discord
from discord import ui

from bot.buttons import ContextId, DismissId, MoreId, VoteId
from bot.citation import citation_line
from bot.dates import spell_date
from bot.filters import filter_lines
from bot.markup import blockquote, escape, unescape
from bot.phrases import Phrases, all_phrases
from index.manifest import Manifest
from index.models import Answer, Filters, Quote, Status

MAX_TEXT = 4000
MAX_QUESTION = 500
_QUESTION_ID = 1  # the component that carries the question, for buttons and follow-ups
ACCENT = discord.Colour(0x2F6F8F)


def answer_card(
    answer: Answer,
    manifest: Manifest,
    asker: int,
    phrases: Phrases,
    skip: int = 0,
    *,
    has_votes: bool = True,
) -> ui.LayoutView:
    """Return the card of an answer; quotes that do not fit are left to *More quotes*."""
    head = [
        _question(answer.question, phrases),
        *filter_lines(answer, phrases),
        *_status_lines(answer, manifest, skip, phrases),
    ]
    footer = _footer(manifest, phrases)
    room = MAX_TEXT - len(footer) - sum(len(line) for line in head)
    shown: list[tuple[str, str, Quote]] = []
    for number, quote in enumerate(answer.quotes or answer.related, start=skip + 1):
        body, citation = blockquote(quote.text), citation_line(quote, number, phrases)
        room -= len(body) + len(citation)
        if room < 0:
            break
        shown.append((body, citation, quote))
    has_more = answer.more or len(shown) < len(answer.quotes)
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=ACCENT)
    container.add_item(ui.TextDisplay(head[0], id=_QUESTION_ID))
    for line in head[1:]:
        container.add_item(ui.TextDisplay(line))
    for body, citation, quote in shown:
        button = _button(phrases.say("button-context"), ContextId.of(quote).custom_id)
        container.add_item(ui.Section(body, citation, accessory=button))
    container.add_item(ui.Separator())
    container.add_item(ui.TextDisplay(footer))
    more = MoreId.of(skip + len(shown), answer.filters) if has_more else None
    container.add_item(_row(asker, more, phrases, has_votes=has_votes))
    return finished(container)


def notice_card(text: str) -> ui.LayoutView:
    """Return a card that says one prepared sentence."""
    return finished(ui.TextDisplay(text))


def question_of(message: discord.Message) -> str | None:
    """Return the question that a card of this bot answers, in whatever language the card is."""
    prefixes = [_question("", phrases) for phrases in all_phrases()]
    view = ui.LayoutView.from_message(message, timeout=None)
    for item in view.walk_children():
        for prefix in prefixes:
            if isinstance(item, ui.TextDisplay) and item.content.startswith(prefix):
                return unescape(item.content.removeprefix(prefix))
    return None


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


def finished(*items: ui.Item[ui.LayoutView]) -> ui.LayoutView:
    """Return a message of these items."""
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    # Buttons are answered by their ids alone, so discord.py need not keep the view.
    view.stop()
    return view


def _question(question: str, phrases: Phrases) -> str:
    return phrases.say("answer-question", question=escape(" ".join(question.split())))


def _status_lines(answer: Answer, manifest: Manifest, skip: int, phrases: Phrases) -> list[str]:
    if answer.status is Status.ANSWERED:
        return [] if answer.quotes or not skip else [phrases.say("answer-no-more")]
    if not manifest.articles:
        return [phrases.say("answer-no-coverage")]
    if answer.status is Status.NO_MATCH:
        is_filtered = answer.filters != Filters() and any(map(str.isalnum, answer.question))
        return [phrases.say("answer-no-match-filtered" if is_filtered else "answer-no-match")]
    lines = [phrases.say("answer-refused")]
    return [*lines, phrases.say("answer-closest")] if answer.related else lines


def _footer(manifest: Manifest, phrases: Phrases) -> str:
    updated = int(datetime.fromisoformat(manifest.built_at).timestamp())
    return phrases.say(
        "answer-footer",
        count=manifest.articles,
        newest=spell_date(manifest.newest, phrases),
        updated=f"<t:{updated}:R>",
    )


def _row(
    asker: int, more: MoreId | None, phrases: Phrases, *, has_votes: bool
) -> ui.ActionRow[ui.LayoutView]:
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    if more is not None:
        row.add_item(_button(phrases.say("button-more"), more.custom_id))
    if has_votes:
        row.add_item(_button(phrases.say("button-good"), VoteId(is_good=True).custom_id))
        row.add_item(_button(phrases.say("button-bad"), VoteId(is_good=False).custom_id))
    row.add_item(_button(phrases.say("button-dismiss"), DismissId(asker).custom_id))
    return row


def _button(label: str, custom_id: str) -> ui.Button[ui.LayoutView]:
    return ui.Button(label=label, custom_id=custom_id, style=discord.ButtonStyle.secondary)
