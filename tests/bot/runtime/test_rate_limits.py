"""A member and a server may ask so often a minute; one too many is told privately, once."""

import pytest

from bot.client import OnRecordBot
from bot.runtime.rate_limits import Asker, Limits
from index.coverage import Coverage
from index.snapshot.snapshot import open_snapshot
from tests.bot.reading import ENGLISH, RUSSIAN, buttons, texts

NOMINATED = "who was nominated CSTO secretary general?"
ALICE, BOB = Asker(1, 10), Asker(2, 10)


class Clock:
    """Time that passes when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def simcord_bot(sample_index, encoder, clock):
    coverage = Coverage(open_snapshot(sample_index), encoder)
    return OnRecordBot(coverage, limits=Limits(2, 3, clock))


class TestCounting:
    def test_member_waits_until_a_minute_after_the_first_question(self, clock):
        limits = Limits(2, 100, clock)
        assert limits.count(ALICE) is None
        clock.now += 10
        assert limits.count(ALICE) is None

        clock.now += 0.5
        assert limits.count(ALICE).seconds == 50
        assert limits.count(BOB) is None

        clock.now += 50
        assert limits.count(ALICE) is None

    def test_member_is_the_same_in_every_server_and_in_direct_messages(self, clock):
        limits = Limits(1, 100, clock)

        assert limits.count(Asker(1, 10)) is None
        assert limits.count(Asker(1, 11)) is not None
        assert limits.count(Asker(1, None)) is not None

    def test_server_has_a_ceiling_of_its_own(self, clock):
        limits = Limits(100, 2, clock)
        limits.count(ALICE)
        limits.count(BOB)

        assert limits.count(Asker(3, 10)).is_of_server
        assert limits.count(Asker(3, 11)) is None

    def test_question_that_the_server_refuses_does_not_count_for_the_member(self, clock):
        limits = Limits(1, 1, clock)
        limits.count(BOB)
        assert limits.count(ALICE).is_of_server

        assert limits.count(Asker(ALICE.user_id, 11)) is None

    def test_each_cooldown_is_told_once(self, clock):
        limits = Limits(1, 100, clock)
        limits.count(ALICE)
        assert [limits.count(ALICE).already_notified for _ in range(3)] == [False, True, True]

        clock.now += 61
        limits.count(ALICE)
        assert not limits.count(ALICE).already_notified

    def test_what_is_over_is_forgotten(self, clock):
        limits = Limits(1, 1, clock)
        for user_id in range(1000):
            limits.count(Asker(user_id, user_id))
            limits.count(Asker(user_id, user_id))
        clock.now += 61

        limits.count(Asker(1, 1))
        limits.count(Asker(1, 1))

        for each in (limits._members, limits._servers):
            assert len(each._buckets._cache) == 1
            assert len(each._notified_until) <= 1


async def test_command_too_many_is_declined_privately_with_the_seconds_left(newsroom, clock):
    for _ in range(2):
        assert not (await newsroom.ask(NOMINATED)).ephemeral
    clock.now += 18

    result = await newsroom.ask(NOMINATED)

    assert result.ephemeral
    assert not result.deferred
    assert texts(result.response.message) == [ENGLISH.say("notice-wait", seconds=42)]
    assert not (await newsroom.ask(NOMINATED, newsroom.bob)).ephemeral


async def test_reader_is_told_in_the_own_language(newsroom, ivan):
    for _ in range(2):
        await newsroom.ask(NOMINATED, ivan)

    result = await newsroom.ask(NOMINATED, ivan)

    assert texts(result.response.message) == [RUSSIAN.say("notice-wait", seconds=60)]


async def test_server_at_its_ceiling_is_told_privately(newsroom):
    for asker in (newsroom.alice, newsroom.alice, newsroom.bob):
        await newsroom.ask(NOMINATED, asker)

    result = await newsroom.ask(NOMINATED, newsroom.bob)

    assert result.ephemeral
    assert texts(result.response.message) == [ENGLISH.say("notice-wait-server", seconds=60)]


async def test_mentions_too_many_get_one_reply_and_then_none(newsroom):
    for _ in range(6):
        await newsroom.alice.send(newsroom.channel, f"{newsroom.env.bot.user.mention} {NOMINATED}")

    said = [texts(each) for each in newsroom.channel.history() if each.author.bot]
    assert len(said) == 3
    assert said[-1] == [ENGLISH.say("notice-wait", seconds=60)]


async def test_more_quotes_count_and_are_declined_privately(newsroom):
    card = (await newsroom.ask(NOMINATED)).response.message
    await newsroom.alice.click(card, label="More quotes")

    result = await newsroom.alice.click(card, label="More quotes")

    assert result.ephemeral
    assert texts(result.response.message) == [ENGLISH.say("notice-wait", seconds=60)]


async def test_other_buttons_do_not_count(newsroom):
    card = (await newsroom.ask(NOMINATED)).response.message
    for _ in range(4):
        result = await newsroom.alice.click(card, custom_id=buttons(card)[0].custom_id)
        assert "CSTO" in texts(result.response.message)[0]

    assert not (await newsroom.ask(NOMINATED)).ephemeral


@pytest.mark.parametrize("said", ["", "why? " * 120])
async def test_what_is_no_question_floods_no_channel_and_does_not_count(newsroom, said):
    for _ in range(6):
        await newsroom.alice.send(newsroom.channel, f"{newsroom.env.bot.user.mention} {said}")
    notices = [texts(each) for each in newsroom.channel.history() if each.author.bot]

    assert len(notices) == 2
    assert ENGLISH.say("notice-wait", seconds=60) not in notices
    assert not (await newsroom.ask(NOMINATED)).ephemeral


async def test_question_that_is_too_long_does_not_count(newsroom):
    for _ in range(3):
        result = await newsroom.ask("why? " * 120)
        assert "please ask in 500 or fewer" in texts(result.response.message)[0]

    assert not (await newsroom.ask(NOMINATED)).ephemeral


def test_limits_are_off_where_none_are_given(open_bot, sample_index):
    """The preview and tests ask as often as they like; `main` always gives limits."""
    answering = open_bot(sample_index).answering

    assert all(answering.admit(NOMINATED, ENGLISH, ALICE) is None for _ in range(500))
