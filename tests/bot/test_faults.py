"""Discord fails at every step of every command and button: it is told, or logged, and over."""

import aiohttp
import discord
import pytest

from tests.bot.reading import buttons, texts

NOMINATED = "who was nominated CSTO secretary general?"
CALLBACK = ("POST", "/interactions/*/callback")
EDIT = ("PATCH", "/webhooks/*/messages/@original")
UNKNOWN = {"status": 404, "code": 10008}
BROKEN = {"status": 500}
EXPIRED = {"status": 404, "code": 10062}


async def ask(newsroom, card):
    return await newsroom.bob.slash(newsroom.channel, "ask", question=NOMINATED)


async def ask_privately(newsroom, card):
    return await newsroom.bob.slash(newsroom.channel, "ask", question=NOMINATED, private=True)


async def find(newsroom, card):
    return await newsroom.bob.context_menu(newsroom.channel, "Find in coverage", card)


def click(label):
    async def clicked(newsroom, card):
        button = next(each for each in buttons(card) if each.label == label)
        return await newsroom.bob.click(card, custom_id=button.custom_id)

    return clicked


async def cite(newsroom, card):
    context = await click("Context")(newsroom, card)
    return await click("Copy citation")(newsroom, context.response.message)


STEPS = {
    "ask": ask,
    "ask privately": ask_privately,
    "find": find,
    "context": click("Context"),
    "more": click("More quotes"),
}


@pytest.fixture
async def card(newsroom):
    return (await newsroom.ask(NOMINATED)).response.message


@pytest.mark.parametrize("step", STEPS.values(), ids=list(STEPS))
@pytest.mark.parametrize("fault", [BROKEN, UNKNOWN], ids=["broken", "unknown message"])
async def test_answer_that_cannot_be_sent_is_apologised_for(newsroom, card, caplog, step, fault):
    newsroom.env.inject_error(*EDIT, **fault)

    result = await step(newsroom, card)

    assert texts(result.response.message)[0].startswith("Something went wrong here")
    assert "answering failed" in caplog.text
    assert NOMINATED not in caplog.text
    assert newsroom.env.errors == []


@pytest.mark.parametrize("step", STEPS.values(), ids=list(STEPS))
async def test_apology_that_cannot_be_sent_either_is_logged(newsroom, card, caplog, step):
    newsroom.env.inject_error(*EDIT, **UNKNOWN, times=2)

    await step(newsroom, card)

    assert "could not apologise" in caplog.text
    assert newsroom.env.errors == []


@pytest.mark.parametrize("step", STEPS.values(), ids=list(STEPS))
async def test_cut_connection_is_apologised_for(newsroom, card, monkeypatch, step):
    original, cut = discord.Interaction.edit_original_response, []

    async def edit(self, **options):
        if not cut:
            cut.append(options)
            raise aiohttp.ServerDisconnectedError
        return await original(self, **options)

    monkeypatch.setattr(discord.Interaction, "edit_original_response", edit)

    result = await step(newsroom, card)

    assert texts(result.response.message)[0].startswith("Something went wrong here")


@pytest.mark.parametrize("step", STEPS.values(), ids=list(STEPS))
async def test_interaction_that_expired_is_logged_and_the_next_one_is_answered(
    newsroom, card, caplog, step
):
    newsroom.env.inject_error(*CALLBACK, **EXPIRED, times=2)
    await step(newsroom, card)
    newsroom.env.backend.faults.clear()

    result = await step(newsroom, card)

    assert "could not acknowledge a command or a click" in caplog.text
    assert result.response.message.components
    names = {type(error).__name__ for error in newsroom.env.errors}
    assert names <= {"CommandInvokeError"}


@pytest.mark.parametrize("step", [*STEPS.values(), cite], ids=[*STEPS, "cite"])
async def test_doing_it_twice_answers_twice_the_same(newsroom, card, step):
    first, second = [await step(newsroom, card) for _ in range(2)]

    assert texts(first.response.message) == texts(second.response.message)


async def test_card_dismissed_twice_costs_a_line_in_the_log(newsroom, card, caplog):
    newsroom.env.inject_error("DELETE", "/webhooks/*/messages/@original", **UNKNOWN)

    await newsroom.alice.click(card, label="Dismiss")

    assert "could not dismiss a card" in caplog.text
    assert newsroom.env.errors == []
