"""A question's words of time are a period, seen from the day it is asked; without it, nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.partial_date import PartialDate
from index.dates.period import Period
from index.search.periods import read_period
from index.search.time_expressions import (
    Timing,
    asks_for_latest,
    find_period,
    freshness,
    nearness,
    read_timing,
)

ASKED = date(2022, 7, 21)  # a Thursday


def named(question, asked_on=ASKED):
    """The days that the question names, and the words that name them."""
    mention = find_period(question, asked_on)
    if mention is None:
        return None
    days = f"{mention.period.since} {mention.period.until}"
    return days, question[mention.start : mention.end]


@pytest.mark.parametrize(
    ("question", "days", "words"),
    [
        ("What happened on 5 May 2021?", "2021-05-05 2021-05-05", "on 5 May 2021"),
        ("On May 5, 2021, what happened?", "2021-05-05 2021-05-05", "On May 5, 2021"),
        ("who resigned in may 2021 in Riga", "2021-05-01 2021-05-31", "in may 2021"),
        ("Did it open 2021-05-05 or later?", "2021-05-05 2021-05-05", "2021-05-05"),
        ("Who came on 13.5.2021?", "2021-05-13 2021-05-13", "on 13.5.2021"),
        ("Who left in 1999, and why?", "1999-01-01 1999-12-31", "in 1999"),
        ("Was it (in May) full?", "2022-05-01 2022-05-31", "in May"),
        ("Who met on Monday in Riga?", "2022-07-18 2022-07-18", "on Monday"),
        ("What did they sell in the summer of 2021?", "2021-06-01 2021-08-31", None),
        ("Who resigned last week?", "2022-07-11 2022-07-17", "last week"),
        ("Who resigned over the past 3 days?", "2022-07-18 2022-07-21", "over the past 3 days"),
        ("What was it last quarter in Riga?", "2022-04-01 2022-06-30", "last quarter"),
        ("What broke in the last 24 hours?", "2022-07-20 2022-07-21", "in the last 24 hours"),
        ("Что было в прошлом квартале?", "2022-04-01 2022-06-30", "в прошлом квартале"),
        ("Which law came in early May 2021?", "2021-05-01 2021-05-10", "in early May 2021"),
        ("What changed recently?", "2022-06-20 2022-07-21", "recently"),
        ("Что случилось 5 мая 2021 года в Риге?", "2021-05-05 2021-05-05", "5 мая 2021 года"),
        ("Кто ушёл на прошлой неделе?", "2022-07-11 2022-07-17", "на прошлой неделе"),
        ("Что было в мае?", "2022-05-01 2022-05-31", "в мае"),
        (
            "Who left at 18:30:00 on 5 May 2021?",
            "2021-05-05 2021-05-05",
            "at 18:30:00 on 5 May 2021",
        ),
        ("Is it more than in 2020, in May 2021?", "2021-05-01 2021-05-31", "in May 2021"),
    ],
)
def test_period_is_found_anywhere_in_a_question(question, days, words):
    found = named(question)

    assert found is not None
    assert found[0] == days
    assert words is None or found[1] == words


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("What happened between 5 and 12 May 2021 in Riga?", "2021-05-05 2021-05-12"),
        ("What happened from 28 April to 3 May 2021?", "2021-04-28 2021-05-03"),
        ("Что было с 5 по 12 мая 2021 года?", "2021-05-05 2021-05-12"),
        ("news of 5–12 May 2021", "2021-05-05 2021-05-12"),
        ("What has he said since May 2021?", "2021-05-01 2022-07-21"),
        ("What did he do after 5 May 2022?", "2022-05-06 2022-07-21"),
        ("Who was it before 2020?", "0001-01-01 2019-12-31"),
        ("Who was it until May 2021?", "0001-01-01 2021-05-31"),
        ("Кто это был до 2020 года?", "0001-01-01 2019-12-31"),
    ],
)
def test_period_between_two_days_or_open_to_one_side(question, days):
    assert named(question)[0] == days


@pytest.mark.parametrize(
    "question",
    [
        "Who won the 2018 final?",
        "Did Theresa May resign?",
        "Who signed the treaty of 1992?",
        "may 22 people enter?",
        "Who won on Black Friday?",
        "What of the fall of Rome?",
        "How high is sea level by 2050?",
        "What happened on 12/11/2021?",  # day and month could be swapped
        "How many weeks are in a year?",
        "Is 5 more than 4?",
        "What rose more than it did a year ago?",
        "What cost less, compared with last year?",
        "Что подорожало по сравнению с прошлым годом?",
        "",
    ],
)
def test_other_words_and_figures_are_no_period(question):
    assert find_period(question, ASKED) is None


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_words_mean_the_same_in_a_question_and_in_a_filter(today):
    for words in ("last week", "this month", "the past 3 days", "last Monday", "yesterday"):
        mention = find_period(f"Who resigned {words} in Riga?", today)

        assert mention.period == read_period(words, today)


def test_question_is_about_the_news_of_its_day():
    assert read_timing("Who resigned?", ASKED) == Timing(None, ASKED, asked_on=ASKED)
    assert read_timing("Who resigned on 20 July 2022?", ASKED).news_of == ASKED


@pytest.mark.parametrize(
    "question", ["Who signed the treaty in 1992?", "Who won the 2018 final?", "Who left in March?"]
)
def test_question_about_another_time_is_not_about_the_news_of_its_day(question):
    assert read_timing(question, ASKED).news_of is None


def test_without_its_day_a_question_says_nothing_of_time():
    assert read_timing("Who resigned this week?", None) == Timing()


def test_what_is_asked_of_a_period_is_known():
    in_riga = read_timing("What happened in Riga on 5 May?", ASKED)

    assert in_riga.named == Period(date(2022, 5, 5), date(2022, 5, 5))
    assert (in_riga.events_of, in_riga.yearless) == ("in Riga", PartialDate(None, 5, 5))
    assert read_timing("What is the latest on the talks?", ASKED).events_of == "the talks"
    assert read_timing("What happened to the ferry?", ASKED).events_of is None
    assert read_timing("Who left on 5 May?", ASKED).events_of is None


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("What happened in Riga on 5 May?", True),
        ("What was new last week?", True),
        ("Who left on 5 May?", False),
        ("What is the latest on the talks?", False),
    ],
)
def test_what_happened_is_asked_of_a_period_only(question, asks):
    assert read_timing(question, ASKED).asks_what_happened is asks


@pytest.mark.parametrize(
    "question", ["Any recent news about Riga?", "What is the most recent news from Riga?"]
)
def test_recent_news_are_the_newest_whenever_that_was(question):
    timing = read_timing(question, ASKED)

    assert (timing.named, timing.events_of) == (None, "Riga")
    assert read_timing("Who left recently?", ASKED).named == Period(date(2022, 6, 20), ASKED)
    assert read_timing("Who is the most recent winner?", ASKED).named is None


DAY = read_timing("What happened on 5 May 2021?", ASKED)
YEARLESS = read_timing("What happened on 5 May?", ASKED)
MONTH = read_timing("What happened in May 2021?", ASKED)


@pytest.mark.parametrize(
    ("timing", "text", "published", "is_named"),
    [
        (DAY, "It sank on 5 May 2021.", None, True),
        (DAY, "It sank on May 5.", "2021-06-01", True),
        (DAY, "It sank on May 5.", "2020-06-01", False),
        (DAY, "It sank on 5 May.", None, False),
        (DAY, "It sank.", "--05-05", False),
        (DAY, "It sank in May 2021.", "2021-06-01", False),
        (YEARLESS, "It sank on 5 May.", None, True),
        (YEARLESS, "It sank.", "--05-05", True),
        (YEARLESS, "It sank.", "--05-06", False),
        (MONTH, "Он затонул 5 мая 2021 года.", None, True),
        (MONTH, "It sank in May 2021.", None, True),
        (MONTH, "It sank in 2021.", None, False),
        (Timing(), "It sank on 5 May 2021.", None, False),
    ],
)
def test_text_names_a_period(timing, text, published, is_named):
    published = published and PartialDate.parse(published)

    assert timing.is_named_by(text, published) is is_named


def near(published, since, until, asked_on=None):
    return nearness(PartialDate.parse(published), Timing(Period(since, until), asked_on=asked_on))


def test_nearness_is_whole_within_a_period_and_falls_beside_it():
    week = date(2022, 7, 11), date(2022, 7, 17)

    assert near("2022-07-11", *week) == near("2022-07-17", *week) == 1
    assert near("2022-07-20", *week) == pytest.approx(0.5)
    assert near("2022-07-08", *week) == pytest.approx(0.5)
    assert near("2022-07-12", date(2022, 7, 11), date(2022, 7, 11)) == pytest.approx(0.5)
    assert near("2022-07", date(2022, 7, 1), date(2022, 8, 1)) == 1
    assert near("2022-07", date(2022, 7, 2), date(2022, 8, 1)) == 0


def test_nothing_is_near_a_period_that_is_still_to_come():
    week = date(2022, 7, 18), date(2022, 7, 24)

    assert near("2022-07-22", *week, asked_on=ASKED) == 1  # in the east it is tomorrow
    assert near("2022-07-23", *week, asked_on=ASKED) == 0
    assert nearness(PartialDate(2022, 7, 21), Timing(asked_on=ASKED)) == 0


@pytest.mark.parametrize("published", [None, "--07-21", "2022", "2022-07"])
def test_day_that_is_not_known_is_near_no_period(published):
    published = published and PartialDate.parse(published)

    assert nearness(published, read_timing("Who left today?", ASKED)) == 0
    assert freshness(published, ASKED) == 0


def test_freshness_halves_in_30_days_and_ends_after_tomorrow():
    today, tomorrow = PartialDate.of(ASKED), PartialDate.of(ASKED + timedelta(days=1))

    assert freshness(today, ASKED) == freshness(tomorrow, ASKED) == 1
    assert freshness(PartialDate(2022, 6, 21), ASKED) == pytest.approx(0.5)
    assert freshness(PartialDate(2022, 7, 23), ASKED) == freshness(today, None) == 0


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
