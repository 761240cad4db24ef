"""A watched question, end to end: a refusal, a new edition, and the one who asked is told once."""

import calendar
import logging
import os
import re
import shutil
import sqlite3
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import simcord
from aiohttp import ClientConnectorError
from discord import DiscordServerError, Forbidden, HTTPException, NotFound
from discord.abc import Messageable

from bot.cards.base import notice_card
from bot.client import OnRecordBot
from bot.features import watch_answers
from bot.features.watch_answers import Pace
from bot.runtime import notifying
from bot.runtime.index_watcher import IndexWatcher
from bot.runtime.notifying import Notifier, Outcome
from bot.runtime.watch_file import ServerChannel, Watch, WatchFile, WatchRejection
from index.build.options import BuildOptions
from index.build.pipeline import build_snapshot
from index.coverage import Coverage, open_coverage
from index.errors import BuildRunningError
from index.places import current_snapshot_id
from tests.bot.conftest import Newsroom
from tests.bot.editions import until
from tests.bot.reading import ENGLISH, buttons, quotes, texts
from tests.bot.test_payloads import SPECIFICATION, problems

QUESTION = "when does the Arpa bridge reopen?"
ARTICLE = "---\ntitle: {}\noutlet: Sample Wire\n---\n{}\n"
MARKET = ("Market", "A market opened in Gyumri on Sunday. It sells cheese and wool.")
BRIDGE = ("Bridge", "The Arpa bridge reopens on Monday after two years of repairs, engineers said.")
QUICK = Pace(poll=0.02, retry=0.1, apart=0.0)
SHUT = ("Bridge", "The Arpa bridge is shut for repairs, engineers said. Drivers take the old road.")
TRAM = ("Tram", "The tram depot of Vanadzor burnt down on Friday.")
THRESHOLD = 0.9


class Desk:
    """An index that is rebuilt while the bot runs, and the bot's file of watches."""

    def __init__(self, folder, encoder):
        self.index_dir = folder / "index"
        self.file = WatchFile(folder / "watches.db")
        self._folder, self._encoder = folder, encoder

    def publish(self, *articles):
        """Build an edition of these articles and no others; return its snapshot's id."""
        root = self._folder / "articles"
        root.mkdir(exist_ok=True)
        for old in root.iterdir():
            old.unlink()
        for title, text in articles:
            (root / f"{title}.md").write_text(ARTICLE.format(title, text), "utf-8")
        options = BuildOptions(allow_shrink=True)
        while True:
            try:
                built = build_snapshot([root], self.index_dir, self._encoder, "test", options)
            except BuildRunningError:  # it is in use already, and about to end
                time.sleep(0.01)
            else:
                return built.folder.name

    def open(self, replaced=None):
        return open_coverage(self.index_dir, threshold=THRESHOLD, replaced=replaced)

    def bot(self, **options):
        watcher = IndexWatcher(self.index_dir, self.open, 0.02)
        pace = options.pop("pace", QUICK)
        return OnRecordBot(
            self.open(), None, watcher, watch_file=self.file, watch_pace=pace, **options
        )

    @asynccontextmanager
    async def run(self, **options):
        bot = self.bot(**options)
        async with simcord.run(bot, settle_timeout=60) as env:
            try:
                yield Newsroom(env)
            finally:
                await env.bot.stop()  # it may be another one by now

    def rows(self):
        with sqlite3.connect(self.file._path) as connection:
            return connection.execute("SELECT * FROM watches").fetchall()

    @property
    def current(self):
        return current_snapshot_id(self.index_dir)

    async def checked(self, env):
        """Wait until every watch is checked in the edition in use."""
        checks = env.bot._watch_checks
        await until(lambda: checks._done == current_snapshot_id(self.index_dir))
        await env.settle()


@pytest.fixture
def desk(tmp_path, encoder, sample_index):
    """The first edition is the sample coverage: to export an encoder again would take seconds."""
    shutil.copytree(sample_index, tmp_path / "index", copy_function=os.link)
    return Desk(tmp_path, encoder)


@pytest.fixture(autouse=True)
def _logged(caplog):
    caplog.set_level(logging.INFO, logger="bot")


async def watch(newsroom, by=None, **options):
    """What a member sees who watches the question by the command."""
    by = by or newsroom.alice
    result = await by.slash(newsroom.channel, "watch", question=QUESTION, **options)
    assert result.ephemeral
    return result.response.message


