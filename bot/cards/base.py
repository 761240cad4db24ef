"""The base of all cards: Discord's components and the limits of a message (pure).

Limits: 4,000 characters of text and 40 components a message.
Source: https://docs.discord.com/developers/components/reference
"""

import io
from collections.abc import Iterable, Sequence

import discord
from discord import ui

Text = ui.TextDisplay[ui.LayoutView]

ACCENT = discord.Colour(0x2F6F8F)
MAX_TEXT = 4000


class Card(ui.LayoutView):
    """A message of these items, with the pictures that it shows (`attachment://NAME`)."""

    def __init__(
        self, *items: ui.Item[ui.LayoutView], pictures: Sequence[discord.File] = ()
    ) -> None:
        super().__init__(timeout=None)
        self.pictures = list(pictures)
        for item in items:
            self.add_item(item)
        # Buttons are answered by their ids alone, so discord.py need not keep the view.
        self.stop()


def text_length(items: Iterable[ui.Item[ui.LayoutView]]) -> int:
    """Return the number of characters that these items show, without buttons."""
    return sum(len(each.content) for each in items if isinstance(each, ui.TextDisplay))


def notice_card(text: str) -> Card:
    """Return a card with one sentence."""
    return Card(ui.TextDisplay(text))


def card_button(label: str, custom_id: str) -> ui.Button[ui.LayoutView]:
    """Return a grey button with this label and id."""
    return ui.Button(label=label, custom_id=custom_id, style=discord.ButtonStyle.secondary)


def gallery(picture: bytes, name: str, alt: str) -> tuple[ui.Item[ui.LayoutView], discord.File]:
    """Return the component that shows a picture, and the file to be sent with it."""
    file = discord.File(io.BytesIO(picture), name, description=alt)
    return ui.MediaGallery(discord.MediaGalleryItem(file, description=alt)), file
