"""Words of time are put on the day of the question; without it they mean nothing."""

from datetime import date, timedelta

import pytest

from index.dates.partial_date import PartialDate
from index.search.time_expressions import Timing, asks_for_latest, freshness, read_timing

ASKED = date(2022, 7, 21)


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("Who resigned this week?", 7),
        ("Who resigned yesterday?", 2),
        ("What changed recently?", 31),
        ("Кто ушёл на этой неделе?", 7),
    ],
)
def test_words_of_time_name_days(question, days):
    named = read_timing(question, ASKED).named

    assert named.since == ASKED - timedelta(days=days)
    assert named.holds(PartialDate.parse("2022-07-21T10:00:00+00:00"))
    assert named.holds(PartialDate(2022, 7, 22))  # the day after, further east
    assert not named.holds(PartialDate(2022, 7, 23))
    assert not named.holds(PartialDate.of(ASKED - timedelta(days=days + 1)))


@pytest.mark.parametrize("published", [None, "--07-21", "2022", "2022-07"])
def test_day_that_is_not_known_is_in_no_period(published):
    published = published and PartialDate.parse(published)

    assert not read_timing("today", ASKED).named.holds(published)
    assert freshness(published, ASKED) == 0


def test_question_is_about_the_news_of_its_day():
    assert read_timing("Who resigned?", ASKED) == Timing(None, ASKED)
    assert read_timing("Who resigned in 2022?", ASKED).news_of == ASKED


def test_question_that_names_another_year_is_not_about_the_news_of_the_day():
    assert read_timing("Who signed the treaty in 1992?", ASKED).news_of is None


def test_without_its_day_a_question_says_nothing_of_time():
    assert read_timing("Who resigned this week?", None) == Timing()


def test_freshness_halves_in_30_days_and_ends_behind_tomorrow():
    assert (
        freshness(PartialDate(2022, 7, 21), ASKED)
        == freshness(PartialDate(2022, 7, 22), ASKED)
        == 1
    )
    assert freshness(PartialDate(2022, 6, 21), ASKED) == pytest.approx(0.5)
    assert (
        freshness(PartialDate(2022, 7, 23), ASKED) == freshness(PartialDate(2022, 7, 21), None) == 0
    )


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("What is the latest on the bridge?", True),
        ("Who is the current mayor?", True),
        ("Кто сейчас мэр?", True),
        ("Who knows the mayor?", False),
        ("Who was mayor in 1999?", False),
    ],
)
def test_newest_coverage_is_asked_for(question, is_asked):
    assert asks_for_latest(question) is is_asked