async def click_bell(newsroom):
    """What a member sees who clicks the bell below a refusal."""
    card = (await newsroom.ask(QUESTION)).response.message
    assert texts(card)[1] == ENGLISH.say("answer-refused")
    clicked = await newsroom.alice.click(card, label=ENGLISH.say("button-watch"))
    assert clicked.ephemeral
    return card, clicked.response.message


def told(member):
    """What the bot wrote to a member directly."""
    return [each for each in member.user.dm_channel.history() if each.author.bot]


def posts(env):
    """The messages that answer no interaction, as they were sent."""
    requests = [each for each in env.http_requests if each.method == "POST"]
    return [each.json for each in requests if re.fullmatch(r"/channels/\d+/messages", each.path)]


async def test_asker_of_a_refused_question_is_told_privately_and_once(desk, caplog):
    async with desk.run() as newsroom:
        refusal, confirmation = await click_bell(newsroom)
        desk.publish(MARKET, BRIDGE)
        await desk.checked(newsroom.env)
        (message,) = told(newsroom.alice)
        desk.publish(MARKET, BRIDGE, TRAM)
        await desk.checked(newsroom.env)
        desk.publish(MARKET, (BRIDGE[0], BRIDGE[1] + " More follows."))
        await desk.checked(newsroom.env)

        assert ENGLISH.say("watch-told-privately") in texts(confirmation)[0]
        assert quotes(message)[0] == BRIDGE[1]
        assert re.fullmatch(r"🔔 You asked this on <t:\d+:D>\..*", texts(message)[0])
        assert len(told(newsroom.alice)) == 1
        assert newsroom.channel.last_message.id == refusal.id
        assert [each["allowed_mentions"] for each in posts(newsroom.env)] == [{"parse": []}]
    assert desk.rows() == []
    assert "bridge" not in caplog.text.casefold()
    assert "error" not in caplog.text.casefold()


async def test_in_the_channel_where_that_was_asked_nobody_else_is_pinged(desk):
    async with desk.run() as newsroom:
        confirmation = await watch(newsroom, here=True)
        desk.publish(MARKET, (BRIDGE[0], f"{BRIDGE[1]} @everyone <@{newsroom.bob.id}> waits."))
        await desk.checked(newsroom.env)

        assert f"<#{newsroom.channel.id}>" in texts(confirmation)[0]
        (sent,) = posts(newsroom.env)
        assert sent["allowed_mentions"]["users"] == [newsroom.alice.id]
        assert sent["allowed_mentions"]["parse"] == []
        message = newsroom.channel.last_message
        assert texts(message)[0].startswith(f"🔔 <@{newsroom.alice.id}>, you asked this on <t:")
        assert quotes(message)[0].startswith(BRIDGE[1])
        assert told(newsroom.alice) == []


async def test_private_watch_can_be_moved_to_the_channel_by_its_member_alone(desk):
    async with desk.run() as newsroom:
        _, confirmation = await click_bell(newsroom)
        (move,) = [each for each in buttons(confirmation) if "watch-here" in each.custom_id]
        watch_id = int(move.custom_id.split(":")[1])

        assert desk.file.move(watch_id, newsroom.bob.id, ServerChannel(1, 1)) is None
        assert desk.file.of_member(newsroom.alice.id)[0].channel is None
        await newsroom.alice.click(confirmation, custom_id=move.custom_id)

    channel = desk.file.of_member(newsroom.alice.id)[0].channel
    assert channel == ServerChannel(newsroom.channel.id, newsroom.guild.id)


@pytest.mark.parametrize("state", ["being sent", "waiting in the list"])
async def test_watch_that_has_an_answer_is_not_moved_to_the_channel(desk, state):
    async with desk.run() as newsroom:
        _, confirmation = await click_bell(newsroom)
        (own,) = desk.file.of_member(newsroom.alice.id)
        desk.file.begin_sending(own.id)
        if state == "waiting in the list":
            desk.file.set_answered(own.id)
        moved = await newsroom.alice.click(confirmation, label=ENGLISH.say("button-watch-here"))

    assert texts(moved.response.message) == [ENGLISH.say("watch-has-answer")]
    assert [each.channel for each in desk.file.of_member(newsroom.alice.id)] == [None]


