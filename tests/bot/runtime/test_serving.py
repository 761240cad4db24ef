"""A coverage that was replaced goes on until its last answer is done, and no answer is of two."""

import asyncio
import logging
import threading
from pathlib import Path
from weakref import WeakSet

import pytest

from bot.cards.custom_ids import MoreId, outlet_key
from bot.features.answering import Answering
from bot.runtime.delivery import Delivery, Reader
from bot.runtime.lookup import Lookup
from bot.runtime.serving import Serving
from bot.runtime.worker import Worker
from index.coverage import Coverage
from index.search.follow_up import Asked
from index.snapshot.vector_index import PassageVectors
from tests.bot.conftest import Newsroom
from tests.bot.editions import QUESTION, editions_of, is_closed, outlet_of, until
from tests.bot.reading import ENGLISH, buttons, shown, texts

READERS = 50
REBUILDS = 10


class Recorded:
    """Stands in for a coverage; counts how often it is closed."""

    def __init__(self) -> None:
        self.closed = 0

    def close(self) -> None:
        self.closed += 1


class TestLeases:
    def test_replaced_coverage_is_closed_with_its_last_lease(self):
        old, new = Recorded(), Recorded()
        serving = Serving(old)
        with serving.lease():
            with serving.lease():
                assert serving.switch(new)
            assert old.closed == 0

        assert (old.closed, new.closed) == (1, 0)

    def test_lease_is_of_the_coverage_in_use_when_it_began(self):
        old, new = Recorded(), Recorded()
        serving = Serving(old)

        with serving.lease() as before:
            serving.switch(new)
            with serving.lease() as after:
                assert (before, after) == (old, new)

        assert (old.closed, new.closed) == (1, 0)

    def test_coverage_that_nobody_asks_is_closed_when_it_is_replaced(self):
        old, between, new = Recorded(), Recorded(), Recorded()
        serving = Serving(old)
        with serving.lease():
            pass
        assert old.closed == 0

        serving.switch(between)
        serving.switch(new)

        assert [each.closed for each in (old, between, new)] == [1, 1, 0]

    def test_answer_that_fails_ends_its_lease(self):
        old = Recorded()
        serving = Serving(old)

        def fail() -> None:
            with serving.lease():
                serving.switch(Recorded())
                raise KeyError

        with pytest.raises(KeyError):
            fail()
        assert old.closed == 1

    def test_end_of_serving_closes_everything_once(self):
        leased, current, idle = Recorded(), Recorded(), Recorded()
        serving = Serving(leased)
        with serving.lease():
            serving.switch(current)
            with serving.lease():
                serving.close()
                serving.close()
                assert (leased.closed, current.closed) == (0, 0)
        ended = Serving(idle)
        ended.close()
        ended.close()

        assert [each.closed for each in (leased, current, idle)] == [1, 1, 1]

    def test_coverage_that_comes_too_late_is_closed_and_not_served(self):
        serving = Serving(Recorded())
        serving.close()
        late = Recorded()

        assert not serving.switch(late)

        assert late.closed == 1
        with pytest.raises(RuntimeError), serving.lease():
            pass


async def test_answer_that_was_given_up_keeps_its_coverage_open_until_it_is_found(
    editions, monkeypatch
):
    editions.build(1)
    old = editions.open()
    serving, worker = Serving(old), Worker()
    began, release, found = threading.Event(), threading.Event(), []
    original = Coverage.answer

    def held(self, *args, **kwargs):
        began.set()
        assert release.wait(10)
        found.append(original(self, *args, **kwargs))
        return found[0]

    monkeypatch.setattr(Coverage, "answer", held)
    reader = Reader(1, ENGLISH, Sent())
    asking = asyncio.create_task(
        Answering(Lookup(serving, worker), Delivery()).answer(Asked(QUESTION), reader)
    )
    await until(began.is_set)
    asking.cancel()
    serving.switch(editions.open(old))
    assert not is_closed(old)

    release.set()
    await until(lambda: is_closed(old))
    worker.close(serving.close)
    assert found[0].quotes


