"""Watched questions as cards (pure): what a member watches, and what they are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import discord
from discord import ui

from bot.cards.base import ACCENT, MAX_TEXT, Card, card_button, notice_card, text_length
from bot.cards.citation import clip
from bot.cards.custom_ids import ShowWatchId, UnwatchId, WatchHereId
from bot.wording.markup import escape
from bot.wording.phrases import Phrases

MAX_SHOWN = 10  # a message has room for 40 components, and each watch takes 4
_MAX_QUESTION = 250  # characters of each question in a list


@dataclass(frozen=True, slots=True)
class WatchLine:
    """A watch as a card lists it; `channel_id` is None if the answer comes privately."""

    id: int
    question: str
    asked_at: datetime
    channel_id: int | None = None
    is_answered: bool = False


def watching_card(watch: WatchLine, phrases: Phrases, *, can_move: bool) -> Card:
    """Return the card that confirms a watch, with a button to end it.

    If it `can_move`, another button has its answer posted in the channel of the card.
    """
    line = _promise(watch, phrases)
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    if can_move:
        row.add_item(card_button(phrases.say("button-watch-here"), WatchHereId(watch.id).custom_id))
    row.add_item(card_button(phrases.say("button-unwatch"), UnwatchId(watch.id).custom_id))
    heading = phrases.say("watch-added", question=_question(watch))
    return Card(
        ui.Container(
            ui.TextDisplay(f"{heading}\n{line}"),
            ui.TextDisplay(phrases.say("watch-stored")),
            row,
            accent_colour=ACCENT,
        )
    )


def watches_card(watches: Sequence[WatchLine], most: int, phrases: Phrases) -> Card:
    """Return the card of all that a member watches, each with a button to end it."""
    if not watches:
        return notice_card(phrases.say("watches-none"))
    head = ui.TextDisplay[ui.LayoutView](phrases.say("watches-head", count=len(watches), most=most))
    room = MAX_TEXT - text_length([head])
    items: list[ui.Item[ui.LayoutView]] = [head]
    for watch in watches[:MAX_SHOWN]:
        section = _section(watch, phrases)
        room -= text_length(section.children)
        if room < 0:
            break
        items.append(section)
    return Card(ui.Container(*items, accent_colour=ACCENT))


def asked_line(watch: WatchLine, user_id: int, phrases: Phrases, *, is_private: bool) -> str:
    """Return the line above the answer to a watch; in a channel it mentions the member."""
    day = discord.utils.format_dt(watch.asked_at, "D")
    if is_private:
        return phrases.say("watch-answer-private", day=day)
    return phrases.say("watch-answer", member=f"<@{user_id}>", day=day)


def _section(watch: WatchLine, phrases: Phrases) -> ui.Section[ui.LayoutView]:
    since = phrases.say("watches-since", day=discord.utils.format_dt(watch.asked_at, "D"))
    where = _answered(phrases) if watch.is_answered else _where(watch, phrases)
    body = f"**{_question(watch)}**\n-# {since} · {where}"
    if watch.is_answered:
        button = card_button(phrases.say("button-show-watch"), ShowWatchId(watch.id).custom_id)
    else:
        button = card_button(phrases.say("button-unwatch"), UnwatchId(watch.id).custom_id)
    return ui.Section(body, accessory=button)


def _answered(phrases: Phrases) -> str:
    return phrases.say("watches-answered")


def _where(watch: WatchLine, phrases: Phrases) -> str:
    if watch.channel_id is None:
        return phrases.say("watches-private")
    return phrases.say("watches-in-channel", channel=f"<#{watch.channel_id}>")


def _promise(watch: WatchLine, phrases: Phrases) -> str:
    if watch.channel_id is None:
        return phrases.say("watch-told-privately")
    return phrases.say("watch-told-in-channel", channel=f"<#{watch.channel_id}>")


def _question(watch: WatchLine) -> str:
    return escape(clip(" ".join(watch.question.split()), _MAX_QUESTION))
