"""A dateline, a credit and a question are never quotes; a sentence is, however short."""

import pytest

from index.answers.quotable import says_something
from index.answers.quotes import draft_quotes
from index.models import Article, Sentence
from index.search.answerability import Evidence
from index.search.candidates import Reading, ScoredSentence
from index.search.hybrid import SearchResult
from index.text.sentences import split_sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "He won.",
        "“We stay.”",
        "It rained…",
        "No!",
        "Он победил.",
        "«Мост открыт».",
        "The harbour bridge opened on Monday",
        "ALDER BAY (Coast Wire) — The harbour bridge opened on Monday.",
        "Photos show the mayor cutting the ribbon.",
        "Source materials were lost in the fire of 1987.",
        "The mayor told Reuters.",
        "The set {1, 2} has two members, and the mayor paid $5.",
        "Pictures that the mayor of Alder Bay took of the bridge in winter were shown to visitors "
        "of the town museum, and later to Reuters",
        "“Who knew?” the mayor asked.",
        "Фото моста появилось в газетах.",
        "«Кто знал?» – спросил мэр.",
    ],
)
def test_sentence_says_something(sentence):
    assert says_something(sentence)


@pytest.mark.parametrize(
    "words",
    [
        "CNN —",
        "MINSK, 23 November (Coast Wire) –",
        "МИНСК, 23 ноября –",
        "By Ada Nyberg",
        "Read more",
        "* * *",
        "2022",
        "12.5.",
        "…",
        "",
        " \n",
    ],
)
def test_dateline_or_byline_says_nothing(words):
    assert not says_something(words)


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge {{ bridge.name }} opened for all on Monday.",
        "{% if subscriber %} The bridge opened for all on Monday. {% endif %}",
        "Good morning, ${name}, and welcome to the newsletter of the harbour.",
        "The number of readers was <%= count %> on Monday.",
    ],
)
def test_piece_of_a_template_says_nothing(sentence):
    assert not says_something(sentence)


@pytest.mark.parametrize(
    "credit",
    [
        "Photo: Ada Nyberg / Coast Wire.",
        "Photo by Ada Nyberg for the Coast Wire.",
        "(Image: Ada Nyberg, town museum)",
        "Photograph by Ada Nyberg of the Alder Post.",
        "Source: Ministry of Ports, own research.",
        "Photos of the harbour bridge in winter",
        "The harbour bridge in winter, seen from the port. Ada Nyberg/Getty Images",
        "A ferry leaves Alder Bay on Monday | AFP",
        "Фото: пресс-служба порта Алдер.",
        "Источник: министерство портов, собственные данные.",
        "Паром у моста в гавани / ТАСС",
    ],
)
def test_credit_says_nothing(credit):
    assert not says_something(credit)


@pytest.mark.parametrize(
    "question",
    [
        "Who opened the harbour bridge?",
        "“Who opened the harbour bridge?”",
        "Did Mr. Falk open the U.S. bridge?",
        "Who opened it (and why?)",
        "Кто открыл мост в гавани?",
        "«Кто открыл мост в гавани?»",
    ],
)
def test_question_says_nothing(question):
    assert not says_something(question)


def drafted(*texts):
    """The drafts of articles whose sentences were all found, the first the best."""
    articles = {row: Article(str(row), text, "Headline") for row, text in enumerate(texts)}
    sentences, first = {}, 0
    for row, text in enumerate(texts):
        spans = split_sentences(text)
        sentences[row] = [Sentence(first + place, span) for place, span in enumerate(spans)]
        first += len(spans)
    scored = [
        ScoredSentence(row, each, 1 - each.number / 10, 0.0)
        for row, found in sentences.items()
        for each in found
    ]
    found = SearchResult((), tuple(scored), Reading(articles, sentences, ()), Evidence())
    return [draft.text for draft in draft_quotes(found, 9)]


def test_draft_that_says_nothing_is_left_out():
    assert drafted(
        "Who opened the harbour bridge?",
        "CNN —",
        "Photo: Ada Nyberg / Coast Wire.",
        "Mayor Ines Falk opened it on Monday.",
    ) == ["Mayor Ines Falk opened it on Monday."]


def test_draft_of_a_question_and_its_answer_is_kept():
    text = "Who opened the harbour bridge? Mayor Ines Falk did, on Monday."

    assert drafted(text) == [text]