class TestOnePiece:
    """Whenever the coverage is replaced while an answer is made, the answer is of the old one."""

    @pytest.fixture
    def worker(self):
        return Worker()

    @pytest.fixture
    def serving(self, editions, worker):
        editions.build(1)
        serving = Serving(editions.open())
        yield serving
        worker.close(serving.close)

    @pytest.fixture
    def replace_after(self, editions, serving, monkeypatch):
        """Replace the coverage as soon as this method of it has been called."""

        def replace(name: str) -> None:
            original = getattr(Coverage, name)

            def then_replaced(self, *args, **kwargs):
                monkeypatch.setattr(Coverage, name, original)
                result = original(self, *args, **kwargs)
                editions.build(2)
                assert serving.switch(editions.open(self))
                return result

            monkeypatch.setattr(Coverage, name, then_replaced)

        return replace

    @pytest.mark.parametrize("step", ["filters", "answer", "verified"])
    async def test_answer_is_of_one_edition(self, serving, worker, replace_after, step):
        answering, sent = Answering(Lookup(serving, worker), Delivery()), Sent()
        replace_after(step)

        await answering.answer(
            Asked(QUESTION), Reader(1, ENGLISH, sent), (outlet_of(1), None, None)
        )
        await answering.answer(Asked(QUESTION), Reader(1, ENGLISH, sent))

        assert [editions_of(card) for card in sent.cards] == [{1}, {2}]
        assert all("edition" in card[2] for card in sent.cards), "there are quotes"

    @pytest.mark.parametrize("step", ["outlets", "answer", "verified"])
    async def test_more_quotes_are_of_one_edition(self, serving, worker, replace_after, step):
        answering, sent = Answering(Lookup(serving, worker), Delivery()), Sent()
        wanted = MoreId(1, outlet_key=outlet_key(outlet_of(1)))
        replace_after(step)

        await answering.more(Asked(QUESTION), Reader(1, ENGLISH, sent), wanted)

        assert [editions_of(card) for card in sent.cards] == [{1}]
        assert "edition 1 " in sent.cards[0][2]


class Sent:
    """Takes cards and keeps what they say."""

    def __init__(self) -> None:
        self.cards: list[list[str]] = []

    async def __call__(self, view) -> None:
        self.cards.append(shown(view))


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="no /proc on this system")
async def test_fifty_readers_never_notice_ten_rebuilds(editions, monkeypatch, caplog):
    """No error, no card of two editions, and nothing left of what was replaced."""
    caplog.set_level(logging.INFO, logger="bot")
    monkeypatch.setattr("bot.runtime.index_watcher.POLL_SECONDS", 0.02)
    alive = _alive(monkeypatch)
    editions.build(0)
    sent = Sent()
    reading = True

    async def read(answering: Answering) -> None:
        while reading:
            await answering.answer(Asked(QUESTION), Reader(1, ENGLISH, sent))
            await answering.more(Asked(QUESTION), Reader(1, ENGLISH, sent), MoreId(2))

    async def click(newsroom: Newsroom) -> None:
        while reading:
            card = (await newsroom.ask(QUESTION)).response.message
            more = await newsroom.bob.click(card, label="More quotes")
            context = await newsroom.bob.click(card, custom_id=buttons(card)[0].custom_id)
            for each in (card, more.response.message, context.response.message):
                sent.cards.append(texts(each))

    async with editions.run() as env:
        # The simulated Discord takes one reader at a time; the others ask behind it.
        readers = [asyncio.create_task(read(env.bot.answering)) for _ in range(READERS - 1)]
        readers.append(asyncio.create_task(click(Newsroom(env))))
        for edition in range(1, REBUILDS + 1):
            await asyncio.to_thread(editions.build, edition)
            await until(lambda: caplog.text.count("switched") == edition)  # noqa: B023
            await until(lambda: any(editions_of(card) == {edition} for card in sent.cards))  # noqa: B023
        reading = False
        await asyncio.gather(*readers)
        await until(lambda: editions.left_open() == [])
        assert sorted(type(each).__name__ for each in alive) == ["Coverage", "PassageVectors"]

    assert [record.message for record in caplog.records if record.levelno > logging.INFO] == []
    assert env.errors == []
    assert [card for card in sent.cards if len(editions_of(card)) > 1] == []
    others = [card for card in sent.cards if not editions_of(card)]
    assert all(card == [ENGLISH.say("context-article-changed")] for card in others)


def _alive(monkeypatch) -> WeakSet[object]:
    """Return what is alive of all coverages and their vectors in memory that are made from now."""
    alive: WeakSet[object] = WeakSet()
    for each in (Coverage, PassageVectors):
        original = each.__init__

        def tracked(self, *args, original=original, **kwargs):
            original(self, *args, **kwargs)
            alive.add(self)

        monkeypatch.setattr(each, "__init__", tracked)
    return alive
