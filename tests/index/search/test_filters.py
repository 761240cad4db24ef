"""Dates in ordinary words become days; what is unclear is answered with what is understood."""

from datetime import date

import pytest

from index.errors import FilterError
from index.models import Filters
from index.search.filters import find_outlet, read_filters

OUTLETS = {"BBC": 2, "bbc": 1, "Harbour Post": 3}
TODAY = date(2026, 11, 24)  # a Tuesday


def days(text):
    filters = read_filters(since=text, until=text, today=TODAY)
    return str(filters.since), str(filters.until)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2022-11-23", "2022-11-23", "2022-11-23"),
        ("23 November 2022", "2022-11-23", "2022-11-23"),
        ("Nov 23, 2022", "2022-11-23", "2022-11-23"),
        ("13/4/2022", "2022-04-13", "2022-04-13"),
        ("2022-11", "2022-11-01", "2022-11-30"),
        ("February 2024", "2024-02-01", "2024-02-29"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("in 2022", "2022-01-01", "2022-12-31"),
        ("2022 год", "2022-01-01", "2022-12-31"),
        ("today", "2026-11-24", "2026-11-24"),
        ("yesterday", "2026-11-23", "2026-11-23"),
        ("3 days ago", "2026-11-21", "2026-11-21"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("this week", "2026-11-23", "2026-11-29"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("in the last 3 weeks", "2026-11-03", "2026-11-24"),
        ("last Monday", "2026-11-23", "2026-11-23"),
        ("since August", "2026-08-01", "2026-08-31"),
        ("spring 2021", "2021-03-01", "2021-05-31"),
        ("за последние два дня", "2026-11-22", "2026-11-24"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("23 November", "2026-11-23", "2026-11-23"),
        ("25 December", "2025-12-25", "2025-12-25"),
        ("29 February", "2024-02-29", "2024-02-29"),
        ("вчера", "2026-11-23", "2026-11-23"),
        ("23 ноября 2022", "2022-11-23", "2022-11-23"),
        ("  last week ", "2026-11-16", "2026-11-22"),
    ],
)
def test_words_mean_their_first_and_last_day(text, since, until):
    assert days(text) == (since, until)


@pytest.mark.parametrize("text", ["someday", "2022-13", "31 February 2022", "99999", "?"])
def test_what_is_no_date_is_answered_with_what_is_understood(text):
    with pytest.raises(FilterError, match="not a date that is understood; try 23 November 2022"):
        days(text)


def test_day_and_month_that_could_be_swapped_are_not_guessed():
    for text in ("3/4/2022", "03.04.2022", "3/4/2022 10:15"):
        with pytest.raises(FilterError, match=f"“{text}” can be read two ways; try"):
            days(text)


def test_days_the_wrong_way_round_are_told():
    with pytest.raises(FilterError, match="since 2022-11-01 and until 2022-10-31; swap"):
        read_filters(since="November 2022", until="October 2022", today=TODAY)


def test_nothing_typed_lets_all_through():
    assert read_filters(today=TODAY) == read_filters("", " ", "", today=TODAY) == Filters()


def test_what_was_typed_is_shown_in_part_where_it_is_long():
    with pytest.raises(FilterError) as raised:
        days("x" * 6000)

    assert str(raised.value).startswith(f"“{'x' * 80}…” is not a date")


@pytest.mark.parametrize("outlet", OUTLETS)
def test_outlet_that_is_spelled_as_published_is_that_one(outlet):
    assert find_outlet(outlet, OUTLETS) == outlet


def test_outlet_is_found_in_whatever_case():
    assert find_outlet(" harbour POST ", OUTLETS) == "Harbour Post"


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("3 days", "2026-11-21"),
        ("7d", "2026-11-17"),
        ("2 w", "2026-11-10"),
        ("24 hours", "2026-11-23"),
    ],
)
def test_length_alone_is_counted_back_from_today(text, since):
    assert str(days(text)[0]) == since
