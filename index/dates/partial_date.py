"""A date as far as it is known: a year, a month, a day or a moment; or a day of an unknown year."""

import re
from calendar import month_name, monthrange
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timezone
from enum import IntEnum
from functools import lru_cache
from typing import Self

_WRITTEN = re.compile(r"(?:(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(.+))?)?)?|--(\d\d)-(\d\d))")
_LEAP_YEAR = 2000  # 29 February is a day if the year is unknown


class Precision(IntEnum):
    """How much of a date is known; more is greater."""

    YEAR = 1
    MONTH = 2
    DAY = 3
    TIME = 4


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known; an unknown part is None, and is never filled in.

    Written as ISO 8601, in part: `2022`, `2022-11`, `2022-11-23`, `2022-11-23T09:30:00+03:00`;
    `--11-23` if the year is unknown (XML Schema's gMonthDay). `first` and `last` are the days that
    it can mean, as its own time zone counts them. Dates are ordered by their first moment, which is
    in UTC unless a zone is known; a date without a year comes before all others.

    Raises ValueError for a date that doesn't exist.
    """

    year: int | None
    month: int | None = None
    day: int | None = None
    clock: time | None = None

    def __post_init__(self) -> None:
        parts = (self.year, self.month, self.day, self.clock)
        known = [part is not None for part in parts]
        if self.year is None and known != [False, True, True, False]:
            raise ValueError(f"without its year, a date is a month and a day: {parts}")
        if self.year is not None and known != sorted(known, reverse=True):
            raise ValueError(f"a part between two known ones is unknown: {parts}")
        date(_LEAP_YEAR if self.year is None else self.year, self.month or 1, self.day or 1)

    @classmethod
    def of(cls, value: date) -> Self:
        """Return a day, or the moment of a datetime."""
        if not isinstance(value, datetime):
            return cls(value.year, value.month, value.day)
        offset = value.utcoffset()
        zone = None if offset is None else timezone(offset)
        return cls(value.year, value.month, value.day, value.time().replace(tzinfo=zone))

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Return what `str()` wrote; raise ValueError for anything else."""
        return _parse(text)

    def __str__(self) -> str:
        year = "-" if self.year is None else f"{self.year:04}"
        parts = [year, *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts) + (f"T{self.clock.isoformat()}" if self.clock else "")

    def __lt__(self, other: "PartialDate") -> bool:
        return self.moment < other.moment

    def __le__(self, other: "PartialDate") -> bool:
        return self.moment <= other.moment

    @property
    def has_year(self) -> bool:
        """Whether at least the year is known."""
        return self.year is not None

    @property
    def precision(self) -> Precision:
        """How much is known."""
        if self.clock is not None:
            return Precision.TIME
        return Precision.DAY if self.day else Precision.MONTH if self.month else Precision.YEAR

    @property
    def first(self) -> date:
        """The first day that it can mean; `date.min` if the year is unknown."""
        if self.year is None:
            return date.min
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it can mean; `date.max` if the year is unknown."""
        if self.year is None:
            return date.max
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def moment(self) -> datetime:
        """The first moment that it can mean, with a time zone: UTC if none is known."""
        moment = datetime.combine(self.first, self.clock or time())
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    @property
    def exact_moment(self) -> datetime | None:
        """The moment if day, time and time zone are known, else None."""
        return self.moment if self.clock and self.clock.tzinfo else None

    def up_to(self, precision: Precision) -> "PartialDate":
        """Return the date without what is finer than this precision: its year, month or day."""
        if self.year is None:
            return self
        return PartialDate(
            self.year,
            self.month if precision >= Precision.MONTH else None,
            self.day if precision >= Precision.DAY else None,
            self.clock if precision >= Precision.TIME else None,
        )

    def in_year(self, year: int) -> "PartialDate | None":
        """Return the date with this year; None for a 29 February that there wasn't."""
        try:
            return replace(self, year=year)
        except ValueError:
            return None

    def is_before(self, other: "PartialDate") -> bool:
        """Tell whether it is an earlier day than the other, whatever their unknown parts are."""
        return self.last < other.first

    def is_within(self, since: date, until: date) -> bool:
        """Tell whether all the days that it can mean lie from `since` to `until`, both included."""
        return since <= self.first and self.last <= until


@lru_cache(8192)  # a question reads the same few hundred dates for each of its passages
def _parse(text: str) -> PartialDate:
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise ValueError(f"no partial ISO 8601 date: {text!r}")
    year, month, day, clock, month_alone, day_alone = match.groups()
    if year is None:
        return PartialDate(None, int(month_alone), int(day_alone))
    return PartialDate(
        int(year),
        int(month) if month else None,
        int(day) if day else None,
        time.fromisoformat(clock) if clock else None,
    )


def first_moment(known: PartialDate | None) -> datetime:
    """Return the first moment of a date; an unknown one comes before all others."""
    return known.moment if known else datetime.min.replace(tzinfo=UTC)


def spell_date(known: PartialDate | None) -> str:
    """Return the date in English words, with what is unknown said to be unknown."""
    if known is None:
        return "date unknown"
    day = str(known.day) if known.day else ""
    month = month_name[known.month] if known.month else ""
    if known.year is None:
        return f"{day} {month}, year unknown"
    return " ".join(filter(None, (day, month, f"{known.year:04}")))
