"""`/ask` with an outlet or days, and the buttons of such an answer."""

import re
from datetime import UTC, date, datetime

import pytest

from bot.cards.page_ids import MoreId, OutletGoneError, outlet_key
from bot.wording.markup import unescape
from index.models import Filters
from tests.bot.reading import ENGLISH, buttons, quotes, texts

QUESTION = "how many peacekeepers were sent to Kazakhstan?"
UNDATED = "---\ntitle: Bridge\noutlet: Sample Wire\n---\nThe bridge over the Arpa reopened.\n"
DATED = "---\ntitle: Ferry\noutlet: Sample Wire\npublished: 2022-11-23\n---\nThe ferry sank.\n"


def citations(card):
    return [unescape(text) for text in texts(card) if text.startswith("\\[")]


async def test_only_the_outlet_and_the_days_asked_for_are_quoted(newsroom):
    result = await newsroom.ask(
        QUESTION, outlet="sample gazette", since="2022", until="January 2022"
    )

    card = result.response.message
    assert texts(card)[1] == (
        "-# Only Sample Gazette · since 1 January 2022 · until 31 January 2022"
    )
    assert {line.split(" · ")[0].split("](")[0] for line in citations(card)} == {
        f"[{number}] [CSTO peacekeepers deploy in Kazakhstan after appeal by Tokayev"
        for number in range(1, len(citations(card)) + 1)
    }


async def test_more_quotes_keeps_the_filters_after_a_restart(newsroom, open_bot, sample_index):
    card = (await newsroom.ask(QUESTION, outlet="Sample Gazette")).response.message
    await newsroom.env.restart_bot(open_bot(sample_index))

    more = (await newsroom.bob.click(card, label="More quotes")).response.message

    assert texts(more)[1] == "-# Only Sample Gazette"
    assert citations(more)[0].startswith("[4] ")
    assert all("Sample Gazette" in line for line in citations(more))
    assert not set(quotes(more)) & set(quotes(card))


async def test_question_about_a_time_has_the_days_on_its_card_and_on_the_next(newsroom):
    card = (await newsroom.ask("What happened in 2022?", private=True)).response.message
    more = (await newsroom.alice.click(card, label="More quotes")).response.message
    context = await newsroom.alice.click(card, custom_id=buttons(card)[0].custom_id)

    for each in (card, more):
        assert texts(each)[1].startswith("-# Only since 1 January 2022 · until 31 December 2022")
    assert len(quotes(card)) == 3
    assert citations(more)[0].startswith("[4] ")
    assert not set(quotes(more)) & set(quotes(card))
    assert f"**{quotes(card)[0]}**" in unescape(texts(context.response.message)[1])
    (shared,) = (await newsroom.alice.click(card, label="Share")).followups
    assert quotes(shared.message) == quotes(card)


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"since": "someday"}, "“someday” is not a date that is understood; try 23 November 2022"),
        ({"until": "3/4/2022"}, "“3/4/2022” can be read two ways"),
        ({"outlet": "Nowhere"}, "No outlet “Nowhere” in the coverage. There is: “Sample "),
        ({"outlet": "x" * 6000}, f"No outlet “{'x' * 80}…” in the coverage"),
        ({"since": "_" * 6000}, f"“{'_' * 80}…” is not a date"),
        ({"outlet": "@everyone <@1> **x**"}, "No outlet “@everyone <@1> **x**” in the coverage"),
    ],
)
async def test_filter_that_is_not_understood_is_answered_with_what_is(newsroom, filters, said):
    (line,) = texts((await newsroom.ask(QUESTION, **filters)).response.message)

    assert unescape(line).startswith(said)
    assert not re.search(r"(?<!\\)[*@<]", line)  # what a reader typed is shown, never obeyed


async def test_days_without_coverage_have_their_own_sentence(newsroom):
    card = (await newsroom.ask(QUESTION, until="1950")).response.message

    assert ENGLISH.say("answer-no-match-filtered") in texts(card)


async def test_articles_without_a_date_are_counted(newsroom, open_bot, build_index):
    index_dir = build_index(bridge=UNDATED, ferry=DATED, another=UNDATED + "It rained.\n")
    await newsroom.env.restart_bot(open_bot(index_dir))

    card = (await newsroom.ask("what sank?", since="2022")).response.message

    assert texts(card)[1].endswith("· 2 articles without a known date are left out")


async def test_outlet_with_an_endless_name_keeps_the_cards_limits(newsroom, open_bot, build_index):
    name = "The *Wire* " * 500
    index_dir = build_index(ferry=DATED.replace("Sample Wire", name))
    await newsroom.env.restart_bot(open_bot(index_dir))

    known = (await newsroom.ask("what sank?", outlet=name)).response.message
    unknown = (await newsroom.ask("what sank?", outlet="Nowhere")).response.message

    assert texts(known)[1].startswith("-# Only The \\*Wire\\*")
    for card in (known, unknown):
        assert sum(map(len, texts(card))) <= 4000
    assert unescape(texts(unknown)[0]).endswith("…”.")


async def test_outlet_that_is_gone_after_a_rebuild_is_told(newsroom, open_bot, build_index):
    card = (await newsroom.ask(QUESTION, outlet="Sample Gazette")).response.message
    await newsroom.env.restart_bot(open_bot(build_index(ferry=DATED)))

    more = (await newsroom.bob.click(card, label="More quotes")).response.message

    assert texts(more) == [ENGLISH.say("filter-outlet-gone")]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters("Outlet: with a colon " * 20),
        Filters("BelTA", date(2022, 11, 1), date(2022, 11, 30)),
        Filters(None, None, date(999, 1, 2)),
    ],
)
@pytest.mark.parametrize("asked_on", [None, date(2022, 11, 24)])
def test_button_id_keeps_filters_and_day_within_discords_limit(filters, asked_on):
    made = MoreId.of(9999, filters, asked_on)

    match = re.fullmatch(MoreId.template, made.custom_id)

    assert len(made.custom_id) <= 100
    assert MoreId.read(match) == made
    assert made.filters(["Another", filters.outlet or "BelTA"]) == filters
    if filters.outlet:
        with pytest.raises(OutletGoneError):
            made.filters([])
    else:
        assert made.filters([]) == filters


async def test_button_names_its_outlet_by_a_key_and_the_day(newsroom):
    days = [datetime.now(UTC).date()]
    card = (await newsroom.ask(QUESTION, outlet="Sample Gazette")).response.message

    ids = [button.custom_id for button in buttons(card) if button.label == "More quotes"]
    days.append(datetime.now(UTC).date())  # another one at midnight
    assert ids[0] in [f"more:3:::{outlet_key('Sample Gazette')}:{day:%Y%m%d}" for day in days]
