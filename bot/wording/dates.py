"""Dates in the reader's words (pure), as far as they are known."""

from bot.wording.phrases import Phrases
from index.dates.partial_date import PartialDate


def spell_date(known: PartialDate | None, phrases: Phrases) -> str:
    """Return the date in words, or that it is unknown."""
    if known is None:
        return phrases.say("date-unknown")
    match known.year, known.month, known.day:
        case None, int(month), int(day):
            return phrases.say("date-without-year", day=day, month=month)
        case int(year), int(month), int(day):
            return phrases.say("date-day", day=day, month=month, year=f"{year:04}")
        case int(year), int(month), None:
            return phrases.say("date-month", month=month, year=f"{year:04}")
    return phrases.say("date-year", year=str(known))


def date_markup(known: PartialDate | None, phrases: Phrases) -> str:
    """Return the date: a moment on each reader's own clock, a day as that day everywhere."""
    if known is None or known.exact_moment is None:
        return spell_date(known, phrases)
    return f"<t:{int(known.exact_moment.timestamp())}:D>"
