"""A card says which names were searched for as the coverage spells them."""

from bot.cards.respelling import respelling_lines
from tests.bot.reading import ENGLISH, RUSSIAN, texts


async def test_card_says_what_a_misspelt_name_was_taken_for(newsroom):
    card = (await newsroom.ask("What posts has Tasmaganbetov held?")).response.message

    assert texts(card)[:2] == [
        "**Q:** What posts has Tasmaganbetov held?",
        "-# Showing results for Tasmagambetov",
    ]


async def test_card_says_nothing_of_names_as_the_coverage_has_them(newsroom):
    card = (await newsroom.ask("What posts has Tasmagambetov held?")).response.message

    assert not any("Showing results" in text for text in texts(card))


def test_several_names_are_on_one_line_in_the_language_of_the_reader():
    assert respelling_lines([], ENGLISH) == []
    assert respelling_lines(["O*rlova", "Zas"], ENGLISH) == [
        "-# Showing results for O\\*rlova, Zas"
    ]
    assert respelling_lines(["Орлова"], RUSSIAN) == ["-# Показаны результаты для Орлова"]
