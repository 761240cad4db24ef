"""Articles and questions are untrusted: shown as text, pinging nobody, still verbatim."""

import simcord

from tests.bot.conftest import Newsroom
from tests.bot.reading import quotes, texts

HOSTILE = (
    "The mayor wrote to @everyone and <@1> about **the bridge** over the Arpa, "
    "see [here](https://evil.example) or https://evil.example/x, ||secret|| `code` <t:1:R> "
    "\u202eabc\u202c zero\u200bwidth.\n"
)
ARTICLE = '---\ntitle: "Free](https://evil.example) [gift"\nurl: https://good.example/a\n---\n'


async def test_hostile_article_is_shown_as_text_and_pings_nobody(build_index, open_bot, encoder):
    async with simcord.run(open_bot(build_index(encoder, bridge=ARTICLE + HOSTILE))) as env:
        newsroom = Newsroom(env)
        await newsroom.alice.send(
            newsroom.channel, f"{env.bot.user.mention} what did the mayor write about the bridge?"
        )
        card = newsroom.channel.last_message

    assert quotes(card)[0] == HOSTILE.rstrip("\n")
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
