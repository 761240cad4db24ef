"""Every way to ask, as readers do it."""

import asyncio
import logging
import threading
from dataclasses import replace

import aiohttp
import pytest
import simcord
from discord import ui

from bot.features.answering import Answering
from bot.runtime.coverage_pool import CoveragePool
from bot.runtime.delivery import Delivery, Reader
from index.coverage import Coverage
from index.models import Status
from index.search.follow_up import ConversationQuestion
from index.snapshot.snapshot import open_snapshot
from tests.bot.conftest import Newsroom
from tests.bot.reading import ENGLISH, buttons, payload_of, quotes, shown, texts

NOMINATED = "who was nominated CSTO secretary general?"
SENTENCE = "Imangali Tasmagambetov was nominated as the next CSTO secretary general"
UNRELATED = "who won the football world cup?"


async def test_slash_command_answers_with_a_quote_and_its_citation(newsroom):
    result = await newsroom.ask(NOMINATED)

    card = result.response.message
    assert result.acknowledged
    assert not result.ephemeral
    assert card.flags.components_v2
    assert texts(card)[0] == f"**Q:** {NOMINATED}"
    assert SENTENCE in quotes(card)[0]
    assert "Sample Courier · 25 November 2022 · ¶" in texts(card)[2]
    assert "https://example.org/courier/2022/11/tasmagambetov-profile#:~:text=" in texts(card)[2]
    assert [button.label for button in buttons(card)] == [
        "Context",
        "Context",
        "Context",
        "Check again",
        "More quotes",
        "Dismiss",
    ]


async def test_question_outside_the_coverage_is_refused_with_the_closest_coverage(newsroom):
    card = (await newsroom.ask(UNRELATED)).response.message

    assert texts(card)[1:3] == [ENGLISH.say("answer-refused"), ENGLISH.say("answer-closest")]
    assert "More quotes" not in [button.label for button in buttons(card)]


async def test_mention_is_answered_as_a_reply(newsroom):
    asked = await newsroom.alice.send(
        newsroom.channel, f"{newsroom.env.bot.user.mention} {NOMINATED}"
    )

    card = newsroom.channel.last_message
    assert card.reference.message_id == asked.id
    assert texts(card)[0] == f"**Q:** {NOMINATED}"
    assert SENTENCE in quotes(card)[0]


async def test_reply_to_the_bot_is_answered(newsroom):
    await newsroom.alice.send(newsroom.channel, f"{newsroom.env.bot.user.mention} {UNRELATED}")
    first = newsroom.channel.last_message

    await newsroom.alice.send(newsroom.channel, NOMINATED, reply_to=first)

    card = newsroom.channel.last_message
    assert texts(card)[0] == f"**Q:** {NOMINATED}"
    assert SENTENCE in quotes(card)[0]


async def test_reply_to_a_slash_answer_which_discord_does_not_let_bots_read_says_so(newsroom):
    first = (await newsroom.ask(UNRELATED)).response.message

    await newsroom.alice.send(newsroom.channel, NOMINATED, reply_to=first)

    mention = newsroom.env.bot.user.mention
    assert texts(newsroom.channel.last_message) == [
        ENGLISH.say("notice-unreadable", mention=mention)
    ]


async def test_reply_that_mentions_the_bot_is_answered(newsroom):
    first = (await newsroom.ask(UNRELATED)).response.message

    question = f"{newsroom.env.bot.user.mention} {NOMINATED}"
    await newsroom.alice.send(newsroom.channel, question, reply_to=first)

    assert SENTENCE in quotes(newsroom.channel.last_message)[0]


async def test_direct_message_is_answered(newsroom):
    await newsroom.alice.send_dm(NOMINATED)

    assert SENTENCE in quotes(newsroom.alice.user.dm_channel.last_message)[0]


async def test_slash_command_works_in_a_direct_message(newsroom):
    await newsroom.alice.send_dm(UNRELATED)

    result = await newsroom.alice.user.slash("ask", question=NOMINATED)

    assert SENTENCE in quotes(result.response.message)[0]


async def test_command_is_registered_for_servers_and_users_everywhere(newsroom):
    assert payload_of(newsroom.env, "PUT", "/commands")[0]["name"] == "ask"
    assert payload_of(newsroom.env, "PUT", "/commands")[0]["integration_types"] == [0, 1]
    assert payload_of(newsroom.env, "PUT", "/commands")[0]["contexts"] == [0, 1, 2]


