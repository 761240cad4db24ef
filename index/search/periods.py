"""Words that name days → the period that they mean (pure).

`last week` and the like are calendar weeks, months and years; `the last 3 days` and `the past week`
are counted back from today. A weekday, a month or a season without a year is the latest that has
begun, `last` one the latest that has ended.
"""

import re
from calendar import month_name
from collections.abc import Iterable
from datetime import date, timedelta

from index.dates.names import MONTHS
from index.dates.partial_date import PartialDate, Precision
from index.dates.period import Period, Unit, day_before, months_from, unit_before
from index.dates.reading import parse_date
from index.search.calendar_parts import read_part
from index.search.period_words import (
    A_FEW,
    COUNTS,
    DAYS_AGO,
    SEASONS,
    SHORT_MONTHS,
    SINGLE,
    SOME_DAYS,
    UNITS,
    WEEKDAYS,
    WEEKEND,
)

_LONGEST = 100  # characters; a longer text is more than a period


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_PREPOSITION = re.compile(
    r"(?:since|from|on|in|during|at|until|till|up to|by|through|over|within|for|of|the|"
    r"с|со|от|в|во|на|за|до|по|к|у|ў)\s+"
)
_LAST, _THIS = (
    r"last|previous|прошл\w+|предыдущ\w+|минувш\w+",
    r"this|current|эт(?:от|а|у|ой|ом|о|ого|их|и)|текущ\w+|нынешн\w+",
)
_COUNT = rf"(?P<count>\d{{1,3}}|{_any(COUNTS)})\s+(?:of\s+)?"
_UNIT = rf"(?P<unit>{_any(UNITS)})"
_AGO = re.compile(rf"(?:{_COUNT})?{_UNIT}\s+(?:ago|назад)")
_RECENT = re.compile(rf"(?:past|recent|последн\w+|(?P<last>{_LAST}))\s+(?:{_COUNT})?{_UNIT}")
_CURRENT = re.compile(rf"(?:{_THIS})\s+{_UNIT}")
_WHICH = re.compile(rf"(?:(?P<last>{_LAST})\s+|(?P<this>{_THIS})\s+)?(?P<name>[^\W\d_]+)")
_OF_YEAR = re.compile(
    r"(?P<of>.+?),?\s+(?:of\s+)?(?:(?P<last>last year|прошлого года|прошлом году)|"
    r"(?:this year|этого года|этом году))"
)
_SEASON = re.compile(
    rf"(?P<season>{_any(SEASONS)})\s+(?:of\s+)?(?P<year>\d{{4}})(?:[-/–](?P<next>\d\d(?:\d\d)?))?"
    r"(?:\s+(?:года|г\.?))?"
)
_DECADE = re.compile(r"(?P<decade>\d{3})0(?:s|-[её]|-х)(?:\s+год\w+)?|['’]?(?P<short>[2-9])0s")
_FORTNIGHT, _A_COUPLE = re.compile(r"\b(?:a )?fortnight\b"), re.compile(r"\ba (couple|few)\b")
_FIGURES = re.compile(r"\d+")
_RANGE = re.compile(
    r"(?:between\s+|между\s+)?(?P<first>.+?)\s*(?:\s(?:to|until|till|through|and|по|до|и)\s|–|—|\s-\s|(?<=\d)-(?=\d\d?\s\D)|(?<=\d{4})-(?=\d{4}$))"
    r"\s*(?P<last>.+)"
)


def read_period(text: str, today: date) -> Period | None:
    """Return the period that a text names, seen from `today`; None if it names none."""
    words = without_preposition(text)
    if len(words) > _LONGEST:
        return None
    if match := _OF_YEAR.fullmatch(words):
        words = f"{match['of']} {today.year - bool(match['last'])}"
    words = _A_COUPLE.sub(r"\1", _FORTNIGHT.sub("2 weeks", words))
    return (
        read_part(words, today)
        or _relative(words, today)
        or _named(words, today)
        or _dated(words, today)
        or _range(words, today)
    )


def without_preposition(text: str) -> str:
    """Return the text in lower case, without prepositions and articles at its beginning."""
    words = " ".join(text.casefold().split()).strip(" ,.")
    while match := _PREPOSITION.match(words):
        words = words[match.end() :]
    return words


