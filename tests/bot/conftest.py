"""The real bot over the sample coverage, on a simulated Discord."""

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import discord
import pytest
import pytest_asyncio
import simcord
from simcord import interactions

from bot.client import OnRecordBot
from index.build.options import BuildOptions
from index.build.pipeline import build_snapshot
from index.coverage import Coverage
from index.encoders.base import TextEncoder
from index.encoders.onnx_encoder import OnnxEncoder
from index.reader.base import Reader
from index.snapshot.snapshot import open_snapshot
from tests.bot.editions import Editions


class Newsroom:
    """A server with one channel and two members, and the bot in it."""

    def __init__(self, env: simcord.Env) -> None:
        self.env = env
        self.guild = env.create_guild("Newsroom")
        self.channel = self.guild.create_text_channel("coverage")
        self.alice = self.guild.add_member(env.create_user("alice"))
        self.bob = self.guild.add_member(env.create_user("bob"))

    async def ask(self, question: str, by: simcord.MemberActor | None = None, **filters: str):
        asker = by or self.alice
        return await asker.slash(self.channel, "ask", question=question, **filters)


@pytest.fixture
def build_index(tmp_path: Path, tiny_encoder: TextEncoder) -> Callable[..., Path]:
    """Build an index of these texts, by file name, and return its folder.

    The tiny encoder builds it, unless another one is named `by`; it can `keep_versions`.
    """

    def build_folder(
        by: TextEncoder = tiny_encoder, *, keep_versions: bool = False, **texts: str
    ) -> Path:
        index_dir, articles = tmp_path / "index", tmp_path / "index-articles"
        articles.mkdir(exist_ok=True)
        for old in articles.iterdir():
            old.unlink()
        for name, text in texts.items():
            (articles / f"{name}.md").write_text(text, "utf-8")
        options = BuildOptions(allow_shrink=True, keep_versions=keep_versions)
        build_snapshot([articles], index_dir, by, "test", options)
        return index_dir

    return build_folder


@pytest.fixture(scope="session")
def open_bot(encoder: TextEncoder, tiny_encoder: TextEncoder) -> Callable[..., OnRecordBot]:
    """Make the bot over the index in this folder: `open_bot(index_dir, seconds_to_finish=1)`.

    Over an index of the tiny encoder, every question is answered, however badly, unless
    `threshold` says otherwise.
    """

    def open_folder(
        index_dir: Path, reader: Reader | None = None, threshold: float = 0.0, **options: Any
    ) -> OnRecordBot:
        snapshot = open_snapshot(index_dir)
        if snapshot.manifest.encoder.is_same(tiny_encoder.description):
            coverage = Coverage(snapshot, tiny_encoder, threshold, reader)
        else:
            coverage = Coverage(snapshot, encoder, reader=reader)
        return OnRecordBot(coverage, **options)

    return open_folder


@pytest.fixture
def simcord_bot(sample_index: Path, open_bot: Callable[..., OnRecordBot]) -> OnRecordBot:
    """The bot of simcord's own `simcord_env` fixture."""
    return open_bot(sample_index)


@pytest.fixture
def reading_bot(sample_index: Path, open_bot: Callable[..., OnRecordBot]) -> OnRecordBot:
    """A bot to which Discord gives the text of all messages; its channel for questions is none."""
    return open_bot(sample_index, ask_channels=frozenset({1}))


@pytest.fixture
def newsroom(simcord_env: simcord.Env) -> Newsroom:
    return Newsroom(simcord_env)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_env(
    sample_index: Path, open_bot: Callable[..., OnRecordBot]
) -> AsyncIterator[simcord.Env]:
    """One simulated Discord for a module whose tests leave the bot as it is."""
    env = simcord.Env(open_bot(sample_index))
    await env.start()
    yield env
    await env.shutdown()


@pytest.fixture
def shared_newsroom(shared_env: simcord.Env) -> Iterator[Newsroom]:
    """A server of its own on the shared Discord; faults that a test left over are removed.

    A module overrides `newsroom` with it, and marks its tests `asyncio(loop_scope="module")`.
    """
    yield Newsroom(shared_env)
    shared_env.backend.faults.clear()


@pytest.fixture
def ivan(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> simcord.MemberActor:
    """A member whose Discord is in Russian; simcord itself knows none but American English."""
    member = newsroom.guild.add_member(newsroom.env.create_user("ivan"))
    original = interactions.base_payload

    def with_locale(backend, *, user_id, **rest):
        record, payload = original(backend, user_id=user_id, **rest)
        return record, payload | ({"locale": "ru"} if user_id == member.id else {})

    monkeypatch.setattr(interactions, "base_payload", with_locale)
    return member


@pytest.fixture(autouse=True)
def _cards_are_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Date every message today, as questions are; simcord's clock begins on 1 January 2026."""
    monkeypatch.setattr(discord.Message, "created_at", property(lambda _: datetime.now(UTC)))


@pytest.fixture(autouse=True)
def _no_phrase_is_missing(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail loudly where readers get English instead."""
    yield
    assert [
        each.message for each in caplog.get_records("call") if each.name == "bot.wording.phrases"
    ] == []


@pytest.fixture
def editions(tmp_path: Path, tiny_encoder: OnnxEncoder) -> Editions:
    """An index to rebuild, by an encoder of its own: in life it is another process's."""
    return Editions(tmp_path, OnnxEncoder(tiny_encoder.files, tiny_encoder.description))


@pytest.fixture(autouse=True)
def _no_log_on_a_closed_stream() -> Iterator[None]:
    """Take away what `main` logs through: it would write to a stream that is closed by then."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.setLevel(level)
    for handler in root.handlers[:]:
        if type(handler) is logging.StreamHandler and handler not in handlers:
            root.removeHandler(handler)
