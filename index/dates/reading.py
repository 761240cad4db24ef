"""Any spelling of a date → as much of it as the text gives."""

import re
from datetime import date, datetime
from functools import cache

from dateparser.date import DateDataParser

from index.dates.partial_date import PartialDate, Precision

_PARTIAL = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_AMBIGUOUS = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_PRECISIONS = {"year": Precision.YEAR, "month": Precision.MONTH, "time": Precision.TIME}


def read_date(value: object) -> PartialDate | None:
    """Return what a field of an article says of its date, or None if it says nothing.

    A part that the value doesn't give is never filled in: of a date in figures that could be
    day-month or month-day, only the year is returned.
    """
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, date):
        return PartialDate.of(value)
    text = str(value).strip() if value is not None else ""
    if match := _PARTIAL.fullmatch(text):
        return _existing(*(int(part) for part in match.groups() if part))
    if (match := _AMBIGUOUS.fullmatch(text)) and _is_ambiguous(match):
        return PartialDate(int(match[3]))
    return _read_iso(text) or _read_words(text)


def _existing(
    year: int | None, month: int | None = None, day: int | None = None
) -> PartialDate | None:
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None


def _is_ambiguous(match: re.Match[str]) -> bool:
    first, second = int(match[1]), int(match[2])
    return first <= 12 and second <= 12 and first != second


def _read_iso(text: str) -> PartialDate | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return PartialDate.of(moment if ":" in text or "T" in text else moment.date())


def _read_words(text: str) -> PartialDate | None:
    if not re.search(r"\d", text):
        return None
    has_year = bool(_YEAR.search(text))
    # 2000 is a leap year, so that "29 February" is read too.
    found = _parser().get_date_data(text if has_year else f"{text} 2000")
    if found.date_obj is None or not _is_said(found.date_obj, str(found.period), text):
        return None
    known = PartialDate.of(found.date_obj)
    if not has_year:
        return PartialDate(None, known.month, known.day) if found.period == "day" else None
    return known.up_to(_PRECISIONS.get(str(found.period), Precision.DAY))


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
