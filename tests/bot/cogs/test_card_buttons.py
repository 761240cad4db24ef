"""The card's buttons, clicked; before and after a restart and a rebuild."""

import threading
from datetime import UTC, date, datetime

import discord
import pytest

from bot.cards import state
from bot.cards.base import notice_card
from bot.cards.page_ids import MoreId
from bot.features.answering import Answering
from bot.runtime.delivery import Reader
from bot.wording.markup import unescape
from index.answers import citations as citations_module
from index.answers import context as context_module
from index.search.follow_up import ConversationQuestion
from tests.bot.reading import ENGLISH, buttons, quotes, texts

NOMINATED = "who was nominated CSTO secretary general?"
ARTICLE = "---\ntitle: Bridge\noutlet: Sample Wire\n---\n{}"
BRIDGE = "The old bridge over the Arpa reopened on Monday. Repairs had taken two years.\n"


async def test_context_shows_the_quote_in_bold_inside_its_paragraph_to_one_reader(newsroom):
    card = (await newsroom.ask(NOMINATED)).response.message

    result = await newsroom.bob.click(card, custom_id=buttons(card)[0].custom_id)

    head, body = texts(result.response.message)
    assert result.ephemeral
    assert head == (
        "-# A Kazakh political veteran prepares to run the CSTO · Sample Courier · 25 November 2022"
    )
    for line in quotes(card)[0].splitlines():
        assert not line or f"**{line}**" in unescape(body)
    assert "He is to begin work on 1 January 2023." in unescape(body)


async def test_event_loop_stays_free_while_a_context_is_looked_up(newsroom, monkeypatch):
    card = (await newsroom.ask(NOMINATED)).response.message
    original, threads = context_module.split_paragraphs, set()

    def watched(text):
        threads.add(threading.current_thread().name.split("_")[0])
        return original(text)

    monkeypatch.setattr(context_module, "split_paragraphs", watched)
    monkeypatch.setattr(citations_module, "split_paragraphs", watched)
    custom_id = buttons(card)[0].custom_id

    shown = (await newsroom.bob.click(card, custom_id=custom_id)).response.message
    await newsroom.bob.click(shown, label="Copy citation")

    assert threads == {"coverage"}


async def test_more_quotes_shows_the_next_ones_with_their_numbers(newsroom):
    card = (await newsroom.ask(NOMINATED)).response.message

    more = (await newsroom.bob.click(card, label="More quotes")).response.message

    assert more.flags.ephemeral
    assert texts(more)[0] == f"**Q:** {NOMINATED}"
    assert not set(quotes(more)) & set(quotes(card))
    assert texts(more)[2].startswith("\\[4\\] ")


async def test_more_quotes_of_an_older_card_are_those_of_its_day(newsroom, monkeypatch):
    with monkeypatch.context() as older:
        older.setattr(MoreId, "of", lambda skip, _filters, _asked_on: MoreId(skip))
        card = (await newsroom.ask(NOMINATED)).response.message
    days = []

    async def more(asked, asked_on, reader, wanted):
        days.append(asked_on)
        await reader.send(notice_card("More"))

    monkeypatch.setattr(newsroom.env.bot.answering, "more", more)
    monkeypatch.setattr(discord.Message, "created_at", datetime(2022, 11, 24, 23, tzinfo=UTC))

    await newsroom.bob.click(card, label="More quotes")

    assert days == [date(2022, 11, 24)]


async def test_question_of_a_card_is_seen_from_its_day(newsroom):
    cards = []

    async def send(card):
        cards.append([each.content for each in card.walk_children() if hasattr(each, "content")])

    question, reader = ConversationQuestion("What happened yesterday?"), Reader(1, ENGLISH, send)
    await newsroom.env.bot.answering.more(question, date(2022, 11, 24), reader, MoreId(0))

    ((_, filters, *rest),) = cards
    assert filters.startswith("-# Only since 23 November 2022 · until 23 November 2022")
    assert any("disagreement on Wednesday" in each for each in rest)


async def test_more_quotes_stay_with_the_day_of_the_question_whenever_their_card_was_made(newsroom):
    channel = newsroom.env.bot.get_channel(newsroom.channel.id)
    asked, day = ConversationQuestion("What happened last year?"), date(2023, 5, 1)

    async def page(skip):
        async def send(card):
            await channel.send(view=card)

        reader = Reader(1, ENGLISH, send)
        await newsroom.env.bot.answering.more(asked, day, reader, MoreId(skip))
        return newsroom.channel.last_message

    first, second = await page(0), await page(3)

    more = (await newsroom.bob.click(first, label="More quotes")).response.message

    assert texts(first)[1].startswith("-# Only since 1 January 2022 · until 31 December 2022")
    assert quotes(more) == quotes(second) != []


async def test_more_quotes_leads_to_an_end(newsroom):
    card = (await newsroom.ask(NOMINATED)).response.message
    seen = quotes(card)

    while "More quotes" in [button.label for button in buttons(card)]:
        card = (await newsroom.alice.click(card, label="More quotes")).response.message
        seen += quotes(card)

    assert len(seen) == len(set(seen)) > 6


async def test_dismiss_deletes_the_card_for_the_one_who_asked(newsroom):
    card = (await newsroom.ask(NOMINATED)).response.message

    await newsroom.alice.click(card, label="Dismiss")

    assert newsroom.channel.last_message is None


