"""Questions never reach the log: by whatever way they are asked, and whatever fails."""

import logging

import pytest

from bot.client import OnRecordBot
from bot.features.answering import Answering
from bot.runtime.failures import described
from bot.runtime.rate_limits import Limits
from index.coverage import Coverage
from index.feedback import Feedback
from index.snapshot.snapshot import open_snapshot
from tests.bot.reading import buttons

TELLTALE = "zanzibar"
QUESTION = f"who was nominated CSTO secretary general of {TELLTALE}?"


class BreaksError(Exception):
    """Says the question, as libraries may."""


def breaks(*_args, **_kwargs):
    raise BreaksError(f"cannot read {QUESTION!r}")


@pytest.fixture
def simcord_bot(sample_index, encoder, tmp_path):
    return OnRecordBot(
        Coverage(open_snapshot(sample_index), encoder),
        Feedback(tmp_path / "votes.db"),
        limits=Limits(100, 100),
    )


@pytest.fixture
def log(caplog):
    """All that `main` logs, and more of the bot's own."""
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, logger="bot")
    return caplog


async def ask_in_every_way(newsroom) -> None:
    """Ask by a command, a message's menu, a mention, a reply, directly and in a channel for it."""
    env, channel = newsroom.env, newsroom.channel
    mention = f"{env.bot.user.mention} {QUESTION}"
    await newsroom.ask(QUESTION)
    await newsroom.ask(QUESTION, outlet=f"{TELLTALE} Times")
    await newsroom.ask(QUESTION, since=TELLTALE)
    await newsroom.ask(QUESTION * 20)
    await newsroom.alice.slash(channel, "timeline", topic=TELLTALE)
    await newsroom.alice.slash(channel, "timeline", topic=f"peacekeepers of {TELLTALE}")
    await newsroom.alice.slash(channel, "timeline", topic=QUESTION, since=TELLTALE)
    await newsroom.alice.send(channel, mention)
    await newsroom.alice.send(channel, mention, reply_to=channel.last_message)
    await newsroom.alice.send_dm(QUESTION)
    env.bot.get_cog("Listening")._ask_channels = frozenset({channel.id})
    await newsroom.alice.send(channel, QUESTION)
    await newsroom.alice.context_menu(channel, "Find in coverage", channel.last_message)


async def test_by_no_way_to_ask(newsroom, log):
    await ask_in_every_way(newsroom)

    assert TELLTALE not in log.text


async def test_no_message_stays_in_memory(newsroom):
    await ask_in_every_way(newsroom)

    assert list(newsroom.env.bot.cached_messages) == []


async def test_where_no_answer_can_be_made(newsroom, log, monkeypatch):
    monkeypatch.setattr(Coverage, "answer", breaks)
    monkeypatch.setattr(Coverage, "timeline", breaks)

    await ask_in_every_way(newsroom)

    assert log.text.count("answering failed") >= 6
    assert "BreaksError" in log.text
    assert TELLTALE not in log.text


async def test_where_the_failure_cannot_be_told_either(newsroom, log, monkeypatch):
    monkeypatch.setattr(Coverage, "answer", breaks)
    newsroom.env.inject_error("PATCH", "/webhooks/*/messages/@original")

    await newsroom.ask(QUESTION)

    assert "could not apologise" in log.text
    assert TELLTALE not in log.text


@pytest.mark.parametrize("method", ["admit", "answer"])
async def test_where_a_way_to_ask_fails_itself(newsroom, log, monkeypatch, method):
    monkeypatch.setattr(Answering, method, breaks)

    await ask_in_every_way(newsroom)

    assert newsroom.env.errors
    assert "a command or a click failed" in log.text
    assert "on_message failed" in log.text
    assert TELLTALE not in log.text


async def test_behind_no_button(newsroom, log, monkeypatch):
    card = (await newsroom.ask(QUESTION)).response.message
    found = [each.custom_id for each in buttons(card)]
    first, others = found[0], [each for each in found if not each.startswith("context:")]
    for custom_id in (first, *others[:-1]):
        await newsroom.alice.click(card, custom_id=custom_id)
    for owner, method in ((Coverage, "answer"), (Coverage, "context"), (Feedback, "record")):
        monkeypatch.setattr(owner, method, breaks)
    for custom_id in (first, *others):
        await newsroom.alice.click(card, custom_id=custom_id)

    assert log.text.count("answering failed") == 4
    assert TELLTALE not in log.text


def test_log_says_where_it_failed_and_what_caused_it_and_what_discord_said():
    try:
        try:
            breaks()
        except BreaksError:
            raise OSError("connection lost")  # noqa: B904  # as it happens by accident
    except OSError as error:
        text = described(error)

    assert "in breaks" in text
    assert text.index("BreaksError") < text.index("OSError: connection lost")
    assert TELLTALE not in text
