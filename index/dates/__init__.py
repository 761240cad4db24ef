"""Dates as far as they are known: the value, and how any spelling of a date is read."""

from index.dates.partial_date import PartialDate
from index.dates.reading import read_date

__all__ = ["PartialDate", "read_date"]
