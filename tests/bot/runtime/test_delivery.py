"""Whatever happens while a card is made, the reader gets one."""

import asyncio

import pytest

from bot.cards.base import notice_card
from bot.runtime.coverage_pool import BusyError
from bot.runtime.delivery import Delivery, Reader
from bot.wording.phrases import phrases_for
from index.errors import StoreUnavailableError
from tests.bot.reading import ENGLISH, shown


async def test_reader_whom_the_queue_has_no_room_for_is_told_so(caplog):
    sent = []

    async def send(card):
        sent.append(card)

    async def make():
        raise BusyError

    await Delivery().send(make, Reader(1, ENGLISH, send))

    assert [shown(card) for card in sent] == [[ENGLISH.say("notice-busy")]]
    assert caplog.records == [], "that is no failure"


@pytest.mark.parametrize("phrases", [ENGLISH, phrases_for("ru")], ids=["en", "ru"])
async def test_reader_is_told_in_one_sentence_that_the_index_is_away(phrases, caplog):
    sent = []

    async def send(card):
        sent.append(card)

    async def make():
        raise StoreUnavailableError("milvus://engine.example:19530/news", "connection refused")

    await Delivery().send(make, Reader(1, phrases, send))

    assert [shown(card) for card in sent] == [[phrases.say("notice-unavailable")]]
    (record,) = caplog.records
    assert record.getMessage().startswith("a question found no index: no answer from milvus://")
    assert "\n" not in record.getMessage()


async def test_whoever_asks_while_the_bot_stops_is_told():
    """Also whose question was only acknowledged when the stop began."""
    delivery, sent = Delivery(seconds_to_acknowledge=0.1), []

    async def send(card):
        sent.append(card)

    async def make():
        return notice_card("An answer.")

    stopping = asyncio.create_task(delivery.finish(1.0))
    await asyncio.sleep(0.05)
    late = asyncio.create_task(delivery.send(make, Reader(1, ENGLISH, send)))
    await stopping

    assert late.done()
    assert [shown(card) for card in sent] == [[ENGLISH.say("notice-stopping")]]


async def test_open_answer_is_waited_for_then_apologised_for():
    delivery, sent = Delivery(seconds_to_acknowledge=0.01), []

    async def send(card):
        sent.append(card)

    async def make_in(seconds):
        await asyncio.sleep(seconds)
        return notice_card("An answer.")

    reader = Reader(1, ENGLISH, send)
    asking = [
        asyncio.create_task(delivery.send(lambda after=after: make_in(after), reader))
        for after in (0.1, 30.0)
    ]
    await asyncio.sleep(0)
    await delivery.finish(0.3)

    assert all(each.done() for each in asking)
    assert [shown(card) for card in sent] == [["An answer."], [ENGLISH.say("notice-stopping")]]


async def test_card_is_sent_as_it_was_made():
    sent = []

    async def send(card):
        sent.append(card)

    card = notice_card("Hello.")

    async def make():
        return card

    await Delivery().send(make, Reader(1, ENGLISH, send))

    assert sent == [card]
