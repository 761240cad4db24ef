"""Quotes as parts of a card, each with its citation and *Context*; the line below them (pure)."""

from collections.abc import Iterable
from datetime import datetime

from discord import ui

from bot.cards.base import card_button, text_length
from bot.cards.citation import citation_line
from bot.cards.custom_ids import ContextId
from bot.wording.dates import spell_date
from bot.wording.markup import blockquote
from bot.wording.phrases import Phrases
from index.models import CoverageFacts, Quote

Section = ui.Section[ui.LayoutView]


def quote_section(quote: Quote, number: int, phrases: Phrases, head: str = "") -> Section:
    """Return the quote, below a line that says something about it, if any."""
    body = "\n".join([*([head] if head else []), blockquote(quote.text)])
    button = card_button(phrases.say("button-context"), ContextId.of(quote).custom_id)
    return ui.Section(body, citation_line(quote, number, phrases), accessory=button)


def fitting(sections: Iterable[Section], room: int) -> list[Section]:
    """Return as many of the first ones as there is room for, in characters."""
    fit: list[Section] = []
    for section in sections:
        room -= text_length(section.children)
        if room < 0:
            break
        fit.append(section)
    return fit


def footer_line(coverage: CoverageFacts, phrases: Phrases) -> str:
    """Say what the quotes are from, and how fresh that is."""
    return phrases.say(
        "answer-footer",
        count=coverage.articles,
        newest=spell_date(coverage.newest, phrases),
        updated=when(coverage.built_at),
    )


def when(built_at: str) -> str:
    """Return a moment as Discord's markup for how long ago it was."""
    return f"<t:{int(datetime.fromisoformat(built_at).timestamp())}:R>"
