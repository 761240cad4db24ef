"""Quotes for a terminal and for JSON."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from rich.text import Text

from index.answers.citations import CitationParts
from index.answers.quote_codes import Finding, Verification
from index.dates.partial_date import spell_date
from index.models import Quote, Span
from scripts._console import output

_FINDINGS = {
    Finding.STANDS: "These very words stand in the coverage, at the same place.",
    Finding.MOVED: "These very words stand in the coverage; their article has changed around them.",
    Finding.CHANGED: (
        "These words do not stand there: their article has changed, or the code was not copied "
        "exactly."
    ),
    Finding.GONE: "The article of this code is not in the coverage: no longer, or it never was.",
    Finding.AMBIGUOUS: "This code fits several articles: give the whole code.",
}


def cite(quote: Quote) -> str:
    """Return the citation on one line; unknown parts are named as unknown."""
    citation = quote.citation
    headline = citation.headline
    if citation.headline_stands_in:
        headline = f"{headline} (first sentence; no headline)"
    parts = CitationParts(
        headline=headline,
        outlet=citation.outlet or "outlet unknown",
        date=spell_date(citation.published),
        paragraph=f"¶ {citation.paragraph}",
    )
    also_in = [f"also in {', '.join(quote.also_in)}"] if quote.also_in else []
    address = [citation.url] if citation.url else []
    return " · ".join([*parts, *also_in, *address])


def print_quote(quote: Quote, number: int) -> None:
    """Print the quote with its answer in bold, then its citation."""
    for line in _lines(quote):
        output.print(line)
    output.print(f"  [{number}] {cite(quote)}", style="dim")


def _lines(quote: Quote) -> Iterator[Text]:
    answer, start = quote.answer_in_text or Span(0, 0), 0
    for line in quote.text.splitlines(keepends=True):
        (shown,) = line.splitlines()
        first, last = (max(place - start, 0) for place in answer)
        yield Text.assemble("  ", shown[:first], (shown[first:last], "bold"), shown[last:])
        start += len(line)


def print_respelt(names: Iterable[str]) -> None:
    """Print which names are searched for as the coverage spells them, if any."""
    if shown := ", ".join(names):
        output.print(f"Showing results for {shown}.", style="dim", markup=False)


def print_undated(count: int) -> None:
    """Print how many articles a filter by date left out, if any."""
    if count:
        output.print(f"\nLeft out, as their date is unknown: {count:,}.", style="dim")


def quote_fields(quote: Quote) -> dict[str, Any]:
    """Return the quote for JSON; the date of publication is ISO 8601, as far as it is known."""
    published = quote.citation.published
    return {
        "text": quote.text,
        "article_id": quote.article_id,
        "start": quote.span.start,
        "end": quote.span.end,
        "answer": _answer_fields(quote),
        "score": round(quote.score, 4),
        "citation": asdict(quote.citation) | {"published": str(published) if published else None},
        "also_in": list(quote.also_in),
    }


def _answer_fields(quote: Quote) -> dict[str, Any] | None:
    if quote.answer is None:
        return None
    return {"text": quote.answer_text, "start": quote.answer.start, "end": quote.answer.end}


def print_verification(verification: Verification) -> None:
    """Print what became of the words of a code, with the paragraphs around them, if any."""
    output.print(_FINDINGS[verification.finding], style="bold")
    context = verification.context
    if (correction := verification.correction) is not None:
        context = correction.now or context
        since = f" (until the build of {correction.at:%Y-%m-%d %H:%M} UTC)" if correction.at else ""
        output.print(f"\nBefore{since}:\n", style="dim")
        for words in correction.before.splitlines():
            output.print(f"  {words}")
    if context is None:
        return
    if not verification.is_verbatim:
        output.print("\nWhat stands at that place now:", style="dim")
    output.print()
    text, (start, end), quoted = context.article.text, context.around, context.quote.span
    marked = (text[quoted.start : quoted.end], "bold" if verification.is_verbatim else "")
    around = Text.assemble(text[start : quoted.start], marked, text[quoted.end : end])
    for line in around.split("\n"):
        output.print(Text("  ") + line)
    output.print(f"  {cite(context.quote)}", style="dim")


def verification_fields(verification: Verification) -> dict[str, Any]:
    """Return what became of the words of a code, for JSON; `now` is what stands there.

    `before` are the words of a code that no longer stand there, if their text was kept.
    """
    context, correction = verification.context, verification.correction
    return {
        "code": str(verification.code),
        "finding": verification.finding.value,
        "before": correction.before if correction else None,
        "now": quote_fields(context.quote) if context else None,
        "context": context.article.text[slice(*context.around)] if context else None,
    }
