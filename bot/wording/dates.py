"""Dates in the reader's words (pure), as far as they are known."""

from datetime import datetime

from bot.wording.phrases import Phrases


def spell_date(published: str | None, phrases: Phrases) -> str:
    """Return a partial ISO 8601 date (see `Article`) in words; what is unknown is said to be."""
    if published is None:
        return phrases.say("date-unknown")
    if published.startswith("--"):
        month, day = map(int, published[2:].split("-"))
        return phrases.say("date-without-year", day=day, month=month)
    year, *rest = published[:10].split("-")
    match [int(part) for part in rest]:
        case [month, day]:
            return phrases.say("date-day", day=day, month=month, year=year)
        case [month]:
            return phrases.say("date-month", month=month, year=year)
    return phrases.say("date-year", year=year)


def date_markup(published: str | None, phrases: Phrases) -> str:
    """Return the date: a moment on each reader's own clock, a day as that day everywhere."""
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return spell_date(published, phrases)
    if "T" not in (published or "") or moment.tzinfo is None:
        return spell_date(published, phrases)
    return f"<t:{int(moment.timestamp())}:D>"
