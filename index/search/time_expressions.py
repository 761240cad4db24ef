"""What a question says about time, seen from the day on which it is asked (pure)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from index.dates.mentions import dates_in
from index.dates.partial_date import PartialDate, Precision
from index.dates.period import Period
from index.dates.reading import parse_date
from index.search.event_questions import topic_of_events, topic_of_news
from index.search.period_words import NAMES, TIME_WORDS
from index.search.periods import read_period, without_preposition

_ONE_DAY = timedelta(days=1)  # what is dated today in the west can be dated tomorrow in the east
_RECENT_DAYS = 31
_FRESH_HALF = 30  # days after which freshness is a half
_NEAR = 3  # days beside a period in which nearness falls to a half; fewer beside a shorter period
_MOST_WORDS = 9  # of a period: "between 5 November 2022 and 12 December 2022"
_WORD = re.compile(r"(?:\d+(?::\d+)+|[^\s?!,;:()\"“”«»])+")
_BREAK = re.compile(r"[?!;()\"“”«»]|:(?!\d)")
# What stands before a period that something is only compared with.
_COMPARED = re.compile(
    r"\b(?:than(?:\s+\w+){0,2}|compared (?:to|with)|чем(?:\s+\w+){0,2}|по сравнению с)\s*$",
    re.IGNORECASE,
)
_DECADE = re.compile(r"\d{4}s")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_RECENTLY = re.compile(r"\b(?<!most )(?:recent(?:ly)?|lately|недавно)\b", re.IGNORECASE)
_LATEST = re.compile(
    r"\b(?:latest|newest|most recent|now|current|currently|so far|"
    r"сейчас|теперь|последн\w+|нынешн\w+)\b",
    re.IGNORECASE,
)
# The words before a period: from when on, or until when. By itself, a name such as "May" or "2022"
# is a period only after one of `_BEFORE_NAMES`.
_SINCE, _AFTER = frozenset(("since", "с", "со")), frozenset(("after", "после"))
_UNTIL, _BEFORE = frozenset(("until", "till", "by", "к")), frozenset(("before", "до"))
_AROUND = _SINCE | _AFTER | _UNTIL | _BEFORE
_BEFORE_NAMES = _AROUND | {"in", "on", "of", "during", "within", "в", "во", "на", "за"}
_RANGE = re.compile(r"\b(?:to|until|till|through|and|по|до|и)\b|[–—]|\d-\d|\s-\s")


@dataclass(frozen=True, slots=True)
class Mention:
    """A period that a question names, and where: characters `start` to `end` (exclusive)."""

    period: Period
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Timing:
    """The period that a question names, the day whose news it asks about, and its own day.

    `events_of` is the topic of a question about what happened in that period or, without a
    period, about what is new: empty for anything, None if it asks for something else. `yearless`
    is the period's day if it is named without a year.
    """

    named: Period | None = None
    news_of: date | None = None
    events_of: str | None = None
    yearless: PartialDate | None = None
    asked_on: date | None = None

    @property
    def asks_what_happened(self) -> bool:
        """Whether the question asks what happened in the period that it names."""
        return self.named is not None and self.events_of is not None

    def is_named_by(self, text: str, published: PartialDate | None) -> bool:
        """Tell whether a text names a day, a month or a year within the period.

        A date without a year is one of the year of publication. If that is unknown, as in many
        datelines, it can only be the day that the question names without a year.
        """
        if self.named is None:
            return False
        known = [*dates_in(text), *([published] if published and not published.has_year else [])]
        for each in known:
            if each.has_year:
                whole: PartialDate | None = each
            elif published and published.year is not None:
                whole = each.in_year(published.year)
            else:
                whole = each.in_year(self.named.since.year) if each == self.yearless else None
            if whole and whole.is_within(self.named.since, self.named.until):
                return True
        return False


def read_timing(question: str, asked_on: date | None) -> Timing:
    """Return what the question says about time, seen from `asked_on`; without that day, nothing.

    It asks about the news of that day, unless it names another year or a period that is over.
    """
    if asked_on is None:
        return Timing()
    years = {int(year) for year in _YEAR.findall(question)}
    news_of = None if years - {asked_on.year} else asked_on
    mention, news = find_period(question, asked_on), topic_of_news(question)
    # "Recent news" are the newest there are, whenever that was.
    if mention is None or (news is not None and _RECENTLY.match(question, mention.start)):
        return Timing(None, news_of, news, asked_on=asked_on)
    if mention.period.until < asked_on - timedelta(days=_RECENT_DAYS):
        news_of = None
    rest = f"{question[: mention.start]} {question[mention.end :]}"
    return Timing(
        mention.period, news_of, topic_of_events(rest), _yearless(question, mention), asked_on
    )


def _yearless(question: str, mention: Mention) -> PartialDate | None:
    known = parse_date(without_preposition(question[mention.start : mention.end]))
    return known if known and not known.has_year else None


def find_period(question: str, asked_on: date) -> Mention | None:
    """Return the first period that the question names, the longest one that begins there."""
    words = list(_WORD.finditer(question))
    compared_until = 0
    for first, word in enumerate(words):
        for last in reversed(range(first, min(first + _MOST_WORDS, len(words)))):
            start, end = word.start(), words[last].end()
            if start < compared_until or not _can_end(words[last][0]):
                continue
            if period := _period(question[start:end], question[end:], asked_on):
                if not _COMPARED.search(question[:start]):
                    return Mention(period, start, end)
                compared_until = end
    if match := _RECENTLY.search(question):
        since = asked_on - timedelta(days=_RECENT_DAYS)
        return Mention(Period(since, asked_on), *match.span())
    return None


def _can_end(word: str) -> bool:
    return word[:1].isdigit() or word.casefold().strip(".") in TIME_WORDS


def _period(text: str, following: str, asked_on: date) -> Period | None:
    """Return the period that a part of the question names, None if it may name something else."""
    if _BREAK.search(text):
        return None
    before, _, rest = text.casefold().partition(" ")
    name = without_preposition(rest if before in _AROUND else text)
    is_led = before in _BEFORE_NAMES
    if name == "fall" or (not is_led and (name in NAMES or _DECADE.fullmatch(name))):
        return None  # "Theresa May", "the fall of Rome"
    if name.isdecimal() and (rest != name or not is_led or before == "of"):
        return None  # "the 2018 final", "the treaty of 1992"
    if text.startswith("may ") and following[:2].strip().isalpha():
        return None  # "may 22 people enter?"
    found = read_period(rest if before in _AROUND else text, asked_on)
    if found is None or found.since > asked_on:
        return None
    return found if _RANGE.search(rest) else _opened(before, found, asked_on)


def _opened(before: str, named: Period, asked_on: date) -> Period | None:
    """Return the period as the word before it extends it: up to today, or from the beginning."""
    if before in _SINCE:
        return Period(named.since, max(named.until, asked_on))
    if before in _AFTER:
        since = named.until + _ONE_DAY
        return Period(since, asked_on) if since <= asked_on else None
    if before in _UNTIL:
        return Period(date.min, named.until)
    return Period(date.min, named.since - _ONE_DAY) if before in _BEFORE else named


def nearness(published: PartialDate | None, timing: Timing) -> float:
    """Return 1 for a publication within the period that is named, less for one beside it.

    It is 0 without a period, and for a day unknown or still to come. News is often published a day
    after what it reports, and its day depends on the time zone.
    """
    period = timing.named
    if period is None or published is None or not published.has_year:
        return 0.0
    if published.precision < Precision.DAY:
        return float(published.is_within(period.since, period.until))
    if _is_to_come(published, timing.asked_on):
        return 0.0
    days = max((period.since - published.first).days, (published.first - period.until).days, 0)
    near = min(_NEAR, (period.until - period.since).days + 1)
    return near / (near + days)


def freshness(published: PartialDate | None, news_of: date | None) -> float:
    """Return 1 for news of the day, a half 30 days later; 0 for a day unknown or still to come."""
    if published is None or not published.has_year or published.precision < Precision.DAY:
        return 0.0
    if news_of is None or _is_to_come(published, news_of):
        return 0.0
    return _FRESH_HALF / (_FRESH_HALF + max(0, (news_of - published.first).days))


def _is_to_come(published: PartialDate, asked_on: date | None) -> bool:
    return asked_on is not None and published.first > asked_on + _ONE_DAY


def asks_for_latest(question: str) -> bool:
    """Tell whether the newest coverage is asked for: "latest", "now", "current"."""
    return bool(_LATEST.search(question))
