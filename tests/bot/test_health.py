"""The running bot refreshes its health file; `--health` tells healthy from not, and why."""

import asyncio
import json
import os
import time
from pathlib import Path
from tempfile import gettempdir

import pytest
from pydantic import SecretStr

from bot import __main__ as program
from bot.health import STALE_SECONDS, Health, check_health, keep_health_file, write_health
from bot.settings import Settings
from tests.bot.editions import until

HEALTHY = Health(is_connected=True, snapshot_id="20260102T030405Z-abcdef")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "health.json"


def grow_old(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_connected_bot_with_an_open_index_is_healthy(file):
    write_health(file, HEALTHY)

    assert str(check_health(file)) == (
        "✓ bot: connected to Discord, index 20260102T030405Z-abcdef open"
    )


@pytest.mark.parametrize(
    ("health", "problem"),
    [
        (Health(is_connected=False, snapshot_id="a"), "it is not connected to Discord"),
        (Health(is_connected=True, snapshot_id=None), "its index is closed"),
    ],
    ids=["disconnected", "closed"],
)
def test_bot_that_cannot_answer_is_unhealthy(file, health, problem):
    write_health(file, health)

    assert check_health(file).problem.startswith(problem)


def test_bot_that_no_longer_refreshes_its_file_is_unhealthy(file):
    write_health(file, HEALTHY)

    grow_old(file, STALE_SECONDS - 5)
    assert not check_health(file).problem
    grow_old(file, STALE_SECONDS + 5)
    assert check_health(file).problem == (
        f"it hangs or was killed: {file} is 65 s old, expected 60 s at most; restart it"
    )


def test_bot_that_does_not_run_is_unhealthy(file):
    assert check_health(file).problem.startswith("it is not running")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"is_connected": true}', "\xff"])
def test_file_that_the_bot_did_not_write_is_unhealthy(file, text):
    file.write_text(text, "latin-1")

    assert check_health(file).problem.startswith(f"cannot read {file}: ")


async def test_file_is_refreshed_by_the_event_loop_and_removed_at_the_end(file):
    health = HEALTHY
    task = asyncio.create_task(keep_health_file(file, lambda: health, refresh_seconds=0.01))
    await until(file.exists)
    grow_old(file, 1_000)
    health = Health(is_connected=False, snapshot_id="b")

    await until(lambda: json.loads(file.read_text()) == {"is_connected": False, "snapshot_id": "b"})
    assert time.time() - file.stat().st_mtime < STALE_SECONDS
    task.cancel()
    await asyncio.wait([task])

    assert list(file.parent.iterdir()) == []


async def test_file_that_cannot_be_written_is_logged_once(file, caplog):
    calls = []

    def read_health():
        calls.append(0)
        return HEALTHY

    path = file.parent / "missing" / file.name
    task = asyncio.create_task(keep_health_file(path, read_health, refresh_seconds=0.01))
    await until(lambda: len(calls) > 3)
    task.cancel()
    await asyncio.wait([task])

    (record,) = caplog.records
    assert "set HEALTH_FILE to a writable path" in record.getMessage()
    assert str(path.parent) in record.getMessage()


async def test_bot_knows_whether_it_is_connected_and_what_it_serves(newsroom):
    bot = newsroom.env.bot
    with bot._pool.lease() as coverage:
        snapshot_id = coverage.snapshot_id
    assert bot.health() == Health(is_connected=True, snapshot_id=snapshot_id)

    await bot.on_disconnect()
    assert not bot.health().is_connected
    await bot.on_resumed()
    assert bot.health().is_connected

    await bot.close()
    await until(lambda: bot.health().snapshot_id is None)


async def test_bot_that_has_not_been_ready_is_not_connected(sample_index, open_bot):
    bot = open_bot(sample_index)

    assert not bot.health().is_connected
    await bot.close()


async def test_file_is_there_while_the_bot_runs_only(newsroom, monkeypatch, file):
    bot = newsroom.env.bot
    seen = []

    async def connect():
        await until(file.exists)
        seen.append(str(check_health(file)))

    async def nothing(*_args, **_kwargs):
        await asyncio.sleep(0)

    monkeypatch.setattr(bot, "connect", connect)
    monkeypatch.setattr(bot, "login", nothing)
    monkeypatch.setattr(bot, "close", nothing)
    await program.serve(bot, SecretStr("x"), frozenset(), file)

    assert [line[:28] for line in seen] == ["✓ bot: connected to Discord,"]
    assert not file.exists()


def test_exit_code_tells_healthy_from_unhealthy(file, monkeypatch, capsys):
    monkeypatch.setenv("HEALTH_FILE", str(file))

    assert program.main(["--health"]) == 1
    assert capsys.readouterr().out.startswith("✗ bot: it is not running")
    write_health(file, HEALTHY)
    assert program.main(["--health"]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_each_index_has_a_health_file_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "a", target_is_directory=True)
    a, same, link, b = (
        Settings(index_dir=str(each)).health_file for each in ("a", tmp_path / "a", "link", "b")
    )

    assert a == same == link != b
    assert a.parent == Path(gettempdir())
