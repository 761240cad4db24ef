"""What must be so before the bot can answer: each thing that is wrong, with its remedy."""

import logging
import re
import shutil

import discord
import pytest
from discord.http import HTTPClient

from bot import __main__ as program
from bot.diagnostics import (
    NOT_ALLOWED_TO_READ,
    NOT_SET_UP,
    REFUSED,
    check_channels,
    check_discord,
    check_intents,
    check_servers,
)
from index.snapshot.layout import current_folder


@pytest.fixture
def check(monkeypatch, capsys, tmp_path, sample_index):
    """Run `python -m bot --check` over the sample index; return the exit code and the lines."""
    root = logging.getLogger()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(root, "handlers", root.handlers.copy())
    monkeypatch.setattr(root, "level", root.level)
    monkeypatch.setenv("INDEX_DIR", str(sample_index))
    monkeypatch.setenv("DISCORD_TOKEN", "x")

    def run(**settings: str) -> tuple[int, list[str]]:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        code = program.main(["--check"])
        captured = capsys.readouterr()
        return code, [*captured.out.splitlines(), *captured.err.splitlines()[-1:]]

    return run


def logging_in(monkeypatch, error: Exception | None) -> None:
    async def log_in(self, token):
        if error:
            raise error
        return {"id": "1", "username": "On Record", "discriminator": "0", "avatar": None}

    monkeypatch.setattr(HTTPClient, "static_login", log_in)


def test_all_is_said_though_the_first_thing_is_wrong(check, monkeypatch, tmp_path):
    logging_in(monkeypatch, discord.LoginFailure("Improper token has been passed."))

    code, lines = check(INDEX_DIR=str(tmp_path / "gone"))

    assert code == 1
    assert lines[0] == "✓ settings"
    assert lines[1].startswith(f"✗ index: no index in {tmp_path / 'gone'}: build one with")
    assert f"✗ token: {REFUSED}" in lines


def test_missing_token_and_unreachable_discord_are_told(check, monkeypatch):
    logging_in(monkeypatch, OSError("Name or service not known"))

    assert check()[1][3] == (
        "✗ token: cannot reach Discord: Name or service not known; check the network and "
        "https://discordstatus.com, then start again"
    )
    assert check(DISCORD_TOKEN="")[1][3] == f"✗ token: {NOT_SET_UP}"


def test_wrong_settings_end_the_check(check):
    code, lines = check(ASK_CHANNELS="#coverage")

    assert code == 1
    assert "ASK_CHANNELS: found '#coverage'" in lines[-1]


def test_file_that_is_not_the_one_that_was_built_is_damage(
    check, monkeypatch, tmp_path, tiny_index
):
    logging_in(monkeypatch, OSError("offline"))
    shutil.copytree(tiny_index, tmp_path / "index")
    with (current_folder(tmp_path / "index") / "coverage.png").open("ab") as file:
        file.write(b"\x00")

    _, lines = check(INDEX_DIR=str(tmp_path / "index"))

    assert lines[1].startswith("✗ index: damaged index: ")


def test_good_bot_ends_with_exit_code_0(check, monkeypatch):
    async def fine(token, ask_channels):
        return []

    monkeypatch.setattr(program, "check_discord", fine)

    code, lines = check()

    assert code == 0
    assert lines[:2] == ["✓ settings", "✓ index: 10 articles"]
    assert re.fullmatch(r"✓ reader: on-record-reader \(sha256 [0-9a-f]{12}\)", lines[2])
    assert check(READER="off")[1][2] == "✓ reader: off"


def test_reader_that_cannot_be_loaded_is_told_apart_from_the_index(check, monkeypatch, tmp_path):
    logging_in(monkeypatch, OSError("offline"))

    code, lines = check(READER=str(tmp_path / "gone"))

    assert code == 1
    assert lines[1] == "✓ index"
    assert lines[2].startswith(f"✗ reader: cannot load the reader '{tmp_path / 'gone'}': ")
    assert lines[2].endswith(
        "; check READER (`on` for the bundled one, `off` for none, or the name or folder of "
        "another)"
    )


async def test_nothing_more_is_asked_of_discord_with_a_refused_token(monkeypatch):
    logging_in(monkeypatch, discord.LoginFailure("Improper token has been passed."))

    (only,) = await check_discord(_Token(), frozenset({5}))

    assert only.problem == REFUSED


class _Token:
    def get_secret_value(self) -> str:
        return "x"


