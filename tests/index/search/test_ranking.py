"""What lifts a passage or a sentence over another that is otherwise alike."""

from datetime import date

import pytest

from index.dates.partial_date import PartialDate
from index.search.candidates import Candidate
from index.search.ranking import BEST_PASSAGES, rank_passages, score_sentences
from index.search.time_expressions import Period, Timing
from index.store.base import Origin
from index.text.bm25 import weighted_coverage
from tests.index.questions import parsed

ASKED = date(2022, 7, 21)
NEWS_OF_THE_DAY = Timing(None, ASKED)


def ranked(*origins, timing=NEWS_OF_THE_DAY):
    """The order of passages that are alike but for where they are from."""
    cosines = dict.fromkeys(range(len(origins)), 0.5)
    hits = rank_passages(cosines, {}, dict(enumerate(origins)), timing)
    return [hit.passage for hit in hits]


def candidate(text, *terms, around=(), passage=0.5, prior=0.0, cosine=0.5):
    return Candidate(passage, prior, cosine, text, terms, frozenset([*terms, *around]))


def test_news_of_the_day_comes_before_old_news():
    dates = ["2013-08-11", "2022-07-20", None, "2022-06-21", "2022-11-08"]

    order = ranked(
        *(Origin(row, day and PartialDate.parse(day), 0) for row, day in enumerate(dates))
    )

    # Undated and still to come count as old as can be.
    assert order == [1, 3, 0, 2, 4]


def test_question_about_no_day_has_no_old_news():
    dates = ["2013-08-11", "2022-07-20"]

    assert ranked(
        *(Origin(row, day and PartialDate.parse(day), 0) for row, day in enumerate(dates)),
        timing=Timing(),
    ) == [
        0,
        1,
    ]


def test_days_that_are_named_come_before_all_others():
    named = Period(date(2022, 7, 1), date(2022, 7, 7))
    origins = [Origin(0, PartialDate(2022, 7, 21), 0), Origin(1, PartialDate(2022, 7, 3), 30)]

    assert ranked(*origins, timing=Timing(named, ASKED)) == [1, 0]


def test_article_of_a_day_to_come_is_in_no_period():
    named = Period(date(2022, 7, 18), date(2022, 7, 24))
    dates = [PartialDate(2022, 7, day) for day in (23, 22, 21)]

    order = ranked(
        *(Origin(row, day, row) for row, day in enumerate(dates)),
        timing=Timing(named, asked_on=ASKED),
    )

    assert order == [1, 2, 0]


def test_beginning_of_an_article_comes_first():
    assert ranked(Origin(0, None, 12), Origin(1, None, 0), Origin(2, None, 5)) == [1, 2, 0]


def test_no_more_than_the_best_passages_are_kept():
    assert len(ranked(*(Origin(row, None, 0) for row in range(30)))) == BEST_PASSAGES


def test_sentence_whose_neighbours_hold_the_question_is_lifted():
    scores = score_sentences(
        parsed("Why did the ferry stop?", {"ferri": 2.0, "stop": 1.0}),
        {1: candidate("It was the ice.", "ice", around=["ferri"]), 2: candidate("It rained.")},
    )

    assert scores[1][0] - scores[2][0] == pytest.approx(0.15 * (2 / 3) / 1.23)


def test_sentence_with_the_kind_of_answer_that_is_asked_for_is_lifted():
    scores = score_sentences(
        parsed("How many boats sailed?", {"boat": 1.0}),
        {1: candidate("Some 40 did."), 2: candidate("All of them did.")},
    )

    assert scores[1][0] - scores[2][0] == pytest.approx(0.08 / 1.23)


def test_coverage_of_terms_is_weighted():
    assert weighted_coverage({"a": 3.0, "b": 1.0}, {"a", "x"}) == 0.75
    assert weighted_coverage({}, {"a"}) == 0
