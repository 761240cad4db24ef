"""Digest → card (pure): the most reported events of some days, each in a quote."""

from discord import ui

from bot.cards.base import ACCENT, MAX_TEXT, Card, card_button, notice_card, text_length
from bot.cards.custom_ids import DismissId
from bot.cards.quote import fitting, footer_items, footer_line, quote_section
from bot.cards.timeline import reported_line
from bot.wording.dates import spell_date
from bot.wording.phrases import Phrases
from index.dates.partial_date import PartialDate
from index.timelines.digest import Digest


def digest_card(digest: Digest, phrases: Phrases, asker: int | None = None) -> Card:
    """Return the card; without an `asker`, who may dismiss it, it is a post for everyone."""
    if not digest.coverage.articles:
        return notice_card(phrases.say("answer-no-coverage"))
    days, count = _days(digest, phrases), digest.articles
    if not count:
        return notice_card(phrases.say("digest-nothing", days=days))
    read = [phrases.say("digest-read", count=digest.read)] if digest.read < count else []
    if not digest.events:
        nothing = phrases.say("digest-no-events", days=days, count=count)
        return notice_card("\n".join([nothing, *read]))
    title = phrases.say("digest-head", days=days, count=count)
    head = ui.TextDisplay[ui.LayoutView]("\n".join([title, *read]))
    room = MAX_TEXT - text_length([head]) - len(footer_line(digest.coverage, phrases))
    sections = (
        quote_section(event.quote, number, phrases, head=reported_line(event, phrases))
        for number, event in enumerate(digest.events, 1)
    )
    items: list[ui.Item[ui.LayoutView]] = [head, *fitting(sections, room)]
    items += footer_items(digest.coverage, phrases, has_quotes=True)
    if asker is not None:
        button = card_button(phrases.say("button-dismiss"), DismissId(asker).custom_id)
        items.append(ui.ActionRow(button))
    return Card(ui.Container(*items, accent_colour=ACCENT))


def _days(digest: Digest, phrases: Phrases) -> str:
    since, until = (
        spell_date(PartialDate.of(day), phrases) for day in (digest.since, digest.until)
    )
    if digest.since == digest.until:
        return since
    return phrases.say("digest-days", since=since, until=until)
