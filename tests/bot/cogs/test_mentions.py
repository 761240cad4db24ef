"""Who is answered when the bot, or somebody else, is mentioned."""

import discord
import pytest

from bot.cards.state import asked_of
from index.search.follow_up import ConversationQuestion
from tests.bot.reading import ENGLISH, RUSSIAN, payload_of, quotes, texts

NOMINATED = "who was nominated CSTO secretary general?"
SENTENCE = "Imangali Tasmagambetov was nominated as the next CSTO secretary general"


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


class TestRole:
    """Discord gives a bot a role of its name, which readers take for the bot."""

    @pytest.fixture
    def simcord_bot(self, reading_bot):
        return reading_bot

    async def test_role_with_the_bots_name_is_the_bot(self, newsroom, bot):
        role = newsroom.guild.create_role(bot.name.upper(), mentionable=True)

        card = await said_to(newsroom, f"<@&{role.id}> {NOMINATED}")

        assert asked_of(card) == ConversationQuestion(NOMINATED)

    async def test_renamed_role_of_the_bot_is_the_bot(self, newsroom, bot, monkeypatch):
        role = newsroom.guild.create_role("helper", mentionable=True)
        tags = discord.role.RoleTags({"bot_id": str(bot.id)})
        monkeypatch.setattr(discord.Role, "tags", tags)

        card = await said_to(newsroom, f"{NOMINATED} <@&{role.id}>")

        assert asked_of(card) == ConversationQuestion(NOMINATED)

    async def test_role_alone_is_told_how_to_ask(self, newsroom, bot):
        role = newsroom.guild.create_role(bot.name, mentionable=True)

        notice = await said_to(newsroom, f"<@&{role.id}>")

        assert texts(notice) == [ENGLISH.say("notice-how-to-ask", mention=bot.mention)]


async def test_message_to_the_bots_role_that_cannot_be_read_says_so(newsroom, bot):
    role = newsroom.guild.create_role(bot.name, mentionable=True)

    notice = await said_to(newsroom, f"<@&{role.id}> {NOMINATED}")

    assert texts(notice) == [ENGLISH.say("notice-unreadable", mention=bot.mention)]


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


class TestReplyToAnother:
    """A mention in reply to somebody's message is about that message."""

    @pytest.fixture
    def simcord_bot(self, reading_bot):
        return reading_bot

    @pytest.fixture
    async def original(self, newsroom):
        return await newsroom.bob.send(newsroom.channel, f"Hm. {NOMINATED} <:hm:1045>")

    @pytest.mark.parametrize("content", ["{bot}", "{bot} 👆", "{bot} ?"])
    async def test_its_question_is_answered(self, newsroom, bot, original, content):
        card = await said_to(newsroom, content.format(bot=bot.mention), reply_to=original)

        assert asked_of(card) == ConversationQuestion(NOMINATED)
        assert SENTENCE in quotes(card)[0]

    async def test_question_about_it_is_understood(self, newsroom, bot, original):
        card = await said_to(newsroom, f"{bot.mention} is that so?", reply_to=original)

        assert asked_of(card) == ConversationQuestion("is that so?", NOMINATED)
        assert SENTENCE in quotes(card)[0]

    async def test_complete_question_stands_for_itself(self, newsroom, bot, original):
        question = "when was the Collective Security Treaty signed?"

        card = await said_to(newsroom, f"{bot.mention} {question}", reply_to=original)

        assert asked_of(card) == ConversationQuestion(question)

    async def test_picture_has_nothing_to_find(self, newsroom, bot):
        picture = await newsroom.bob.send(newsroom.channel, "", attachments=[("a.png", b"no")])

        notice = await said_to(newsroom, bot.mention, reply_to=picture)

        assert texts(notice) == [ENGLISH.say("notice-unreadable-original")]


@pytest.mark.parametrize("content", ["{bot}", "{bot} 👆", "{bot} is that so?"])
async def test_reply_to_a_message_that_cannot_be_read_says_so(newsroom, bot, content):
    original = await newsroom.bob.send(newsroom.channel, NOMINATED)

    notice = await said_to(newsroom, content.format(bot=bot.mention), reply_to=original)

    assert texts(notice) == [ENGLISH.say("notice-unreadable-original")]


async def test_complete_question_needs_no_other_message(newsroom, bot):
    original = await newsroom.bob.send(newsroom.channel, "I wonder.")

    card = await said_to(newsroom, f"{bot.mention} {NOMINATED}", reply_to=original)

    assert asked_of(card) == ConversationQuestion(NOMINATED)
