"""A sentence that tells news is told from headings, questions and talk to the reader."""

import pytest

from index.text.terms import split_terms
from index.timelines.newsworthiness import is_declarative, names_its_day, news_lift, talks_to_reader

LONG = "the crews of the ferry went back to work after nine weeks"


@pytest.mark.parametrize(
    "sentence",
    [
        f"In Alder {LONG}.",
        f"“In Alder {LONG}!”",
        "«Через девять недель экипажи парома вернулись к работе», – сказала мэр.",
        f"(412) {LONG}…",
        f"$40,000 a week was lost until {LONG}.”",
    ],
)
def test_whole_sentences_are_told(sentence):
    assert is_declarative(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry is back.",
        f"Ferry strike: {LONG}",
        f"Who says that {LONG}?",
        f"- {LONG} -",
        "",
    ],
)
def test_headings_questions_and_scraps_are_not(sentence):
    assert not is_declarative(sentence)


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("The ferry sank on Thursday.", True),
        ("Today the ferry sank.", True),
        ("Паром затонул в среду.", True),
        ("The ferry sank on 3 March 2021.", False),
        ("Mondays are quiet on the quay.", False),
        ("В средней школе тихо.", False),
    ],
)
def test_day_is_named_in_the_words_of_the_day(sentence, named):
    assert names_its_day(sentence) is named


@pytest.mark.parametrize(
    ("sentence", "talks"),
    [
        ("Here's what you need to know about the strike.", True),
        ("Follow our updates on the strike.", True),
        ("Вы узнаете об этом первыми.", True),
        ("“We want you to win,” the mayor told crews of the US line.", False),
        ("«Мы победим», – сказали экипажи.", False),
    ],
)
def test_talk_to_the_reader_is_told_from_quoted_speech(sentence, talks):
    assert talks_to_reader(sentence) is talks


def lift(sentence, headline="", before=0):
    return news_lift(sentence, split_terms(sentence), frozenset(split_terms(headline)), before)


def test_beginning_headline_and_day_lift_a_sentence():
    plain = "Crews of the Alder ferry voted for a strike over the night shifts."
    dated = "Crews of the Alder ferry voted on Tuesday for a strike over the night shifts."

    assert lift(plain, before=0) > lift(plain, before=3) > lift(plain, before=30)
    assert lift(plain, "Ferry crews vote to strike") > lift(plain, "Mayor on holiday")
    assert lift(dated) > lift(plain)


def test_what_leans_on_another_sentence_or_talks_to_the_reader_is_lifted_less():
    plain = "Crews of the Alder ferry voted for a strike over the night shifts."

    assert lift(plain) > lift(plain.replace("Crews of the Alder ferry", "They"))
    assert lift(plain) > lift(plain.replace("Crews of the Alder ferry", "Our ferry crews"))
