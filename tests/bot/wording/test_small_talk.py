"""Thanks and the like are told from questions, however short."""

import pytest

from bot.wording.small_talk import is_small_talk


@pytest.mark.parametrize(
    "content",
    [
        "Cheers!",
        "thank you so much",
        "ty bot :)",
        "**Perfect**, that was helpful",
        "that makes sense, thanks for the sources",
        "I see.",
        "hahaha nice",
        "LOOOL",
        "❤️",
        "<:salute:1045000000000000001> thx <@1045000000000000002>",
        "https://gifs.example/applause.gif",
        "…",
        "Благодарю, всё понятно",
        "спасибо большое за ответ!",
        "ахахах",
        "👍 ок",
        "makes sense",
        "+1",
        ":thumbsup: nice one",
        "much appreciated",
        "no problem",
        "this",
        "да",
        "щиро дякую!",
        "вялікі дзякуй",
        "danke",
        "merci",
    ],
)
def test_small_talk_asks_nothing(content):
    assert is_small_talk(content)


@pytest.mark.parametrize(
    "content",
    [
        "thanks, and when?",
        "ok, what about Armenia",
        "ok?",
        "Thanks. Lukashenko",
        "nice, Kazakhstan too",
        "who",
        "is that true",
        "and the second one",
        "in November",
        "good news about the bridge",
        "source",
        "more",
        "спасибо, а когда",
        "правда ли это",
        "Спасская башня",
    ],
)
def test_what_asks_or_names_something_is_no_small_talk(content):
    assert not is_small_talk(content)
