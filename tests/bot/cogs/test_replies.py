"""Replies to an answer: understood with the question that it answers, which its card holds."""

import discord
import pytest
import pytest_asyncio
from simcord.backend import serializers

from bot.cards.state import asked_of
from index.search.follow_up import ConversationQuestion
from tests.bot.reading import ENGLISH, buttons, quotes, texts

NOMINATED = "who was nominated CSTO secretary general?"
UNRELATED = "who won the football world cup?"
SENTENCE = "Imangali Tasmagambetov was nominated as the next CSTO secretary general"


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def newsroom(shared_newsroom):
    return shared_newsroom


@pytest_asyncio.fixture(loop_scope="module")
async def answered(newsroom):
    return await mention(newsroom, NOMINATED)


async def mention(newsroom, question, **options):
    await newsroom.alice.send(
        newsroom.channel, f"{newsroom.env.bot.user.mention} {question}", **options
    )
    return newsroom.channel.last_message


async def reply(newsroom, card, question):
    await newsroom.bob.send(newsroom.channel, question, reply_to=card)
    return newsroom.channel.last_message


async def test_follow_up_is_understood_and_the_card_says_how(newsroom, answered):
    card = await reply(newsroom, answered, "what posts did he hold?")

    assert texts(card)[:2] == ["**Q:** what posts did he hold?", f"-# On: {NOMINATED}"]
    assert SENTENCE in quotes(card)[0]
    alone = await mention(newsroom, "what posts did he hold?")
    assert ENGLISH.say("answer-refused") in texts(alone)


async def test_complete_question_is_answered_as_if_it_had_been_asked_alone(newsroom, answered):
    alone = await mention(newsroom, UNRELATED)

    card = await reply(newsroom, answered, UNRELATED)

    assert texts(card) == texts(alone)


async def test_chain_goes_on_after_a_restart(newsroom, answered, open_bot, sample_index):
    second = await reply(newsroom, answered, "what posts did he hold?")
    await newsroom.env.restart_bot(open_bot(sample_index))

    third = await reply(newsroom, second, "and when?")
    fourth = await reply(newsroom, third, "and where?")

    topic = f"{NOMINATED} what posts did he hold?"
    assert asked_of(third) == ConversationQuestion("and when?", topic)
    assert asked_of(fourth) == ConversationQuestion("and where?", topic)
    assert quotes(fourth)


async def test_slash_answer_can_be_gone_on_from_by_a_reply_that_mentions_the_bot(newsroom):
    first = (await newsroom.ask(NOMINATED)).response.message

    card = await mention(newsroom, "what posts did he hold?", reply_to=first)

    assert asked_of(card) == ConversationQuestion("what posts did he hold?", NOMINATED)


async def test_more_quotes_of_a_follow_up_stay_with_what_it_was_about(newsroom, answered):
    card = await reply(newsroom, answered, "what posts did he hold?")

    more = (await newsroom.bob.click(card, label="More quotes")).response.message

    assert texts(more)[:2] == texts(card)[:2]
    assert not set(quotes(more)) & set(quotes(card))


async def test_vote_on_a_follow_up_is_kept_with_what_was_searched(newsroom, answered, monkeypatch):
    kept = []

    class Kept:
        def record(self, question, *rest, is_good):
            kept.append(question)

    monkeypatch.setattr(newsroom.env.bot.answering, "_feedback", Kept())
    card = await reply(newsroom, answered, "what posts did he hold?")

    await newsroom.bob.click(card, label="👍")

    assert kept == ["what posts did he hold? nominated CSTO secretary general"]


async def test_topic_is_shown_as_text_and_pings_nobody(newsroom):
    first = await mention(newsroom, "who said **that** to @everyone in #general?")

    card = await reply(newsroom, first, "and when?")

    assert asked_of(card).topic == "who said **that** to @everyone in #general?"
    assert "\\@everyone" in texts(card)[1]


async def test_russian_server_is_told_in_russian(newsroom):
    guild = newsroom.env.create_guild("Редакция", preferred_locale="ru")
    channel = guild.create_text_channel("новости")
    reader = guild.add_member(newsroom.alice.user)
    await reader.send(channel, f"{newsroom.env.bot.user.mention} {NOMINATED}")

    await reader.send(channel, "а когда?", reply_to=channel.last_message)

    card = channel.last_message
    assert texts(card)[:2] == ["**Вопрос:** а когда?", f"-# О чём речь: {NOMINATED}"]
    assert asked_of(card) == ConversationQuestion("а когда?", NOMINATED)


async def test_reply_to_a_notice_is_a_question_of_its_own(newsroom):
    notice = await mention(newsroom, "")

    card = await reply(newsroom, notice, NOMINATED)

    assert asked_of(card) == ConversationQuestion(NOMINATED)


async def test_reply_in_a_direct_message_is_understood(newsroom):
    await newsroom.alice.send_dm(NOMINATED)
    first = newsroom.alice.user.dm_channel.last_message

    reference = {"channel_id": str(first.channel.id), "message_id": str(first.id)}
    await newsroom.alice.send_dm("and when?", reference=reference)

    assert asked_of(newsroom.alice.user.dm_channel.last_message) == ConversationQuestion(
        "and when?", NOMINATED
    )


async def test_reply_to_a_deleted_answer_that_mentions_the_bot_is_answered(
    newsroom, answered, monkeypatch
):
    original = serializers.message_payload

    def without_reference(*args, **options):
        return dict(original(*args, **options)) | {"referenced_message": None}

    monkeypatch.setattr(serializers, "message_payload", without_reference)

    card = await mention(newsroom, UNRELATED, reply_to=answered)

    assert asked_of(card) == ConversationQuestion(UNRELATED)


async def test_message_of_discords_own_on_an_answer_is_no_question(newsroom, answered, monkeypatch):
    monkeypatch.setattr(discord.Message, "is_system", lambda message: not message.author.bot)

    await newsroom.bob.send(newsroom.channel, "a pinned message", reply_to=answered)

    assert not buttons(newsroom.channel.last_message)


@pytest.mark.parametrize("content", ["cheers!", "Oh wow, thank you", "😍", "haha", "{bot} спасибо"])
async def test_thanks_post_nothing(newsroom, answered, content):
    mention = newsroom.env.bot.user.mention
    sent = await newsroom.bob.send(newsroom.channel, content.format(bot=mention), reply_to=answered)

    assert newsroom.channel.last_message.id == sent.id


async def test_sticker_posts_nothing(newsroom, answered, monkeypatch):
    original = discord.Message.__init__
    sticker = {"id": "1", "name": "wave", "format_type": 1}

    def with_sticker(self, **given):
        data = given["data"] | ({} if given["data"]["content"] else {"sticker_items": [sticker]})
        original(self, **(given | {"data": data}))

    monkeypatch.setattr(discord.Message, "__init__", with_sticker)
    sent = await newsroom.bob.send(
        newsroom.channel, "", attachments=[("a.png", b"no")], reply_to=answered
    )

    assert newsroom.channel.last_message.id == sent.id


async def test_thanks_with_a_question_are_answered(newsroom, answered):
    card = await reply(newsroom, answered, "thanks! and when?")

    assert asked_of(card) == ConversationQuestion("thanks! and when?", NOMINATED)


async def test_greeting_is_told_how_to_ask(newsroom):
    notice = await mention(newsroom, "hello!")

    assert texts(notice)[0].startswith("Ask me a question about the coverage")
