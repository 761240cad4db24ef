"""Quote → the line that says where it was published (pure)."""

import re

from bot.wording.dates import date_markup
from bot.wording.markup import escape, link, link_to_quote
from bot.wording.phrases import Phrases
from index.models import Quote

_MAX_NAME = 300
# They turn around or hide what stands beside a name; in a quote they stay.
_INVISIBLE = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def citation_line(quote: Quote, number: int, phrases: Phrases) -> str:
    """Return where the quote was published; what is unknown is said to be unknown."""
    citation = quote.citation
    parts = [
        _headline(quote, phrases),
        shown_outlet(citation.outlet, phrases),
        date_markup(citation.published, phrases),
        phrases.say("citation-paragraph", number=citation.paragraph),
    ]
    if len(quote.also_in) == 1:
        outlet = shown_outlet(quote.also_in[0], phrases)
        parts.append(phrases.say("citation-also-in-outlet", outlet=outlet))
    elif quote.also_in:
        parts.append(phrases.say("citation-also-in-outlets", count=len(quote.also_in)))
    return escape(f"[{number}] ") + " · ".join(parts)


def shown_outlet(outlet: str | None, phrases: Phrases) -> str:
    """Return an outlet's name, escaped, or that it is unknown."""
    return escape(clip(outlet or "")) or phrases.say("citation-outlet-unknown")


def clip(name: str, most: int = _MAX_NAME) -> str:
    """Shorten a headline that no outlet would print, or an outlet's name, at a word.

    Characters that are not seen, but change what is, go.
    """
    name = _INVISIBLE.sub("", name).strip()
    if len(name) <= most:
        return name
    return name[:most].rsplit(" ", 1)[0] + " …"


def _headline(quote: Quote, phrases: Phrases) -> str:
    citation = quote.citation
    headline = clip(" ".join(citation.headline.split())) or "…"
    if citation.headline_stands_in:
        headline = phrases.say("citation-headline-stands-in", headline=headline)
    address = link_to_quote(citation.url, quote.text) if citation.url else None
    return link(headline, address) if address else escape(headline)