async def test_edition_that_was_built_while_the_bot_was_stopped_is_checked(desk):
    async with desk.run() as newsroom:
        await watch(newsroom)
        env = newsroom.env
        await env.bot.stop()
        desk.publish(MARKET, SHUT)
        desk.publish(MARKET, BRIDGE)
        await env.restart_bot(desk.bot())
        await desk.checked(env)

        assert [quotes(each)[0] for each in told(newsroom.alice)] == [BRIDGE[1]]


async def test_only_new_and_changed_articles_are_asked(desk):
    first = desk.publish(MARKET, BRIDGE)
    added = desk.file.add(1, None, QUESTION, "", "en", first)
    async with desk.run() as newsroom:
        alice = newsroom.alice
        with sqlite3.connect(desk.file._path) as connection:
            connection.execute("UPDATE watches SET user_id = ?", (alice.id,))
        desk.publish(MARKET, BRIDGE, TRAM)
        await desk.checked(newsroom.env)
        before = list(told(alice))
        desk.publish(MARKET, (BRIDGE[0], BRIDGE[1].replace("Monday", "Tuesday")), TRAM)
        await desk.checked(newsroom.env)

        assert before == []
        assert [quotes(each)[0] for each in told(alice)] == [BRIDGE[1].replace("Monday", "Tuesday")]
    assert desk.file.of_member(alice.id) == []
    assert added.checked == first


async def test_closed_direct_messages_are_told_in_no_channel(desk, caplog):
    async with desk.run() as newsroom:
        await click_bell(newsroom)
        newsroom.env.inject_error(
            "POST", "/channels/*/messages", status=403, code=50007, times=None
        )
        desk.publish(MARKET, BRIDGE)
        await desk.checked(newsroom.env)
        newsroom.env.backend.faults.clear()
        listed = await newsroom.alice.slash(newsroom.channel, "watches")
        shown = await newsroom.alice.click(listed.response.message, label="Show it")

        assert told(newsroom.alice) == []
        assert len(newsroom.channel.history()) == 1  # the refusal
        assert ENGLISH.say("watches-answered") in texts(listed.response.message)[1]
        assert (shown.ephemeral, quotes(shown.response.message)[0]) == (True, BRIDGE[1])
    assert desk.rows() == []
    assert "takes no direct messages" in caplog.text
    assert "bridge" not in caplog.text.casefold()


async def test_channel_that_is_closed_to_the_bot_becomes_a_direct_message(desk):
    async with desk.run() as newsroom:
        await watch(newsroom, here=True)
        channel = f"/channels/{newsroom.channel.id}/messages"
        newsroom.env.inject_error("POST", channel, status=403, code=50013, times=None)
        desk.publish(MARKET, BRIDGE)
        await desk.checked(newsroom.env)

        (message,) = told(newsroom.alice)
        assert texts(message)[0].startswith("🔔 You asked this on ")


async def test_while_discord_is_down_nothing_is_lost_and_then_told_once(desk, caplog):
    async with desk.run() as newsroom:
        await watch(newsroom)
        newsroom.env.inject_error("POST", "/users/@me/channels", status=500, times=None)
        desk.publish(MARKET, BRIDGE)
        await until(lambda: "could not notify" in caplog.text, 60)
        before = list(told(newsroom.alice))
        newsroom.env.backend.faults.clear()
        await desk.checked(newsroom.env)

        assert before == []
        assert len(told(newsroom.alice)) == 1
    assert desk.rows() == []


@pytest.mark.parametrize("fault", ["cut", 500])
async def test_message_that_may_have_arrived_is_repeated_within_minutes_or_never(
    desk, monkeypatch, fault
):
    nonces, minutes = [], iter([1, 3])

    async def posts_and_is_cut(channel, *, nonce, **options):
        nonces.append(nonce)
        (row,) = desk.file.of_member(newsroom.alice.id)
        set_time(desk.file, "sending_at", timedelta(minutes=next(minutes)), row.id)
        response = SimpleNamespace(status=fault, reason="")
        raise TimeoutError if fault == "cut" else DiscordServerError(response, "")

    monkeypatch.setattr(notifying, "SECONDS_TO_POST", (0.0, 5.0))
    async with desk.run(pace=replace(QUICK, repeat=0.01)) as newsroom:
        await watch(newsroom, here=True)
        monkeypatch.setattr(Messageable, "send", posts_and_is_cut)
        desk.publish(MARKET, BRIDGE)
        await desk.checked(newsroom.env)
        (left,) = desk.file.of_member(newsroom.alice.id)

    assert nonces == [f"watch-{left.id}"] * 2
    assert (left.is_answered, left.channel) == (True, None)


