"""Dates say what the text says, and nothing more."""

from calendar import month_name
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from babel.dates import format_date, format_datetime
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dates.partial_date import PartialDate, spell_date
from index.dates.reading import parse_date, read_date

DAYS = st.dates(date(1901, 1, 1), date(2099, 12, 31)).filter(
    lambda day: day not in (date(1969, 12, 31), date(1970, 1, 1))
)
LOCALES = """
    en ru be uk pl lt lv et cs sk bg ro de fr es it pt nl sr sv da nb fi hu tr kk ky uz hy ka zh ja
    el tg tk ar az
    """.split()  # noqa: SIM905


def read(written):
    known = read_date(written)
    return known and str(known)


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2022-11-23T09:30:00+03:00", "2022-11-23T09:30:00+03:00"),
        ("2022-11-23T09:30:00Z", "2022-11-23T09:30:00+00:00"),
        ("2022-11-23 09:30", "2022-11-23T09:30:00"),
        ("2022-11-23T9:30", "2022-11-23T09:30:00"),
        ("2022-11-23", "2022-11-23"),
        ("2022/1/5", "2022-01-05"),
        ("2022.01.05", "2022-01-05"),
        ("2022-11", "2022-11"),
        ("11/2022", "2022-11"),
        ("2022", "2022"),
        ("  2022-11-23 ", "2022-11-23"),
        ("23 November 2022", "2022-11-23"),
        ("23-November-2022", "2022-11-23"),
        ("the 23rd of November, 2022", "2022-11-23"),
        ("Wednesday, 23 November 2022 09:30", "2022-11-23T09:30:00"),
        ("Nov 23, 2022 at 5pm", "2022-11-23T17:00:00"),
        ("11:05 PM, Nov 23, 2022", "2022-11-23T23:05:00"),
        ("Nov 23, 2022 12:10 a.m.", "2022-11-23T00:10:00"),
        ("23 Nov. 2022, 9.05", "2022-11-23T09:05:00"),
        ("Nov 2022", "2022-11"),
        ("23 ноября 2022", "2022-11-23"),
        ("среда, 23-го ноября 2022 года, в 10:15", "2022-11-23T10:15:00"),
        ("1 января 2023 г.", "2023-01-01"),
        ("2022 год", "2022"),
        ("Published: 23 November 2022", "2022-11-23"),
        ("First published 23 November 2022, 09:30", "2022-11-23T09:30:00"),
        ("Publié le 23 novembre 2022", "2022-11-23"),
        ("Опубліковано 23 листопада 2022", "2022-11-23"),
        ('="2022-11-23"', "2022-11-23"),
        ("'23.11.2022", "2022-11-23"),
        ("2022–11–23", "2022-11-23"),
        ("2022\u201111\u201123 09:30", "2022-11-23T09:30:00"),
    ],
)
def test_known_spellings_are_read(written, published):
    assert read(written) == published


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("5 траўня 2021", "2021-05-05"),
        ("у чэрвені 2021", "2021-06"),
        ("14 березня 2021 р., 18:20", "2021-03-14T18:20:00"),
        ("3 września 2021 r. o godz. 7:05", "2021-09-03T07:05:00"),
        ("2021 m. rugpjūčio 9 d.", "2021-08-09"),
        ("2021. gada 9. augustā plkst. 16:40", "2021-08-09T16:40:00"),
        ("9. veebruar 2021", "2021-02-09"),
        ("9. Februar 2021, 16:40 Uhr", "2021-02-09T16:40:00"),
        ("mardi 9 février 2021 à 16h40", "2021-02-09T16:40:00"),
        ("9 de agosto de 2021", "2021-08-09"),
        ("2021 ж. 9 тамыз", "2021-08-09"),
        ("9 օգոստոսի, 2021 թ.", "2021-08-09"),
        ("2021年8月9日 16:40", "2021-08-09T16:40:00"),
        ("9 августи соли 2021", None),
        ("9 август 2021", "2021-08-09"),
        ("9-awgust 2021", "2021-08-09"),
        ("2021-yil 9-avgust", "2021-08-09"),
        ("9 avqust 2021-ci il", "2021-08-09"),
        ("2021 жылғы 9 тамыз", "2021-08-09"),
        ("9 Αυγούστου 2021", "2021-08-09"),
        ("9 أغسطس 2021", "2021-08-09"),
        ("9. kolovoza 2021.", "2021-08-09"),
        ("9 agosto 2021 ore 16.40", "2021-08-09T16:40:00"),
        ("9 de agosto de 2021 às 16h40", "2021-08-09T16:40:00"),
        ("9.VIII.2021", "2021-08-09"),
        ("9 viii 2021", "2021-08-09"),
        ("9.VV.2021", None),
    ],
)
def test_months_are_read_in_many_languages(written, published):
    assert read(written) == published


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("form", ["full", "long", "medium", "short"])
def test_no_date_that_a_program_writes_in_another_language_is_misread(locale, form):
    for week in range(53):
        day = date(2021, 1, 4) + timedelta(weeks=week)
        moment = datetime(day.year, day.month, day.day, 21, 5, tzinfo=UTC)

        known = read_date(format_date(day, form, locale))
        timed = read_date(format_datetime(moment, form, locale=locale))

        for each in (known, timed):
            assert each is None or (each.has_year and each.first <= day <= each.last)
        clock = timed and timed.clock
        assert clock is None or clock.replace(tzinfo=None) == moment.time()
        if form == "long":
            assert known == PartialDate.of(day)