@pytest.mark.parametrize(
    ("flags", "problem"),
    [
        (discord.ApplicationFlags(), NOT_ALLOWED_TO_READ),
        (discord.ApplicationFlags(gateway_message_content=True), ""),
        (discord.ApplicationFlags(gateway_message_content_limited=True), ""),
    ],
)
async def test_intent_that_is_off_is_told_with_the_very_switch(newsroom, flags, problem):
    newsroom.env.bot.application._flags = flags.value

    assert check_intents(newsroom.env.bot).problem == problem


async def test_permissions_that_a_server_does_not_give_are_named(newsroom):
    (fine,) = await check_servers(newsroom.env.bot)
    assert str(fine) == "✓ server Newsroom"

    for role in newsroom.env.backend.guilds[newsroom.guild.id].roles.values():
        role.permissions = discord.Permissions(send_messages=True).value

    (check,) = await check_servers(newsroom.env.bot)
    assert check.problem.startswith(
        "allow View Channels, Read Message History, Send Messages in Threads, "
        "Attach Files in Server Settings"
    )


async def test_channel_where_the_bot_may_answer_is_fine(newsroom):
    forum = newsroom.guild.create_forum_channel("questions")

    checks = await check_channels(newsroom.env.bot, {newsroom.channel.id, forum.id})

    assert [each.problem for each in checks] == ["", ""]
    assert "#coverage" in checks[0].name


async def test_channel_that_does_not_exist_or_is_none_to_ask_in_is_named(newsroom):
    category = newsroom.guild.create_category("All")

    gone, folder = await check_channels(newsroom.env.bot, {5, category.id})

    assert str(gone).startswith("✗ channel 5 of ASK_CHANNELS: the bot cannot see it, or there is")
    assert "no text channel or forum" in folder.problem


def deny(newsroom, permission) -> None:
    """Let the roles of the server do everything but this."""
    allowed = discord.Permissions.all() ^ discord.Permissions(administrator=True)
    setattr(allowed, permission, False)
    for role in newsroom.env.backend.guilds[newsroom.guild.id].roles.values():
        role.permissions = allowed.value


@pytest.mark.parametrize(
    ("denied", "named"),
    [
        ("send_messages", "allow Send Messages for the bot's role"),
        ("send_messages_in_threads", "allow Send Messages in Threads for the bot's role"),
        ("read_message_history", "allow Read Message History for the bot's role"),
        ("view_channel", "the bot cannot see it"),
    ],
)
async def test_what_a_channel_does_not_allow_is_named(newsroom, denied, named):
    deny(newsroom, denied)

    (check,) = await check_channels(newsroom.env.bot, {newsroom.channel.id})

    assert check.problem.startswith(named)


async def open_thread(newsroom):
    await newsroom.env.bot.get_channel(newsroom.channel.id).create_thread(
        name="a thread", type=discord.ChannelType.public_thread
    )
    return newsroom.channel.threads[0]


@pytest.mark.parametrize("kind", ["forum", "thread"])
async def test_only_threads_have_to_allow_messages_if_all_questions_are_in_threads(newsroom, kind):
    is_forum = kind == "forum"
    asked_in = newsroom.guild.create_forum_channel("f") if is_forum else await open_thread(newsroom)

    deny(newsroom, "send_messages")
    (fine,) = await check_channels(newsroom.env.bot, {asked_in.id})
    deny(newsroom, "send_messages_in_threads")
    (check,) = await check_channels(newsroom.env.bot, {asked_in.id})

    assert fine.problem == ""
    assert check.problem.startswith("allow Send Messages in Threads for the bot's role")


@pytest.mark.parametrize("make", ["create_voice_channel", "create_stage_channel"])
async def test_channel_without_threads_needs_no_messages_in_threads(newsroom, make):
    channel = getattr(newsroom.guild, make)("v")

    deny(newsroom, "send_messages_in_threads")
    (fine,) = await check_channels(newsroom.env.bot, {channel.id})
    deny(newsroom, "send_messages")
    (check,) = await check_channels(newsroom.env.bot, {channel.id})

    assert fine.problem == ""
    assert check.problem.startswith("allow Send Messages for the bot's role")


async def test_start_says_which_channel_it_cannot_answer_in(
    newsroom, monkeypatch, caplog, tmp_path
):
    bot = newsroom.env.bot

    async def nothing(*_args, **_kwargs):
        return None

    monkeypatch.setattr(bot, "login", nothing)
    monkeypatch.setattr(bot, "connect", nothing)
    monkeypatch.setattr(bot, "close", nothing)

    await program.serve(bot, _Token(), frozenset({5}), tmp_path / "health.json")

    assert "✗ channel 5 of ASK_CHANNELS: the bot cannot see it" in caplog.text
