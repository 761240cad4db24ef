"""A replaced coverage stays open until its last answer is done, and no answer mixes two."""

import asyncio
import logging
import threading
from datetime import date
from pathlib import Path
from weakref import WeakSet

import pytest

from bot.cards.page_ids import MoreId, outlet_key
from bot.features.answering import Answering
from bot.runtime.coverage_pool import BusyError, CoveragePool
from bot.runtime.delivery import Delivery, Reader
from index.coverage import THREADS, Coverage
from index.search.follow_up import ConversationQuestion
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
        pool = CoveragePool(old)
        with pool.lease():
            with pool.lease():
                assert pool.switch(new)
            assert old.closed == 0

        assert (old.closed, new.closed) == (1, 0)

    def test_lease_is_of_the_coverage_in_use_when_it_began(self):
        old, new = Recorded(), Recorded()
        pool = CoveragePool(old)

        with pool.lease() as before:
            pool.switch(new)
            with pool.lease() as after:
                assert (before, after) == (old, new)

        assert (old.closed, new.closed) == (1, 0)

    def test_coverage_that_nobody_asks_is_closed_when_it_is_replaced(self):
        old, between, new = Recorded(), Recorded(), Recorded()
        pool = CoveragePool(old)
        with pool.lease():
            pass
        assert old.closed == 0

        pool.switch(between)
        pool.switch(new)

        assert [each.closed for each in (old, between, new)] == [1, 1, 0]

    def test_answer_that_fails_ends_its_lease(self):
        old = Recorded()
        pool = CoveragePool(old)

        def fail() -> None:
            with pool.lease():
                pool.switch(Recorded())
                raise KeyError

        with pytest.raises(KeyError):
            fail()
        assert old.closed == 1

    async def test_closed_pool_closes_each_coverage_once(self):
        leased, current = Recorded(), Recorded()
        pool = CoveragePool(leased)
        with pool.lease():
            pool.switch(current)
            with pool.lease():
                pool.close()
                await until_closed(pool)
                assert (leased.closed, current.closed) == (0, 0)

        assert (leased.closed, current.closed) == (1, 1)

    async def test_closed_pool_closes_a_coverage_that_nobody_uses(self):
        idle = Recorded()
        CoveragePool(idle).close()

        await until(lambda: idle.closed)

    async def test_coverage_that_comes_too_late_is_closed_and_not_used(self):
        pool, late = CoveragePool(Recorded()), Recorded()
        pool.close()
        await until_closed(pool)

        assert not pool.switch(late)

        assert late.closed == 1


async def until_closed(pool: CoveragePool) -> None:
    """Wait until nothing can be leased any more."""

    def is_closed_pool() -> bool:
        try:
            with pool.lease():
                return False
        except RuntimeError:
            return True

    await until(is_closed_pool)


class TestQueue:
    """As many wait as can be answered in time."""

    @pytest.mark.parametrize(
        ("seconds", "expected"), [(0.1, 300), (0.5, 60), (0.02, 1500), (0.000001, 1500), (100, 1)]
    )
    async def test_room_is_for_as_many_as_can_be_answered_in_time(self, seconds, expected):
        clock = Clock()
        pool = CoveragePool(Recorded(), longest_wait=30, clock=clock)
        for _ in range(200):
            await pool.run_plain(lambda: clock.wait(seconds))

        assert abs(await room(pool) - expected) <= 1

    async def test_machine_that_gets_slow_shortens_the_queue_and_a_fast_one_lengthens_it(self):
        rooms = []
        for pace in ([0.1], [0.1, 1], [0.1, 1, 0.1]):
            clock = Clock()
            pool = CoveragePool(Recorded(), longest_wait=30, clock=clock)
            for seconds in pace:
                for _ in range(60):
                    await pool.run(lambda _: clock.wait(seconds))  # noqa: B023
            rooms.append(await room(pool))

        assert rooms[0] > 250
        assert rooms[1] < 40
        assert rooms[2] > 250

    async def test_first_two_hundred_are_taken_before_anything_is_known(self):
        assert await room(CoveragePool(Recorded())) >= 200

    async def test_work_gets_the_coverage_in_use_when_its_turn_comes(self):
        old, new = Recorded(), Recorded()
        pool = CoveragePool(old)
        release = threading.Event()
        blocking = [
            asyncio.create_task(pool.run(lambda _: release.wait(20))) for _ in range(THREADS)
        ]
        waiting = asyncio.create_task(pool.run(lambda coverage: coverage))
        await asyncio.sleep(0)

        pool.switch(new)
        release.set()

        assert await waiting is new
        await asyncio.gather(*blocking)
        pool.close()


