"""Articles and questions are untrusted: shown as text, pinging nobody, still verbatim."""

import re

import pytest
import pytest_asyncio
import simcord

from tests.bot.conftest import Newsroom
from tests.bot.discord_markdown import read, text_of
from tests.bot.marking_reader import MarkingReader
from tests.bot.reading import quotes, texts

HOSTILE = (
    "The mayor wrote to @everyone and <@1> about **the bridge** over the Arpa, "
    "see [here](https://evil.example) or https://evil.example/x, ||secret|| `code` <t:1:R> "
    "_slanted_ ~~struck~~ C:\\docks\\ \u202eabc\u202c zero\u200bwidth.\n"
)
QUOTE = HOSTILE.rstrip("\n")
ARTICLE = '---\ntitle: "Free](https://evil.example) [gift"\nurl: https://good.example/a\n---\n'


async def test_hostile_article_is_shown_as_text_and_pings_nobody(build_index, open_bot, encoder):
    async with simcord.run(open_bot(build_index(encoder, bridge=ARTICLE + HOSTILE))) as env:
        newsroom = Newsroom(env)
        await newsroom.alice.send(
            newsroom.channel, f"{env.bot.user.mention} what did the mayor write about the bridge?"
        )
        card = newsroom.channel.last_message

    assert quotes(card)[0] == QUOTE
    block, citation = texts(card)[-3:-1]
    assert "\\@everyone" in block
    assert "\\<\\@1\\>" in block
    assert "(https://good.example/a#" in citation
    assert "(https://evil.example)" not in citation
    assert not card.mention_everyone
    assert not card.mentions


async def test_hostile_question_is_shown_as_text(newsroom):
    card = (await newsroom.ask("@everyone **who** was <@1> nominated [x](https://e.vil)?")).response

    assert texts(card.message)[0] == (
        "**Q:** \\@everyone \\*\\*who\\*\\* was \\<\\@1\\> nominated "
        "\\[x\\]\\(https\\:\\/\\/e\\.vil\\)?"
    )


@pytest.fixture(scope="module")
def reader():
    """Takes the words for the answer that a test gives it."""
    return MarkingReader()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hostile_env(make_index, encoder, open_bot, reader, tmp_path_factory):
    """One simulated Discord with a bot that quotes the hostile article."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "bridge.md").write_text(ARTICLE + HOSTILE, "utf-8")
    make_index(folder / "index", encoder, folder / "bridge.md")
    env = simcord.Env(open_bot(folder / "index", reader))
    await env.start()
    yield env
    await env.shutdown()


async def ask_for(words, env, reader):
    """The card of an answer that marks these words, and its quote as Discord's app shows it."""
    reader.words = words
    newsroom = Newsroom(env)
    card = (await newsroom.ask("what did the mayor write about the bridge?")).response.message
    (block,) = [each for each in texts(card) if each.startswith("> ")]
    unescaped = re.sub(r"\\.", "", block.removeprefix("> "))
    assert not set(unescaped.replace("**", "")) & set("*_~`|<>@:[](){}\\")
    return card, read(block.removeprefix("> "))


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    "words",
    [
        "The mayor",
        "over the Arpa",
        "width.",
        "everyone",
        "@everyone and <@1>",
        "<@1>",
        "1",
        "**the bridge**",
        "the bridge",
        "about **the",
        "bridge** over",
        "[here](https://evil.example)",
        "here](https",
        "https://evil.example/x",
        "evil.example/x",
        "||secret||",
        "secret",
        "`code`",
        "code",
        "<t:1:R>",
        "_slanted_",
        "slanted",
        "~~struck~~ C",
        "C:\\docks\\",
        "docks",
        "\u202eabc\u202c",
        "abc",
        "zero",
        "zero\u200bwidth",
    ],
)
async def test_bold_in_hostile_text_begins_and_ends_where_the_answer_does(
    hostile_env, reader, words
):
    card, shown = await ask_for(words, hostile_env, reader)

    assert quotes(card) == [QUOTE]
    assert text_of(shown) == QUOTE
    bold = [place for place, each in enumerate(shown) if "bold" in each.styles]
    assert bold == list(range(QUOTE.index(words), QUOTE.index(words) + len(words)))
    assert {style for each in shown for style in each.styles} == {"bold"}
    assert not card.mention_everyone
    assert not card.mentions


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("words", ["zero\u200b", "\u200bwidth", "\u200b"])
async def test_answer_that_a_character_without_width_parts_from_its_word_is_not_in_bold(
    hostile_env, reader, words
):
    card, shown = await ask_for(words, hostile_env, reader)

    assert quotes(card) == [QUOTE]
    assert text_of(shown) == QUOTE
    assert not any(each.styles for each in shown)