async def test_answer_that_could_not_be_shown_is_still_watched_and_is_of_the_day_asked(
    desk, monkeypatch
):
    original, days = Coverage.answer, []

    def fails_once(coverage, question, **options):
        days.append(options.get("asked_on"))
        if len(days) == 1:
            raise ValueError
        return original(coverage, question, **options)

    async with desk.run() as newsroom:
        alice = newsroom.alice
        await watch(newsroom)
        (own,) = desk.file.of_member(alice.id)
        set_time(desk.file, "asked_at", timedelta(days=3), own.id)
        desk.file.set_answered(own.id)
        desk.publish(MARKET, BRIDGE)
        await desk.checked(newsroom.env)
        listed = (await alice.slash(newsroom.channel, "watches")).response.message
        monkeypatch.setattr(Coverage, "answer", fails_once)
        failed = await alice.click(listed, label="Show it")
        left = len(desk.rows())
        shown = await alice.click(listed, label="Show it")
        again = await alice.click(listed, label="Show it")

    assert texts(failed.response.message) != texts(shown.response.message)
    assert left == 1
    assert quotes(shown.response.message)[0] == BRIDGE[1]
    assert texts(shown.response.message)[0].startswith("🔔 You asked this on ")
    assert texts(again.response.message) == [ENGLISH.say("watch-is-over")]
    assert desk.rows() == []
    assert days == [(datetime.now(UTC) - timedelta(days=3)).date()] * 2


@pytest.mark.parametrize("gone", ["refused", "altered"])
async def test_answer_that_is_gone_when_it_is_to_be_shown_is_watched_again(desk, monkeypatch, gone):
    original = Coverage.answer

    def drops_all(coverage, question, **options):
        return replace(original(coverage, question, **options), quotes=())

    async with desk.run() as newsroom:
        alice = newsroom.alice
        await watch(newsroom)
        (own,) = desk.file.of_member(alice.id)
        desk.publish(MARKET, BRIDGE)
        desk.file.set_answered(own.id)
        listed = (await alice.slash(newsroom.channel, "watches")).response.message
        if gone == "refused":
            desk.publish(MARKET, TRAM)
        else:
            monkeypatch.setattr(Coverage, "answer", drops_all)
        await desk.checked(newsroom.env)
        shown = await alice.click(listed, label="Show it")
        (left,) = desk.file.of_member(alice.id)
        seen_in = desk.current
        monkeypatch.setattr(Coverage, "answer", original)
        desk.publish(MARKET, TRAM, (BRIDGE[0], BRIDGE[1] + " Buses follow."))
        await desk.checked(newsroom.env)

        assert texts(shown.response.message)[0] == (
            f"{ENGLISH.say('watch-answer-gone')} {ENGLISH.say('watch-told-privately')}"
        )
        assert (left.id, left.is_answered, left.checked) == (own.id, False, seen_in)
        assert [quotes(each)[0][: len(BRIDGE[1])] for each in told(alice)] == [BRIDGE[1]]
    assert desk.rows() == []


async def test_told_answer_has_no_button_for_quotes_of_another_list(desk):
    ends = ("after a flood", "with a parade", "for buses only", "says its owner", "in heavy rain")
    pieces = [
        (f"Bridge {n}", f"The Arpa bridge reopens on {day} {end}.")
        for n, (day, end) in enumerate(zip(calendar.day_name, ends, strict=False))
    ]
    async with desk.run() as newsroom:
        await watch(newsroom)
        desk.publish(MARKET, *pieces)
        await desk.checked(newsroom.env)
        (message,) = told(newsroom.alice)
        asked = (await newsroom.ask(QUESTION)).response.message

    more = ENGLISH.say("button-more")
    assert more in {each.label for each in buttons(asked)}
    assert more not in {each.label for each in buttons(message)}