class Clock:
    """Time that passes only while it is waited for."""

    now = 0.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


async def room(pool: CoveragePool) -> int:
    """Fill the pool; return how many more calls it took."""
    release = threading.Event()
    calls = []
    while not pool.is_full:
        calls.append(asyncio.create_task(pool.run_plain(lambda: release.wait(20))))
        await asyncio.sleep(0)
    with pytest.raises(BusyError):
        await pool.run_plain(lambda: None)
    release.set()
    await asyncio.gather(*calls)
    pool.close()
    return len(calls)


async def test_answer_that_was_given_up_keeps_its_coverage_open_until_it_is_found(
    editions, monkeypatch
):
    editions.build(1)
    old = editions.open()
    pool = CoveragePool(old)
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
        Answering(pool, Delivery()).answer(ConversationQuestion(QUESTION), reader)
    )
    await until(began.is_set)
    asking.cancel()
    pool.switch(editions.open(old))
    assert not is_closed(old)

    release.set()
    await until(lambda: is_closed(old))
    pool.close()
    assert found[0].quotes


class TestOnePiece:
    """Whenever the coverage is replaced while an answer is made, the answer is of the old one."""

    @pytest.fixture
    def pool(self, editions):
        editions.build(1)
        pool = CoveragePool(editions.open())
        yield pool
        pool.close()

    @pytest.fixture
    def replace_after(self, editions, pool, monkeypatch):
        """Replace the coverage as soon as this method of it has been called."""

        def replace(name: str) -> None:
            original = getattr(Coverage, name)

            def then_replaced(self, *args, **kwargs):
                monkeypatch.setattr(Coverage, name, original)
                result = original(self, *args, **kwargs)
                editions.build(2)
                assert pool.switch(editions.open(self))
                return result

            monkeypatch.setattr(Coverage, name, then_replaced)

        return replace

    @pytest.mark.parametrize("step", ["filters", "answer", "articles"])
    async def test_answer_is_of_one_edition(self, pool, replace_after, step):
        answering, sent = Answering(pool, Delivery()), Sent()
        replace_after(step)

        await answering.answer(
            ConversationQuestion(QUESTION), Reader(1, ENGLISH, sent), (outlet_of(1), None, None)
        )
        await answering.answer(ConversationQuestion(QUESTION), Reader(1, ENGLISH, sent))

        assert [editions_of(card) for card in sent.cards] == [{1}, {2}]
        assert all("edition" in card[2] for card in sent.cards), "there are quotes"

    @pytest.mark.parametrize("step", ["outlets", "answer", "articles"])
    async def test_more_quotes_are_of_one_edition(self, pool, replace_after, step):
        answering, sent = Answering(pool, Delivery()), Sent()
        wanted = MoreId(1, outlet_key=outlet_key(outlet_of(1)))
        replace_after(step)

        asked = ConversationQuestion(QUESTION)
        await answering.more(asked, date(2026, 1, 5), Reader(1, ENGLISH, sent), wanted)

        assert [editions_of(card) for card in sent.cards] == [{1}]
        assert "edition 1 " in sent.cards[0][2]


class Sent:
    """Takes cards and keeps what they say."""

    def __init__(self) -> None:
        self.cards: list[list[str]] = []

    async def __call__(self, view) -> None:
        self.cards.append(shown(view))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="no /proc on this system")
async def test_fifty_readers_never_notice_ten_rebuilds(editions, monkeypatch, caplog):
    """No error, no card of two editions, and nothing left of what was replaced."""
    caplog.set_level(logging.INFO, logger="bot")
    alive = _alive(monkeypatch)
    editions.build(0)
    sent = Sent()
    reading = True

    async def read(answering: Answering) -> None:
        while reading:
            await answering.answer(ConversationQuestion(QUESTION), Reader(1, ENGLISH, sent))
            asked = ConversationQuestion(QUESTION)
            await answering.more(asked, date(2026, 1, 5), Reader(1, ENGLISH, sent), MoreId(2))

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
