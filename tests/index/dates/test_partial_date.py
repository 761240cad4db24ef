"""A date is known as far as it is known: written, ordered and compared by that."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.partial_date import PartialDate, Precision, first_moment, spell_date

WRITTEN = [
    "2022",
    "2022-11",
    "2022-11-23",
    "2022-11-23T09:30:00",
    "2022-11-23T09:30:00.250000+03:00",
    "2022-11-23T00:00:00+00:00",
    "0987-01-02",
    "--02-29",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_date_is_written_as_it_is_parsed(written):
    assert str(PartialDate.parse(written)) == written


@pytest.mark.parametrize(
    "text",
    ["", "22", "2022-", "2022-1", "2022-13", "2022-02-30", "--02-30", "--11", "2022-11-23T", "now"],
)
def test_what_is_no_partial_date_is_not_parsed(text):
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    "parts",
    [
        (2022, None, 23),
        (2022, 11, None, datetime.min.time()),
        (None,),
        (None, 11),
        (None, 11, 23, datetime.min.time()),
        (2022, 2, 29),
    ],
)
def test_date_with_a_gap_cannot_be_made(parts):
    with pytest.raises(ValueError, match=r"."):
        PartialDate(*parts)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2022, 11, 23), "2022-11-23"),
        (datetime(2022, 11, 23, 9, 30), "2022-11-23T09:30:00"),  # noqa: DTZ001  # no zone is known
        (datetime(2022, 11, 23, 9, 30, tzinfo=UTC), "2022-11-23T09:30:00+00:00"),
        (
            datetime(2022, 7, 1, 9, 30, tzinfo=ZoneInfo("America/New_York")),
            "2022-07-01T09:30:00-04:00",
        ),
    ],
)
def test_days_and_moments_are_taken_over(value, written):
    assert str(PartialDate.of(value)) == written


@pytest.mark.parametrize(
    ("written", "precision"),
    [
        ("2022", Precision.YEAR),
        ("2022-11", Precision.MONTH),
        ("2022-11-23", Precision.DAY),
        ("--11-23", Precision.DAY),
        ("2022-11-23T00:00:00", Precision.TIME),
    ],
)
def test_precision_is_that_of_the_last_known_part(written, precision):
    assert PartialDate.parse(written).precision is precision


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-11-23", date(2022, 11, 23), date(2022, 11, 23)),
        ("2022-11-23T09:30:00+03:00", date(2022, 11, 23), date(2022, 11, 23)),
        ("--11-23", date.min, date.max),
    ],
)
def test_partial_date_means_all_its_days(written, first, last):
    known = PartialDate.parse(written)

    assert (known.first, known.last) == (first, last)


def test_dates_are_in_order_of_their_first_moment():
    in_order = [
        PartialDate.parse(written)
        for written in (
            "--12-31",
            "2021-12-31",
            "2022",
            "2022-11",
            "2022-11-23T01:00:00+03:00",
            "2022-11-23",
            "2022-11-23T02:00:00+01:00",
            "2022-11-23T01:30:00",
            "2022-11-22T20:00:00-08:00",
        )
    ]

    assert sorted(in_order[4:] + in_order[:4]) == in_order
    assert max(in_order) == in_order[-1]
    assert PartialDate(2022) <= PartialDate(2022, 1, 1) <= PartialDate(2022)
    assert not PartialDate(2022) < PartialDate(2022, 1, 1)
    assert sorted([*in_order, None], key=first_moment)[:2] == [in_order[0], None]


def test_moments_of_different_zones_are_compared():
    east, west = "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"

    assert PartialDate.parse(east) < PartialDate.parse(west)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2022-11-23T09:30:00+03:00", datetime(2022, 11, 23, 6, 30, tzinfo=UTC)),
        ("2022-11-23T00:00:00+00:00", datetime(2022, 11, 23, tzinfo=UTC)),
        ("2022-11-23T09:30:00", None),
        ("2022-11-23", None),
        ("--11-23", None),
    ],
)
def test_moment_is_exact_with_a_time_zone_only(written, moment):
    assert PartialDate.parse(written).exact_moment == moment


@pytest.mark.parametrize(
    ("precision", "written"),
    [
        (Precision.YEAR, "2022"),
        (Precision.MONTH, "2022-11"),
        (Precision.DAY, "2022-11-23"),
        (Precision.TIME, "2022-11-23T09:30:00"),
    ],
)
def test_finer_parts_can_be_left_out(precision, written):
    assert str(PartialDate.parse("2022-11-23T09:30:00").up_to(precision)) == written


def test_parts_that_are_unknown_stay_unknown():
    assert PartialDate(2022).up_to(Precision.DAY) == PartialDate(2022)
    assert PartialDate(None, 11, 23).up_to(Precision.MONTH) == PartialDate(None, 11, 23)


@pytest.mark.parametrize(
    ("one", "other", "is_before"),
    [
        ("2024-04-02", "2024-04-03", True),
        ("2024-04-02", "2024-04-02T23:00:00", False),
        ("2024-04", "2024-04-02", False),
        ("2024-03", "2024-04-02", True),
        ("2023", "2024-04", True),
        ("2024-04-02", "2024", False),
        ("--04-02", "2024-04-03", False),
        ("2024-04-03", "--04-04", False),
    ],
)
def test_day_is_before_another_whatever_is_unknown(one, other, is_before):
    assert PartialDate.parse(one).is_before(PartialDate.parse(other)) is is_before


@pytest.mark.parametrize(
    ("written", "is_within"),
    [
        ("2022-11-05", True),
        ("2022-11-30T23:59:59-12:00", True),
        ("2022-11", True),
        ("2022-12-01", False),
        ("2022", False),
        ("--11-23", False),
    ],
)
def test_all_days_of_a_date_lie_within(written, is_within):
    november = (date(2022, 11, 1), date(2022, 11, 30))

    assert PartialDate.parse(written).is_within(*november) is is_within


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (None, "date unknown"),
        ("2022", "2022"),
        ("2022-11", "November 2022"),
        ("2022-11-03", "3 November 2022"),
        ("2022-11-23T09:30:00+03:00", "23 November 2022"),
        ("--11-23", "23 November, year unknown"),
        ("--02-29", "29 February, year unknown"),
        ("0987-01-02", "2 January 0987"),
    ],
)
def test_unknown_parts_are_said_to_be_unknown(written, words):
    assert spell_date(written and PartialDate.parse(written)) == words


@given(
    st.datetimes(timezones=st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(timezone))
)
def test_every_moment_is_written_and_parsed_back(moment):
    known = PartialDate.of(moment)

    assert PartialDate.parse(str(known)) == known
    assert known.exact_moment == moment
