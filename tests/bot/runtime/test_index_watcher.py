"""A rebuild is noticed and served, a damaged one refused once, and a stop waits for neither."""

import asyncio
import gc
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from itertools import product
from pathlib import Path
from weakref import WeakSet

import pytest
from discord.ext import commands

from bot.runtime import index_watcher
from index.coverage import open_coverage
from index.encoders.torch_encoder import TorchEncoder
from index.errors import BUILD_COMMAND, StoreUnavailableError
from index.snapshot.layout import current_folder
from tests.bot.conftest import Newsroom
from tests.bot.editions import QUESTION, editions_of, is_closed, until
from tests.bot.reading import ENGLISH, texts
from tests.index.schema_3 import write_schema_3

ROOT = Path(__file__).parents[3]
REFUSED = "new index refused, the previous one stays in use: "
DATA_FILES = ["coverage.db", "passages.faiss", "passages.npy", "sentences.npy"]


@pytest.fixture(autouse=True)
def _logged(caplog):
    caplog.set_level(logging.INFO, logger="bot")


@pytest.fixture
def counted(editions):
    """Reopens and counts how often."""

    def reopen(replaced):
        reopen.calls += 1
        return editions.open(replaced)

    reopen.calls = 0
    return reopen


@pytest.fixture
def held(editions):
    """Reopens when `release` is set, and keeps what it opened."""

    def reopen(replaced):
        reopen.opening.set()
        assert reopen.release.wait(10)
        reopen.opened.append(editions.open(replaced))
        return reopen.opened[0]

    reopen.opening, reopen.release, reopen.opened = threading.Event(), threading.Event(), []
    return reopen


async def asked(newsroom: Newsroom) -> list[str]:
    return texts((await newsroom.ask(QUESTION)).response.message)


def problems(caplog) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.levelno > logging.INFO]


async def polls() -> None:
    """Let it look again several times."""
    await asyncio.sleep(0.2)


def flip(path: Path) -> None:
    """Change a bit of what is stored, where no count and no shape shows it."""
    data = bytearray(path.read_bytes())
    data[-5] ^= 1
    path.write_bytes(data)


DAMAGES = [flip, Path.unlink, lambda path: path.write_bytes(b"")]


async def test_rebuild_is_served_with_its_own_footer_and_said_in_one_line(editions, caplog):
    editions.build(1)
    async with editions.run() as env:
        newsroom = Newsroom(env)
        before = await asked(newsroom)
        editions.build(2)
        await until(lambda: "switched" in caplog.text)
        after = await asked(newsroom)

    assert (editions_of(before), editions_of(after)) == ({1}, {2})
    (line,) = [each.getMessage() for each in caplog.records if "switched" in each.message]
    assert line.startswith("switched to a new index: 5 articles, 5 passages, opened in 0.")
    assert problems(caplog) == []


async def test_index_that_was_empty_gets_articles(editions, caplog):
    editions.build_empty()
    async with editions.run() as env:
        newsroom = Newsroom(env)
        before = await asked(newsroom)
        editions.build(1)
        await until(lambda: "switched" in caplog.text)
        after = await asked(newsroom)

    assert before[1] == ENGLISH.say("answer-no-coverage")
    assert editions_of(after) == {1}


async def test_index_that_is_served_is_not_opened_again(editions, counted):
    editions.build(1)
    async with editions.run(counted):
        await polls()

    assert counted.calls == 0


async def test_rebuild_between_opening_and_following_is_served(editions, caplog):
    editions.build(1)
    opened = editions.open

    def open_then_rebuild(replaced=None):
        coverage = opened(replaced)
        if replaced is None:
            editions.build(2)
        return coverage

    editions.open = open_then_rebuild
    async with editions.run() as env:
        await until(lambda: "switched" in caplog.text)

        assert editions_of(await asked(Newsroom(env))) == {2}


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        pytest.param(name, damage, marks=[pytest.mark.slow] if number else [])
        for number, (name, damage) in enumerate(product(DATA_FILES, DAMAGES))
    ],
)
async def test_damaged_index_is_refused_in_one_line_and_the_next_one_served(
    editions, counted, caplog, name, damage
):
    editions.build(1)
    async with editions.run(counted) as env:
        newsroom = Newsroom(env)
        damaged = editions.build_damaged(2, lambda folder: damage(folder / name))
        await until(lambda: problems(caplog))
        await polls()
        between, said, calls = await asked(newsroom), problems(caplog), counted.calls
        editions.build(3)
        await until(lambda: "switched" in caplog.text)
        after = await asked(newsroom)

    assert (len(said), calls) == (1, 1)
    assert said[0].startswith(f"{REFUSED}damaged index: {damaged / name}: ")
    assert problems(caplog) == said
    assert (editions_of(between), editions_of(after)) == ({1}, {3})


