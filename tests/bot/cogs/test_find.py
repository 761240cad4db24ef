"""*Find in coverage*, chosen in a message's menu."""

import discord
import pytest

from bot.cards.state import asked_of
from bot.runtime.coverage_pool import CoveragePool
from index.search.follow_up import ConversationQuestion
from tests.bot.reading import ENGLISH, RUSSIAN, buttons, payload_of, quotes, texts

CLAIM = "Imangali Tasmagambetov was nominated as CSTO secretary general."
SENTENCE = "Imangali Tasmagambetov was nominated as the next CSTO secretary general"
UNRELATED = "Argentina won the football world cup."

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def newsroom(shared_newsroom):
    return shared_newsroom


async def find(newsroom, message, by=None):
    return await (by or newsroom.bob).context_menu(newsroom.channel, "Find in coverage", message)


async def test_what_the_coverage_says_is_shown_to_the_one_who_chose_it(newsroom):
    message = await newsroom.alice.send(newsroom.channel, f"Look!! **{CLAIM}** https://a.example/")

    result = await find(newsroom, message)

    card = result.response.message
    assert result.ephemeral
    assert texts(card)[0] == f"**Q:** {CLAIM}".replace(".", "\\.")
    assert SENTENCE in quotes(card)[0]
    assert newsroom.channel.last_message.id != card.id or card.flags.ephemeral


async def test_what_was_found_can_be_shared_after_a_restart(newsroom, open_bot, sample_index):
    message = await newsroom.alice.send(newsroom.channel, CLAIM)
    card = (await find(newsroom, message)).response.message
    await newsroom.env.restart_bot(open_bot(sample_index))

    (shared,) = (await newsroom.bob.click(card, label="Share")).followups

    assert not shared.ephemeral
    assert quotes(shared.message) == quotes(card)


async def test_silent_coverage_is_said_to_be_silent(newsroom):
    message = await newsroom.alice.send(newsroom.channel, UNRELATED)

    card = (await find(newsroom, message)).response.message

    assert ENGLISH.say("answer-refused") in texts(card)


async def test_message_without_text_is_told(newsroom):
    message = await newsroom.alice.send(
        newsroom.channel, attachments=[("picture.png", b"not really")]
    )

    result = await find(newsroom, message)

    assert result.ephemeral
    assert texts(result.response.message) == [ENGLISH.say("notice-no-claim")]


async def test_preview_of_a_link_is_a_claim_where_nothing_else_is(newsroom, monkeypatch):
    original = discord.Message.__init__

    def with_preview(self, **given):
        embed = {"type": "article", "title": CLAIM, "description": "Read more."}
        original(self, **(given | {"data": given["data"] | {"embeds": [embed]}}))

    message = await newsroom.alice.send(newsroom.channel, "https://news.example/story")
    monkeypatch.setattr(discord.Message, "__init__", with_preview)

    card = (await find(newsroom, message)).response.message

    assert SENTENCE in quotes(card)[0]


async def test_answer_of_the_bot_is_asked_again(newsroom):
    first = (await newsroom.ask("who was nominated CSTO secretary general?")).response.message
    question = f"{newsroom.env.bot.user.mention} and when?"
    await newsroom.alice.send(newsroom.channel, question, reply_to=first)
    answered = newsroom.channel.last_message

    card = (await find(newsroom, answered)).response.message

    assert asked_of(card) == ConversationQuestion(
        "and when?", "who was nominated CSTO secretary general?"
    )
    assert quotes(card) == quotes(answered)


async def test_notice_of_the_bot_has_nothing_to_find(newsroom):
    await newsroom.alice.send(newsroom.channel, newsroom.env.bot.user.mention)

    result = await find(newsroom, newsroom.channel.last_message)

    assert texts(result.response.message) == [ENGLISH.say("notice-no-claim")]


async def test_forwarded_message_is_read(newsroom):
    message = await newsroom.alice.send(newsroom.channel, CLAIM)
    forwarded = await newsroom.bob.forward(message, newsroom.channel)

    card = (await find(newsroom, forwarded)).response.message

    assert SENTENCE in quotes(card)[0]


async def test_message_as_long_as_discord_allows_is_read(newsroom):
    message = await newsroom.alice.send(newsroom.channel, ("Well. " * 320) + CLAIM)

    card = (await find(newsroom, message)).response.message

    assert SENTENCE in quotes(card)[0]


async def test_russian_reader_is_told_in_russian(newsroom, ivan):
    message = await newsroom.alice.send(newsroom.channel, "😀")

    result = await find(newsroom, message, by=ivan)

    assert texts(result.response.message) == [RUSSIAN.say("notice-no-claim")]


async def test_menu_is_named_in_both_languages_and_is_there_for_servers_and_users(newsroom):
    commands = payload_of(newsroom.env, "PUT", "/commands")

    (menu,) = [each for each in commands if each["type"] == 3]
    assert menu["name"] == "Find in coverage"
    assert menu["name_localizations"] == {"ru": "Найти в публикациях"}
    assert menu["integration_types"] == [0, 1]
    assert menu["contexts"] == [0, 1, 2]


async def test_full_queue_is_told_at_once(newsroom, monkeypatch):
    message = await newsroom.alice.send(newsroom.channel, CLAIM)
    monkeypatch.setattr(CoveragePool, "is_full", True)

    result = await find(newsroom, message)

    assert texts(result.response.message) == [ENGLISH.say("notice-busy")]


async def test_failure_is_told_without_the_claim_in_the_log(newsroom, caplog):
    message = await newsroom.alice.send(newsroom.channel, "Zanzibar was nominated")
    newsroom.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=404, code=10008)

    (sentence,) = texts((await find(newsroom, message)).response.message)

    assert sentence.startswith("Something went wrong here")
    assert "answering failed" in caplog.text
    assert "Zanzibar" not in caplog.text


@pytest.mark.parametrize("content", [CLAIM, "😀"])
async def test_menu_that_cannot_be_acknowledged_is_logged(newsroom, caplog, content):
    message = await newsroom.alice.send(newsroom.channel, content)
    newsroom.env.inject_error("POST", "/interactions/*/callback", times=2)

    await find(newsroom, message)

    assert "could not" in caplog.text
    assert newsroom.env.errors == []


async def test_choosing_it_twice_answers_twice(newsroom):
    message = await newsroom.alice.send(newsroom.channel, CLAIM)

    cards = [(await find(newsroom, message)).response.message for _ in range(2)]

    assert quotes(cards[0]) == quotes(cards[1])
    assert all(buttons(card) for card in cards)
