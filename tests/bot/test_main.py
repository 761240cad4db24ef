"""Starting the bot: what is missing is said in one line, with what to do."""

import logging
import subprocess
import sys
from types import SimpleNamespace
from weakref import ref

import aiohttp
import discord
import pytest

from bot.__main__ import main
from bot.client import OnRecordBot
from bot.diagnostics import NOT_SET_UP
from index.errors import BUILD_COMMAND
from tests.bot.editions import until


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", root.handlers.copy())
    monkeypatch.setattr(root, "level", root.level)


def test_missing_token_says_where_to_get_one(capsys):
    assert main() == 1
    assert capsys.readouterr().err == f"error: {NOT_SET_UP}\n"


def test_missing_index_names_the_command_that_builds_one(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("DISCORD_TOKEN", "x")
    monkeypatch.setenv("INDEX_DIR", str(tmp_path / "nothing"))

    assert main() == 1
    assert capsys.readouterr().err == (
        f"error: no index in {tmp_path / 'nothing'}: build one with: "
        f"{BUILD_COMMAND} {tmp_path / 'nothing'}\n"
    )


def test_index_of_another_encoder_names_both_and_the_command(
    capsys, monkeypatch, sample_index, tiny_model
):
    monkeypatch.setenv("DISCORD_TOKEN", "x")
    monkeypatch.setenv("INDEX_DIR", str(sample_index))
    monkeypatch.setenv("EMBEDDING_MODEL", str(tiny_model))

    assert main() == 1
    error = capsys.readouterr().err
    assert f"the index in {sample_index} has encoder 'all-MiniLM-L6-v2 (files " in error
    assert f"but '{tiny_model} (files " in error
    assert f"rebuild it with: {BUILD_COMMAND} {sample_index}" in error


@pytest.mark.parametrize(
    "failure",
    [
        discord.HTTPException(SimpleNamespace(status=503, reason="Unavailable"), "down"),
        discord.GatewayNotFound(),
        aiohttp.ServerDisconnectedError(),
        OSError("no route to host"),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_discord_that_is_down_is_told_in_one_line(capsys, monkeypatch, sample_index, failure):
    async def login(_self, _token):
        raise failure

    monkeypatch.setenv("DISCORD_TOKEN", "x")
    monkeypatch.setenv("INDEX_DIR", str(sample_index))
    monkeypatch.setattr(OnRecordBot, "login", login)

    assert main() == 1
    error = capsys.readouterr().err
    assert error.splitlines()[-1].startswith("error: cannot reach Discord: ")
    assert "Traceback" not in error


def test_rebuild_is_followed_with_the_same_settings(monkeypatch, editions, caplog):
    editions.build(1)
    monkeypatch.setenv("DISCORD_TOKEN", "x")
    monkeypatch.setenv("INDEX_DIR", str(editions.index_dir))
    monkeypatch.setenv("ANSWER_THRESHOLD", "0.12")
    served = []

    async def without_discord(bot: OnRecordBot, *_) -> None:
        with bot._pool.lease() as coverage:
            first = ref(coverage)
        del coverage
        bot._follower.start(bot._pool)
        editions.build(2)
        await until(lambda: "switched to a new index: 5 articles" in caplog.text)
        with bot._pool.lease() as coverage:
            served.append((coverage.manifest.articles, coverage._threshold))
        await until(lambda: first() is None)
        await bot.close()

    monkeypatch.setattr("bot.__main__.serve", without_discord)

    assert main() == 0
    assert served == [(5, 0.12)]


def test_missing_token_ends_the_program_with_code_1():
    ran = subprocess.run([sys.executable, "-m", "bot"], capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stderr) == (1, f"error: {NOT_SET_UP}\n")
