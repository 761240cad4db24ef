"""The newest entries come first; an entry without a date last, in the feed's order."""

import pytest

from index.dates.partial_date import PartialDate
from index.web.listings import Entry, newest_first


def test_newest_first_across_zones_and_parts_of_dates():
    dates = ["2024", "2024-03-14T01:00:00+03:00", "2024-03-13T23:00:00", None, "2024-03", "--03-14"]
    entries = [
        Entry(str(number), published=date and PartialDate.parse(date))
        for number, date in enumerate(dates)
    ]

    assert [entry.address for entry in newest_first(entries)] == ["2", "1", "4", "0", "3", "5"]


def test_update_counts_before_the_publication():
    old = Entry(
        "old", published=PartialDate.parse("2024-03-14"), updated=PartialDate.parse("2024-05-01")
    )
    new = Entry("new", published=PartialDate.parse("2024-04-01"))

    assert newest_first([new, old]) == [old, new]


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_first_and_last_moments_can_be_compared(date):
    date = PartialDate.parse(date)
    assert (
        len(newest_first([Entry("a", published=date), Entry("b"), Entry("c", updated=date)])) == 3
    )
