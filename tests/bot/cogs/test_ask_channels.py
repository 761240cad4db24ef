"""Channels where every message is a question, and what that needs of Discord."""

import discord
import pytest
from pydantic import ValidationError

from bot import __main__ as program
from bot.cards.state import asked_of
from bot.client import OnRecordBot
from bot.settings import Settings
from index.coverage import Coverage
from index.search.follow_up import ConversationQuestion
from index.snapshot.snapshot import open_snapshot
from tests.bot.reading import quotes, texts

NOMINATED = "who was nominated CSTO secretary general?"
SENTENCE = "Imangali Tasmagambetov was nominated as the next CSTO secretary general"


@pytest.fixture
def simcord_bot(reading_bot):
    return reading_bot


@pytest.fixture
def desk(newsroom):
    """A newsroom with a channel for questions, `desk.channel`, and another, `desk.other`."""
    newsroom.other = newsroom.guild.create_text_channel("other")
    ask_in(newsroom, newsroom.channel)
    return newsroom


def ask_in(newsroom, channel) -> None:
    """Make this the channel for questions: its id is known only now."""
    newsroom.env.bot.get_cog("Listening")._ask_channels = frozenset({channel.id})


def said_by_bot(channel) -> list[discord.Message]:
    return [each for each in channel.history() if each.author.bot]


async def test_message_is_answered_as_a_reply(desk):
    asked = await desk.alice.send(desk.channel, NOMINATED)

    (card,) = said_by_bot(desk.channel)
    assert card.reference.message_id == asked.id
    assert SENTENCE in quotes(card)[0]


async def test_message_in_a_thread_is_answered(desk):
    opened = desk.env.bot.get_channel(desk.channel.id)
    await opened.create_thread(name="a thread", type=discord.ChannelType.public_thread)
    (thread,) = desk.channel.threads

    await desk.alice.send(thread, NOMINATED)

    assert SENTENCE in quotes(said_by_bot(thread)[0])[0]


async def test_post_in_a_forum_is_answered(desk):
    forum = desk.guild.create_forum_channel("questions")
    ask_in(desk, forum)
    await desk.env.bot.get_channel(forum.id).create_thread(name="a post", content="Ask here.")
    (post,) = forum.threads

    await desk.alice.send(post, NOMINATED)

    assert SENTENCE in quotes(said_by_bot(post)[-1])[0]


class TestForum:
    """The title of a forum's post asks, or says what its messages are about."""

    @pytest.fixture
    def post(self, desk):
        """Open a post with this title; its first message is the bot's, which is not answered."""
        forum = desk.guild.create_forum_channel("questions")
        ask_in(desk, forum)

        async def open_post(title: str):
            channel = desk.env.bot.get_channel(forum.id)
            await channel.create_thread(name=title, content="Ask here.")
            (opened,) = forum.threads
            return opened

        return open_post

    @pytest.mark.parametrize("words", ["it is all in the title", "as the headline says"])
    async def test_message_that_points_to_the_title_asks_it(self, desk, post, words):
        opened = await post(NOMINATED)

        await desk.alice.send(opened, words)

        assert asked_of(said_by_bot(opened)[-1]) == ConversationQuestion(NOMINATED)

    async def test_message_that_needs_the_title_is_understood_with_it(self, desk, post):
        opened = await post("Peacekeepers in Kazakhstan")

        await desk.alice.send(opened, "how many were sent?")

        expected = ConversationQuestion("how many were sent?", "Peacekeepers in Kazakhstan")
        assert asked_of(said_by_bot(opened)[-1]) == expected

    async def test_thanks_below_a_title_post_nothing(self, desk, post):
        opened = await post(NOMINATED)
        sent = await desk.alice.send(opened, "great, thank you")

        assert opened.last_message.id == sent.id

    async def test_mention_alone_asks_the_title(self, desk, post):
        opened = await post(NOMINATED)

        await desk.alice.send(opened, desk.env.bot.user.mention)

        assert asked_of(said_by_bot(opened)[-1]) == ConversationQuestion(NOMINATED)


async def test_messages_elsewhere_are_left_alone(desk):
    await desk.alice.send(desk.other, NOMINATED)

    assert said_by_bot(desk.other) == []


async def test_reply_to_somebody_else_is_left_alone(desk):
    first = await desk.alice.send(desk.channel, NOMINATED)

    await desk.bob.send(desk.channel, "I wondered too", reply_to=first)

    assert len(said_by_bot(desk.channel)) == 1


async def test_reply_to_a_slash_answer_is_answered_since_it_can_be_read(desk):
    card = (await desk.ask("who won the football world cup?")).response.message

    await desk.alice.send(desk.channel, NOMINATED, reply_to=card)

    assert SENTENCE in quotes(desk.channel.last_message)[0]


async def test_thanks_are_left_alone(desk):
    await desk.alice.send(desk.channel, "Thanks everyone!")

    assert said_by_bot(desk.channel) == []


async def test_bots_and_messages_without_text_are_left_alone(desk):
    other = desk.guild.add_member(desk.env.create_user("other", bot=True))
    await other.send(desk.channel, NOMINATED)
    await desk.alice.send(desk.channel, "", attachments=[("scan.png", b"\x89PNG")])
    own = desk.env.bot.user.id

    assert [each for each in said_by_bot(desk.channel) if each.author.id == own] == []


async def test_mention_elsewhere_is_still_answered_once(desk):
    for channel in (desk.channel, desk.other):
        await desk.alice.send(channel, f"{desk.env.bot.user.mention} {NOMINATED}")

        assert [texts(each)[0] for each in said_by_bot(channel)] == [f"**Q:** {NOMINATED}"]


def test_message_content_is_asked_for_only_where_it_is_needed(sample_index, encoder):
    coverage = Coverage(open_snapshot(sample_index), encoder)

    assert not OnRecordBot(coverage).intents.message_content
    assert OnRecordBot(coverage, ask_channels=frozenset({1})).intents.message_content


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("", set()),
        ("1456074443980800006", {1456074443980800006}),
        (" 1456074443980800006,1456074443980800007, ", {1456074443980800006, 1456074443980800007}),
    ],
)
def test_ids_are_divided_by_commas(monkeypatch, typed, ids):
    monkeypatch.setenv("ASK_CHANNELS", typed)

    assert Settings(_env_file=None).ask_channels == ids


@pytest.mark.parametrize("typed", ["#coverage", "coverage", "145607444398080000x", "12", "-5"])
def test_what_is_no_id_is_named_in_one_line(monkeypatch, capsys, tmp_path, typed):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASK_CHANNELS", f"1456074443980800006,{typed}")

    with pytest.raises(ValidationError):
        Settings(_env_file=None)
    assert program.main() == 1
    error = capsys.readouterr().err
    assert error.startswith(
        f"error: settings in .env or the environment: ASK_CHANNELS: found {typed!r}, expected"
    )
    assert "Copy Channel ID" in error
    assert error.count("\n") == 1


def test_intent_that_is_off_is_told_with_the_very_switch(monkeypatch, capsys, tmp_path, tiny_index):
    async def refused(*_):
        raise discord.PrivilegedIntentsRequired(None)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(program, "serve", refused)
    monkeypatch.setattr(program, "_open", lambda settings: None)
    monkeypatch.setenv("DISCORD_TOKEN", "x")
    monkeypatch.setenv("ASK_CHANNELS", "1456074443980800006")

    assert program.main() == 1
    error = capsys.readouterr().err
    assert "Bot page turn on Privileged Gateway Intents → Message Content Intent" in error
    assert error.count("\n") == 1