@pytest.mark.parametrize("failing", ["Coverage.answer", "answer_card"])
async def test_watch_that_fails_neither_stops_the_others_nor_is_deleted(
    desk, monkeypatch, caplog, failing
):
    owner = Coverage if failing == "Coverage.answer" else watch_answers
    name = failing.split(".")[-1]
    original, calls = getattr(owner, name), []

    def fails_first(*arguments, **options):
        calls.append(1)
        if len(calls) == 1:
            raise ValueError(QUESTION)
        return original(*arguments, **options)

    async with desk.run() as newsroom:
        await watch(newsroom)
        await watch(newsroom, by=newsroom.bob)
        monkeypatch.setattr(owner, name, fails_first)
        desk.publish(MARKET, BRIDGE)
        await desk.checked(newsroom.env)
        (left,) = desk.file.of_member(newsroom.alice.id)

        assert told(newsroom.alice) == []
        assert [quotes(each)[0] for each in told(newsroom.bob)] == [BRIDGE[1]]
    assert (left.checked, left.is_answered) == (desk.current, False)
    assert desk.rows()[0][10] is None
    assert "checking a watched question failed" in caplog.text
    assert "bridge" not in caplog.text.casefold()


async def test_message_that_certainly_did_not_arrive_is_not_repeated_at_once(desk, monkeypatch):
    being_sent = []

    async def is_not_connected(channel, **options):
        being_sent.extend(row[10] for row in desk.rows())
        raise ClientConnectorError(SimpleNamespace(host="", port=1, ssl=None), OSError())

    monkeypatch.setattr(notifying, "SECONDS_TO_POST", (0.0, 5.0))
    async with desk.run(pace=replace(QUICK, retry=600.0)) as newsroom:
        await watch(newsroom)
        monkeypatch.setattr(Messageable, "send", is_not_connected)
        desk.publish(MARKET, BRIDGE)
        await until(lambda: being_sent and desk.rows()[0][10] is None)
        (left,) = desk.file.of_member(newsroom.alice.id)

    assert (len(being_sent), left.is_answered) == (1, False)


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (403, 50007, Outcome.UNREACHABLE),
        (403, 50278, Outcome.UNREACHABLE),
        (404, 10003, Outcome.UNREACHABLE),
        (404, 10013, Outcome.LEFT),
        (403, 40003, Outcome.FAILED),
        (403, 20026, Outcome.FAILED),
        (401, 0, Outcome.FAILED),
        (429, 0, Outcome.FAILED),
    ],
)
async def test_only_a_closed_door_counts_as_one(newsroom, monkeypatch, status, code, outcome):
    error = Forbidden if status == 403 else NotFound if status == 404 else HTTPException

    async def refuses(channel, **options):
        raise error(SimpleNamespace(status=status, reason=""), {"code": code, "message": ""})

    monkeypatch.setattr(Messageable, "send", refuses)
    notifier = Notifier(newsroom.env.bot)

    card = notice_card("told")
    assert await notifier.notify(newsroom.alice.id, None, card, "watch-1") is outcome


async def test_member_who_left_is_told_nothing_and_forgotten(desk):
    async with desk.run() as newsroom:
        await watch(newsroom, here=True)
        newsroom.guild.remove_member(newsroom.alice)
        desk.publish(MARKET, BRIDGE)
        await desk.checked(newsroom.env)

        assert newsroom.channel.last_message is None
        assert posts(newsroom.env) == []
    assert desk.rows() == []


async def test_limit_list_and_stop(desk):
    desk.file.most_per_member = 2
    async with desk.run() as newsroom:
        alice, channel = newsroom.alice, newsroom.channel
        said = []
        for question in (QUESTION, f" {QUESTION.upper()}", "who runs the depot?", "who paid?"):
            result = await alice.slash(channel, "watch", question=question)
            said.append(texts(result.response.message)[0])
        listed = (await alice.slash(channel, "watches")).response.message
        of_bob = (await newsroom.bob.slash(channel, "watches")).response.message
        (stop, _) = buttons(listed)
        stolen = desk.file.stop(int(stop.custom_id.split(":")[1]), newsroom.bob.id)
        stopped = await alice.click(listed, custom_id=stop.custom_id)
        again = await alice.click(listed, custom_id=stop.custom_id)

    assert said[1] == ENGLISH.say("watch-already")
    assert said[3] == ENGLISH.say("watch-too-many", count=2)
    assert texts(listed)[0] == ENGLISH.say("watches-head", count=2, most=2)
    assert [each.split("\n")[0] for each in texts(listed)[1:]] == [
        "**when does the Arpa bridge reopen?**",
        "**who runs the depot?**",
    ]
    assert texts(of_bob) == [ENGLISH.say("watches-none")]
    assert stolen is None
    assert texts(stopped.response.message) == [ENGLISH.say("watch-stopped")]
    assert texts(again.response.message) == [ENGLISH.say("watch-is-over")]
    assert [each.question for each in desk.file.of_member(alice.id)] == ["who runs the depot?"]


