"""A private card → the same card for everyone (pure), with its quotes unchanged."""

import discord
from discord import ui

from bot.cards.custom_ids import ShareId
from bot.wording.phrases import Phrases

MAX_SIGNATURE = 100  # characters that every private card leaves free


def shared_card(card: discord.Message, sharer: int, phrases: Phrases) -> ui.LayoutView:
    """Return the card for the channel, signed, as no command above it shows who shared it."""
    view = ui.LayoutView.from_message(card, timeout=None)
    for button in _share_buttons(view):
        row = button.parent
        if isinstance(row, ui.ActionRow):
            row.remove_item(button)
    view.add_item(ui.TextDisplay(phrases.say("answer-shared-by", reader=f"<@{sharer}>")))
    view.stop()
    return view


def once_shared(card: discord.Message, phrases: Phrases) -> ui.LayoutView:
    """Return the private card with its share button disabled and marked as done."""
    view = ui.LayoutView.from_message(card, timeout=None)
    for button in _share_buttons(view):
        button.label = phrases.say("button-shared")
        button.disabled = True
    view.stop()
    return view


def _share_buttons(view: ui.LayoutView) -> list[ui.Button[ui.LayoutView]]:
    buttons = [each for each in view.walk_children() if isinstance(each, ui.Button)]
    return [each for each in buttons if each.custom_id == ShareId().custom_id]
