"""An engine that gives no answer holds up nothing but the questions that are asked of it."""

import asyncio
from dataclasses import replace

import pytest
import simcord
from simcord import interactions
from simcord.enums import AppCommandType, InteractionType
from simcord.http.client import FakeWebhookAdapter

from bot.client import OnRecordBot
from bot.health import keep_health_file
from index.build.edition import build_edition
from index.coverage import Coverage
from index.milvus.address import MilvusAddress, read_address
from index.milvus.store import MilvusStore
from tests.bot.conftest import Newsroom
from tests.bot.editions import until
from tests.bot.reading import ENGLISH, texts
from tests.bot.runtime.test_load import place
from tests.index.hash_encoder import HashEncoder
from tests.index.milvus.engine_server import Server
from tests.index.milvus.proxy import Proxy

pytestmark = pytest.mark.slow

QUESTION = "Who opened the harbour bridge?"


@pytest.fixture
def proxy(tmp_path):
    pytest.importorskip("pymilvus", reason="the extra `milvus` is not installed")
    pytest.importorskip("milvus_lite", reason="the extra `milvus` is not installed")
    server = Server(tmp_path / "engine")
    proxy = Proxy(server.port)
    yield proxy
    proxy.hangs = False
    proxy.go_away()
    server.stop()


@pytest.fixture
def open_bot(proxy, write_files):
    """Make the bot over a coverage that is reached through the proxy."""
    address = read_address(f"milvus://127.0.0.1:{proxy.port}/news", {"MILVUS_INDEX": "FLAT"})
    assert isinstance(address, MilvusAddress)
    address = replace(address, settle=0.0, timeout=60.0)
    text = "Bridge opens\n\nThe mayor opened the harbour bridge on Monday. It is red."
    build_edition([write_files({"bridge.txt": text})], address, HashEncoder(), "a test")

    def run(seconds):
        store = MilvusStore(replace(address, timeout=seconds))
        return OnRecordBot(Coverage(store, HashEncoder(), threshold=0.0))

    return run


@pytest.fixture
def answered(monkeypatch):
    """The tokens of the interactions that were answered, not only acknowledged."""
    tokens, request = set[str](), FakeWebhookAdapter.request

    async def noting(adapter, route, session, **options):
        kind, _, token, *_ = place(route.url)
        if kind == "webhooks":
            tokens.add(token)
        return await request(adapter, route, session, **options)

    monkeypatch.setattr(FakeWebhookAdapter, "request", noting)
    return tokens


def send(newsroom, member, name, **typed):
    """Send a command and return its token at once; simcord's own would wait for the answer."""
    options = [{"name": each, "type": 3, "value": value} for each, value in typed.items()]
    _, payload = interactions.base_payload(
        newsroom.env.backend,
        type=InteractionType.APPLICATION_COMMAND,
        channel_id=newsroom.channel.id,
        guild_id=newsroom.guild.id,
        user_id=member.id,
        data={
            "id": newsroom.env.backend.commands[None][name, 1]["id"],
            "name": name,
            "type": AppCommandType.CHAT_INPUT,
            "options": options,
        },
    )
    newsroom.env.backend.emit("INTERACTION_CREATE", payload)
    return payload["token"]


async def test_other_commands_and_the_heartbeat_go_on(open_bot, proxy, answered, tmp_path):
    async with simcord.run(open_bot(600.0)) as env:
        newsroom, file = Newsroom(env), tmp_path / "health.json"
        proxy.hangs = True
        question = send(newsroom, newsroom.alice, "ask", question=QUESTION)
        await until(lambda: env.bot._pool._waiting == 1)

        beating = asyncio.create_task(keep_health_file(file, env.bot.health, 0.01))
        for _ in range(2):
            await until(file.exists)
            file.unlink()
        overview = send(newsroom, newsroom.bob, "coverage")
        await until(lambda: overview in answered)
        assert question not in answered

        proxy.hangs = False
        await until(lambda: question in answered, seconds=60)
        beating.cancel()


async def test_reader_is_told_in_one_sentence_after_the_seconds_of_a_question(open_bot, proxy):
    async with simcord.run(open_bot(1.0)) as env:
        newsroom = Newsroom(env)
        proxy.hangs = True

        card = (await newsroom.ask(QUESTION)).response.message
        proxy.hangs = False

    assert texts(card) == [ENGLISH.say("notice-unavailable")]