async def test_mention_without_a_question_gets_one_line_on_how_to_ask(newsroom):
    await newsroom.alice.send(newsroom.channel, newsroom.env.bot.user.mention)

    (line,) = texts(newsroom.channel.last_message)
    assert line.startswith("Ask me a question about the coverage")


@pytest.mark.parametrize("content", ["hello all", "@everyone who leads?", "@here who?"])
async def test_messages_for_others_are_left_alone(newsroom, content):
    sent = await newsroom.alice.send(newsroom.channel, content)

    assert newsroom.channel.last_message.id == sent.id


async def test_other_bots_are_ignored(newsroom):
    other = newsroom.guild.add_member(newsroom.env.create_user("other", bot=True))

    sent = await other.send(newsroom.channel, f"{newsroom.env.bot.user.mention} {NOMINATED}")

    assert newsroom.channel.last_message.id == sent.id


async def test_nothing_the_bot_sends_may_ping(newsroom):
    await newsroom.ask(NOMINATED)
    await newsroom.alice.send(newsroom.channel, f"{newsroom.env.bot.user.mention} {NOMINATED}")

    sent = [
        request.json
        for request in newsroom.env.http_requests
        if isinstance(request.json, dict) and "components" in request.json
    ]
    assert len(sent) == 2
    assert [each["allowed_mentions"]["parse"] for each in sent] == [[], []]
    assert not any(each["allowed_mentions"].get("replied_user") for each in sent)


async def test_question_of_6000_characters_is_declined_privately(newsroom):
    result = await newsroom.ask("why? " * 1200)

    assert result.ephemeral
    assert texts(result.response.message) == [
        "That question has 6,000 characters; please ask in 500 or fewer."
    ]


async def test_question_of_500_characters_is_answered(newsroom):
    question = (NOMINATED + " ") * 12

    card = (await newsroom.ask(question[:500])).response.message

    assert SENTENCE in quotes(card)[0]


async def test_questions_never_reach_the_log(newsroom, caplog):
    with caplog.at_level(logging.DEBUG, logger="bot"):
        await newsroom.ask("who was nominated zanzibar?")
        newsroom.env.inject_error("PATCH", "/webhooks/*/messages/@original")
        await newsroom.ask("who was nominated zanzibar?")

    assert "answering failed" in caplog.text
    assert "zanzibar" not in caplog.text


async def test_failure_while_answering_is_told_with_a_log_id(newsroom, caplog):
    newsroom.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=500)

    card = (await newsroom.ask(NOMINATED)).response.message

    (sentence,) = texts(card)
    log_id = next(word for word in caplog.text.split() if word.startswith("[")).strip("[]")
    assert sentence == ENGLISH.say("notice-failed", log_id=log_id)
    assert "Internal Server Error" not in sentence


async def test_failure_while_replying_to_a_mention_is_told(newsroom):
    newsroom.env.inject_error("POST", "/channels/*/messages", status=500)

    await newsroom.alice.send(newsroom.channel, f"{newsroom.env.bot.user.mention} {NOMINATED}")

    (sentence,) = texts(newsroom.channel.last_message)
    assert sentence.startswith("Something went wrong here")


async def test_discord_that_stays_broken_costs_one_answer_and_not_the_bot(newsroom):
    newsroom.env.inject_error("PATCH", "/webhooks/*/messages/@original", times=2)
    await newsroom.ask(NOMINATED)

    card = (await newsroom.ask(NOMINATED)).response.message

    assert SENTENCE in quotes(card)[0]


async def test_command_that_cannot_be_acknowledged_is_logged(newsroom, caplog):
    newsroom.env.inject_error("POST", "/interactions/*/callback", times=2)

    await newsroom.ask(NOMINATED)

    assert "could not acknowledge" in caplog.text
    assert newsroom.env.errors == []


async def test_cut_connection_is_apologised_for(sample_index, encoder, caplog):
    answering = Answering(CoveragePool(_open(sample_index, encoder)), Delivery())
    sent = []

    async def send(view: ui.LayoutView) -> None:
        sent.append(view)
        if len(sent) == 1:
            raise aiohttp.ServerDisconnectedError

    await answering.answer(ConversationQuestion(NOMINATED), Reader(1, ENGLISH, send))

    assert shown(sent[1])[0].startswith("Something went wrong here")


