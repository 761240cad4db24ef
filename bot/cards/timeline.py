"""Timeline → card (pure): a chart, and its events in order of date, each in a quote."""

import discord
from discord import ui

from bot.cards.base import ACCENT, MAX_TEXT, Card, Text, card_button, gallery, text_length
from bot.cards.custom_ids import DismissId
from bot.cards.filters import filter_lines
from bot.cards.page_ids import EventsId
from bot.cards.quote import Section, fitting, footer_items, footer_line, quote_section
from bot.cards.respelling import respelling_lines
from bot.cards.state import timeline_line
from bot.wording.dates import spell_date
from bot.wording.phrases import Phrases
from index.models import Filters, Status
from index.timelines.timeline import Event, Timeline

SHOWN_EVENTS = 6  # what a message has room for
_PICTURE = "timeline.png"


def timeline_card(
    timeline: Timeline,
    events: list[Event],
    asker: int,
    phrases: Phrases,
    picture: bytes | None,
) -> Card:
    """Return the card of these `events` of the timeline (see `events_to_show`)."""
    pictures: list[discord.File] = []
    items: list[ui.Item[ui.LayoutView]] = [*_head(timeline, phrases)]
    if picture:
        shown, file = gallery(picture, _PICTURE, phrases.say("picture-of-topic"))
        items.append(shown)
        pictures.append(file)
    items += _event_sections(events, phrases)
    related = fitting(_related_sections(timeline, phrases), _room(timeline, phrases))
    has_quotes = bool(events or related)
    items += [*related, *footer_items(timeline.coverage, phrases, has_quotes=has_quotes)]
    items.append(_row(timeline, events, asker, phrases))
    return Card(ui.Container(*items, accent_colour=ACCENT), pictures=pictures)


def events_to_show(timeline: Timeline, phrases: Phrases) -> list[Event]:
    """Return the most important events that a card has room for, in order of date."""
    ranked = sorted(timeline.events, key=lambda event: event.rank)
    room = _room(timeline, phrases)
    count = len(fitting(_event_sections(ranked, phrases), room))
    return sorted(ranked[:count], key=lambda event: event.moment)


def _room(timeline: Timeline, phrases: Phrases) -> int:
    """Return how many characters are left for quotes."""
    head = text_length(_head(timeline, phrases))
    return MAX_TEXT - head - len(footer_line(timeline.coverage, phrases))


def _head(timeline: Timeline, phrases: Phrases) -> list[Text]:
    lines = [
        *respelling_lines(timeline.respelt, phrases),
        *filter_lines(timeline.filters, 0, phrases),
        *_status_lines(timeline, phrases),
    ]
    return [timeline_line(timeline.topic, phrases), *map(ui.TextDisplay, lines)]


def _status_lines(timeline: Timeline, phrases: Phrases) -> list[str]:
    if not timeline.coverage.articles:
        return [phrases.say("answer-no-coverage")]
    if timeline.status is Status.NOT_ANSWERED:
        return [phrases.say("timeline-nothing"), phrases.say("timeline-closest")]
    if timeline.status is Status.NO_MATCH:
        return [_no_match(timeline, phrases)]
    if not timeline.events:
        return [phrases.say("timeline-no-more")]
    articles = phrases.say("timeline-articles", count=timeline.articles)
    if timeline.undated:
        articles += " · " + phrases.say("answer-undated", count=timeline.undated)
    return [articles]


def _no_match(timeline: Timeline, phrases: Phrases) -> str:
    if timeline.articles:
        return phrases.say("timeline-without-events", count=timeline.articles)
    if timeline.undated:
        return phrases.say("timeline-only-undated")
    if timeline.filters != Filters() and any(map(str.isalnum, timeline.topic)):
        return phrases.say("timeline-no-match-filtered")
    return phrases.say("answer-no-match")


def _event_sections(events: list[Event], phrases: Phrases) -> list[Section]:
    return [
        quote_section(event.quote, number, phrases, head=reported_line(event, phrases))
        for number, event in enumerate(events, 1)
    ]


def _related_sections(timeline: Timeline, phrases: Phrases) -> list[Section]:
    numbered = enumerate(timeline.related, 1)
    return [quote_section(quote, number, phrases) for number, quote in numbered]


def reported_line(event: Event, phrases: Phrases) -> str:
    """Return the day of an event, and how many articles and outlets report it if several do."""
    day = f"**{spell_date(event.quote.citation.published, phrases)}**"
    if event.articles == 1:
        return day
    outlets = len(event.outlets)
    reports = (
        phrases.say("timeline-reported-by-outlets", articles=event.articles, outlets=outlets)
        if outlets > 1
        else phrases.say("timeline-reported", articles=event.articles)
    )
    return f"{day} · {reports}"


def _row(
    timeline: Timeline, events: list[Event], asker: int, phrases: Phrases
) -> ui.ActionRow[ui.LayoutView]:
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    if events and (timeline.left_out or len(events) < len(timeline.events)):
        shown = max(event.rank for event in events) + 1
        further = EventsId.of(shown, timeline.filters)
        row.add_item(card_button(phrases.say("button-more-events"), further.custom_id))
    row.add_item(card_button(phrases.say("button-dismiss"), DismissId(asker).custom_id))
    return row
