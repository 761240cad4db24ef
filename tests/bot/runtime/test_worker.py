"""The queue is as long as readers can wait."""

import asyncio
import threading

import pytest

from bot.runtime import worker as worker_module
from bot.runtime.worker import BusyError, Worker


class Clock:
    """Time that passes by the work that is done."""

    now = 0.0

    def perf_counter(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(worker_module, "time", clock)
    return clock


async def room(worker: Worker) -> int:
    """How many more calls the worker takes."""
    release = threading.Event()
    calls = []
    while not worker.is_full:
        calls.append(asyncio.create_task(worker.run(lambda: release.wait(20))))
        await asyncio.sleep(0)
    with pytest.raises(BusyError):
        await worker.run(lambda: None)
    release.set()
    await asyncio.gather(*calls)
    worker.close(lambda: None)
    return len(calls)


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0.1, 300), (0.5, 60), (0.02, 1500), (0.000001, 1500), (100, 1)]
)
async def test_as_many_wait_as_can_be_answered_in_time(clock, seconds, expected):
    worker = Worker(longest_wait=30)

    def work() -> None:
        clock.now += seconds

    for _ in range(200):
        await worker.run(work)

    assert abs(await room(worker) - expected) <= 1


async def test_machine_that_gets_slow_shortens_the_queue_and_a_fast_one_lengthens_it(clock):
    worker = Worker(longest_wait=30)
    lengths = []
    for seconds in (0.1, 1, 0.1):
        for _ in range(60):
            await worker.run(lambda: setattr(clock, "now", clock.now + seconds))  # noqa: B023
        lengths.append(30 / worker._seconds)

    assert lengths[0] > 250
    assert lengths[1] < 40
    assert lengths[2] > 250
    worker.close(lambda: None)


async def test_first_two_hundred_are_taken_before_anything_is_known():
    assert await room(Worker()) >= 200
