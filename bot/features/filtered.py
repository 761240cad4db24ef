"""Sending what is found within a reader's filters, or an explanation of a wrong filter."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.cards.base import Card, notice_card
from bot.cards.filters import filter_problem
from bot.runtime.coverage_pool import CoveragePool
from bot.runtime.delivery import Delivery, Reader
from index.coverage import Coverage
from index.errors import FilterError

T = TypeVar("T")


async def send_or_explain(
    pool: CoveragePool,
    delivery: Delivery,
    reader: Reader,
    find: Callable[[Coverage], T],
    render: Callable[[T], Awaitable[Card]],
) -> None:
    """Send the card of what `find` returns; if it raises a FilterError, explain that instead."""

    async def make() -> Card:
        try:
            found = await pool.run(find)
        except FilterError as error:
            return notice_card(filter_problem(error, reader.phrases))
        return await render(found)

    await delivery.send(make, reader)