def is_ambiguous(text: str, known: PartialDate) -> bool:
    """Tell whether a date was reduced to its year, since day and month could be swapped."""
    return known.precision is Precision.YEAR and len(_FIGURES.findall(text)) > 1


def latest_year(known: PartialDate, today: date) -> PartialDate | None:
    """Return the latest day of `--11-23` that has come; None for 30 February."""
    years = range(today.year, today.year - 8, -1)  # a 29 February is at most 8 years ago
    found = (known.in_year(year) for year in years)
    return next((each for each in found if each and each.first <= today), None)


def _relative(words: str, today: date) -> Period | None:
    """Read what is counted from today: yesterday, 3 days ago, the last 2 weeks, this month."""
    if (days := DAYS_AGO.get(words)) is not None:
        return unit_before(Unit.DAY, days, today)
    if (match := _AGO.fullmatch(words)) and (match["count"] or match["unit"] in SINGLE):
        return unit_before(UNITS[match["unit"]], _number(match["count"]) or 1, today)
    if match := _CURRENT.fullmatch(words):
        return unit_before(UNITS[match["unit"]], 0, today)
    if match := _RECENT.fullmatch(words):
        unit, count = UNITS[match["unit"]], _number(match["count"])
        if match["unit"] in SOME_DAYS:
            count = count or A_FEW
        if count is None and match["unit"] not in SINGLE:
            return None
        if match["last"] and count is None:
            return unit_before(unit, 1, today)
        return Period(day_before(unit, count or 1, today), today)
    return None


def _named(words: str, today: date) -> Period | None:
    """Read a weekday, a weekend, a month or a season, a season of a year, or a decade."""
    if match := _DECADE.fullmatch(words):
        first = int(match["decade"] or f"19{match['short']}") * 10
        return Period(date(first, 1, 1), date(first + 9, 12, 31))
    if match := _SEASON.fullmatch(words):
        return _season_of(SEASONS[match["season"]], int(match["year"]), match["next"])
    match = _WHICH.fullmatch(words)
    if match is None:
        return None
    name, is_last, is_this = match["name"], bool(match["last"]), bool(match["this"])
    if name in WEEKDAYS:
        monday = unit_before(Unit.WEEK, 0, today).since
        day = monday + timedelta(days=WEEKDAYS[name])
        is_ahead = not is_this and (day > today or (is_last and day == today))
        day -= timedelta(days=7 * is_ahead)
        return Period(day, day)
    if name in WEEKEND:
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        return Period(saturday, saturday + timedelta(days=1))
    if name in MONTHS and (len(name) > 3 or name in SHORT_MONTHS):
        return _latest_months(MONTHS[name], 1, today, is_last=is_last, is_this=is_this)
    if name in SEASONS:
        return _latest_months(SEASONS[name], 3, today, is_last=is_last, is_this=is_this)
    return None


def _dated(words: str, today: date) -> Period | None:
    """Read a date in any spelling; without a year it is the latest that has come."""
    known = parse_date(words)
    if known is not None and not known.has_year:
        known = latest_year(known, today)
    if known and is_ambiguous(words, known):
        return None
    return Period(known.first, known.last) if known else None


def _range(words: str, today: date) -> Period | None:
    """Read two dates and all between them; the first takes from the last what it doesn't say."""
    match = _RANGE.fullmatch(words)
    end = read_period(match["last"], today) if match else None
    if match is None or end is None:
        return None
    first = match["first"]
    if first.isdecimal() and len(first) <= 2:  # 5 to 12 November
        first = f"{first} {month_name[end.until.month]}"
    start = read_period(first, end.until)
    return Period(start.since, end.until) if start and start.since <= end.until else None


def _season_of(first_month: int, year: int, following: str | None) -> Period | None:
    """Return the season of a year; "winter 2022" could be two, "winter 2022/23" is one."""
    if (first_month == 12) != bool(following):
        return None
    return months_from(year, first_month, 3)


def _latest_months(month: int, count: int, today: date, *, is_last: bool, is_this: bool) -> Period:
    """Return the latest of these months that have begun; if `is_last`, that have ended."""
    latest = months_from(today.year, month, count)
    has_come = latest.until < today if is_last else latest.since <= today
    return latest if has_come or is_this else months_from(today.year - 1, month, count)


def _number(word: str | None) -> int | None:
    return None if word is None else int(word) if word.isdecimal() else COUNTS[word]
