"""`/verify` and the code of *Copy citation*: from a card to a check by anyone, years later."""

import re

import pytest

from bot.cards.verification import verification_card
from index.answers.quote_codes import Finding, QuoteCode, Verification
from index.models import Span
from tests.bot.reading import ALL_PHRASES, ENGLISH, RUSSIAN, buttons, shown, texts

ARTICLE = "---\ntitle: Bridge\noutlet: Sample Wire\n---\n{}"
WORDS = "The old bridge over the Arpa reopened on Monday."
QUESTION = "when did the bridge over the Arpa reopen?"


async def code_of(newsroom) -> str:
    """The code of the first quote, as a reader copies it."""
    card = (await newsroom.ask(QUESTION)).response.message
    context = await newsroom.bob.click(card, custom_id=buttons(card)[0].custom_id)
    citation = await newsroom.bob.click(context.response.message, label="Copy citation")
    return re.fullmatch(r".*\n```\n(.+)\n```", texts(citation.response.message)[-1])[1]


async def verified(newsroom, code, by=None):
    result = await (by or newsroom.bob).slash(newsroom.channel, "verify", code=code)
    assert result.ephemeral
    return texts(result.response.message)


@pytest.fixture
def edition(newsroom, open_bot, build_index):
    """Serve an edition of the coverage with these articles."""

    async def serve(**articles):
        index_dir = build_index(**{name: ARTICLE.format(text) for name, text in articles.items()})
        await newsroom.env.restart_bot(open_bot(index_dir))

    return serve


async def test_code_of_a_copied_citation_shows_the_words_in_their_context(newsroom, edition):
    await edition(bridge=f"{WORDS} Repairs had taken two years.")
    code = await code_of(newsroom)

    said, body = await verified(newsroom, code)

    assert re.fullmatch(r"[0-9a-f]{10}:\d+-\d+:[0-9a-f]{8}", code)
    assert said.splitlines()[0] == ENGLISH.say("verify-stands")
    assert "Sample Wire" in said
    assert "**The old bridge over the Arpa reopened on Monday\\." in body


async def test_words_that_moved_stand_and_words_that_changed_do_not(newsroom, edition):
    await edition(bridge=WORDS)
    code = await code_of(newsroom)

    await edition(bridge=f"This article was corrected.\n\n{WORDS}")
    moved = await verified(newsroom, code)
    await edition(bridge=WORDS.replace("Monday", "Mondaу"))  # a Cyrillic у
    changed = await verified(newsroom, code)

    assert moved[0].splitlines()[0] == ENGLISH.say("verify-moved")
    assert "**The old bridge" in moved[1]
    assert changed[0].splitlines()[0] == ENGLISH.say("verify-changed")
    assert "Mondaу" in changed[1]
    assert "**" not in changed[1]


async def test_words_before_are_shown_if_their_text_was_kept(newsroom, open_bot, build_index):
    index_dir = build_index(bridge=ARTICLE.format(WORDS))
    await newsroom.env.restart_bot(open_bot(index_dir))
    code = await code_of(newsroom)

    build_index(keep_versions=True, bridge=ARTICLE.format(WORDS.replace("Monday", "Friday")))
    await newsroom.env.restart_bot(open_bot(index_dir))
    said, before, now, _ = await verified(newsroom, code)
    build_index(keep_versions=True, tram=ARTICLE.format("The tram came back."))
    await newsroom.env.restart_bot(open_bot(index_dir))
    gone = await verified(newsroom, code)

    assert "This passage was changed on <t:" in said
    assert ("**Monday**" in before, "**Friday**" in now) == (True, True)
    assert "No longer published" in gone[0]
    assert "reopened on Monday" in gone[1]


async def test_article_that_is_gone_and_what_is_no_code_are_told_apart(newsroom, edition, ivan):
    await edition(bridge=WORDS)
    code = await code_of(newsroom)
    await edition(tram="The tram came back.")

    gone = await verified(newsroom, code)
    typo = await verified(newsroom, "*3fa*")
    russian = await verified(newsroom, code, ivan)

    assert gone == [ENGLISH.say("verify-gone")]
    assert typo == [ENGLISH.say("verify-no-code", typed="\\*3fa\\*")]
    assert russian == [RUSSIAN.say("verify-gone")]


async def test_code_that_fits_several_articles_says_so(newsroom, edition):
    await edition(**{f"a{number}": f"Story {number} of many." for number in range(2)})
    coverage = newsroom.env.bot._pool._current.coverage
    keys = [each.key for each in coverage._store.database.articles()]
    coverage._store.database.numbers_by_key = lambda _: [0, 1]

    said = await verified(newsroom, f"{keys[0][:4]}:0-5:00000000")

    assert said == [ENGLISH.say("verify-ambiguous", count=2)]


@pytest.mark.parametrize("phrases", ALL_PHRASES, ids=lambda each: each.language)
def test_every_finding_has_a_sentence_of_its_own(phrases):
    code = QuoteCode("0" * 10, Span(0, 5), "0" * 8)

    said = {shown(verification_card(Verification(code, each, 2), phrases))[0] for each in Finding}

    assert len(said) == len(Finding) == 5
