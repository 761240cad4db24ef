"""Who is answered when the bot, or somebody else, is mentioned."""

import discord
import pytest

from bot.cards.state import asked_of
from index.search.follow_up import ConversationQuestion
from tests.bot.reading import ENGLISH, RUSSIAN, payload_of, texts

NOMINATED = "who was nominated CSTO secretary general?"


@pytest.fixture
def bot(newsroom):
    return newsroom.env.bot.user


async def said_to(newsroom, content, by=None, **options):
    """What the bot answered, or None."""
    sent = await (by or newsroom.alice).send(newsroom.channel, content, **options)
    last = newsroom.channel.last_message
    return last if last.id != sent.id else None


async def test_everyone_and_roles_are_not_the_bot(newsroom, bot):
    press = newsroom.guild.create_role("press", mentionable=True)
    await said_to(newsroom, f"{bot.mention} {NOMINATED}")  # it is there, and it has been asked

    for content in ("@everyone who?", "@here who?", f"<@&{press.id}> who?", newsroom.bob.mention):
        assert await said_to(newsroom, content) is None


async def test_mention_beside_everyone_is_a_question_and_pings_nobody_again(newsroom, bot):
    admin = newsroom.guild.create_role("A", permissions=discord.Permissions(mention_everyone=True))
    carol = newsroom.guild.add_member(newsroom.env.create_user("carol"), roles=[admin])

    card = await said_to(newsroom, f"@everyone {bot.mention} {NOMINATED}", by=carol)

    assert asked_of(card) == ConversationQuestion(f"@everyone {NOMINATED}")
    assert texts(card)[0].startswith("**Q:** \\@everyone")
    sent = payload_of(newsroom.env, "POST", f"/channels/{newsroom.channel.id}/messages")
    assert sent["allowed_mentions"]["parse"] == []


async def test_reply_of_another_bot_to_an_answer_is_ignored(newsroom, bot):
    other = newsroom.guild.add_member(newsroom.env.create_user("other", bot=True))
    card = await said_to(newsroom, f"{bot.mention} {NOMINATED}")

    assert await said_to(newsroom, "and when?", by=other, reply_to=card) is None


async def test_bot_does_not_answer_itself(newsroom, bot):
    await said_to(newsroom, f"{bot.mention} who is {bot.mention}?")

    assert [each.author.id == bot.id for each in newsroom.channel.history()] == [False, True]


async def test_reply_to_another_member_is_left_alone(newsroom):
    message = await newsroom.bob.send(newsroom.channel, NOMINATED)

    assert await said_to(newsroom, "and when?", reply_to=message) is None


@pytest.mark.parametrize("content", ["{bot}", "  {bot}  \n", "{bot}{bot}", "<@!{id}>"])
async def test_mention_without_a_question_is_told_how_to_ask_as_a_reply(newsroom, bot, content):
    sent = await newsroom.alice.send(newsroom.channel, content.format(bot=bot.mention, id=bot.id))

    notice = newsroom.channel.last_message
    assert texts(notice) == [ENGLISH.say("notice-how-to-ask", mention=bot.mention)]
    assert notice.reference.message_id == sent.id


async def test_how_to_ask_is_told_in_russian(newsroom, bot):
    guild = newsroom.env.create_guild("Редакция", preferred_locale="ru")
    channel = guild.create_text_channel("новости")

    await guild.add_member(newsroom.alice.user).send(channel, bot.mention)

    assert texts(channel.last_message) == [RUSSIAN.say("notice-how-to-ask", mention=bot.mention)]


async def test_picture_that_mentions_the_bot_is_told_how_to_ask(newsroom, bot):
    notice = await said_to(newsroom, bot.mention, attachments=[("map.png", b"not really")])

    assert texts(notice) == [ENGLISH.say("notice-how-to-ask", mention=bot.mention)]


@pytest.mark.parametrize("content", ["{bot}", "{bot} " + "why? " * 200])
async def test_notice_that_cannot_be_sent_is_logged(newsroom, bot, caplog, content):
    newsroom.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)

    assert await said_to(newsroom, content.format(bot=bot.mention)) is None

    assert "could not reply" in caplog.text
    assert newsroom.env.errors == []


async def test_question_that_was_deleted_meanwhile_costs_a_line_in_the_log(newsroom, bot, caplog):
    newsroom.env.inject_error("POST", "/channels/*/messages", status=404, code=10008, times=None)

    assert await said_to(newsroom, f"{bot.mention} {NOMINATED}") is None

    assert "could not apologise" in caplog.text
    assert NOMINATED not in caplog.text
    assert newsroom.env.errors == []
