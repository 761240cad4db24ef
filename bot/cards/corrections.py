"""What became of quotes that were given earlier, as cards (pure)."""

from collections.abc import Iterator, Sequence

import discord
from discord import ui

from bot.cards.base import ACCENT, MAX_TEXT, Card, card_button
from bot.cards.citation import citation_line
from bot.cards.context import context_card
from bot.cards.custom_ids import CiteId
from bot.wording.markup import BOLD, blockquote, marked
from bot.wording.phrases import Phrases
from index.answers.corrections import Correction, Fate
from index.models import Span

_ROOM = MAX_TEXT - 100
_UNKNOWN = "unknown"  # instead of a day, for the phrases


def correction_card(correction: Correction, phrases: Phrases) -> Card:
    """Return the card of one quote: in its context if it stands, else before and now."""
    if correction.fate is Fate.STANDS and correction.now is not None:
        return context_card(correction.now, phrases, _notice(correction, phrases))
    items: list[ui.Item[ui.LayoutView]] = [
        ui.TextDisplay(each) for each in _fate_lines(correction, phrases, _ROOM)
    ]
    if correction.now is not None:
        quote = correction.now.quote
        items.append(ui.TextDisplay(citation_line(quote, 1, phrases)))
        button = card_button(phrases.say("button-cite"), CiteId.of(quote).custom_id)
        items.append(ui.ActionRow(button))
    return Card(ui.Container(*items, accent_colour=ACCENT))


def check_card(corrections: Sequence[tuple[Correction, str]], phrases: Phrases) -> Card:
    """Return the card of all quotes of a card, each with its citation as that card has it.

    How a passage changed is shown as far as there is room.
    """
    items: list[ui.Item[ui.LayoutView]] = []
    room = _ROOM - sum(len(citation) + 100 for _, citation in corrections)
    for number, (correction, citation) in enumerate(corrections):
        if number:
            items.append(ui.Separator())
        # Texts of their own: a line right below a block quote may be shown as part of it.
        texts = [*_fate_lines(correction, phrases, room), f"-# {citation}"]
        room -= sum(map(len, texts[:-1]))
        items += map(ui.TextDisplay, texts)
    return Card(ui.Container(*items, accent_colour=ACCENT))


def _fate_lines(correction: Correction, phrases: Phrases, room: int) -> Iterator[str]:
    """Yield what became of a quote, in at most `room` characters and one line."""
    if correction.fate is Fate.STANDS:
        yield phrases.say("correction-stands")
        return
    blocks = [*_blocks(correction, phrases)]
    notice = _notice(correction, phrases)
    if len(notice) + sum(map(len, blocks)) > room:
        yield phrases.say("correction-too-long") if correction.now else notice
        return
    yield notice
    yield from blocks


def _blocks(correction: Correction, phrases: Phrases) -> Iterator[str]:
    """Yield the words before and now, those that differ in bold; only before if nothing is now."""
    if correction.now is None:
        yield blockquote(correction.before)
        return
    before = _quoted(correction.before, correction.differs_before)
    yield f"{phrases.say('correction-before')}\n{before}"
    now = _quoted(correction.now.quote.text, correction.differs_now)
    yield f"{phrases.say('correction-now')}\n{now}"


def _quoted(text: str, differing: Sequence[Span]) -> str:
    shown = marked(text, *((BOLD, span) for span in differing))
    return "\n".join(f"> {line}" for line in shown.splitlines())


def _notice(correction: Correction, phrases: Phrases) -> str:
    day = discord.utils.format_dt(correction.at, "D") if correction.at else _UNKNOWN
    match correction.fate:
        case Fate.STANDS:
            return phrases.say("correction-stands-elsewhere", day=day)
        case Fate.CHANGED:
            return phrases.say("correction-changed", day=day)
        case Fate.LOST:
            return phrases.say("correction-lost", day=day)
        case Fate.GONE:
            return phrases.say("correction-gone", day=day)
