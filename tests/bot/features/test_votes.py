"""Votes are kept with question and quotes, once a reader and card, and without a name."""

import json
import re
import sqlite3

import pytest
import simcord

from bot.client import OnRecordBot
from index.coverage import Coverage
from index.feedback import Feedback
from index.snapshot.snapshot import open_snapshot
from tests.bot.conftest import Newsroom
from tests.bot.reading import ENGLISH, buttons, texts
from tests.bot.reading import quotes as quotes_of_card

NOMINATED = "who was nominated CSTO secretary general?"


@pytest.fixture
def voting_bot(sample_index, encoder, tmp_path):
    return OnRecordBot(
        Coverage(open_snapshot(sample_index), encoder), Feedback(tmp_path / "votes.db")
    )


def rows(tmp_path) -> list[tuple]:
    connection = sqlite3.connect(tmp_path / "votes.db")
    found = connection.execute("SELECT question, quotes, vote, voter FROM votes").fetchall()
    connection.close()
    return found


async def test_vote_is_kept_with_question_and_quotes_and_no_name(voting_bot, tmp_path):
    async with simcord.run(voting_bot) as env:
        newsroom = Newsroom(env)
        card = (await newsroom.ask(NOMINATED)).response.message
        result = await newsroom.bob.click(card, label="👎")

        quotes_shown = quotes_of_card(card)

    ((question, quotes, vote, voter),) = rows(tmp_path)
    assert texts(result.response.message) == [ENGLISH.say("notice-thanks")]
    assert result.ephemeral
    assert (question, vote) == (NOMINATED, -1)
    shown = [each.rpartition("\n") for each in json.loads(quotes)]
    assert [quote for quote, _, _ in shown] == quotes_shown
    assert all(re.match(r"\[\d\] \[.+\]\(https://example.org/.+¶ \d", cited) for *_, cited in shown)
    assert str(newsroom.bob.id) not in voter


async def test_second_vote_of_a_reader_replaces_the_first(voting_bot, tmp_path):
    async with simcord.run(voting_bot) as env:
        newsroom = Newsroom(env)
        card = (await newsroom.ask(NOMINATED)).response.message
        for reader, label in ((newsroom.bob, "👎"), (newsroom.bob, "👍"), (newsroom.alice, "👍")):
            await reader.click(card, label=label)

    assert [vote for _, _, vote, _ in rows(tmp_path)] == [1, 1]


async def test_vote_that_cannot_be_kept_is_told(voting_bot, tmp_path):
    (tmp_path / "votes.db").mkdir()
    async with simcord.run(voting_bot) as env:
        newsroom = Newsroom(env)
        card = (await newsroom.ask(NOMINATED)).response.message
        result = await newsroom.bob.click(card, label="👍")

    assert texts(result.response.message)[0].startswith("Something went wrong here")


async def test_votes_can_be_off(newsroom):
    card = (await newsroom.ask(NOMINATED)).response.message

    assert not {"👍", "👎"} & {button.label for button in buttons(card)}
