"""Discord fails at every step of every command and button: it is told, or logged, and over."""

import aiohttp
import discord
import pytest
import pytest_asyncio

from index.errors import PictureError
from tests.bot.reading import buttons, texts

NOMINATED = "who was nominated CSTO secretary general?"
CALLBACK = ("POST", "/interactions/*/callback")
EDIT = ("PATCH", "/webhooks/*/messages/@original")
UNKNOWN = {"status": 404, "code": 10008}
BROKEN = {"status": 500}
EXPIRED = {"status": 404, "code": 10062}

pytestmark = pytest.mark.asyncio(loop_scope="module")


def slash(command, **options):
    async def prepare(newsroom, card):
        return lambda: newsroom.bob.slash(newsroom.channel, command, **options)

    return prepare


def click(label, on=None):
    """Click what stands on the answer, or on what another step shows."""

    async def prepare(newsroom, card):
        if on is not None:
            shown = await (await on(newsroom, card))()
            card = shown.response.message
        button = next(each for each in buttons(card) if each.label == label)
        return lambda: newsroom.bob.click(card, custom_id=button.custom_id)

    return prepare


async def find(newsroom, card):
    return lambda: newsroom.bob.context_menu(newsroom.channel, "Find in coverage", card)


@pytest.fixture
def newsroom(shared_newsroom):
    return shared_newsroom


TIMELINE = slash("timeline", topic="CSTO")
STEPS = {
    "ask": slash("ask", question=NOMINATED),
    "ask privately": slash("ask", question=NOMINATED, private=True),
    "find": find,
    "context": click("Context"),
    "cite": click("Copy citation", on=click("Context")),
    "more": click("More quotes"),
    "coverage": slash("coverage"),
    "timeline": TIMELINE,
    "more events": click("More events", on=TIMELINE),
}


@pytest.fixture(autouse=True)
def _no_charts(monkeypatch):
    async def draw(*_):
        raise PictureError("not in this test")

    monkeypatch.setattr("bot.runtime.pictures.draw_in_process", draw)


@pytest_asyncio.fixture(loop_scope="module")
async def card(newsroom):
    return (await newsroom.ask(NOMINATED)).response.message


@pytest_asyncio.fixture(loop_scope="module", params=STEPS)
async def act(request, newsroom, card):
    """What a reader does, as often as it is called."""
    return await STEPS[request.param](newsroom, card)


@pytest.mark.parametrize("fault", [BROKEN, UNKNOWN], ids=["broken", "unknown message"])
async def test_answer_that_cannot_be_sent_is_apologised_for(newsroom, caplog, act, fault):
    newsroom.env.inject_error(*EDIT, **fault)

    result = await act()

    assert texts(result.response.message)[0].startswith("Something went wrong here")
    assert "answering failed" in caplog.text
    assert NOMINATED not in caplog.text
    assert newsroom.env.errors == []


async def test_apology_that_cannot_be_sent_either_is_logged(newsroom, caplog, act):
    newsroom.env.inject_error(*EDIT, **UNKNOWN, times=2)

    await act()

    assert "could not apologise" in caplog.text
    assert newsroom.env.errors == []


async def test_answer_whose_connection_is_cut_is_sent_again(monkeypatch, act):
    original, cut = discord.Interaction.edit_original_response, []

    async def edit(self, **options):
        if not cut:
            cut.append(options)
            raise aiohttp.ServerDisconnectedError
        return await original(self, **options)

    monkeypatch.setattr(discord.Interaction, "edit_original_response", edit)

    first, second = [await act() for _ in range(2)]

    assert len(cut) == 1
    assert texts(first.response.message) == texts(second.response.message)


async def test_interaction_that_expired_is_logged_and_the_next_one_is_answered(
    newsroom, caplog, act
):
    newsroom.env.inject_error(*CALLBACK, **EXPIRED, times=2)
    await act()
    newsroom.env.backend.faults.clear()

    result = await act()

    assert "could not acknowledge a command or a click" in caplog.text
    assert result.response.message.components
    assert newsroom.env.errors == []


async def test_doing_it_twice_answers_twice_the_same(act):
    first, second = [await act() for _ in range(2)]

    assert texts(first.response.message) == texts(second.response.message)


@pytest.mark.parametrize(("fault", "is_logged"), [(UNKNOWN, False), (BROKEN, True)])
async def test_card_that_cannot_be_dismissed_is_logged_unless_it_is_gone(
    newsroom, card, caplog, fault, is_logged
):
    newsroom.env.inject_error("DELETE", "/webhooks/*/messages/@original", **fault)

    await newsroom.alice.click(card, label="Dismiss")

    assert ("could not dismiss a card" in caplog.text) is is_logged
    assert newsroom.env.errors == []