async def test_dismiss_is_refused_to_others(newsroom):
    card = (await newsroom.ask(NOMINATED)).response.message

    result = await newsroom.bob.click(card, label="Dismiss")

    assert result.ephemeral
    assert texts(result.response.message) == [ENGLISH.say("notice-not-yours")]
    assert newsroom.channel.last_message.id == card.id


async def test_moderator_may_dismiss(newsroom):
    card = (await newsroom.ask(NOMINATED)).response.message
    mods = newsroom.guild.create_role("Mods", permissions=discord.Permissions(manage_messages=True))
    carol = newsroom.guild.add_member(newsroom.env.create_user("carol"), roles=[mods])

    await carol.click(card, label="Dismiss")

    assert newsroom.channel.last_message is None


async def test_buttons_work_after_a_restart(newsroom, open_bot, sample_index):
    card = (await newsroom.ask(NOMINATED)).response.message

    await newsroom.env.restart_bot(open_bot(sample_index))

    context = await newsroom.bob.click(card, custom_id=buttons(card)[0].custom_id)
    more = await newsroom.bob.click(card, label="More quotes")
    assert "**" in texts(context.response.message)[1]
    assert quotes(more.response.message)


async def test_context_works_after_a_rebuild_that_keeps_the_article(
    newsroom, open_bot, build_index
):
    index_dir = build_index(bridge=ARTICLE.format(BRIDGE))
    await newsroom.env.restart_bot(open_bot(index_dir))
    card = (await newsroom.ask("when did the bridge over the Arpa reopen?")).response.message
    build_index(
        another=ARTICLE.format("A market opened in Gyumri.\n"), bridge=ARTICLE.format(BRIDGE)
    )

    await newsroom.env.restart_bot(open_bot(index_dir))

    result = await newsroom.bob.click(card, custom_id=buttons(card)[0].custom_id)
    assert "**The old bridge over the Arpa reopened on Monday.**" in unescape(
        texts(result.response.message)[1]
    ).replace(" Repairs had taken two years.", "")


async def test_context_of_a_changed_article_says_so(newsroom, open_bot, build_index):
    index_dir = build_index(bridge=ARTICLE.format(BRIDGE))
    await newsroom.env.restart_bot(open_bot(index_dir))
    card = (await newsroom.ask("when did the bridge over the Arpa reopen?")).response.message
    build_index(bridge=ARTICLE.format(BRIDGE.replace("Monday", "Tuesday")))

    await newsroom.env.restart_bot(open_bot(index_dir))

    result = await newsroom.bob.click(card, custom_id=buttons(card)[0].custom_id)
    said, before, now, _ = texts(result.response.message)
    assert "This passage was changed on" in said
    assert ("**Monday**" in before, "**Tuesday**" in now) == (True, True)


async def test_context_of_a_removed_article_says_so(newsroom, open_bot, build_index):
    index_dir = build_index(bridge=ARTICLE.format(BRIDGE))
    await newsroom.env.restart_bot(open_bot(index_dir))
    card = (await newsroom.ask("when did the bridge over the Arpa reopen?")).response.message
    build_index(market=ARTICLE.format("A market opened in Gyumri.\n"))

    await newsroom.env.restart_bot(open_bot(index_dir))

    result = await newsroom.bob.click(card, custom_id=buttons(card)[0].custom_id)
    assert "No longer published" in texts(result.response.message)[0]


async def test_failures_behind_a_button_are_told(newsroom):
    card = (await newsroom.ask(NOMINATED)).response.message
    newsroom.env.inject_error("PATCH", "/webhooks/*/messages/@original")

    result = await newsroom.bob.click(card, label="More quotes")

    assert texts(result.response.message)[0].startswith("Something went wrong here")


async def test_click_that_cannot_be_acknowledged_is_logged(newsroom, caplog):
    card = (await newsroom.ask(NOMINATED)).response.message
    newsroom.env.inject_error("POST", "/interactions/*/callback", times=1)

    await newsroom.bob.click(card, label="More quotes")

    assert "could not acknowledge a command or a click" in caplog.text


@pytest.mark.parametrize(
    ("command", "option", "label"),
    [("ask", "question", "More quotes"), ("timeline", "topic", "More events")],
)
async def test_card_whose_question_cannot_be_read_says_so(
    newsroom, monkeypatch, command, option, label
):
    with monkeypatch.context() as older:
        older.setattr(state, "_QUESTION", None)
        older.setattr(state, "_TIMELINE", None)
        asked = await newsroom.alice.slash(newsroom.channel, command, **{option: "CSTO"})

    result = await newsroom.bob.click(asked.response.message, label=label)

    assert result.ephemeral
    assert texts(result.response.message) == [ENGLISH.say("notice-card-unreadable")]


async def test_click_that_fails_unexpectedly_is_apologised_for(newsroom, monkeypatch, caplog):
    def fail(*_args):
        raise KeyError(NOMINATED)

    card = (await newsroom.ask(NOMINATED)).response.message
    monkeypatch.setattr(Answering, "admit", fail)

    result = await newsroom.bob.click(card, label="More quotes")

    assert result.ephemeral
    assert texts(result.response.message)[0].startswith("Something went wrong here")
    assert "a command or a click failed" in caplog.text
    assert NOMINATED not in caplog.text
