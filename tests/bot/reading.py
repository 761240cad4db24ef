"""Reads cards as a reader sees them."""

import discord
import simcord
from discord import ui

from bot.wording.markup import unmark
from bot.wording.phrases import phrases_for

ENGLISH = phrases_for(discord.Locale.american_english)
RUSSIAN = phrases_for(discord.Locale.russian)
ALL_PHRASES = [ENGLISH, RUSSIAN]


def items(card: discord.Message) -> list[ui.Item]:
    return list(ui.LayoutView.from_message(card, timeout=None).walk_children())


def texts(card: discord.Message) -> list[str]:
    return [item.content for item in items(card) if isinstance(item, ui.TextDisplay)]


def shown(view: ui.LayoutView) -> list[str]:
    return [item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)]


def buttons(card: discord.Message) -> list[ui.Button]:
    return [item for item in items(card) if isinstance(item, ui.Button)]


def quotes(card: discord.Message) -> list[str]:
    """The quoted text, without markup, with line breaks where the card has them."""
    return [unquoted(text) for text in texts(card) if text.startswith("> ")]


def unquoted(block: str) -> str:
    return "\n".join(unmark(line.removeprefix("> ")) for line in block.split("\n"))


def payload_of(env: simcord.Env, method: str, path: str):
    """The JSON of the last request to a path that ends so."""
    requests = [each for each in env.http_requests if each.method == method]
    return [each.json for each in requests if each.path.endswith(path)][-1]
