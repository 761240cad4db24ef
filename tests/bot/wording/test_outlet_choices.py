"""Outlets are offered while a reader types."""

import threading

import pytest

from bot.features.answering import Answering
from bot.runtime.coverage_pool import CoveragePool
from bot.runtime.delivery import Delivery
from bot.wording.outlet_choices import matching_outlets, outlet_choice
from index.coverage import Coverage
from tests.bot.reading import ENGLISH, RUSSIAN

OUTLETS = {"BelTA": 1204, "The Bell": 31, "Tass": 21, "Радио Белого дома": 2, "RaBe Zeitung": 1}
FERRY = "---\ntitle: Ferry\noutlet: {}\n---\nThe ferry left.\n"


def offered(choices):
    return [(each["name"], each["value"]) for each in choices]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", list(OUTLETS)),
        ("BELTA", ["BelTA"]),
        ("be", ["BelTA", "The Bell", "RaBe Zeitung"]),
        ("  the   be", ["The Bell"]),
        ("бел", ["Радио Белого дома"]),
        ("t", ["The Bell", "Tass", "BelTA", "RaBe Zeitung"]),
        ("nothing like it", []),
        ("%_*", []),
    ],
)
def test_what_begins_so_comes_first_then_what_holds_it(typed, expected):
    assert matching_outlets(OUTLETS, typed) == expected


def test_no_more_is_offered_than_discord_takes():
    outlets = {f"Outlet {number}": 1 for number in range(400)} | {"O" * 101: 5, "O" * 100: 2}

    found = matching_outlets(outlets, "o")
    longest = matching_outlets(outlets, "oo")

    assert len(found) == 25
    assert longest == ["O" * 100]
    assert outlet_choice(longest[0], 2, ENGLISH) == "O" * 100


def test_choices_tell_the_number_of_articles():
    assert outlet_choice("BelTA", 1204, ENGLISH) == "BelTA · 1,204 articles"
    assert outlet_choice("Tass", 21, RUSSIAN) == "Tass · 21 статья"
    assert outlet_choice("Tass", 1, ENGLISH) == "Tass · 1 article"


async def test_reader_chooses_an_outlet_while_typing(newsroom):
    choices = await newsroom.alice.autocomplete(newsroom.channel, "ask", "outlet", "gaz")

    ((name, value),) = offered(choices)
    assert value == "Sample Gazette"
    assert name.startswith("Sample Gazette · ")
    card = (await newsroom.ask("who was sent to Kazakhstan?", outlet=value)).response.message
    assert card.components


async def test_choices_are_those_of_the_coverage_in_use(newsroom, open_bot, build_index):
    index_dir = build_index(one=FERRY.format("Wire"), two=FERRY.format("Wire") + "It sank.\n")
    await newsroom.env.restart_bot(open_bot(index_dir))

    choices = await newsroom.alice.autocomplete(newsroom.channel, "ask", "outlet", "")

    assert offered(choices) == [("Wire · 2 articles", "Wire")]


async def test_russian_reader_is_told_in_russian(newsroom, ivan):
    choices = await ivan.autocomplete(newsroom.channel, "ask", "outlet", "gazette")

    assert "стат" in choices[0]["name"]


async def test_outlets_are_counted_once_and_outside_the_event_loop(newsroom, monkeypatch):
    threads = []
    original = Coverage.outlets

    def watched(self):
        threads.append(threading.current_thread().name)
        return original(self)

    monkeypatch.setattr(Coverage, "outlets", watched)
    for typed in ("s", "sa", "sam"):
        await newsroom.alice.autocomplete(newsroom.channel, "ask", "outlet", typed)

    assert len(threads) == 3
    assert {name.split("_")[0] for name in threads} == {"coverage"}
    with newsroom.env.bot._pool.lease() as coverage:
        assert coverage.outlets() is coverage.outlets()


@pytest.mark.parametrize("is_full", [False, True])
async def test_who_types_is_shown_no_error(newsroom, monkeypatch, caplog, is_full):
    def broken(self):
        raise OSError("disk I/O error")

    monkeypatch.setattr(Coverage, "outlets", broken)
    monkeypatch.setattr(CoveragePool, "is_full", is_full)

    choices = await newsroom.alice.autocomplete(newsroom.channel, "ask", "outlet", "s")

    assert choices == []
    assert ("could not offer outlets" in caplog.text) is not is_full


async def test_outlets_that_come_too_late_are_not_offered():
    release = threading.Event()

    class Slow:
        def outlets(self):
            release.wait(10)
            return {"Late": 1}

        def close(self): ...

    pool = CoveragePool(Slow())
    answering = Answering(pool, Delivery(), seconds_to_choose=0.05)

    assert await answering.outlets() == {}
    release.set()
    pool.close()


async def test_choices_that_discord_does_not_take_are_no_error(newsroom):
    newsroom.env.inject_error("POST", "/interactions/*/callback", times=3)

    choices = await newsroom.alice.autocomplete(newsroom.channel, "ask", "outlet", "s")

    assert choices == []
    assert newsroom.env.errors == []
