"""Dates say what the text says, and nothing more."""

from calendar import month_name
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dates.partial_date import PartialDate, spell_date
from index.dates.reading import read_date

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def read(written):
    known = read_date(written)
    return known and str(known)


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
    assert read(written) == published


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
    assert read(written) == published


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
    assert read(written) is None


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
    assert read(written) == published


@pytest.mark.parametrize("written", ["05-11-2022", "5-11-2022", "05.11.2022"])
def test_other_separators_are_no_less_ambiguous(written):
    assert read(written) in ("2022", "2022-11-05")


@pytest.mark.parametrize(
    ("written", "published"), [("20221123", "2022-11-23"), ("2022-W47-3", "2022-11-23")]
)
def test_day_without_a_time_gets_no_midnight(written, published):
    assert read(written) == published


@pytest.mark.parametrize("written", ["2022–23", "Q3 2022"])
def test_month_and_day_are_never_taken_from_today(written):
    assert read(written) in (None, "2022")


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
    assert read(value) == published


@given(DAYS)
@settings(max_examples=60)
def test_spelled_dates_are_read_back(day):
    for published in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        assert read(published) == published
        assert read(spell_date(PartialDate.parse(published))) == published


@given(st.dates(date(2024, 1, 1), date(2024, 12, 31)))
@settings(max_examples=60)
def test_every_day_is_read_without_a_year(day):
    assert read(f"{day.day} {month_name[day.month]}") == f"--{day:%m-%d}"
