"""The quotes of a card, each with its citation and *Context* button, and the footer (pure)."""

from collections.abc import Iterable
from datetime import datetime

from discord import ui

from bot.cards.base import card_button, text_length
from bot.cards.citation import citation_line
from bot.cards.custom_ids import CheckId, ContextId
from bot.wording.dates import spell_date
from bot.wording.markup import blockquote
from bot.wording.phrases import Phrases
from index.models import CoverageFacts, Quote

Section = ui.Section[ui.LayoutView]


def quote_section(quote: Quote, number: int, phrases: Phrases, head: str = "") -> Section:
    """Return the quote, its answer in bold, with its citation, below the line `head`, if any."""
    body = "\n".join([*([head] if head else []), blockquote(quote.text, quote.answer_in_text)])
    button = card_button(phrases.say("button-context"), ContextId.of(quote).custom_id)
    return ui.Section(body, citation_line(quote, number, phrases), accessory=button)


def fitting(sections: Iterable[Section], room: int) -> list[Section]:
    """Return the first sections that fit into `room` characters."""
    fit: list[Section] = []
    for section in sections:
        room -= text_length(section.children)
        if room < 0:
            break
        fit.append(section)
    return fit


def footer_line(coverage: CoverageFacts, phrases: Phrases) -> str:
    """Return the line with the size of the coverage and its newest date."""
    return phrases.say(
        "answer-footer",
        count=coverage.articles,
        newest=spell_date(coverage.newest, phrases),
        updated=when(coverage.built_at),
    )


def footer_items(
    coverage: CoverageFacts, phrases: Phrases, *, has_quotes: bool
) -> list[ui.Item[ui.LayoutView]]:
    """Return the footer below a line, with a button that checks the quotes again, if any."""
    line = footer_line(coverage, phrases)
    if not has_quotes:
        return [ui.Separator(), ui.TextDisplay(line)]
    button = card_button(phrases.say("button-check"), CheckId().custom_id)
    return [ui.Separator(), ui.Section(line, accessory=button)]


def when(built_at: str) -> str:
    """Return a moment as Discord's markup for how long ago it was."""
    return f"<t:{int(datetime.fromisoformat(built_at).timestamp())}:R>"
