"""Starting the bot: what is missing is said in one line, with what to do."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit
from weakref import ref

import aiohttp
import discord
import pytest
import simcord
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient
from pydantic import SecretStr
from yarl import URL

from bot.__main__ import main, serve
from bot.client import OnRecordBot
from bot.diagnostics import NOT_SET_UP, REFUSED, login_problem
from bot.permissions import REQUIRED
from index.coverage import Coverage
from index.errors import BUILD_COMMAND
from tests.bot.conftest import Newsroom
from tests.bot.editions import until
from tests.bot.reading import ENGLISH, texts
from tests.bot.stand_in import logged_in

PROJECT = Path(__file__).parents[2]
APPLICATION = {
    "id": "42",
    "name": "On Record",
    "icon": None,
    "description": "",
    "summary": "",
    "verify_key": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "owner": {"id": "1", "username": "operator", "discriminator": "0", "avatar": None},
    "flags": 0,
}


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


def test_reader_that_cannot_be_loaded_is_one_line(capsys, monkeypatch, sample_index, tmp_path):
    (tmp_path / "reader").mkdir()
    (tmp_path / "reader" / "reader.json").write_text("{")
    monkeypatch.setenv("DISCORD_TOKEN", "x")
    monkeypatch.setenv("INDEX_DIR", str(sample_index))
    monkeypatch.setenv("READER", str(tmp_path / "reader"))

    assert main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"error: cannot load the reader '{tmp_path / 'reader'}': ")
    assert line.endswith(
        "; check READER (`on` for the bundled one, `off` for none, or the name or folder of "
        "another)"
    )


@pytest.mark.parametrize(
    ("encoding", "byte"), [("utf-16", 3), ("cp1251", 10), ("utf-16-le", 1)], ids=str
)
@pytest.mark.parametrize("option", ["", "--check"])
def test_settings_that_are_not_utf_8_are_one_line(capsys, tmp_path, option, encoding, byte):
    (tmp_path / ".env").write_bytes("INDEX_DIR=Гавань".encode(encoding))

    assert main([option] if option else []) == 1
    assert capsys.readouterr().err == (
        f"error: .env is not UTF-8 (byte {byte}): save it as UTF-8\n"
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "DIGEST_TIME",
            "08:00Z",
            "found '08:00Z', expected a time without an offset, such as 08:00; its zone is set by "
            "DIGEST_ZONE",
        ),
        ("DIGEST_ZONE", "Mars", "found 'Mars', expected a time zone such as UTC or Europe/Minsk"),
        ("DIGEST_CHANNEL", "news", "found 'news', expected the id of a channel; to copy one, "),
        ("DIGEST_TIME", "25:00", "Input should be in a valid time format"),
        ("WATCHES_PER_MEMBER", "11", "Input should be less than or equal to 10"),
    ],
)
def test_setting_that_cannot_be_used_is_one_line(capsys, monkeypatch, name, value, said):
    monkeypatch.setenv(name, value)

    assert main() == 1
    start = f"error: settings in .env or the environment: {name}: {said}"
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(start)
    assert "HEALTH_FILE" not in line


def test_byte_order_mark_is_no_part_of_the_first_setting(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("DISCORD_TOKEN", "x")
    monkeypatch.delenv("INDEX_DIR", raising=False)
    (tmp_path / ".env").write_bytes("INDEX_DIR=Гавань\n".encode("utf-8-sig"))

    assert main() == 1
    assert capsys.readouterr().err.startswith("error: no index in Гавань: ")


def test_terminal_without_a_tick_shows_a_code_for_it(monkeypatch, tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "--check"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        check=False,
    )

    assert ran.returncode == 1
    assert ran.stdout.startswith(b"\\u2713 settings")
    assert b"Traceback" not in ran.stderr


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


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_signal_while_logging_in_is_a_clean_stop(monkeypatch, sample_index, signal_number):
    async def login(bot, _token):
        os.kill(os.getpid(), signal_number)
        await until(bot.is_closed)
        raise RuntimeError("Session is closed")

    monkeypatch.setenv("DISCORD_TOKEN", "x")
    monkeypatch.setenv("INDEX_DIR", str(sample_index))
    monkeypatch.setattr(OnRecordBot, "login", login)

    assert main() == 0


@pytest.mark.parametrize("step", ["login", "connect"])
async def test_failure_before_any_signal_is_raised(newsroom, monkeypatch, tmp_path, step):
    async def fail(*_):
        raise discord.GatewayNotFound

    async def nothing(*_): ...

    for each in ("login", "connect"):
        monkeypatch.setattr(newsroom.env.bot, each, fail if each == step else nothing)

    with pytest.raises(discord.GatewayNotFound):
        await serve(newsroom.env.bot, SecretStr("x"), frozenset(), tmp_path / "health.json")


@pytest.mark.parametrize("command", ["", "--check", "--invite"])
def test_ctrl_c_before_the_login_is_one_line(capsys, monkeypatch, sample_index, command):
    def interrupted(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv("DISCORD_TOKEN", "x")
    monkeypatch.setenv("INDEX_DIR", str(sample_index))
    monkeypatch.setattr("bot.__main__.open_coverage", interrupted)
    monkeypatch.setattr("bot.__main__.find_application", interrupted)

    assert main([command] if command else []) == 130
    assert capsys.readouterr().err == "Stopped.\n"


async def test_first_connection_that_fails_after_the_login_raises_its_reason(
    open_bot, sample_index, monkeypatch, tmp_path
):
    async def nothing(*_): ...

    bot = open_bot(sample_index)
    async with logged_in(bot, monkeypatch) as discord_api:
        for _ in range(2):  # aiohttp asks again once
            discord_api.lose("GET", "/gateway")
        monkeypatch.setattr(
            DiscordWebSocket, "DEFAULT_GATEWAY", URL(f"{discord_api.url}/gateway", encoded=True)
        )
        monkeypatch.setattr(bot, "login", nothing)

        with pytest.raises(aiohttp.ServerDisconnectedError) as failed:
            await serve(bot, SecretStr("x"), frozenset(), tmp_path / "health.json")

    assert bot.is_closed()
    assert login_problem(failed.value).startswith("cannot reach Discord: Server disconnected; ")


async def test_sigterm_during_an_answer_apologises_and_closes(
    open_bot, sample_index, monkeypatch, tmp_path
):
    release = threading.Event()
    original = Coverage.answer

    def held(self, *args, **kwargs):
        release.wait(10)
        return original(self, *args, **kwargs)

    async def online(*_):
        await until(bot.is_closed)

    async def nothing(*_): ...

    monkeypatch.setattr(Coverage, "answer", held)
    bot = open_bot(sample_index, seconds_to_finish=0.1)
    async with simcord.run(bot) as env:
        monkeypatch.setattr(bot, "login", nothing)
        monkeypatch.setattr(bot, "connect", online)
        serving = asyncio.create_task(
            serve(bot, SecretStr("x"), frozenset(), tmp_path / "health.json")
        )
        asking = asyncio.create_task(Newsroom(env).ask("who was nominated?"))
        await asyncio.sleep(0.2)

        os.kill(os.getpid(), signal.SIGTERM)
        asyncio.get_running_loop().call_later(0.3, release.set)
        card = (await asking).response.message
        await serving

    assert texts(card) == [ENGLISH.say("notice-stopping")]
    assert bot.is_closed()


class TestInvite:
    @pytest.fixture
    def invite(self, monkeypatch, capsys):
        """Run `python -m bot --invite` for an application with the id 42."""

        async def log_in(_self, _token):
            return {"id": "7", "username": "On Record", "discriminator": "0", "avatar": None}

        async def application_info(_self):
            return APPLICATION

        monkeypatch.setenv("DISCORD_TOKEN", "x")
        monkeypatch.setattr(HTTPClient, "static_login", log_in)
        monkeypatch.setattr(HTTPClient, "application_info", application_info)

        def run() -> tuple[int, str, str]:
            return main(["--invite"]), *capsys.readouterr()

        return run

    def test_link_requests_the_permissions_that_are_checked_and_says_why(self, invite):
        code, out, _ = invite()

        link, _, _, *permissions = out.splitlines()
        query = parse_qs(urlsplit(link).query)
        assert code == 0
        assert link.startswith("https://discord.com/oauth2/authorize?")
        assert query["client_id"] == ["42"]
        assert query["scope"] == ["bot applications.commands"]
        # Source: https://docs.discord.com/developers/topics/permissions
        assert int(query["permissions"][0]) == sum(1 << bit for bit in (10, 11, 15, 16, 38))
        assert permissions == [f"  {each.label}: {each.purpose}" for each in REQUIRED.values()]

    def test_missing_and_refused_token_are_told(self, invite, monkeypatch):
        async def refuse(_self, _token):
            raise discord.LoginFailure("Improper token has been passed.")

        monkeypatch.setattr(HTTPClient, "static_login", refuse)
        assert invite() == (1, "", f"error: {REFUSED}\n")

        monkeypatch.setenv("DISCORD_TOKEN", "")
        assert invite() == (1, "", f"error: {NOT_SET_UP}\n")


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
        bot._watcher.start(bot._pool)
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
