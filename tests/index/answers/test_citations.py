"""In the copy that is cited, the words that the reader found elsewhere are marked."""

import pytest

from index.answers.citations import mark_answer, quote_span
from index.models import Article, Span

TEXT = "It rained. In 1940, 40 boats sank, and 40 more in 1941."
ARTICLE = Article("a", TEXT, "Boats")


def marked(answer, place):
    quote = mark_answer(quote_span(ARTICLE, Span(11, len(TEXT)), 1.0), answer, place)
    return quote.answer, quote.answer_text


def test_answer_is_a_span_of_the_article():
    assert marked("40", 9) == (Span(20, 22), "40")
    assert TEXT[20:22] == "40"


def test_later_of_two_places_is_marked_if_it_was_read_there():
    assert marked("40", 28) == (Span(39, 41), "40")


@pytest.mark.parametrize("place", [3, 4])
def test_part_of_a_word_is_not_marked(place):
    assert marked("194", place) == (None, None)


@pytest.mark.parametrize(("place", "start"), [(0, 20), (10, 20), (40, 39)])
def test_in_a_copy_the_nearest_place_is_marked_and_only_whole_words(place, start):
    assert marked("40", place) == (Span(start, start + 2), "40")


@pytest.mark.parametrize(
    ("text", "answer", "place", "start"),
    [
        # The words before it are others, and at the same place part of a word is alike.
        ("At 2012, 12 boats sank.", "12", 5, 9),
        ("In 1999, 9 boats of 99 sank.", "9", 5, 9),
        ("Alderbank, bank of Alder, failed.", "bank", 5, 11),
        ("Andre\u0301 met Andre, a boatman.", "Andre", 0, 11),
        ("नगरपाल ने कहा: नगर खुला है।", "नगर", 0, 15),
        # Without spaces, every character may begin a word.
        ("昨天东京下雨了，“东京”很冷。", "东京", 2, 2),
        ("昨天，东京下雨了。", "东京", 2, 3),
        ("กรุงเทพฝนตก", "ฝน", 0, 7),
    ],
)
def test_only_whole_words_count_however_near_a_part_of_a_word_is(text, answer, place, start):
    quote = quote_span(Article("a", text, "Boats"), Span(0, len(text)), 1.0)

    assert mark_answer(quote, answer, place).answer == Span(start, start + len(answer))


@pytest.mark.parametrize("answer", ["194", "boat", "sixty boats", "40 boats sank!"])
def test_quote_that_lacks_the_words_is_not_marked(answer):
    assert marked(answer, 0) == (None, None)


@pytest.mark.parametrize("answer", ["$4.20 (or so)", "(or", "*"])
def test_signs_in_an_answer_are_no_pattern(answer):
    article = Article("a", "It cost $4.20 (or so) * twice.", "Price")

    quote = mark_answer(quote_span(article, Span(0, 30), 1.0), answer, 0)

    assert quote.answer_text == answer
