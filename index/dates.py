"""Dates as far as they are known: any spelling → partial ISO 8601, and back to words.

`2022-11-23T09:30:00+03:00`, `2022-11-23`, `2022-11`, `2022`; `--11-23` where the year is unknown
(XML Schema's gMonthDay). A part that the text does not give is never filled in.
"""

import re
from calendar import month_name, monthrange
from datetime import UTC, date, datetime, time
from functools import cache
from typing import TypeGuard

from dateparser.date import DateDataParser

_PARTIAL = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_AMBIGUOUS = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")


def read_date(value: object) -> str | None:
    """Return what a field of an article says of its date, or None where it says none.

    A date in figures that could be day-month or month-day gives the year alone.
    """
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).strip() if value is not None else ""
    if match := _PARTIAL.fullmatch(text):
        return _partial(*(int(part) for part in match.groups() if part))
    if (match := _AMBIGUOUS.fullmatch(text)) and _is_ambiguous(match):
        return match[3]
    return _read_iso(text) or _read_words(text)


def spell_date(published: str | None) -> str:
    """Return the date in English words, with what is unknown said to be unknown."""
    if published is None:
        return "date unknown"
    if published.startswith("--"):
        month, day = published[2:].split("-")
        return f"{int(day)} {month_name[int(month)]}, year unknown"
    year, month, day = [*published[:10].split("-"), "", ""][:3]
    words = (str(int(day)) if day else "", month_name[int(month)] if month else "", year)
    return " ".join(word for word in words if word)


def days_of(known: str) -> tuple[date, date]:
    """Return the first and the last day of a date that has a year: `2022-11` is all of November."""
    year, month, day = [*map(int, known[:10].split("-")), 0, 0][:3]
    last_month = month or 12
    last_day = day or monthrange(year, last_month)[1]
    return date(year, month or 1, day or 1), date(year, last_month, last_day)


def first_moment(known: str) -> datetime:
    """Return the first moment that a date with a year can mean; without a time zone, in UTC."""
    if len(known) > len("2022-11-23"):
        moment = datetime.fromisoformat(known)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return datetime.combine(days_of(known)[0], time(), UTC)


def has_year(published: str | None) -> TypeGuard[str]:
    """Tell whether at least the year of a publication is known."""
    return published is not None and not published.startswith("-")


def _partial(year: int, month: int | None = None, day: int | None = None) -> str | None:
    try:
        known = date(year, month or 1, day or 1).isoformat()
    except ValueError:
        return None
    return known[: 10 if day else 7 if month else 4]


def _is_ambiguous(match: re.Match[str]) -> bool:
    first, second = int(match[1]), int(match[2])
    return first <= 12 and second <= 12 and first != second


def _read_iso(text: str) -> str | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.isoformat() if ":" in text or "T" in text else moment.date().isoformat()


def _read_words(text: str) -> str | None:
    if not re.search(r"\d", text):
        return None
    has_year = bool(_YEAR.search(text))
    # 2000 is a leap year, so that "29 February" is read too.
    found = _parser().get_date_data(text if has_year else f"{text} 2000")
    if found.date_obj is None or not _is_said(found.date_obj, str(found.period), text):
        return None
    if not has_year:
        return f"--{found.date_obj:%m-%d}" if found.period == "day" else None
    if found.period == "time":
        return str(found.date_obj.isoformat())
    known = {"year": 4, "month": 7}.get(str(found.period), 10)
    return str(found.date_obj.date().isoformat())[:known]


def _is_said(found: date, period: str, text: str) -> bool:
    """Tell whether the text gives month and day itself: the parser takes others from today."""
    figures = {int(each) for each in re.findall(r"\d{1,4}", text)}
    has_month = bool(re.search(r"[^\W\d_]{3}", text)) or found.month in figures
    return period == "year" or (has_month and (period == "month" or found.day in figures))


@cache
def _parser() -> DateDataParser:
    return DateDataParser(
        languages=["en", "ru"],
        settings={
            "PARSERS": ["absolute-time"],  # no "yesterday": an article is not read on its day
            "RETURN_TIME_AS_PERIOD": True,
        },
    )