@pytest.mark.parametrize("written", ["23. listopada 2022.", "4. srp 2022.", "6. lip 2022."])
def test_month_that_is_another_one_in_croatian_is_unknown(written):
    assert read_date(written) is None


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("Wed, 23 Nov 2022 09:30:00 +0300", "2022-11-23T09:30:00+03:00"),
        ("23 Nov 22 09:30 EST", "2022-11-23T09:30:00-05:00"),
        ("Tue, 3 Feb 98 18:04:05 GMT", "1998-02-03T18:04:05+00:00"),
        ("Wednesday, 23-Nov-22 09:30:00 UT", "2022-11-23T09:30:00+00:00"),
        ("Wed Nov 23 09:30:00 2022", "2022-11-23T09:30:00"),
        ("Wed Nov 23 09:30:00 +0000 2022", "2022-11-23T09:30:00+00:00"),
        ("Wed Nov 23 2022 09:30:00 GMT+0300 (Moscow Standard Time)", "2022-11-23T09:30:00+03:00"),
        ("23-Nov-22", "2022-11-23"),
    ],
)
def test_dates_of_mail_feeds_and_programs_are_read(written, published):
    assert read(written) == published


@pytest.mark.parametrize("written", ["3 Feb 49", "23.11.22", "11/23/22", "22-11-23", "Nov 22 23"])
def test_two_digits_that_may_be_another_year_or_a_day_are_unknown(written):
    assert read_date(written) is None


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("+5:30", "+05:30"),
        (" +0545", "+05:45"),
        (" UTC+3", "+03:00"),
        (" GMT -4", "-04:00"),
        ("−02:30", "-02:30"),
        (" -0000", "+00:00"),
        ("+03:00[Europe/Minsk]", "+03:00"),
        (" Asia/Almaty", "+06:00"),
        (" MSK", "+03:00"),
        (" EEST", "+03:00"),
        (" +0300 MSK", "+03:00"),
        (" BST", ""),  # British, or of Bangladesh
        (" XYZ", ""),
        ("+99:00", ""),
    ],
)
def test_time_zone_is_read_however_it_is_written(zone, offset):
    assert read(f"11 Jul 2019 22:52:30{zone}") == f"2019-07-11T22:52:30{offset}"


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2024-05-06+03:00", "2024-05-06"),  # a day and its zone, of XML Schema
        ("2024-05-06Z", "2024-05-06"),
        ("2024-05-06T24:00:00", "2024-05-06"),
        ("2024-05-06 99:99", "2024-05-06"),
        ("2024-W19-1", "2024-05-06"),
        ("6 May 12:30", "--05-06"),
    ],
)
def test_time_that_is_none_or_has_no_day_is_left_out(written, published):
    assert read(written) == published


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (1714996800, "2024-05-06T12:00:00+00:00"),
        ("1714996800", "2024-05-06T12:00:00+00:00"),
        (1714996800.75, "2024-05-06T12:00:00+00:00"),
        (1714996800123, "2024-05-06T12:00:00+00:00"),
        ("1714996800123456", "2024-05-06T12:00:00+00:00"),
        (1714996800123456789, "2024-05-06T12:00:00+00:00"),
        (638505936000000000, None),  # ticks of .NET, from the year 1
        (133594704000000000, None),  # and of Windows, from 1601
        (899636400, "1998-07-05T11:00:00+00:00"),
        (20240506, "2024-05-06"),
        ("20240506.0", "2024-05-06"),
        ("2024050612", "2024-05-06"),  # with its hour; Unix time would be yet to come
        ("202405061230", "2024-05-06T12:30:00"),
        (20240506123045, "2024-05-06T12:30:45"),
        ("20240506 1230", "2024-05-06T12:30:00"),
        ("20240506T123045Z", "2024-05-06T12:30:45+00:00"),
        (2024, "2024"),
        (2024.0, "2024"),
        (45418, None),  # a day of a spreadsheet, or anything else
        (202405, None),
        (-1714996800, None),
        (99999999999, None),
        (float("nan"), None),
        (True, None),
    ],
)
def test_figures_are_read_if_they_are_clear(value, published):
    assert read(value) == published


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ({"$date": "2024-05-06T12:00:00Z"}, "2024-05-06T12:00:00+00:00"),
        ({"$date": {"$numberLong": "1714996800000"}}, "2024-05-06T12:00:00+00:00"),
        ({"@type": "Date", "@value": "2024-05-06"}, "2024-05-06"),
        ({"date-parts": [[2024, 5, 6]]}, "2024-05-06"),
        ({"date-parts": [[2024]]}, "2024"),
        ({"__type": "Date", "iso": "2024-05-06T12:00:00Z"}, "2024-05-06T12:00:00+00:00"),
        ({"_seconds": 1714996800, "_nanoseconds": 5}, "2024-05-06T12:00:00+00:00"),
        ({"date": "2024-05-06 12:00:00.000000", "timezone_type": 3}, "2024-05-06T12:00:00"),
        ([2024, 5, 6, 12, 0], "2024-05-06"),
        (["soon", "6 May 2024"], "2024-05-06"),
        ("/Date(1714996800000+0300)/", "2024-05-06T12:00:00+00:00"),
        ('ISODate("2024-05-06T12:00:00Z")', "2024-05-06T12:00:00+00:00"),
        ({"year": 2024, "month": 4, "day": 6}, None),  # months from 0, or from 1
        ({}, None),
        ([[[[["2024-05-06"]]]]], None),
        (date(2022, 11, 23), "2022-11-23"),
        (datetime(2022, 11, 23, 9, 30, tzinfo=UTC), "2022-11-23T09:30:00+00:00"),
        (
            datetime(2022, 1, 10, 18, 30, tzinfo=timezone(timedelta(hours=6))),
            "2022-01-10T18:30:00+06:00",
        ),
        (PartialDate(2024, 5), "2024-05"),
    ],
)
def test_values_are_read_as_programs_wrap_them(value, published):
    assert read(value) == published


