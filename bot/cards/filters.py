"""Filters in the reader's language (pure): those in use, and explanations of wrong ones."""

from bot.cards.citation import clip
from bot.cards.page_ids import OutletGoneError
from bot.wording.dates import spell_date
from bot.wording.markup import escape
from bot.wording.phrases import Phrases
from index.dates.partial_date import PartialDate
from index.errors import (
    AmbiguousDateError,
    FilterError,
    ReversedDatesError,
    UnknownDateError,
    UnknownOutletError,
)
from index.models import Filters


def filter_lines(filters: Filters, undated: int, phrases: Phrases) -> list[str]:
    """Return the line with the filters in use and the number of undated articles left out."""
    parts = [escape(clip(filters.outlet))] if filters.outlet else []
    if filters.since:
        since = spell_date(PartialDate.of(filters.since), phrases)
        parts.append(phrases.say("answer-since", day=since))
    if filters.until:
        until = spell_date(PartialDate.of(filters.until), phrases)
        parts.append(phrases.say("answer-until", day=until))
    if undated:
        parts.append(phrases.say("answer-undated", count=undated))
    return [phrases.say("answer-only", filters=" · ".join(parts))] if parts else []


def filter_problem(error: FilterError, phrases: Phrases) -> str:
    """Return what is wrong with a filter that a reader typed, and what to do."""
    match error:
        case UnknownOutletError(typed=typed, known=known):
            return _unknown_outlet(typed, known, phrases)
        case UnknownDateError(typed=typed):
            return phrases.say("filter-unknown-date", typed=escape(typed))
        case AmbiguousDateError(typed=typed):
            return phrases.say("filter-ambiguous-date", typed=escape(typed))
        case ReversedDatesError(since=first, until=last):
            since, until = (spell_date(PartialDate.of(day), phrases) for day in (first, last))
            return phrases.say("filter-reversed-dates", since=since, until=until)
        case OutletGoneError():
            return phrases.say("filter-outlet-gone")
    raise error


def _unknown_outlet(typed: str, known: tuple[str, ...], phrases: Phrases) -> str:
    if not known:
        return phrases.say("filter-no-outlets", typed=escape(typed))
    outlets = ", ".join(phrases.say("filter-outlet", outlet=escape(name)) for name in known)
    return phrases.say("filter-unknown-outlet", typed=escape(typed), outlets=outlets)
