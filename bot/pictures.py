"""Pictures on a card: drawn one at a time, in the reader's language, and done without where not."""

import asyncio
import io
import logging
from collections.abc import Sequence

import discord
from discord import ui

from bot.phrases import Phrases
from index.drawing import draw_in_process
from index.errors import PictureError
from index.labels import Labels
from index.spread import Spread

log = logging.getLogger(__name__)

_SECONDS = 20.0  # for its turn and the drawing; then the card goes without


class Pictures:
    """Draws spreads, one process at a time, whatever many readers ask for."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)

    async def draw(self, spread: Spread, labels: Labels, marks: Sequence[str] = ()) -> bytes | None:
        """Return a PNG, or None where there is nothing to draw or it cannot be drawn."""
        if not spread.periods:
            return None
        try:
            async with asyncio.timeout(_SECONDS), self._turn:
                return await draw_in_process(spread, labels, marks)
        except PictureError as error:
            log.error("a card goes without its picture: %s", error)
        except TimeoutError:
            log.error("a card goes without its picture: its turn did not come")
        return None


def gallery(picture: bytes, name: str, alt: str) -> tuple[ui.Item[ui.LayoutView], discord.File]:
    """Return how a card shows a picture, and the file to be sent with it."""
    file = discord.File(io.BytesIO(picture), name, description=alt)
    return ui.MediaGallery(discord.MediaGalleryItem(file, description=alt)), file


def labels_for(spread: Spread, phrases: Phrases, topic: str = "") -> Labels:
    """Return what is written on a picture of the articles on a topic, or of all of them."""
    dated = sum(spread.totals)
    is_by_month = spread.unit == "month"
    title = phrases.say("picture-by-month" if is_by_month else "picture-by-year", count=dated)
    if spread.undated:
        title += " · " + phrases.say("picture-undated", count=spread.undated)
    return Labels(
        f"{topic}: {title}" if topic else title,
        phrases.say("citation-outlet-unknown"),
        phrases.say("picture-others", count=spread.other_outlets),
    )
