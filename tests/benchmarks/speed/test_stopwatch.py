"""A stage's time is that of its functions, however they call one another."""

import pytest

from benchmarks.speed.stopwatch import Stopwatch


class Clock:
    """A clock that goes on when told to."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def worker(clock):
    """A class whose methods take 1 and 10 seconds; `both` takes those of both."""

    class Worker:
        def short(self):
            clock.now += 1
            return "short"

        def long(self, seconds=10, *, fails=False):
            clock.now += seconds
            if fails:
                raise ValueError(seconds)
            return self.short()

    return Worker


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        ({"short": "a", "long": "a"}, {"a": 11}),
        ({"short": "a", "long": "b"}, {"a": 1, "b": 11}),
        ({"short": "a"}, {"a": 1}),
    ],
)
def test_function_inside_another_of_its_stage_counts_once(clock, worker, stages, expected):
    watch = Stopwatch(clock)
    for name, stage in stages.items():
        watch.hook(stage, worker, name)

    assert worker().long() == "short"
    assert watch.lap() == expected


def test_lap_begins_anew(clock, worker):
    watch = Stopwatch(clock)
    watch.hook("a", worker, "long")
    worker().long(2)
    worker().long(seconds=3)

    assert watch.lap() == {"a": 7}
    assert watch.lap() == {}


def test_failure_is_timed_and_raised(clock, worker):
    watch = Stopwatch(clock)
    watch.hook("a", worker, "long")
    with pytest.raises(ValueError, match="5"):
        worker().long(5, fails=True)
    worker().long(1)

    assert watch.lap() == {"a": 7}
