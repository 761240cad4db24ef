"""Show what happened on a topic in a terminal: `python scripts/timeline.py "TOPIC" --index DIR`."""

import asyncio
from dataclasses import replace
from pathlib import Path
from textwrap import shorten
from typing import Annotated, Any

import typer
from rich.text import Text

from index.charts.bar_chart import draw_in_process
from index.charts.monthly_counts import english_labels
from index.coverage import open_coverage
from index.dates import spell_date
from index.models import Filters, Status
from index.search.answerability import THRESHOLD
from index.timelines.builder import MAX_EVENTS
from index.timelines.timeline import Event, Timeline
from scripts._console import DEFAULT_INDEX_DIR, IndexDir, Model, Threshold, output, print_json, run
from scripts._render import cite, quote_fields


def timeline(
    topic: Annotated[str, typer.Argument(help="A topic in a few words, no question.")],
    index_dir: IndexDir = DEFAULT_INDEX_DIR,
    model: Model = "",
    threshold: Threshold = THRESHOLD,
    events: Annotated[
        int, typer.Option(min=1, max=MAX_EVENTS, help="Events to show.")
    ] = MAX_EVENTS,
    outlet: Annotated[str, typer.Option(help="Only this outlet.")] = "",
    since: Annotated[str, typer.Option(help="Only from this day on, such as `last week`.")] = "",
    until: Annotated[str, typer.Option(help="Only up to this day, such as `2022-11`.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    plot: Annotated[
        Path | None,
        typer.Option(help="Draw how much there is of every month into this PNG.", dir_okay=False),
    ] = None,
) -> None:
    """Show the events of a topic in order of date, each in one verbatim quote.

    Example: `python scripts/timeline.py "peacekeepers in Kazakhstan" --plot months.png`
    """
    coverage = open_coverage(index_dir, model, threshold)
    try:
        found = coverage.timeline(topic, events, filters=coverage.filters(outlet, since, until))
    finally:
        coverage.close()
    if as_json:
        print_json(_fields(found))
    else:
        _show(found)
    if plot and found.monthly_counts.periods:
        plot.write_bytes(asyncio.run(_picture(found)))
        if not as_json:
            output.print(Text(f"\nDrawn: {plot}", style="dim"))


async def _picture(found: Timeline) -> bytes:
    labels = english_labels(found.monthly_counts)
    title = f"{shorten(found.topic, 36, placeholder=' …')}: {labels.title}"
    event_markers = [event.quote.citation.published or "" for event in found.events]
    return await draw_in_process(found.monthly_counts, replace(labels, title=title), event_markers)


def _fields(found: Timeline) -> dict[str, Any]:
    return {
        "topic": found.topic,
        "status": found.status.value,
        "events": [
            {
                "quote": quote_fields(event.quote),
                "articles": event.articles,
                "outlets": list(event.outlets),
            }
            for event in found.events
        ],
        "left_out": found.left_out,
        "related": [quote_fields(quote) for quote in found.related],
        "articles": found.articles,
        "undated": found.undated,
        "periods": dict(
            zip(found.monthly_counts.periods, found.monthly_counts.totals, strict=True)
        ),
    }


def _show(found: Timeline) -> None:
    if found.status is Status.NOT_ANSWERED:
        output.print("The coverage has nothing on this topic.", style="bold")
        output.print("\nClosest coverage, not on it:", style="dim")
    elif found.status is Status.NO_MATCH:
        where = " from this outlet and these days" if found.filters != Filters() else ""
        output.print(f"Nothing with a date in the coverage is on this topic{where}.", style="bold")
    for number, event in enumerate(found.events, 1):
        output.print()
        output.print(Text(f"{spell_date(event.quote.citation.published)}{_told(event)}", "bold"))
        _print_quote(event.quote.text, f"[{number}] {cite(event.quote)}")
    for number, quote in enumerate(found.related, 1):
        output.print()
        _print_quote(quote.text, f"[{number}] {cite(quote)}")
    if found.left_out:
        output.print(f"\nFurther events: {found.left_out:,}.", style="dim")
    if found.undated:
        output.print(f"\nLeft out, as their date is unknown: {found.undated:,}.", style="dim")


def _print_quote(text: str, citation: str) -> None:
    for line in text.splitlines():
        output.print(Text(f"  {line}"))
    output.print(Text(f"  {citation}", style="dim"))


def _told(event: Event) -> str:
    if event.articles == 1:
        return ""
    outlets = len(event.outlets)
    return f" · in {event.articles} articles" + (f" of {outlets} outlets" if outlets > 1 else "")


if __name__ == "__main__":
    run(timeline)
