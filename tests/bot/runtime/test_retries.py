"""A connection to Discord that is cut or silent loses no question, no answer and no click."""

import asyncio

import aiohttp
import pytest

from bot.cards.custom_ids import DismissId
from bot.runtime.retries import retry_if_cut
from tests.bot import stand_in
from tests.bot.editions import until
from tests.bot.reading import ENGLISH

NOMINATED = "who was nominated CSTO secretary general?"
SENTENCE = "Imangali Tasmagambetov was nominated as the next CSTO secretary general"
CALLBACK = ("POST", "/callback")
EDIT = ("PATCH", "/messages/@original")
DELETION = ("DELETE", "/messages/@original")
MESSAGE = ("POST", "/messages")
LOSSES = pytest.mark.parametrize(
    "loss", [{}, {"arrives": True}], ids=["request lost", "response lost"]
)


@pytest.fixture
def bot(open_bot, sample_index):
    return open_bot(sample_index)


@pytest.fixture
async def discord(bot, monkeypatch):
    async with stand_in.logged_in(bot, monkeypatch) as running:
        yield running


def texts(payload) -> list[str]:
    """All text of a message's components."""
    found = [payload["content"]] if payload.get("type") == 10 else []
    for each in payload.get("components", []):
        found += texts(each)
    return found


class TestDeferral:
    @pytest.mark.parametrize(
        "loss",
        [{}, {"arrives": True}, {"hangs": True}, {"arrives": True, "hangs": True}],
        ids=["request lost", "response lost", "no response", "late response"],
    )
    async def test_question_is_answered_though_its_deferral_is_lost(self, bot, discord, loss):
        discord.lose(*CALLBACK, **loss)

        stand_in.slash(bot, "ask", question=NOMINATED)
        await until(lambda: discord.edits)

        assert [method for method, _ in discord.requests] == ["POST", "POST", "PATCH"]
        assert [each["type"] for each in discord.acknowledged.values()] == [5]
        assert SENTENCE in "".join(texts(discord.edits[-1]))

    async def test_interaction_that_another_process_acknowledged_is_left_to_it(
        self, bot, discord, caplog
    ):
        discord.acknowledged[stand_in.INTERACTION] = {}

        stand_in.slash(bot, "ask", question=NOMINATED)
        await until(lambda: "could not acknowledge a command or a click" in caplog.text)

        assert [method for method, _ in discord.requests] == ["POST"]

    async def test_lost_notice_is_sent_again(self, bot, discord):
        discord.lose(*CALLBACK)

        stand_in.slash(bot, "ask", question="why? " * 200)
        await until(lambda: discord.acknowledged)

        (sent,) = discord.acknowledged.values()
        assert "please ask in 500 or fewer" in "".join(texts(sent["data"]))


class TestEdit:
    @LOSSES
    @pytest.mark.parametrize("times", [1, 3])
    async def test_answer_arrives_though_its_edit_is_lost(self, bot, discord, loss, times, caplog):
        for _ in range(times):
            discord.lose(*EDIT, **loss)

        stand_in.slash(bot, "ask", question=NOMINATED)
        await until(lambda: len(discord.requests) == times + 2)
        await until(lambda: discord.edits)

        assert SENTENCE in "".join(texts(discord.edits[-1]))
        assert "answering failed" not in caplog.text

    async def test_picture_is_sent_whole_again(self, bot, discord):
        discord.lose(*EDIT, arrives=True)

        stand_in.slash(bot, "coverage")
        await until(lambda: len(discord.pictures) == 2)

        first, second = discord.pictures
        assert first.startswith(b"\x89PNG")
        assert first == second


class TestClicks:
    @LOSSES
    async def test_dismissed_card_goes_though_its_deletion_is_lost(
        self, bot, discord, loss, caplog
    ):
        discord.lose(*CALLBACK, **loss)
        discord.lose(*DELETION, **loss)

        stand_in.click(bot, DismissId(int(stand_in.READER["id"])).custom_id)
        await until(lambda: [method for method, _ in discord.requests].count("DELETE") == 2)

        assert len(discord.deleted) == 1
        assert "could not dismiss a card" not in caplog.text


class TestMessages:
    @LOSSES
    async def test_reply_is_posted_once_though_it_is_lost(self, bot, discord, loss):
        discord.lose(*MESSAGE, **loss)

        stand_in.send_message(bot, NOMINATED)
        await until(lambda: [path[-9:] for _, path in discord.requests].count("/messages") == 2)

        (sent,) = discord.messages.values()
        assert SENTENCE in "".join(texts(sent))


class TestRetrying:
    async def test_what_fails_until_the_end_raises_what_the_last_try_raised(self):
        tries = []

        async def send():
            tries.append(len(tries))
            raise aiohttp.ServerDisconnectedError(f"try {len(tries)}")

        with pytest.raises(aiohttp.ServerDisconnectedError) as raised:
            await retry_if_cut(send, seconds=0.5, seconds_per_try=0.1)

        assert len(tries) == 3, "after pauses of 0.1 and 0.2 s there is no time for 0.4 s"
        assert raised.value.message == "try 3"

    async def test_silence_ends_a_try(self):
        tries = []

        async def send():
            tries.append(len(tries))
            if len(tries) == 1:
                await asyncio.sleep(60)
            return "arrived"

        assert await retry_if_cut(send, seconds=5, seconds_per_try=0.05) == "arrived"
        assert len(tries) == 2

    async def test_what_is_no_connections_fault_is_raised_at_once(self):
        tries = []

        async def send():
            tries.append(len(tries))
            raise ValueError(ENGLISH.say("notice-busy"))

        with pytest.raises(ValueError, match="Too many questions"):
            await retry_if_cut(send, seconds=5, seconds_per_try=1)

        assert len(tries) == 1

    async def test_cancelling_ends_the_tries(self):
        async def send():
            raise OSError("connection reset")

        task = asyncio.create_task(retry_if_cut(send, seconds=60, seconds_per_try=1))
        await asyncio.sleep(0.2)
        task.cancel()

        with pytest.raises(asyncio.CancelledError):
            await task
