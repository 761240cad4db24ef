"""One build at a time: a second one says who is at it, and a dead one's lock is taken over."""

import socket
from types import SimpleNamespace

import pytest

from index.errors import BuildRunningError
from index.milvus.editions import announce, current_edition, edition_numbers
from index.milvus.engine import Engine
from index.milvus.lock import BuildLock, LockedTables
from index.milvus.schema import Table

BEAT = 0.05


@pytest.fixture
def engine(address):
    with Engine(address) as engine:
        engine.create(Table.FILES, 16)
        yield engine


def test_second_build_says_where_the_first_one_is(engine):
    with (
        BuildLock(engine, BEAT),
        pytest.raises(BuildRunningError, match=f"on {socket.gethostname()} since "),
        BuildLock(engine, BEAT),
    ):
        pass


def test_lock_is_free_after_a_build(engine):
    with BuildLock(engine, BEAT):
        pass
    with BuildLock(engine, BEAT) as lock:
        lock.check()

    assert engine.lock_holder("lock") is None
    assert engine.count(Table.FILES, "name == 'lock'") == 0


def test_lock_of_a_dead_build_is_taken_over(engine):
    assert engine.create_lock("lock", "build_of_one_that_was_killed")

    with BuildLock(engine, BEAT) as lock:
        lock.check()


def test_lock_that_another_build_took_over_meanwhile_stays_its_own(engine, monkeypatch):
    assert engine.create_lock("lock", "build_of_one_that_was_killed")

    def watched_by_two(self):
        engine.drop("lock")
        engine.create_lock("lock", "build_of_another_machine")
        return ""

    monkeypatch.setattr(BuildLock, "_alive", watched_by_two)
    with pytest.raises(BuildRunningError, match="began a moment ago"), BuildLock(engine, BEAT):
        pass

    assert engine.lock_holder("lock") == "build_of_another_machine"


@pytest.mark.slow
def test_build_that_loses_the_lock_once_it_is_announced_deletes_no_edition(
    address, build, write_articles, monkeypatch
):
    for count in (1, 2):
        build(write_articles(range(count)))

    def announce_and_lose(tables, edition):
        announce(tables, edition)
        tables.engine.drop("lock")
        tables.engine.create_lock("lock", "build_of_another_machine")

    monkeypatch.setattr("index.milvus.writing.announce", announce_and_lose)
    with pytest.raises(BuildRunningError, match="it took over"):
        build(write_articles(range(3)))

    with Engine(address) as engine:
        assert edition_numbers(engine) == [1, 2, 3]


@pytest.mark.slow
def test_build_that_loses_the_lock_while_it_waits_announces_nothing(
    address, build, write_articles, monkeypatch
):
    def lose(_):
        with Engine(address) as other:
            other.drop("lock")
            other.create_lock("lock", "build_of_another_machine")

    monkeypatch.setattr("index.milvus.writing.time", SimpleNamespace(sleep=lose))
    with pytest.raises(BuildRunningError, match="it took over"):
        build(write_articles(range(2)))

    with Engine(address) as engine:
        assert current_edition(engine) is None


def test_build_that_was_taken_for_dead_stops(engine):
    with BuildLock(engine, BEAT) as lock:
        engine.drop("lock")
        engine.create_lock("lock", "build_of_another_machine")

        with pytest.raises(BuildRunningError, match="it took over"):
            lock.check()

    assert engine.lock_holder("lock") == "build_of_another_machine"


def test_build_that_was_taken_for_dead_shows_no_more_life(engine):
    with BuildLock(engine, BEAT) as lock:
        engine.drop("lock")
        engine.create_lock("lock", "build_of_another_machine")
        lock._thread.join(30)

        assert not lock._thread.is_alive()


def test_whatever_a_build_writes_it_writes_only_while_it_holds_the_lock(engine):
    row = {"name": "a", "sha256": "b", "data": "c"}
    with BuildLock(engine, BEAT) as lock:
        tables = LockedTables(engine, lock)
        tables.insert(Table.FILES, [row])
        engine.drop("lock")
        engine.create_lock("lock", "build_of_another_machine")

        for write, what in (
            (tables.insert, [row | {"data": "d"}]),
            (tables.update, [row | {"data": "d"}]),
            (tables.delete, "name == 'a'"),
        ):
            with pytest.raises(BuildRunningError, match="it took over"):
                write(Table.FILES, what)

    found = engine.query(Table.FILES, "name == 'a'", ["data"], is_fresh=True)
    assert [each["data"] for each in found] == ["c"]


def test_build_under_way_keeps_a_second_one_out(address, build, write_articles, monkeypatch):
    folder = write_articles(range(3))
    monkeypatch.setattr("index.milvus.lock._BEAT_SECONDS", BEAT)
    with Engine(address) as engine:
        engine.create(Table.FILES, 16)
        with (
            BuildLock(engine, BEAT),
            pytest.raises(BuildRunningError, match="nothing was changed"),
        ):
            build(folder)

    summary, _ = build(folder)

    assert summary.counts.articles == 3