async def test_altered_quote_is_dropped_and_logged(newsroom, monkeypatch, caplog):
    found = quotes((await newsroom.ask(NOMINATED)).response.message)
    original = Coverage.articles

    def altered(self, keys):
        return {
            key: replace(article, text=article.text.replace(SENTENCE, SENTENCE.upper()))
            for key, article in original(self, keys).items()
        }

    monkeypatch.setattr(Coverage, "articles", altered)

    card = (await newsroom.ask(NOMINATED)).response.message

    assert quotes(card) == [text for text in found if SENTENCE not in text]
    assert len(quotes(card)) == 2
    assert "dropped 1 quote(s)" in caplog.text


async def test_empty_coverage_says_so(build_index, open_bot):
    async with simcord.run(open_bot(build_index())) as env:
        card = (await Newsroom(env).ask(NOMINATED)).response.message

    assert texts(card)[1] == ENGLISH.say("answer-no-coverage")


async def test_full_queue_says_busy_at_once(newsroom, monkeypatch):
    monkeypatch.setattr(CoveragePool, "is_full", True)

    result = await newsroom.ask(NOMINATED)

    assert result.ephemeral
    assert texts(result.response.message) == [ENGLISH.say("notice-busy")]


async def test_event_loop_stays_free_while_an_answer_is_looked_for(newsroom, monkeypatch):
    threads = []
    original = Coverage.answer

    def watched(self, *args, **kwargs):
        threads.append(threading.current_thread().name)
        return original(self, *args, **kwargs)

    monkeypatch.setattr(Coverage, "answer", watched)

    await newsroom.ask(NOMINATED)

    assert threads == ["coverage_0"]


async def test_answer_in_flight_is_apologised_for_at_shutdown(newsroom, monkeypatch):
    release = _hold_answers(monkeypatch)
    asking = asyncio.create_task(newsroom.ask(NOMINATED))
    await asyncio.sleep(0.2)
    bot = newsroom.env.bot

    await bot._delivery.finish(0.1)
    release.set()
    card = (await asking).response.message

    assert texts(card) == [ENGLISH.say("notice-stopping")]


async def test_answer_that_finishes_in_time_is_sent_at_shutdown(newsroom, monkeypatch):
    release = _hold_answers(monkeypatch)
    asking = asyncio.create_task(newsroom.ask(NOMINATED))
    await asyncio.sleep(0.2)
    finishing = asyncio.create_task(newsroom.env.bot._delivery.finish(10))
    release.set()
    await finishing

    assert SENTENCE in quotes((await asking).response.message)[0]


async def test_apology_that_hangs_does_not_hold_up_the_stop(sample_index, encoder, monkeypatch):
    release = _hold_answers(monkeypatch)
    pool = CoveragePool(_open(sample_index, encoder))
    delivery = Delivery(seconds_to_apologise=0.1)
    answering = Answering(pool, delivery)

    async def send(_view: ui.LayoutView) -> None:
        await asyncio.sleep(60)

    asking = asyncio.create_task(
        answering.answer(ConversationQuestion(NOMINATED), Reader(1, ENGLISH, send))
    )
    await asyncio.sleep(0.1)
    async with asyncio.timeout(5):
        await delivery.finish(0.1)

    assert not asking.done()
    release.set()
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    pool.close()


async def test_status_of_a_refusal_is_a_value(sample_index, encoder):
    coverage = _open(sample_index, encoder)

    assert coverage.answer(UNRELATED).status is Status.NOT_ANSWERED
    assert coverage.answer("   ").status is Status.NO_MATCH


def test_no_privileged_intent_is_asked_for(open_bot, sample_index):
    intents = open_bot(sample_index).intents

    assert not intents.message_content
    assert not intents.members
    assert not intents.presences


def _hold_answers(monkeypatch) -> threading.Event:
    """Let no answer be found until the event is set."""
    release = threading.Event()
    original = Coverage.answer

    def held(self, *args, **kwargs):
        release.wait(10)
        return original(self, *args, **kwargs)

    monkeypatch.setattr(Coverage, "answer", held)
    return release


def _open(index_dir, encoder) -> Coverage:
    return Coverage(open_snapshot(index_dir), encoder)
