"""Dates say what the text says, and nothing more."""

from calendar import month_name
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dates import days_of, first_moment, has_year, read_date, spell_date

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2022-11-23T09:30:00+03:00", "2022-11-23T09:30:00+03:00"),
        ("2022-11-23T09:30:00Z", "2022-11-23T09:30:00+00:00"),
        ("2022-11-23 09:30", "2022-11-23T09:30:00"),
        ("2022-11-23", "2022-11-23"),
        ("2022/1/5", "2022-01-05"),
        ("2022-11", "2022-11"),
        ("2022", "2022"),
        ("  2022-11-23 ", "2022-11-23"),
        ("Wed, 23 Nov 2022 09:30:00 +0300", "2022-11-23T09:30:00+03:00"),
        ("Wednesday, 23 November 2022 09:30", "2022-11-23T09:30:00"),
        ("Nov 23, 2022 at 5pm", "2022-11-23T17:00:00"),
        ("23 November 2022", "2022-11-23"),
        ("Nov 2022", "2022-11"),
        ("23 ноября 2022", "2022-11-23"),
        ("1 января 2023 г.", "2023-01-01"),
    ],
)
def test_known_spellings_are_read(written, published):
    assert read_date(written) == published


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("23 November", "--11-23"),
        ("November 23", "--11-23"),
        ("Nov. 23", "--11-23"),
        ("23 ноября", "--11-23"),
        ("May 22", "--05-22"),
        ("29 February", "--02-29"),
    ],
)
def test_missing_year_is_left_open(written, published):
    assert read_date(written) == published


@pytest.mark.parametrize(
    "written",
    [None, "", "  ", "yesterday", "2 days ago", "November", "09:30", "early 2022", True],
)
def test_what_gives_no_date_is_unknown(written):
    assert read_date(written) is None


@pytest.mark.parametrize(
    "written", ["2022-13", "2022-02-30", "29 Feb 2023", "31 April", "0000", "1669190400"]
)
def test_day_that_never_was_is_unknown(written):
    assert read_date(written) is None


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("12/11/2022", "2022"),
        ("11/12/2022", "2022"),
        ("13/11/2022", "2022-11-13"),
        ("11/13/2022", "2022-11-13"),
        ("11/11/2022", "2022-11-11"),
    ],
)
def test_day_and_month_that_could_be_either_give_the_year_alone(written, published):
    assert read_date(written) == published


@pytest.mark.parametrize("written", ["05-11-2022", "5-11-2022", "05.11.2022"])
def test_other_separators_are_no_less_ambiguous(written):
    assert read_date(written) in ("2022", "2022-11-05")


@pytest.mark.parametrize(
    ("written", "published"), [("20221123", "2022-11-23"), ("2022-W47-3", "2022-11-23")]
)
def test_day_without_a_time_gets_no_midnight(written, published):
    assert read_date(written) == published


@pytest.mark.parametrize("written", ["2022–23", "Q3 2022"])
def test_month_and_day_are_never_taken_from_today(written):
    assert read_date(written) in (None, "2022")


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (date(2022, 11, 23), "2022-11-23"),
        (datetime(2022, 11, 23, 9, 30, tzinfo=UTC), "2022-11-23T09:30:00+00:00"),
        (
            datetime(2022, 1, 10, 18, 30, tzinfo=timezone(timedelta(hours=6))),
            "2022-01-10T18:30:00+06:00",
        ),
        (2022, "2022"),
    ],
)
def test_values_that_yaml_has_read_are_kept(value, published):
    assert read_date(value) == published


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (None, "date unknown"),
        ("2022", "2022"),
        ("2022-11", "November 2022"),
        ("2022-11-03", "3 November 2022"),
        ("2022-11-23T09:30:00+03:00", "23 November 2022"),
        ("--11-23", "23 November, year unknown"),
        ("--02-29", "29 February, year unknown"),
    ],
)
def test_unknown_parts_are_said_to_be_unknown(published, words):
    assert spell_date(published) == words


@given(DAYS)
@settings(max_examples=60)
def test_spelled_dates_are_read_back(day):
    for published in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        assert read_date(published) == published
        assert read_date(spell_date(published)) == published


@given(st.dates(date(2024, 1, 1), date(2024, 12, 31)))
@settings(max_examples=60)
def test_every_day_is_read_without_a_year(day):
    assert read_date(f"{day.day} {month_name[day.month]}") == f"--{day:%m-%d}"


@pytest.mark.parametrize(
    ("known", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-11-23", date(2022, 11, 23), date(2022, 11, 23)),
        ("2022-11-23T09:30:00+03:00", date(2022, 11, 23), date(2022, 11, 23)),
    ],
)
def test_partial_date_means_all_its_days(known, first, last):
    assert days_of(known) == (first, last)


def test_dates_are_in_order_of_their_first_moment():
    in_order = [
        "2021-12-31",
        "2022",
        "2022-11",
        "2022-11-23T01:00:00+03:00",
        "2022-11-23",
        "2022-11-23T02:00:00+01:00",
        "2022-11-23T01:30:00",
        "2022-11-22T20:00:00-08:00",
    ]

    shuffled = in_order[3:] + in_order[:3]

    assert sorted(shuffled, key=first_moment) == in_order


@pytest.mark.parametrize(
    ("published", "known"),
    [("2022", True), ("2022-11-23", True), ("--11-23", False), (None, False)],
)
def test_year_is_known_or_not(published, known):
    assert has_year(published) is known
