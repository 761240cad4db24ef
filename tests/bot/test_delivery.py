"""Whatever happens while a card is made, the reader gets one."""

from bot.card import notice_card
from bot.delivery import Delivery, Reader
from bot.worker import BusyError
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


async def test_card_is_sent_as_it_was_made():
    sent = []

    async def send(card):
        sent.append(card)

    card = notice_card("Hello.")

    async def make():
        return card

    await Delivery().send(make, Reader(1, ENGLISH, send))

    assert sent == [card]
