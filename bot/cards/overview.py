"""Overview of the coverage → card (pure): its size, how to ask, and what is stored."""

from pathlib import PurePath

import discord
from discord import ui

from bot.cards.base import ACCENT, Card, card_button, gallery
from bot.cards.citation import clip
from bot.cards.custom_ids import DismissId
from bot.cards.quote import when
from bot.wording.dates import spell_date
from bot.wording.markup import escape
from bot.wording.phrases import Phrases
from index.overview import Overview

_SHOWN_OUTLETS = 10
_NAME = 80  # characters of an outlet, all of them in one message
_PICTURE = "coverage.png"


def overview_card(
    overview: Overview,
    asker: int,
    phrases: Phrases,
    picture: bytes | None,
    *,
    has_votes: bool,
    has_watches: bool = False,
) -> Card:
    """Return the card of an overview, with the chart of its months if there is one."""
    pictures: list[discord.File] = []
    items: list[ui.Item[ui.LayoutView]] = [ui.TextDisplay(_summary(overview, phrases))]
    if picture:
        shown, file = gallery(picture, _PICTURE, phrases.say("picture-of-coverage"))
        items.append(shown)
        pictures.append(file)
    votes = phrases.say("overview-votes") if has_votes else phrases.say("overview-no-votes")
    stored = f"{votes} {phrases.say('overview-watches')}" if has_watches else votes
    items += [
        ui.TextDisplay(phrases.say("overview-how-to-ask")),
        ui.TextDisplay(f"{phrases.say('overview-privacy')}\n{stored}"),
        ui.Separator(),
        ui.TextDisplay(_origin(overview, phrases)),
        ui.ActionRow(card_button(phrases.say("button-dismiss"), DismissId(asker).custom_id)),
    ]
    return Card(ui.Container(*items, accent_colour=ACCENT), pictures=pictures)


def _summary(overview: Overview, phrases: Phrases) -> str:
    """Return the number of articles, their dates and outlets."""
    if not overview.articles:
        return phrases.say("answer-no-coverage")
    lines = [phrases.say("overview-articles", count=overview.articles)]
    if overview.oldest and overview.newest:
        oldest, newest = (spell_date(day, phrases) for day in (overview.oldest, overview.newest))
        lines.append(phrases.say("overview-days", oldest=oldest, newest=newest))
    if overview.undated:
        lines.append(phrases.say("overview-undated", count=overview.undated))
    return "\n".join([*lines, _outlets(overview, phrases)])


def _outlets(overview: Overview, phrases: Phrases) -> str:
    shown = [
        phrases.say("overview-outlet", outlet=escape(clip(outlet, _NAME)), count=count)
        for outlet, count in list(overview.outlets.items())[:_SHOWN_OUTLETS]
    ]
    if further := len(overview.outlets) - len(shown):
        shown.append(phrases.say("picture-others", count=further))
    if unknown := overview.articles - sum(overview.outlets.values()):
        name = phrases.say("citation-outlet-unknown")
        shown.append(phrases.say("overview-outlet", outlet=name, count=unknown))
    return phrases.say("overview-outlets", outlets=" · ".join(shown))


def _origin(overview: Overview, phrases: Phrases) -> str:
    # An encoder in a folder is named by its path, which is nobody's business.
    encoder = escape(PurePath(overview.encoder).name)
    return phrases.say("overview-built", updated=when(overview.built_at), encoder=encoder)
