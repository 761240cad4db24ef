"""Words name days, seen from today: those that readers type, in English and Russian."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.period import Period
from index.search.periods import read_period

TODAY = date(2024, 5, 15)  # a Wednesday


def days(text, today=TODAY):
    period = read_period(text, today)
    return period and f"{period.since} {period.until}"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("today", "this morning", "tonight", "сегодня"), "2024-05-15 2024-05-15"),
        (("yesterday", "last night", "since yesterday", "вчера"), "2024-05-14 2024-05-14"),
        (("the day before yesterday", "2 days ago", "позавчера"), "2024-05-13 2024-05-13"),
        (("two weeks ago", "2 недели назад"), "2024-04-29 2024-05-05"),
        (("three months ago", "три месяца назад"), "2024-02-01 2024-02-29"),
        (("a year ago", "год назад"), "2023-01-01 2023-12-31"),
    ],
)
def test_days_are_counted_back(texts, expected):
    assert {text: days(text) for text in texts} == dict.fromkeys(texts, expected)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("last week", "the previous week", "на прошлой неделе"), "2024-05-06 2024-05-12"),
        (("this week", "the current week", "на этой неделе"), "2024-05-13 2024-05-19"),
        (("last month", "since last month", "в прошлом месяце"), "2024-04-01 2024-04-30"),
        (("this month", "в этом месяце"), "2024-05-01 2024-05-31"),
        (("last year", "в прошлом году", "прошлый год"), "2023-01-01 2023-12-31"),
        (("this year", "в этом году"), "2024-01-01 2024-12-31"),
        (("last weekend", "the weekend", "на выходных"), "2024-05-11 2024-05-12"),
    ],
)
def test_last_and_this_are_of_the_calendar(texts, expected):
    assert {text: days(text) for text in texts} == dict.fromkeys(texts, expected)


@pytest.mark.parametrize(
    ("texts", "since"),
    [
        (("past week", "in the past week", "за последнюю неделю"), "2024-05-08"),
        (("last 5 days", "the past five days", "за последние 5 дней"), "2024-05-10"),
        (("in the last 3 weeks", "за последние три недели"), "2024-04-24"),
        (("last two months", "за последние 2 месяца"), "2024-03-15"),
        (("the past year", "за последний год"), "2023-05-15"),
        (("past few days", "recent days", "последние дни"), "2024-05-08"),
    ],
)
def test_past_and_counted_ones_end_today(texts, since):
    assert {text: days(text) for text in texts} == dict.fromkeys(texts, f"{since} {TODAY}")


def test_months_back_end_on_a_day_that_there_is():
    assert days("past month", date(2024, 3, 31)) == "2024-02-29 2024-03-31"
    assert days("past year", date(2024, 2, 29)) == "2023-02-28 2024-02-29"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Monday", "on Monday", "last Monday", "с понедельника"), "2024-05-13 2024-05-13"),
        (("Wednesday", "this Wednesday", "в среду"), "2024-05-15 2024-05-15"),
        (("last Wednesday", "в прошлую среду"), "2024-05-08 2024-05-08"),
        (("Friday", "last Fri"), "2024-05-10 2024-05-10"),
        (("this Friday", "в эту пятницу"), "2024-05-17 2024-05-17"),
    ],
)
def test_weekday_is_the_latest_one(texts, expected):
    assert {text: days(text) for text in texts} == dict.fromkeys(texts, expected)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("March", "in March", "last March", "в марте", "март"), "2024-03-01 2024-03-31"),
        (("May", "this May", "в мае"), "2024-05-01 2024-05-31"),
        (("last May", "в мае прошлого года", "May last year"), "2023-05-01 2023-05-31"),
        (("December", "Dec", "в декабре", "grudzień", "снежань"), "2023-12-01 2023-12-31"),
        (("this December",), "2024-12-01 2024-12-31"),
        (("autumn", "last autumn", "the fall", "прошлой осенью"), "2023-09-01 2023-11-30"),
        (("spring", "this spring", "весной"), "2024-03-01 2024-05-31"),
        (("last spring", "прошлой весной"), "2023-03-01 2023-05-31"),
        (("winter", "last winter", "зимой"), "2023-12-01 2024-02-29"),
    ],
)
def test_month_or_season_is_the_latest_that_has_begun_or_ended(texts, expected):
    assert {text: days(text) for text in texts} == dict.fromkeys(texts, expected)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("summer 2021", "in the summer of 2021", "летом 2021 года"), "2021-06-01 2021-08-31"),
        (("winter 2021/22", "winter of 2021-2022"), "2021-12-01 2022-02-28"),
        (("the 1990s", "1990-е годы"), "1990-01-01 1999-12-31"),
        (("in 2021", "2021", "с 2021 года"), "2021-01-01 2021-12-31"),
        (("in July 2021", "в июле 2021 г."), "2021-07-01 2021-07-31"),
        (("5 July 2021", "on July 5th, 2021", "5 июля 2021 года"), "2021-07-05 2021-07-05"),
        (("5 July", "since 5 July", "с 5 июля"), "2023-07-05 2023-07-05"),
        (("29 February",), "2024-02-29 2024-02-29"),
    ],
)
def test_dates_mean_all_their_days(texts, expected):
    assert {text: days(text) for text in texts} == dict.fromkeys(texts, expected)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            ("5 to 12 July 2021", "between 5 and 12 July 2021", "5–12 July 2021", "5-12 July 2021"),
            "2021-07-05 2021-07-12",
        ),
        (("с 5 по 12 июля 2021 года", "между 5 и 12 июля 2021"), "2021-07-05 2021-07-12"),
        (("from 28 June to 3 July 2021", "28 июня – 3 июля 2021"), "2021-06-28 2021-07-03"),
        (("November to January 2022", "November 2021 - January 2022"), "2021-11-01 2022-01-31"),
        (("2019–2021", "from 2019 to 2021"), "2019-01-01 2021-12-31"),
        (("from Monday to Tuesday", "с понедельника по вторник"), "2024-05-13 2024-05-14"),
        (("Friday to Sunday",), "2024-05-10 2024-05-12"),
        (("from 2 May until yesterday",), "2024-05-02 2024-05-14"),
    ],
)
def test_range_takes_from_its_end_what_its_beginning_leaves_out(texts, expected):
    assert {text: days(text) for text in texts} == dict.fromkeys(texts, expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "in",
        "soon",
        "someday",
        "next week",
        "last",
        "last 3",
        "ago",
        "3",
        "to 5",
        "5 to",
        "2021-13",
        "30 February",
        "winter 2021",  # it could be two
        "years ago",
        "million years ago",
        "last weeks",
        "12 July 2021 to 5 July 2021",
        "x" * 6000,
        "last " * 2000,
        "5 July to " * 2000,
    ],
)
def test_what_names_no_days_is_no_period(text):
    assert read_period(text, TODAY) is None


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_last_week_touches_this_week_on_any_day(today):
    last, this = read_period("last week", today), read_period("this week", today)

    assert last.until + timedelta(days=1) == this.since <= today <= this.until
    assert last == Period(this.since - timedelta(days=7), this.until - timedelta(days=7))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Q4 2023", "2023 Q4", "the fourth quarter of 2023"), "2023-10-01 2023-12-31"),
        (("4 квартал 2023 года", "четвёртый квартал 2023"), "2023-10-01 2023-12-31"),
        (("H2 2023", "the second half of 2023", "второе полугодие 2023"), "2023-07-01 2023-12-31"),
        (("last quarter", "в прошлом квартале"), "2024-01-01 2024-03-31"),
        (("this quarter", "Q2"), "2024-04-01 2024-06-30"),
        (("Q3", "the third quarter"), "2023-07-01 2023-09-30"),
        (("early March", "at the beginning of March", "в начале марта"), "2024-03-01 2024-03-10"),
        (("mid-June 2023", "the middle of June 2023"), "2023-06-11 2023-06-20"),
        (("late August", "end of August", "в конце августа"), "2023-08-21 2023-08-31"),
        (("year to date", "since the start of the year", "с начала года"), "2024-01-01 2024-05-15"),
        (("since the beginning of the month",), "2024-05-01 2024-05-15"),
        (("past 24 hours", "last 12 hours", "за последние 24 часа"), "2024-05-14 2024-05-15"),
        (("the last fortnight",), "2024-05-01 2024-05-15"),
        (("a fortnight ago",), "2024-04-29 2024-05-05"),
        (("a couple of days ago",), "2024-05-13 2024-05-13"),
        (("the 90s", "the 1990s"), "1990-01-01 1999-12-31"),
        (("2019-2021", "2019 to 2021"), "2019-01-01 2021-12-31"),
    ],
)
def test_parts_of_a_year_and_of_a_month_are_read(texts, expected):
    assert {text: days(text) for text in texts} == dict.fromkeys(texts, expected)


@pytest.mark.parametrize(
    "text", ["Q5 2023", "H3 2023", "third half of 2023", "late 2023", "3 days"]
)
def test_part_that_there_is_not_is_no_period(text):
    assert read_period(text, TODAY) is None
