"""All calls of one question share its seconds, and no call outlasts them."""

import threading

import pytest

from index.milvus.budget import Budget, current_budget, shared_budget


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now

    def wait(self, seconds):
        self.now += seconds


def test_calls_share_the_seconds_and_what_lies_between_costs_none():
    clock, called = Clock(), []
    budget = Budget(10.0, clock)

    budget.spend(lambda: clock.wait(4.0))
    clock.wait(1_000.0)
    assert budget.left == 6.0
    with pytest.raises(ZeroDivisionError):
        budget.spend(lambda: (clock.wait(7.0), 1 / 0))
    assert budget.left == -1.0
    with pytest.raises(TimeoutError):
        budget.spend(lambda: called.append(1))

    assert called == []
    assert budget.seconds == 10.0


def test_call_that_never_ends_is_left_to_itself():
    never = threading.Event()

    with pytest.raises(TimeoutError):
        Budget(0.01).spend(never.wait)

    left = [each for each in threading.enumerate() if each.name == "milvus"]
    assert [each.daemon for each in left] == [True]
    never.set()
    left[0].join()


def test_block_within_a_block_shares_its_budget():
    assert current_budget() is None
    with shared_budget(7.0):
        outer = current_budget()
        with shared_budget(70.0):
            assert current_budget() is outer
        assert current_budget() is outer
    assert outer.seconds == 7.0
    assert current_budget() is None


def test_budget_is_that_of_its_thread():
    seen = []
    with shared_budget(7.0):
        other = threading.Thread(target=lambda: seen.append(current_budget()))
        other.start()
        other.join()

    assert seen == [None]
