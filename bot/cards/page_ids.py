"""The ids of buttons for the next results, with the filters of the first ones (pure)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import ClassVar, Self

from index.errors import FilterError
from index.models import Filters

_OUTLET_DIGITS = 12
_PAGE = (
    r"(?P<skip>\d{1,4}):(?P<since>\d{8})?:(?P<until>\d{8})?:(?P<outlet>[0-9a-f]{12})?"
    r"(?::(?P<asked>\d{8}))?"
)


class OutletGoneError(FilterError):
    """The outlet that a button filters by is no longer in the coverage."""

    def __init__(self, outlet_key: str) -> None:
        super().__init__(outlet_key)


@dataclass(frozen=True, slots=True)
class PageId:
    """What follows the first `skip` results; the question is on the card itself.

    The id contains the filters, the outlet by its key (`outlet_key`). `asked_on` is the day from
    which the question is seen; ids of older cards lack it, and so do those of timelines, which are
    seen from no day.
    """

    skip: int
    since: date | None = None
    until: date | None = None
    outlet_key: str = ""
    asked_on: date | None = None

    kind: ClassVar[str]

    @classmethod
    def of(cls, skip: int, filters: Filters, asked_on: date | None = None) -> Self:
        """Return the id for the next results within these filters."""
        key = outlet_key(filters.outlet) if filters.outlet else ""
        return cls(skip, filters.since, filters.until, key, asked_on)

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Return the id that a click sent back."""
        since, until, asked_on = (_day(match[name]) for name in ("since", "until", "asked"))
        return cls(int(match["skip"]), since, until, match["outlet"] or "", asked_on)

    @property
    def custom_id(self) -> str:
        """The id in Discord's form."""
        fields = [self.kind, str(self.skip), _digits(self.since), _digits(self.until)]
        asked_on = [_digits(self.asked_on)] if self.asked_on else []
        return ":".join([*fields, self.outlet_key, *asked_on])

    def filters(self, outlets: Iterable[str]) -> Filters:
        """Return the filters; raise OutletGoneError if their outlet is not among `outlets`."""
        outlet = next((each for each in outlets if outlet_key(each) == self.outlet_key), None)
        if self.outlet_key and outlet is None:
            raise OutletGoneError(self.outlet_key)
        return Filters(outlet, self.since, self.until)


@dataclass(frozen=True, slots=True)
class MoreId(PageId):
    """*More quotes*: show the next quotes."""

    kind: ClassVar[str] = "more"
    template: ClassVar[str] = f"more:{_PAGE}"


@dataclass(frozen=True, slots=True)
class EventsId(PageId):
    """*More events*: show the next events of a timeline."""

    kind: ClassVar[str] = "events"
    template: ClassVar[str] = f"events:{_PAGE}"


def outlet_key(outlet: str) -> str:
    """Return hexadecimal digits that identify an outlet, whose name may be long."""
    return sha256(outlet.encode()).hexdigest()[:_OUTLET_DIGITS]


def _digits(day: date | None) -> str:
    return day.isoformat().replace("-", "") if day else ""


def _day(digits: str | None) -> date | None:
    return date.fromisoformat(digits) if digits else None
