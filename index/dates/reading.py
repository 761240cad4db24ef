"""Any spelling of a date → as much of it as the text gives.

Strict: a text with a word or a number that isn't understood is no date, and a part that isn't given
is never filled in, as a wrong date is worse than an unknown one.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from index.dates.clocks import cut_clock
from index.dates.names import BESIDE_DATES, MONTHS, WEEKDAYS, fold
from index.dates.partial_date import PartialDate, Precision

_LONGEST = 100  # characters; a longer text holds more than a date
_WRAPPED = re.compile(r"(?:ISODate|/?Date)\(\"?([^()\"+]+)(?:\+\d{4})?\"?\)/?")
_SPREADSHEET = re.compile('="([^"]+)"|\'([^\']+)')  # how a value is kept from being changed
_DASHED = re.compile(r"(\d{4})[‐–—−](\d\d)[‐–—−](\d\d)")  # 2011–12 may be a season
_NUMBER = re.compile(r"(\d+)(?:\.(\d+))?")
_COMPACT = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}  # by the number of digits
_DAY_WITH_ZONE = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)")  # XML Schema's date
_YEAR_FIRST = re.compile(r"(\d{4})(?:([-/.] ?)(\d{1,2})(?:\2(\d{1,2}))?)?")
_IDEOGRAPHS = re.compile(
    r"(\d{4})[年년] ?(?:(\d{1,2})[月월] ?(?:(\d{1,2})[日일] ?(?:星期.|.曜日|.요일)?)?)?"
)
_ROMAN_MONTH = re.compile(r"(\d{1,2})([. /-]) ?([ivx]{1,4})\2 ?(\d{4})")  # 23.XI.2022
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii".split()  # noqa: SIM905
_YEAR_LAST = re.compile(r"(?:(\d{1,2}) ?[-/.] ?)?(\d{1,2}) ?[-/.] ?(\d{4})")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_TOKEN = re.compile(rf"\d+|{_WORD.pattern}")
_DAY_IN_WORDS = re.compile(
    r"(?:(\d{4}) )?(?:(\d{1,2}) )?<(\d+)>(?: (\d{1,2}))?(?: (\d{4}))?"  # <11> is November
)
_DOTTED_CLOCK = re.compile(r"(?<![\d.])(\d{1,2})\.(\d\d)(?:\.\d\d)?(?![\d.])")  # 2 Nov 2022, 9.30
# With a dot after the day these are Croatian too, and another month: 23. listopada is October.
_CROATIAN = re.compile(r"\d\. ?(?:listopada|lis|lip|srp)\b", re.IGNORECASE)
_IGNORED = WEEKDAYS | BESIDE_DATES
_PUNCTUATION = " ,.;:|/·@–—-"
# There was no newspaper before, and later years mean "never", or are of another calendar: 2565 is
# 2022 in Thailand.
_FIRST_YEAR, _LAST_YEAR = 1602, 2100
# What programs write that know no date: the zero of SQL Server, of spreadsheets and of Unix time,
# which is still the day before in America.
_PLACEHOLDERS = frozenset(
    {
        *(date(1753, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1)),
        *(date(1969, 12, 31), date(1970, 1, 1)),
    }
)
_EARLIEST_UNIX_TIME = 10**8  # seconds, in 1973; a smaller number is something else
# Fewer nanoseconds than in 2001 are the ticks of .NET or Windows, which count from another year.
_EARLIEST_NANOSECONDS = 10**18
_WRAPPERS = (
    *("$date", "$numberLong", "@value", "value", "date", "_seconds", "seconds", "iso", "raw"),
    "date-parts",  # of citations: [[2022, 11, 23]]
)
_DEPTH = 3  # objects and lists around a date
_CENTURY = 50  # two-digit years below are of this century (RFC 5322, section 4.3)


def read_date(value: object) -> PartialDate | None:
    """Return the date of publication that a field of an article gives, or None if it gives none.

    The value is as JSON, YAML or TOML have it: text in any spelling of 36 languages, a date, a
    number (Unix time in seconds or parts of one, or 20221123), an object or a list around them. Of
    a date in figures that could be day-month or month-day, only the year is returned. What programs
    write if they know no date, such as 1970-01-01, is unknown.
    """
    known = _read_value(value)
    if known is None or known.year is None:
        return known
    is_real = _FIRST_YEAR <= known.year <= _LAST_YEAR
    is_placeholder = known.precision >= Precision.DAY and known.first in _PLACEHOLDERS
    return known if is_real and not is_placeholder else None


def parse_date(text: str) -> PartialDate | None:
    """Return the date that a text consists of, or None if it is no date, or more than that."""
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    text = _DASHED.sub(r"\1-\2-\3", unicodedata.normalize("NFKC", text))
    if match := _SPREADSHEET.fullmatch(text):
        text = match[1] or match[2]
    try:
        return PartialDate.parse(text)
    except ValueError:
        return _parse(text)


def _parse(text: str) -> PartialDate | None:
    if match := _WRAPPED.fullmatch(text) or _DAY_WITH_ZONE.fullmatch(text):
        text = match[1]
    if match := _NUMBER.fullmatch(text):
        return _parse_number(match[1], match[2])
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _parse_parts(text)
    has_clock = moment.time() != time() or ":" in text or "T" in text
    return PartialDate.of(moment if has_clock else moment.date())


def _read_value(value: object, depth: int = 0) -> PartialDate | None:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, date):
        return PartialDate.of(value)
    if value is None or isinstance(value, bool) or depth > _DEPTH:
        return None
    if isinstance(value, Mapping):
        inner = next((value[name] for name in _WRAPPERS if name in value), None)
        return _read_value(inner, depth + 1)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _read_list(value, depth)
    return parse_date(str(value))


def _read_list(values: Sequence[object], depth: int) -> PartialDate | None:
    """Read the first date in a list, or [2022, 11, 23, 9, 30], as Java and feedparser write one."""
    match values:
        case [int(year), int(month), int(day), *_]:
            return _existing(year, month, day)
    return next(filter(None, (_read_value(each, depth + 1) for each in values)), None)


def _parse_number(whole: str, fraction: str | None) -> PartialDate | None:
    """Read 2022, 20221123, 20221123093000, or Unix time, as seconds or as parts of one.

    What could be Unix time or a date with an hour, 2022112309, is Unix time if that is past.
    """
    if len(whole) == 4 and not (fraction or "").strip("0"):
        return _existing(whole)
    if len(whole) == 10:
        return _from_unix_time(int(whole)) or _from_compact(whole[:8])
    return _from_compact(whole) or _from_unix_time(int(whole))


def _from_compact(digits: str) -> PartialDate | None:
    try:
        moment = datetime.strptime(digits, _COMPACT[len(digits)])  # noqa: DTZ007  # none is given
    except (KeyError, ValueError):
        return None
    return PartialDate.of(moment if len(digits) > len("20221123") else moment.date())


def _from_unix_time(number: int) -> PartialDate | None:
    for parts in (1, 10**3, 10**6, 10**9):
        if parts == 10**9 and number < _EARLIEST_NANOSECONDS:
            return None
        if _EARLIEST_UNIX_TIME <= number // parts <= _tomorrow().timestamp():
            return PartialDate.of(datetime.fromtimestamp(number // parts, UTC))
    return None


def _parse_parts(text: str) -> PartialDate | None:
    """Read a date with a time of day before, after or inside it."""
    rest, clock = cut_clock(text)
    known = _parse_day(rest)
    if known is None and clock is None:
        rest, clock = cut_clock(_DOTTED_CLOCK.sub(r"\1:\2", text))
        known = _parse_day(rest)
    if known is None or not known.has_year or known.precision < Precision.DAY:
        return known
    if clock is None or clock.time is None:
        return known
    return PartialDate.of(datetime.combine(known.first, clock.time, clock.zone))


def _parse_day(text: str) -> PartialDate | None:
    text = _WORD.sub(lambda match: "" if match[0] in _IGNORED else match[0], fold(text))
    text = " ".join(text.split()).strip(_PUNCTUATION)
    if match := _YEAR_FIRST.fullmatch(text):
        return _existing(match[1], match[3], match[4])
    if match := _IDEOGRAPHS.fullmatch(text):
        return _existing(*match.groups())
    if match := _YEAR_LAST.fullmatch(text):
        return _from_figures(*match.groups())
    if (match := _ROMAN_MONTH.fullmatch(text)) and match[3] in _ROMAN:
        return _existing(match[4], 1 + _ROMAN.index(match[3]), match[1])
    return _from_words(text)


def _from_figures(one: str | None, other: str, year: str) -> PartialDate | None:
    """Read 23/11/2022, 11/23/2022 or 11/2022; the year alone if day and month could be swapped."""
    if one is None or one == other:
        return _existing(year, other, one)
    if 0 in (int(one), int(other)):  # 1/0/1900 is no day of a spreadsheet
        return None
    if int(one) <= 12 and int(other) <= 12:
        return _existing(year)
    return _existing(year, other, one) or _existing(year, one, other)


def _from_words(text: str) -> PartialDate | None:
    """Read the name of a month with a day, a year or both."""
    if _CROATIAN.search(text):
        return None
    tokens = (f"<{MONTHS[each]}>" if each in MONTHS else each for each in _TOKEN.findall(text))
    match = _DAY_IN_WORDS.fullmatch(" ".join(tokens))
    if match is None:
        return None
    year, day, month, later_day, later_year = match.groups()
    if day and later_day:  # 23 November 22
        return None if year or later_year else _of_two_digits(later_day, month, day)
    if not (year or later_year):
        return _existing(None, month, day or later_day)
    return None if year and later_year else _existing(year or later_year, month, day or later_day)


def _of_two_digits(year: str, month: str, day: str) -> PartialDate | None:
    known = _existing(f"{20 if int(year) < _CENTURY else 19}{year:0>2}", month, day)
    return known if known and known.first <= _tomorrow().date() else None


def _existing(
    year: str | int | None, month: str | int | None = None, day: str | int | None = None
) -> PartialDate | None:
    """Return the date if there is such a day; a part that is None is unknown."""
    parts = [None if part is None else int(part) for part in (year, month, day)]
    try:
        return PartialDate(parts[0], parts[1], parts[2])
    except ValueError:
        return None


def _tomorrow() -> datetime:
    """Return the latest moment at which an article can be published, anywhere."""
    return datetime.now(UTC) + timedelta(days=1)
