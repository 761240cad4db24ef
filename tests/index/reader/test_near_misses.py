"""A gate on near misses: questions on what the sample coverage is about, but doesn't say.

Each limit leaves other weights of the bundled reader room for two or three questions. Search alone
puts 7 of the near misses below the questions with an answer, a reader with the same logit for every
text 4, and one that mixes up the texts of a question quotes the wrong ones.
"""

from functools import cache

import pytest

from index.coverage import open_coverage
from index.reader.opening import ON

# The comments say what was exchanged.
NEAR_MISSES = [
    # Somebody else.
    "When was Stanislav Zas prime minister of Kazakhstan?",
    "When was Andrey Serdyukov born?",
    # Another year.
    "Which countries joined the treaty in 1999?",
    # Another place.
    "Who was nominated CSTO secretary general in Minsk?",
    "When did peacekeepers arrive in Tajikistan?",
    "Who declined to sign the declaration in Moscow?",
    # Something else was done.
    "When did Pashinyan sign the declaration in Yerevan?",
    "When did Armenia rejoin the CSTO?",
    "Why did Belarus refuse the chairmanship?",
    "Why did Taalatbek Masadykov resign?",
    "When did Tokayev meet Serdyukov?",
    # Details that are not given.
    "How many aircraft carried the soldiers home?",
    "How many peacekeepers were killed in Almaty?",
    "Where did Uzbekistan suspend its membership?",
    "How much did the peacekeeping operation cost?",
    "Who mediated between Armenia and Azerbaijan?",
]
ANSWERS = {
    "When did the first peacekeepers arrive in Kazakhstan?": "on 6 January",
    "Which countries joined the treaty in 1993?": "Azerbaijan, Belarus and Georgia",
    "When was Tasmagambetov defence minister?": "from 2014 to 2016",
    "Who replaces Tasmagambetov as secretary general?": "Taalatbek Masadykov",
    "Where was the charter of the organization signed?": "Chisinau",
    "Who led the mission to Armenia?": "Stanislav Zas",
    "What did the soldiers guard?": "important sites",
    "Why did the protests in Kazakhstan begin?": "fuel prices",
}


@pytest.fixture(scope="module")
def ask(sample_index):
    """What the bundled reader makes of a question to the sample coverage."""
    with open_coverage(sample_index, reader=ON) as coverage:
        yield cache(coverage.answer)


def test_near_misses_are_less_likely_than_questions_with_an_answer(ask):
    _, second_lowest, *_ = sorted(ask(each).probability for each in ANSWERS)

    recognised = [each for each in NEAR_MISSES if ask(each).probability < second_lowest]

    assert len(recognised) >= 12, recognised


def test_first_quotes_of_questions_with_an_answer_hold_it(ask):
    first = {each: ask(each).quotes[:1] for each in ANSWERS}

    right = [each for each, quotes in first.items() if quotes and ANSWERS[each] in quotes[0].text]

    assert len(right) >= 6, right


def test_hardly_a_near_miss_has_words_in_bold(ask):
    first = {each: ask(each).quotes[:1] for each in NEAR_MISSES}

    marked = [each for each, quotes in first.items() if quotes and quotes[0].answer]

    assert len(marked) <= 3, marked
