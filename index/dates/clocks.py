"""The time of day in a text that gives a date too, and its time zone."""

import re
from dataclasses import dataclass
from datetime import time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from index.dates.names import MONTHS

# Those of RFC 5322, section 4.3, and others that are clear. The rest stand for several zones: BST
# is British and Bangladeshi, IST is Indian, Irish and Israeli.
_HOURS = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "cet": 1, "cest": 2, "eet": 2, "eest": 3,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "jst": 9, "kst": 9, "aest": 10, "aedt": 11,
}  # fmt: skip
_OFFSET = (
    r"(?:(?:GMT|UTC|UT)\s?)?(?P<sign>[+\-−])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d)(?::?\d\d)?)?"
)
_CLOCK = re.compile(
    r"(?:(?<=\d)T)?(?<![\d:.\-/])(?P<hour>\d{1,2})"
    r"(?:(?:[:h](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?)(?:\s?(?P<half>[APap])\.?[Mm]\b\.?)?"
    r"|\s?(?P<sharp>[APap])\.?[Mm]\b\.?)(?![\d:])"
    rf"(?:\s?{_OFFSET}(?![\d./-]))?"
    r"(?:\s?(?P<region>[A-Z][a-z]+/[A-Z][A-Za-z_]+))?(?:\s?(?P<name>(?:[A-Z]{1,5}|мск|МСК)\b))?"
    r"(?:\s?[\[(][^\[\]()]*[\])])?"
)


_FARTHEST = timedelta(hours=14)  # from Greenwich


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, None if there is no such time, and its zone, None if unknown."""

    time: time | None
    zone: tzinfo | None


def cut_clock(text: str) -> tuple[str, Clock | None]:
    """Return the text without the first time of day and its zone in it; and these."""
    match = _CLOCK.search(text)
    if match is None:
        return text, None
    end = match.end()
    if (name := match["name"]) and name.casefold() in MONTHS:
        end = match.start("name")  # "09:30 NOV 23 2022"
    clock = Clock(_time(match), _zone(match))
    return f"{text[: match.start()]} {text[end:]}", clock


def _time(match: re.Match[str]) -> time | None:
    hour, half = int(match["hour"]), (match["half"] or match["sharp"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + 12 * (half == "p")
    try:
        return time(hour, int(match["minute"] or 0), int(match["second"] or 0))
    except ValueError:
        return None


def _zone(match: re.Match[str]) -> tzinfo | None:
    if match["sign"]:
        offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
        is_east = match["sign"] == "+"
        return timezone(offset if is_east else -offset) if offset <= _FARTHEST else None
    if match["region"]:
        return _region(match["region"])
    name = (match["name"] or "").casefold()
    if name in ("msk", "мск"):
        return _region("Europe/Moscow")
    return timezone(timedelta(hours=_HOURS[name])) if name in _HOURS else None


def _region(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None