async def test_edition_that_comes_during_the_check_of_another_is_checked_too(desk, monkeypatch):
    original, calls = Coverage.answer, []

    def publishes_meanwhile(coverage, question, **options):
        calls.append(coverage.snapshot_id)
        if len(calls) == 1:
            desk.publish(MARKET, TRAM, BRIDGE)
            time.sleep(0.5)  # so that it is in use before this one is answered
        return original(coverage, question, **options)

    async with desk.run() as newsroom:
        await watch(newsroom)
        await newsroom.alice.slash(newsroom.channel, "watch", question="who runs the depot?")
        monkeypatch.setattr(Coverage, "answer", publishes_meanwhile)
        desk.publish(MARKET, TRAM)
        await desk.checked(newsroom.env)

        assert [quotes(each)[0] for each in told(newsroom.alice)] == [BRIDGE[1]]
    (left,) = desk.file.of_member(newsroom.alice.id)
    assert left.checked == current_snapshot_id(desk.index_dir)


async def test_question_that_is_answered_already_is_shown_and_not_watched(desk):
    desk.publish(MARKET, BRIDGE)
    async with desk.run() as newsroom:
        card = await watch(newsroom)
        empty = await newsroom.alice.slash(newsroom.channel, "watch", question="?!")

        assert texts(card)[0] == ENGLISH.say("watch-answered-already")
        assert quotes(card)[0] == BRIDGE[1]
        assert texts(empty.response.message) == [ENGLISH.say("watch-no-question")]
    assert desk.file.of_member(newsroom.alice.id) == []


async def test_question_is_kept_in_no_more_files_than_one_and_gone_when_stopped(desk):
    async with desk.run() as newsroom:
        await watch(newsroom)
        stored = desk.file._path.read_bytes()
        desk.file.stop(desk.file.of_member(newsroom.alice.id)[0].id, newsroom.alice.id)

    assert b"Arpa" in stored
    assert b"Arpa" not in desk.file._path.read_bytes()


async def test_what_exceeds_the_budget_waits_for_the_next_edition(desk, caplog):
    async with desk.run(pace=Pace(poll=0.02, budget=0.0, apart=0.0)) as newsroom:
        alice = newsroom.alice
        first = current_snapshot_id(desk.index_dir)
        for place in ("Arpa", "Debed", "Vorotan"):
            desk.file.add(alice.id, None, f"when does the {place} bridge reopen?", "", "en", first)
        desk.publish(MARKET, TRAM)
        await until(lambda: "wait for the next index" in caplog.text)
        second = current_snapshot_id(desk.index_dir)
        await until(lambda: [each.checked for each in desk.file.of_member(alice.id)].count(second))
        due = [each.question for each in desk.file.due(second)]

    assert len(due) == 2
    assert "Arpa" not in "".join(due)


async def test_old_watch_is_deleted_although_no_index_is_built(desk):
    async with desk.run(pace=replace(QUICK, forget=0.0)) as newsroom:
        await watch(newsroom)
        await desk.checked(newsroom.env)
        (kept,) = desk.file.of_member(newsroom.alice.id)
        set_time(desk.file, "asked_at", timedelta(days=91), kept.id)
        await until(lambda: not desk.rows())

        assert desk.file.due("another") == []


