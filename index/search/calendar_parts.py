"""Quarters, halves, the early, middle and late days of a month, hours before now (pure)."""

import re
from datetime import date, timedelta

from index.dates.period import Period, months_from
from index.dates.reading import parse_date

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3}
_ORDINALS |= {"4th": 4, "перв": 1, "втор": 2, "трет": 3, "четв": 4}
_PART = re.compile(
    r"(?:(?P<short>[qh])\s?(?P<figure>[1-4])"
    r"|(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th|перв|втор|трет|четв)\w*\s+"
    r"(?P<unit>quarter|half|квартал\w*|половин\w*|полугоди\w*)"
    r"|(?P<number>[1-4])(?:-?(?:й|м|ом|е|ое|я))?\s+(?P<russian>квартал\w*|полугоди\w*))"
    r"(?:,?\s+(?:of\s+)?(?P<year>\d{4})(?:\s+года?)?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})[\s-]?([qh][1-4])")
_QUARTER = re.compile(
    r"(?:(?P<last>last|previous|прошл\w+)|this|current|эт\w+)\s+(?:quarter|квартал\w*)"
)
_TO_DATE = re.compile(
    r"ytd|year to date|(?:start|beginning)\s+of\s+(?:the|this)\s+(?P<unit>year|month)|"
    r"начала\s+(?:этого\s+)?(?P<russian>года|месяца)"
)
_OF_MONTH = re.compile(
    r"(?:(?P<early>early|(?:the )?(?:beginning|start) of|начал[оае])"
    r"|(?P<middle>(?:the )?middle of|mid-?|середин\w)|late|(?:the )?end of|кон(?:ец|це|ца))\s*"
    r"(?P<month>.+)"
)
_HOURS = re.compile(r"(?:past|last|последн\w+)\s+(\d{1,3})\s?(?:h|hrs?|hours?|час\w*|ч)")


def read_part(words: str, today: date) -> Period | None:
    """Return the period of a part of a year or a month, or of hours before now; None for no such.

    Q3 2022, the first half of 2022, last quarter, early November, the last 24 hours.
    """
    if match := _HOURS.fullmatch(words):
        return Period(today - timedelta(days=-(-int(match[1]) // 24)), today)
    if match := _TO_DATE.fullmatch(words):
        is_month = (match["unit"] or match["russian"]) in ("month", "месяца")
        return Period(date(today.year, today.month if is_month else 1, 1), today)
    if match := _QUARTER.fullmatch(words):
        first = (today.month - 1) // 3 * 3 + 1 - 3 * bool(match["last"])
        return months_from(today.year, first, 3)
    if match := _YEAR_FIRST.fullmatch(words):
        words = f"{match[2]} {match[1]}"
    if match := _PART.fullmatch(words):
        return _part_of_year(match, today)
    if match := _OF_MONTH.fullmatch(words):
        return _days_of_month(match, today)
    return None


def _part_of_year(match: re.Match[str], today: date) -> Period | None:
    number = int(match["figure"] or match["number"] or _ORDINALS[match["ordinal"]])
    unit = match["short"] or match["unit"] or match["russian"]
    months = 3 if unit.startswith(("q", "квартал")) else 6
    if number * months > 12:
        return None
    first = 1 + (number - 1) * months
    year = int(match["year"] or today.year)
    if not match["year"] and date(year, first, 1) > today:
        year -= 1  # without a year, the latest that has begun
    return months_from(year, first, months)


def _days_of_month(match: re.Match[str], today: date) -> Period | None:
    """Return the first, the second or the last ten days or so of a month."""
    known = parse_date(match["month"]) or parse_date(f"{match['month']} {today.year}")
    if known is None or known.year is None or known.month is None or known.day:
        return None
    year = known.year
    if parse_date(match["month"]) is None and known.first > today:
        year -= 1
    if match["early"]:
        return Period(date(year, known.month, 1), date(year, known.month, 10))
    if match["middle"]:
        return Period(date(year, known.month, 11), date(year, known.month, 20))
    return Period(date(year, known.month, 21), months_from(year, known.month, 1).until)
