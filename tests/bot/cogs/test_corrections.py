"""A quote whose article changes or goes: *Context* and *Check again* say so, with both versions."""

import re

import pytest

from bot.cards.corrections import check_card, correction_card
from index.answers.corrections import Fate, find_correction
from index.models import Article, Span
from tests.bot.reading import ALL_PHRASES, ENGLISH, buttons, shown, texts

ARTICLE = "---\ntitle: {}\noutlet: Sample Wire\nurl: https://example.org/{}\n---\n{}"
BEFORE = "Ten people were hurt when a bus overturned near Gyumri, police said."
NOW = BEFORE.replace("Ten", "Two")
QUESTION = "how many people were hurt near Gyumri?"


@pytest.fixture
def edition(newsroom, open_bot, build_index):
    """Serve an edition of the coverage with these articles."""

    async def serve(**articles):
        built = {name: ARTICLE.format(name, name, text) for name, text in articles.items()}
        await newsroom.env.restart_bot(open_bot(build_index(**built)))

    return serve


@pytest.fixture
async def card(newsroom, edition):
    """A card with the quote, given before its article changed."""
    await edition(bus=BEFORE)
    return (await newsroom.ask(QUESTION)).response.message


async def context(newsroom, card, by=None):
    result = await (by or newsroom.bob).click(card, custom_id=buttons(card)[0].custom_id)
    assert result.ephemeral
    return result.response.message


async def check(newsroom, card, by=None):
    result = await (by or newsroom.bob).click(card, label="Check again")
    assert result.ephemeral
    return texts(result.response.message)


async def test_changed_passage_is_shown_before_and_now(newsroom, edition, card):
    await edition(bus=NOW)

    message = await context(newsroom, card)

    said, before, now, cited = texts(message)
    assert re.fullmatch(r"⚠️ \*\*This passage was changed on <t:\d+:D>:\*\*", said)
    assert before.startswith("Before\n> **Ten** people were hurt")
    assert now.startswith("Now\n> **Two** people were hurt")
    assert "Sample Wire" in cited
    citation = await newsroom.bob.click(message, label="Copy citation")
    assert NOW in texts(citation.response.message)[0]


async def test_words_that_still_stand_are_shown_in_their_context(newsroom, edition, card):
    await edition(bus=f"This article was corrected.\n\n{BEFORE}")

    head, body = texts(await context(newsroom, card))

    assert "but these words still stand in it" in head
    assert body.startswith("**Ten people were hurt")


async def test_article_that_went_is_no_longer_published(newsroom, edition, card, ivan):
    await edition(tram="A tram came to Vanadzor.")

    said, quoted = texts(await context(newsroom, card))
    in_russian = texts(await context(newsroom, card, ivan))[0]

    assert re.match(r"⚠️ \*\*No longer published\*\* in this coverage since <t:\d+:D>:", said)
    assert quoted.startswith("> Ten people were hurt")
    assert in_russian.startswith("⚠️ **Больше не публикуется**")


async def test_check_again_says_it_of_every_quote_of_the_card(newsroom, edition):
    lines = {"bus": BEFORE, "tram": "Ten people took the tram.", "car": "Ten cars were hurt."}
    await edition(**lines)
    card = (await newsroom.ask(QUESTION)).response.message
    unchanged = await check(newsroom, card)
    del lines["car"]
    await edition(**{**lines, "bus": NOW})
    changed = await check(newsroom, card)

    stands = ENGLISH.say("correction-stands")
    assert unchanged[::2] == [stands] * 3
    assert changed.count(stands) == 1
    said = "\n".join(changed)
    assert "**Ten** people" in said
    assert "**Two** people" in said
    assert "[bus](https://example.org/bus#:~:text=" in said
    assert "No longer published" in said


@pytest.mark.parametrize("phrases", ALL_PHRASES, ids=lambda each: each.language)
@pytest.mark.parametrize("words", ["Ten people were hurt. ", "*_`[](x) "])
def test_check_of_long_changes_keeps_within_a_message(phrases, words):
    before = (words * 90)[:690]
    after = Article(id="a", text=before.replace(" ", " x", 1), headline="Bus")
    found = find_correction(before, after, [Span(0, len(after.text))], None)

    said = shown(check_card([(found, "[1] " + "c" * 400)] * 3, phrases))

    assert found.fate is Fate.CHANGED
    assert sum(map(len, said)) <= 4000
    assert said[-2] == phrases.say("correction-too-long")
    assert sum(map(len, shown(correction_card(found, phrases)))) <= 4000


async def test_refusal_without_quotes_has_nothing_to_check(newsroom, edition):
    await edition(bus=BEFORE)
    card = (await newsroom.ask("???")).response.message

    assert "Check again" not in [each.label for each in buttons(card)]
