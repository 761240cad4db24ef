"""Dates in the reader's words, as far as they are known."""

import pytest

from bot.wording.dates import date_markup
from index.dates.partial_date import PartialDate
from tests.bot.reading import ENGLISH, RUSSIAN


@pytest.mark.parametrize(
    ("published", "english", "russian"),
    [
        ("2022-11-23T09:30:00+03:00", "<t:1669185000:D>", "<t:1669185000:D>"),
        ("2022-11-23T09:30:00", "23 November 2022", "23 ноября 2022 г."),
        ("2022-05-01", "1 May 2022", "1 мая 2022 г."),
        ("2022-11", "November 2022", "ноябрь 2022 г."),
        ("2022", "2022", "2022 г."),
        ("--11-23", "23 November, year unknown", "23 ноября, год неизвестен"),
        (None, "date unknown", "дата неизвестна"),
    ],
)
def test_only_a_moment_follows_the_readers_clock(published, english, russian):
    known = published and PartialDate.parse(published)

    assert date_markup(known, ENGLISH) == english
    assert date_markup(known, RUSSIAN) == russian