class TestFile:
    @pytest.fixture
    def file(self, tmp_path):
        return WatchFile(tmp_path / "watches.db", most_per_member=2)

    @pytest.fixture
    def watch(self, file):
        return file.add(7, ServerChannel(1, 2), "who won?", "the cup", "ru", "s1")

    def test_watch_is_stored_as_it_was_added(self, file, watch):
        assert file.of_member(7) == [watch]
        assert (watch.channel, watch.question, watch.topic) == (
            ServerChannel(1, 2),
            "who won?",
            "the cup",
        )
        assert (watch.language, watch.checked, watch.is_answered) == ("ru", "s1", False)

    def test_same_question_on_another_topic_is_another(self, file, watch):
        assert (
            file.add(7, None, "Who  won?", "The Cup", "en", "s1") is WatchRejection.WATCHED_ALREADY
        )
        assert file.add(7, None, "who won?", "the race", "en", "s1").topic == "the race"
        assert file.add(7, None, "who lost?", "", "en", "s1") is WatchRejection.TOO_MANY
        assert file.add(8, None, "who won?", "the cup", "en", "s1").user_id == 8

    def test_those_that_waited_longest_come_first(self, file, watch):
        other = file.add(8, None, "who lost?", "", "en", "s1")
        set_time(file, "checked_at", timedelta(days=2), watch.id)
        set_time(file, "checked_at", timedelta(days=3), other.id)

        assert [each.id for each in file.due("s2")] == [other.id, watch.id]
        file.set_checked([other.id], "s2")
        assert [each.id for each in file.due("s2")] == [watch.id]

    def test_what_was_being_sent_when_the_bot_died_is_repeated_at_once_or_never(self, file, watch):
        assert file.begin_sending(watch.id)
        assert file.begin_sending(watch.id)
        set_time(file, "sending_at", timedelta(minutes=3), watch.id)

        assert not file.begin_sending(watch.id)
        assert [(each.is_answered, each.channel) for each in file.of_member(7)] == [(True, None)]

    def test_what_certainly_was_not_sent_is_sent_later(self, file, watch):
        file.begin_sending(watch.id)
        set_time(file, "sending_at", timedelta(minutes=3), watch.id)
        file.end_sending(watch.id, is_sent=False)

        assert file.begin_sending(watch.id)

    def test_stopped_watch_is_not_sent(self, file, watch):
        assert file.stop(watch.id, 8) is None
        assert file.stop(watch.id, 7) == watch
        assert not file.begin_sending(watch.id)

    def test_after_90_days_it_is_forgotten(self, file, watch):
        set_time(file, "asked_at", timedelta(days=89), watch.id)
        assert file.delete_old() == 0
        assert file.of_member(7) != []
        set_time(file, "asked_at", timedelta(days=91), watch.id)
        assert file.of_member(7) == file.due("s2") == []
        assert isinstance(file.add(7, None, watch.question, watch.topic, "en", "s1"), Watch)
        assert file.delete_old() == 1
        assert len(file.of_member(7)) == 1


def set_time(file, column, ago, watch_id):
    moment = (datetime.now(UTC) - ago).isoformat(timespec="seconds")
    with sqlite3.connect(file._path) as connection:
        connection.execute(f"UPDATE watches SET {column} = ? WHERE id = ?", (moment, watch_id))  # noqa: S608


async def test_watches_that_are_off_leave_no_trace(newsroom):
    card = (await newsroom.ask("who won the football world cup?")).response.message

    assert [each.label for each in buttons(card) if "🔔" in each.label] == []
    commands = newsroom.env.bot.tree.get_commands()
    assert not {"watch", "watches"} & {each.name for each in commands}


@pytest.mark.shared(SPECIFICATION.name)
async def test_everything_that_is_sent_is_as_described(desk):
    async with desk.run() as newsroom:
        alice, bob, channel = newsroom.alice, newsroom.bob, newsroom.channel
        _, confirmation = await click_bell(newsroom)
        await watch(newsroom, by=bob, here=True)
        listed = (await alice.slash(channel, "watches")).response.message
        other = await alice.slash(channel, "watch", question="who runs the depot?")
        await alice.click(other.response.message, label="Stop")
        await alice.slash(channel, "coverage")
        desk.publish(MARKET, BRIDGE)
        await desk.checked(newsroom.env)

        assert len(posts(newsroom.env)) == 2
        found = problems(newsroom.env.http_requests)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert "/users/@me/channels" in {path for _, path in found}
    assert (
        {each.label for each in buttons(confirmation)}
        > {"Stop"}
        == {each.label for each in buttons(listed)}
    )
