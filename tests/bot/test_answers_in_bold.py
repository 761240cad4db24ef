"""The words that answer are in bold on every card, and read back as the article has them."""

import pytest

from bot.wording.markup import escape
from index.feedback import Feedback, read_votes
from tests.bot.discord_markdown import read, styled
from tests.bot.marking_reader import MarkingReader
from tests.bot.reading import ENGLISH, buttons, quotes, texts

QUESTION = "who paid for the bridge over the Arpa?"
UNRELATED = "who won the football world cup?"
PAYER = "*Arpa* & Sons (the @harbour)"
QUOTE = f"The bridge over the Arpa reopened on Monday. It was paid for by {PAYER}, the mayor said."
ARTICLE = f"---\ntitle: Bridge\noutlet: Sample Wire\n---\n{QUOTE}\n\nThe ferry stays.\n"


@pytest.fixture
def votes(tmp_path):
    return tmp_path / "feedback.db"


@pytest.fixture
async def index_dir(newsroom, open_bot, build_index, votes):
    """The index that the bot in the newsroom now answers from, with a reader."""
    index_dir = build_index(bridge=ARTICLE)
    bot = open_bot(index_dir, MarkingReader(PAYER), feedback=Feedback(votes))
    await newsroom.env.restart_bot(bot)
    return index_dir


async def click_context(newsroom, card):
    clicked = await newsroom.bob.click(card, custom_id=buttons(card)[0].custom_id)
    return clicked.response.message


def bold_of(text):
    return styled(read(text), "bold")


async def test_answer_is_in_bold_inside_its_quote(newsroom, index_dir):
    card = (await newsroom.ask(QUESTION)).response.message

    (block,) = [each for each in texts(card) if each.startswith("> The bridge")]
    assert bold_of(block) == [PAYER]
    assert quotes(card)[0] == QUOTE


async def test_context_and_the_citation_to_be_copied_mark_the_same_words(
    newsroom, index_dir, open_bot
):
    card = (await newsroom.ask(QUESTION)).response.message
    await newsroom.env.restart_bot(open_bot(index_dir))  # without a reader

    context = await click_context(newsroom, card)
    cited = await newsroom.bob.click(context, label="Copy citation")

    shown = read(texts(context)[1])
    assert styled(shown, "bold") == [QUOTE]
    assert styled(shown, "underlined") == [PAYER]
    plain, markdown, _ = texts(cited.response.message)
    assert f"“{QUOTE}”" in plain
    assert "paid for by **\\*Arpa\\* & Sons (the @harbour)**, the mayor said." in markdown


async def test_button_of_a_card_without_answers_still_works(newsroom, index_dir, open_bot):
    await newsroom.env.restart_bot(open_bot(index_dir))
    card = (await newsroom.ask(QUESTION)).response.message
    await newsroom.env.restart_bot(open_bot(index_dir, MarkingReader(PAYER)))

    shown = read(texts(await click_context(newsroom, card))[1])

    assert styled(shown, "bold") == [QUOTE]
    assert styled(shown, "underlined") == []


async def test_shared_card_and_its_context_have_it_in_bold(newsroom, index_dir):
    private = (await newsroom.ask(QUESTION, private=True)).response.message

    (shared,) = (await newsroom.alice.click(private, label="Share")).followups

    (block,) = [each for each in texts(shared.message) if each.startswith("> The bridge")]
    assert bold_of(block) == [PAYER]
    context = await click_context(newsroom, shared.message)
    assert styled(read(texts(context)[1]), "underlined") == [PAYER]


async def test_vote_keeps_the_quote_as_the_article_has_it(newsroom, index_dir, votes):
    card = (await newsroom.ask(QUESTION)).response.message

    await newsroom.bob.click(card, label="👍")

    (vote,) = read_votes(votes)
    assert vote.quotes[0].split("\n")[0] == QUOTE


async def test_closest_coverage_has_nothing_in_bold(newsroom, open_bot, build_index):
    reader = MarkingReader("Monday")
    await newsroom.env.restart_bot(open_bot(build_index(bridge=ARTICLE), reader, threshold=1.0))

    card = (await newsroom.ask(UNRELATED)).response.message

    assert ENGLISH.say("answer-closest") in texts(card)
    (block,) = [each for each in texts(card) if each.startswith("> The bridge")]
    assert escape("reopened on Monday.") in block
    assert bold_of(block) == []