@pytest.mark.parametrize(
    "value",
    [
        "0001-01-01T00:00:00Z",
        "0000-00-00 00:00:00",
        datetime(1, 1, 1, tzinfo=UTC),
        date(1970, 1, 1),
        0,
        "1970-01-01T00:00:00Z",
        "1970-01-01T03:00:00+03:00",
        "Wed, 31 Dec 1969 19:00:00 -0500",
        "January 1, 1970",
        "1899-12-30",
        "1/1/1900",
        "9999-12-31T23:59:59",
        "0024-05-06",
        "1601-01-01T00:00:00Z",
        "1753-01-01",
        "1/0/1900",
        "2567-05-06",  # 2024 in Thailand
    ],
)
def test_date_that_a_program_writes_for_none_is_unknown(value):
    assert read_date(value) is None


def test_day_beside_a_zero_date_is_known():
    assert read("1970-01-02") == "1970-01-02"
    assert read("1900") == "1900"
    assert parse_date("1 January 1970") == PartialDate(1970, 1, 1)  # in a reader's words


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("23 November", "--11-23"),
        ("November 23", "--11-23"),
        ("Nov. 23", "--11-23"),
        ("23 ноября", "--11-23"),
        ("May 22", "--05-22"),
        ("29 February", "--02-29"),
        ("--11-23", "--11-23"),
    ],
)
def test_missing_year_is_left_open(written, published):
    assert read(written) == published


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "  ",
        "yesterday",
        "2 days ago",
        "November",
        "09:30",
        "early 2022",
        "before 23 November 2022",
        "Updated 23 November 2022",
        "22 November 2022 – 23 November 2022",
        "23 or 24 November 2022",
        "5 11 2022",
        "Q3 2022",
        "2022–23",
        "2011–12",
        "2022-327",
        "1" * 5000,
        "23 November 2022" + " or so" * 5000,
    ],
)
def test_what_gives_no_date_is_unknown(written):
    assert read_date(written) is None


@pytest.mark.parametrize(
    "written",
    ["2022-13", "2022-02-30", "29 Feb 2023", "31 April", "0000", "31/04/2022", "13/13/2022"],
)
def test_day_that_never_was_is_unknown(written):
    assert read_date(written) is None


@pytest.mark.parametrize("clock", ["", " 10:15", " 10:15:00 AM", "T10:15", ", 10:15 UTC", " г."])
@pytest.mark.parametrize("written", ["12/11/2022", "11.12.2022", "3-4-2022", "04/03/2022"])
def test_day_and_month_that_could_be_either_give_the_year_alone(written, clock):
    assert read(f"{written}{clock}") == "2022"


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("13/11/2022", "2022-11-13"),
        ("11/13/2022", "2022-11-13"),
        ("11/11/2022", "2022-11-11"),
        ("13.11.2022 10:15", "2022-11-13T10:15:00"),
        ("10:15 13.11.2022", "2022-11-13T10:15:00"),
        ("11/13/2022 10:15 PM", "2022-11-13T22:15:00"),
    ],
)
def test_day_and_month_that_are_clear_are_read(written, published):
    assert read(written) == published


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


@given(DAYS, st.sampled_from([" ", "T", ", "]), st.times())
@settings(max_examples=100)
def test_time_never_changes_the_day(day, between, clock):
    for written in (f"{day:%d.%m.%Y}", f"{day:%m/%d/%Y}", f"{day:%Y/%m/%d}", f"{day:%d %B %Y}"):
        known = read_date(f"{written}{between}{clock:%H:%M}")

        assert known.year == day.year
        assert known.month is None or known.first == day
