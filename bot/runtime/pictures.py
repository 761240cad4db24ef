"""Charts for cards, drawn one at a time, in the reader's language."""

import asyncio
import logging
from collections.abc import Sequence

from index.charts.drawing_process import draw_in_process
from index.charts.monthly_counts import ChartLabels, MonthlyCounts
from index.dates.partial_date import PartialDate
from index.errors import PictureError

log = logging.getLogger(__name__)


class Pictures:
    """Draws charts, one process at a time, however many readers ask for one."""

    def __init__(self, seconds: float = 20.0) -> None:
        """Give a picture this long for its turn and the drawing; after that, do without it."""
        self._seconds = seconds
        self._turn = asyncio.Semaphore(1)

    async def draw(
        self,
        monthly_counts: MonthlyCounts,
        labels: ChartLabels,
        event_markers: Sequence[PartialDate | None] = (),
    ) -> bytes | None:
        """Return a PNG, or None if there is nothing to draw or drawing fails."""
        if not monthly_counts.periods:
            return None
        try:
            async with asyncio.timeout(self._seconds), self._turn:
                return await draw_in_process(monthly_counts, labels, event_markers)
        except PictureError as error:
            log.error("a card goes without its picture: %s", error)
        except TimeoutError:
            log.error("a card goes without its picture: its turn did not come")
        return None