async def test_damaged_manifest_is_refused_by_name(editions, caplog):
    editions.build(1)
    async with editions.run() as env:
        damaged = editions.build_damaged(2, lambda folder: flip(folder / "manifest.json"))
        await until(lambda: problems(caplog))
        await polls()

        assert editions_of(await asked(Newsroom(env))) == {1}
    (line,) = problems(caplog)
    assert line.startswith(f"{REFUSED}damaged index: {damaged / 'manifest.json'}: ")


async def test_pointer_that_is_missing_or_wrong_for_a_while_is_said_once(editions, caplog):
    editions.build(1)
    current = editions.index_dir / "CURRENT"
    name = current_folder(editions.index_dir).name
    async with editions.run() as env:
        newsroom = Newsroom(env)
        current.unlink()
        await until(lambda: len(problems(caplog)) == 1)
        await polls()
        editions.point_to("nowhere")
        await until(lambda: len(problems(caplog)) == 2)
        await polls()
        editions.point_to(name)
        await polls()
        between = await asked(newsroom)
        editions.build(2)
        await until(lambda: "switched" in caplog.text)
        after = await asked(newsroom)

    missing, wrong = problems(caplog)
    assert missing.startswith(f"{REFUSED}no index in {editions.index_dir}: build one with: ")
    assert wrong.startswith(f"{REFUSED}damaged index: {current}: it names 'nowhere'")
    assert (editions_of(between), editions_of(after)) == ({1}, {2})
    assert caplog.text.count("switched") == 1


async def test_index_that_a_further_rebuild_removes_while_it_is_opened_is_no_error(
    editions, caplog
):
    editions.build(1)

    def reopen(replaced):
        if "edition-2" in [path.name for path in editions.index_dir.iterdir()]:
            (editions.index_dir / "edition-2").unlink()
            folder = current_folder(editions.index_dir)
            editions.build(3)
            shutil.rmtree(folder)
            raise FileNotFoundError(folder)
        return editions.open(replaced)

    async with editions.run(reopen) as env:
        (editions.index_dir / "edition-2").touch()
        editions.build(2)
        await until(lambda: "switched" in caplog.text)

        assert editions_of(await asked(Newsroom(env))) == {3}
    assert problems(caplog) == []


async def test_failure_that_nobody_expected_is_logged_and_the_next_rebuild_served(editions, caplog):
    editions.build(1)
    failing = [MemoryError("no room")]

    def reopen(replaced):
        if failing:
            raise failing.pop()
        return editions.open(replaced)

    async with editions.run(reopen) as env:
        editions.build(2)
        await until(lambda: problems(caplog))
        editions.build(3)
        await until(lambda: "switched" in caplog.text)

        assert editions_of(await asked(Newsroom(env))) == {3}
    assert problems(caplog) == ["opening a new index failed; the previous one stays in use"]
    assert "no room" in caplog.text


async def test_answers_go_on_while_a_new_index_is_opened(editions, held, caplog):
    editions.build(1)
    async with editions.run(held) as env:
        newsroom = Newsroom(env)
        editions.build(2)
        await until(held.opening.is_set)
        meanwhile = await asked(newsroom)
        held.release.set()
        await until(lambda: "switched" in caplog.text)
        after = await asked(newsroom)

    assert (editions_of(meanwhile), editions_of(after)) == ({1}, {2})


@pytest.mark.slow
async def test_index_of_another_encoder_is_refused_with_the_remedy(
    editions, make_model, make_index, tiny_model, caplog
):
    editions.build(1)

    def reopen(replaced):
        return open_coverage(editions.index_dir, str(tiny_model), 0.0, replaced=replaced)

    async with editions.run(reopen) as env:
        other = TorchEncoder(str(make_model(seed=3)))
        articles = ROOT / "tests" / "data" / "coverage"
        make_index(editions.index_dir, other, articles, allow_shrink=True)
        await until(lambda: problems(caplog))
        await polls()

        assert editions_of(await asked(Newsroom(env))) == {1}
    (line,) = problems(caplog)
    assert line.startswith(
        f"{REFUSED}the index in {editions.index_dir} has encoder '{other.description.name}"
    )
    assert line.endswith(f"rebuild it with: {BUILD_COMMAND} {editions.index_dir}")


@pytest.mark.slow
async def test_encoder_that_no_index_needs_any_more_leaves_memory(
    editions, make_model, make_index, caplog
):
    editions.build(1)
    encoders = WeakSet()

    def reopen(replaced):
        coverage = editions.open(replaced)
        encoders.update((replaced._encoder, coverage._encoder))
        return coverage

    other = TorchEncoder(str(make_model(seed=3)))
    async with editions.run(reopen) as env:
        gc.disable()  # by itself it may come or not
        try:
            articles = ROOT / "tests" / "data" / "coverage"
            make_index(editions.index_dir, other, articles, allow_shrink=True)
            await until(lambda: "switched" in caplog.text)
            await until(lambda: len(encoders) == 1)
        finally:
            gc.enable()

        assert [each.description.name for each in encoders] == [other.description.name]
        assert "from 8 articles" in (await asked(Newsroom(env)))[-1]
    assert problems(caplog) == []


