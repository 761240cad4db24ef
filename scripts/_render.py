"""Quotes for a terminal and for JSON."""

from dataclasses import asdict
from typing import Any

from index.dates import spell_date
from index.models import Quote


def cite(quote: Quote) -> str:
    """Return the citation on one line; what is unknown is said to be unknown."""
    citation = quote.citation
    headline = citation.headline
    if citation.headline_stands_in:
        headline = f"{headline} (first sentence; no headline)"
    parts = [
        headline,
        citation.outlet or "outlet unknown",
        spell_date(citation.published),
        f"¶ {citation.paragraph}",
    ]
    if quote.also_in:
        parts.append(f"also in {', '.join(quote.also_in)}")
    if citation.url:
        parts.append(citation.url)
    return " · ".join(parts)


def quote_fields(quote: Quote) -> dict[str, Any]:
    """Return the quote for JSON."""
    return {
        "text": quote.text,
        "article_id": quote.article_id,
        "start": quote.span.start,
        "end": quote.span.end,
        "score": round(quote.score, 4),
        "citation": asdict(quote.citation),
        "also_in": list(quote.also_in),
    }
