"""A quote's citation in words, and as one line of a card (pure)."""

import re

from bot.wording.dates import date_markup, spell_date
from bot.wording.markup import escape, link, link_to_quote
from bot.wording.phrases import Phrases
from index.answers.citations import CitationParts
from index.models import Quote

_MAX_NAME = 300
# They reverse or hide the text next to a name; in a quote they stay.
_INVISIBLE = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def citation_line(quote: Quote, number: int, phrases: Phrases) -> str:
    """Return the citation as one line of a card, its headline linked to the quote."""
    plain = citation_parts(quote, phrases)
    url = quote.citation.url
    address = link_to_quote(url, quote.text) if url else None
    parts = CitationParts(
        headline=link(plain.headline, address) if address else escape(plain.headline),
        outlet=escape(plain.outlet),
        date=date_markup(quote.citation.published, phrases),
        paragraph=plain.paragraph,
    )
    return escape(f"[{number}] ") + " · ".join([*parts, *_also_in(quote, phrases)])


def citation_parts(quote: Quote, phrases: Phrases) -> CitationParts:
    """Return the citation as plain words, with "unknown" for unknown parts."""
    citation = quote.citation
    headline = clip(" ".join(citation.headline.split())) or "…"
    if citation.headline_stands_in:
        headline = phrases.say("citation-headline-stands-in", headline=headline)
    return CitationParts(
        headline=headline,
        outlet=outlet_name(citation.outlet, phrases),
        date=spell_date(citation.published, phrases),
        paragraph=phrases.say("citation-paragraph", number=citation.paragraph),
    )


def outlet_name(outlet: str | None, phrases: Phrases) -> str:
    """Return an outlet's name as plain words, or that it is unknown."""
    return clip(" ".join((outlet or "").split())) or phrases.say("citation-outlet-unknown")


def _also_in(quote: Quote, phrases: Phrases) -> list[str]:
    if not quote.also_in:
        return []
    if len(quote.also_in) > 1:
        return [phrases.say("citation-also-in-outlets", count=len(quote.also_in))]
    outlet = escape(outlet_name(quote.also_in[0], phrases))
    return [phrases.say("citation-also-in-outlet", outlet=outlet)]


def clip(name: str, most: int = _MAX_NAME) -> str:
    """Shorten a headline that no outlet would print, or an outlet's name, at a word.

    Characters that are not seen, but change what is, go.
    """
    name = _INVISIBLE.sub("", name).strip()
    if len(name) <= most:
        return name
    return name[:most].rsplit(" ", 1)[0] + " …"