async def test_index_that_is_opened_in_time_is_closed_before_the_bot_has_stopped(
    editions, held, caplog
):
    editions.build(1)
    async with editions.run(held, seconds_to_finish=30) as env:
        editions.build(2)
        await until(held.opening.is_set)
        asyncio.get_running_loop().call_later(0.2, held.release.set)

        await env.bot.stop()

        assert watchers() == []
        await until(lambda: is_closed(held.opened[0]))
    assert problems(caplog) == []


async def test_index_that_is_opened_after_the_bot_has_stopped_is_closed(editions, held, caplog):
    editions.build(1)
    async with editions.run(held, seconds_to_finish=0.1) as env:
        editions.build(2)
        await until(held.opening.is_set)

        await env.bot.stop()

        assert len(watchers()) == 1
        held.release.set()
        await until(lambda: watchers() == [])
    assert is_closed(held.opened[0])
    assert problems(caplog) == []
    assert "switched" not in caplog.text


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_process_stops_cleanly_while_a_new_index_is_read(editions):
    editions.build(1)
    command = [sys.executable, "-u", "scripts/preview.py", "--index", str(editions.index_dir)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            while "Ctrl-C" not in process.stdout.readline():
                assert process.poll() is None
            # Reading a pipe into which nobody writes takes for ever.
            endless = editions.build_damaged(2, _with_pipe) / "coverage.db"
            pipe = _opened_by_a_reader(endless)

            process.send_signal(signal.SIGTERM)
            printed, _ = process.communicate(timeout=20)
            os.close(pipe)
        finally:
            process.kill()

    assert (process.returncode, printed.splitlines()[-1]) == (0, "Stopped.")
    assert "Traceback" not in printed
    assert "destroyed" not in printed


def _with_pipe(folder: Path) -> None:
    write_schema_3(folder)  # which has no sizes: the files are read in full
    (folder / "coverage.db").unlink()
    os.mkfifo(folder / "coverage.db")


def _opened_by_a_reader(pipe: Path) -> int:
    """Wait until somebody reads the pipe; return the handle that keeps them waiting."""
    for _ in range(1000):
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads it yet
            time.sleep(0.02)
    raise TimeoutError(pipe)


def watchers() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == "index-watcher"]


async def test_discord_that_does_not_answer_the_goodbye_holds_nothing_up(
    sample_index, open_bot, monkeypatch, caplog
):
    async def close(_self):
        await asyncio.sleep(60)

    bot = open_bot(sample_index, seconds_to_leave=0.1)
    with bot._pool.lease() as coverage:
        pass
    monkeypatch.setattr(commands.Bot, "close", close)

    async with asyncio.timeout(5):
        await bot.close()

    assert "Discord did not answer the goodbye" in caplog.text
    await until(lambda: is_closed(coverage))


class TestEngineThatIsAway:
    """As Milvus may be: the bot goes on by itself when it is back."""

    @pytest.fixture
    def engine(self, monkeypatch):
        """An engine that is there or not, and how often it was asked for the current edition."""
        current = index_watcher.current_snapshot_id

        class Engine:
            is_away = False
            asked = 0

            def check(self):
                self.asked += 1
                if self.is_away:
                    raise StoreUnavailableError("milvus://engine.example/news", "refused")

        engine = Engine()

        def current_id(place):
            engine.check()
            return current(place)

        monkeypatch.setattr(index_watcher, "current_snapshot_id", current_id)
        return engine

    async def test_edition_built_meanwhile_is_served_afterwards(self, editions, engine, caplog):
        editions.build(1)
        async with editions.run() as env:
            newsroom = Newsroom(env)
            engine.is_away = True
            await until(lambda: "cannot look for a new index" in caplog.text)
            editions.build(2)
            asked_by_now = engine.asked
            await until(lambda: engine.asked > asked_by_now + 3)
            assert editions_of(await asked(newsroom)) == {1}
            engine.is_away = False

            await until(lambda: "switched to a new index" in caplog.text)

            assert editions_of(await asked(newsroom)) == {2}
        said = [each for each in problems(caplog) if "cannot look" in each]
        assert len(said) == 1, "once, however long it takes"
        assert "the index can be reached again" in caplog.text

    async def test_edition_that_cannot_be_opened_is_opened_later(self, editions, engine, caplog):
        editions.build(1)
        failures = [StoreUnavailableError("milvus://engine.example/news", "refused")] * 2

        def reopen(replaced):
            if failures:
                raise failures.pop()
            return editions.open(replaced)

        async with editions.run(reopen) as env:
            newsroom = Newsroom(env)
            editions.build(2)

            await until(lambda: "switched to a new index" in caplog.text)

            assert editions_of(await asked(newsroom)) == {2}
        assert [each for each in problems(caplog) if "refused, the previous" in each] == []
