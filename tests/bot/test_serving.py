"""A coverage that was replaced goes on until its last answer is done, and no answer is of two."""

import asyncio
import logging
import threading
from pathlib import Path
from weakref import WeakSet

import pytest

from bot.answering import Answering, Reader
from bot.buttons import MoreId, outlet_key
from bot.serving import Serving
from bot.worker import Worker
from index.coverage import Coverage
from index.followups import Asked
from index.vectors import PassageVectors
from tests.bot.conftest import Newsroom
from tests.bot.editions import QUESTION, editions_of, outlet_of, until
from tests.bot.reading import ENGLISH, buttons, shown, texts

READERS = 50
REBUILDS = 10


class Recorded:
    """Stands in for a coverage; counts how often it is closed, and where."""

    def __init__(self) -> None:
        self.closed_in: list[str] = []

    def close(self) -> None:
        self.closed_in.append(threading.current_thread().name)


@pytest.fixture
def worker():
    return Worker()


def done(worker: Worker) -> None:
    """Wait for all that the worker was given."""
    worker.close()
    worker._executor.shutdown(wait=True)


class TestLeases:
    def test_replaced_coverage_is_closed_with_its_last_lease(self, worker):
        old, new = Recorded(), Recorded()
        serving = Serving(old, worker)
        first, second = serving.lease(), serving.lease()
        first.__enter__()
        second.__enter__()

        assert serving.switch(new)
        first.__exit__(None, None, None)
        asyncio.run(worker.run(lambda: None))
        assert old.closed_in == []

        second.__exit__(None, None, None)
        done(worker)
        assert old.closed_in == ["coverage_0"]
        assert new.closed_in == []

    def test_lease_is_of_the_coverage_in_use_when_it_began(self, worker):
        old, new = Recorded(), Recorded()
        serving = Serving(old, worker)

        with serving.lease() as before:
            serving.switch(new)
            with serving.lease() as after:
                assert (before, after) == (old, new)

    def test_coverage_that_nobody_asks_is_closed_when_it_is_replaced(self, worker):
        old, between, new = Recorded(), Recorded(), Recorded()
        serving = Serving(old, worker)

        serving.switch(between)
        serving.switch(new)
        done(worker)

        assert [len(each.closed_in) for each in (old, between, new)] == [1, 1, 0]

    def test_closing_waits_for_an_answer_that_was_given_up(self, worker):
        old = Recorded()
        serving = Serving(old, worker)
        release = threading.Event()
        closed_before_the_end = []

        async def give_up() -> None:
            with serving.lease() as coverage:

                def search() -> None:
                    release.wait(10)
                    closed_before_the_end.extend(coverage.closed_in)

                asking = asyncio.create_task(worker.run(search))
                await asyncio.sleep(0.05)
                asking.cancel()

        asyncio.run(give_up())
        serving.switch(Recorded())
        release.set()
        done(worker)

        assert closed_before_the_end == []
        assert len(old.closed_in) == 1

    def test_end_of_serving_closes_everything_once(self, worker):
        leased, current = Recorded(), Recorded()
        serving = Serving(leased, worker)
        with serving.lease():
            serving.switch(current)
            serving.close()
            serving.close()
        done(worker)

        assert [len(each.closed_in) for each in (leased, current)] == [1, 1]

    def test_coverage_that_comes_too_late_is_closed_and_not_served(self, worker):
        serving = Serving(Recorded(), worker)
        serving.close()
        done(worker)
        late = Recorded()

        assert not serving.switch(late)
        assert len(late.closed_in) == 1

    def test_failure_to_close_is_logged(self, worker, caplog):
        class Broken(Recorded):
            def close(self) -> None:
                raise OSError("the disk is gone")

        serving = Serving(Broken(), worker)
        serving.switch(Recorded())
        done(worker)

        assert "the disk is gone" in caplog.text


class TestOnePiece:
    """Whenever the coverage is replaced while an answer is made, the answer is of the old one."""

    @pytest.fixture
    def serving(self, editions, worker):
        editions.build(1)
        serving = Serving(editions.open(), worker)
        yield serving
        serving.close()
        done(worker)

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
        answering, sent = Answering(serving, worker), Sent()
        replace_after(step)

        await answering.answer(
            Asked(QUESTION), Reader(1, ENGLISH, sent), (outlet_of(1), None, None)
        )
        await answering.answer(Asked(QUESTION), Reader(1, ENGLISH, sent))

        assert [editions_of(card) for card in sent.cards] == [{1}, {2}]
        assert all("edition" in card[2] for card in sent.cards), "there are quotes"

    @pytest.mark.parametrize("step", ["outlets", "answer", "verified"])
    async def test_more_quotes_are_of_one_edition(self, serving, worker, replace_after, step):
        answering, sent = Answering(serving, worker), Sent()
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
    monkeypatch.setattr("bot.follower.POLL_SECONDS", 0.02)
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
