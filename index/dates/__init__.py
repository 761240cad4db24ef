"""Dates as far as they are known: the value, and how any spelling of a date is read."""
