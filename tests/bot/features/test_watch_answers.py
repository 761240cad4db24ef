"""The answer of a watch is sent once, whatever becomes of the attempts to send it."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from bot.features.watch_answers import UNHURRIED, WatchAnswers
from bot.runtime.notifying import Outcome
from bot.runtime.watch_file import ServerChannel, WatchFile

CHANNEL = ServerChannel(1, 2)
CARDS = {True: "private card", False: "card in a channel"}


class Notifier:
    """Stands in for Discord: each message has the next outcome, some minutes after the first."""

    def __init__(self, file, *outcomes, minutes=0):
        self._file, self._minutes = file, minutes
        self._outcomes = iter(outcomes)
        self.sent = []

    async def notify(self, user_id, channel, card, nonce):
        self.sent.append((channel, card, nonce))
        outcome = next(self._outcomes)
        if outcome is not Outcome.UNCERTAIN:
            began(self._file, self._minutes)
        return outcome


def began(file, minutes):
    """Set the start of all sending back by this number of minutes."""
    moment = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat(timespec="seconds")
    with sqlite3.connect(file._path) as connection:
        connection.execute("UPDATE watches SET sending_at = ?", (moment,))


@pytest.fixture
def file(tmp_path):
    return WatchFile(tmp_path / "watches.db")


async def send(file, watch, notifier):
    answers = WatchAnswers(file, notifier, replace(UNHURRIED, repeat=0.0, apart=0.0), Event())
    return await asyncio.to_thread(answers.send, watch, CARDS, asyncio.get_running_loop())


async def test_repetition_that_fails_leaves_the_first_attempt_uncertain(file):
    watch = file.add(7, None, "who won?", "", "en", "s1")
    notifier = Notifier(file, Outcome.UNCERTAIN, Outcome.FAILED, minutes=3)

    assert await send(file, watch, notifier)
    assert await send(file, watch, notifier)
    assert len(notifier.sent) == 2
    assert [each.is_answered for each in file.of_member(7)] == [True]


async def test_failure_after_a_restart_leaves_what_was_being_sent_uncertain(file):
    watch = file.add(7, None, "who won?", "", "en", "s1")
    file.begin_sending(watch.id)
    notifier = Notifier(file, Outcome.FAILED, minutes=3)

    assert await send(file, watch, notifier)
    assert await send(file, watch, notifier)
    assert len(notifier.sent) == 1
    assert [each.is_answered for each in file.of_member(7)] == [True]


async def test_repetition_that_fails_is_repeated_while_discord_recognises_it(file):
    watch = file.add(7, None, "who won?", "", "en", "s1")
    notifier = Notifier(file, Outcome.UNCERTAIN, Outcome.FAILED, Outcome.SENT, minutes=1)

    assert await send(file, watch, notifier)
    assert notifier.sent == [(None, "private card", f"watch-{watch.id}")] * 3
    assert file.of_member(7) == []


async def test_first_attempt_that_fails_is_sent_later_whenever_that_is(file):
    watch = file.add(7, None, "who won?", "", "en", "s1")

    assert not await send(file, watch, Notifier(file, Outcome.FAILED, minutes=3))
    assert await send(file, watch, Notifier(file, Outcome.SENT))
    assert file.of_member(7) == []


async def test_what_may_be_in_a_channel_is_not_sent_privately(file):
    watch = file.add(7, CHANNEL, "who won?", "", "en", "s1")
    notifier = Notifier(file, Outcome.UNCERTAIN, Outcome.UNREACHABLE)

    assert await send(file, watch, notifier)
    assert [channel for channel, _, _ in notifier.sent] == [CHANNEL, CHANNEL]
    assert [each.is_answered for each in file.of_member(7)] == [True]


async def test_what_may_have_been_sent_privately_is_not_posted_in_the_channel(file):
    watch = file.add(7, CHANNEL, "who won?", "", "en", "s1")
    notifier = Notifier(file, Outcome.UNREACHABLE, Outcome.UNCERTAIN, Outcome.SENT)

    assert await send(file, watch, notifier)
    assert [(channel, card) for channel, card, _ in notifier.sent] == [
        (CHANNEL, "card in a channel"),
        (None, "private card"),
        (None, "private card"),
    ]
    assert file.of_member(7) == []


async def test_it_is_told_where_the_member_wants_it_by_then(file):
    checked = file.add(7, None, "who won?", "", "en", "s1")
    file.move(checked.id, 7, CHANNEL)
    notifier = Notifier(file, Outcome.SENT)

    assert await send(file, checked, notifier)
    assert notifier.sent == [(CHANNEL, "card in a channel", f"watch-{checked.id}")]
