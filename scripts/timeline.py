"""Show the events of a topic in a terminal: `python scripts/timeline.py "TOPIC" --index DIR`."""

import asyncio
from dataclasses import replace
from pathlib import Path
from textwrap import shorten
from typing import Annotated, Any

import typer

from index.charts.drawing_process import draw_in_process
from index.charts.monthly_counts import english_labels
from index.coverage import open_coverage
from index.dates.partial_date import spell_date
from index.models import Filters, Status
from index.search.answerability import THRESHOLD
from index.timelines.builder import MAX_EVENTS
from index.timelines.timeline import Event, Timeline
from scripts._console import (
    DEFAULT_INDEX_DIR,
    AsJson,
    IndexDir,
    Model,
    Outlet,
    Since,
    Threshold,
    Until,
    as_text,
    in_a_folder,
    output,
    print_json,
    read_place,
    run,
)
from scripts._render import print_quote, print_respelt, print_undated, quote_fields


def timeline(
    topic: Annotated[
        str, typer.Argument(help="A topic in a few words, not a question.", callback=as_text)
    ],
    index_dir: IndexDir = DEFAULT_INDEX_DIR,
    model: Model = "",
    threshold: Threshold = THRESHOLD,
    events: Annotated[
        int, typer.Option(min=1, max=MAX_EVENTS, help="Events to show.")
    ] = MAX_EVENTS,
    outlet: Outlet = "",
    since: Since = "",
    until: Until = "",
    as_json: AsJson = False,
    plot: Annotated[
        Path | None,
        typer.Option(
            help="Draw the number of articles of each month into this PNG.",
            dir_okay=False,
            callback=in_a_folder,
        ),
    ] = None,
) -> None:
    """Show the events of a topic in order of date, each in one verbatim quote.

    Example: `python scripts/timeline.py "peacekeepers in Kazakhstan" --plot months.png`
    """
    if not topic.strip():
        raise typer.BadParameter("give a TOPIC in a few words")
    with open_coverage(read_place(index_dir), model, threshold) as coverage:
        found = coverage.timeline(topic, events, filters=coverage.filters(outlet, since, until))
    if as_json:
        print_json(_timeline_fields(found))
    else:
        _print_timeline(found)
    if plot and found.monthly_counts.periods:
        plot.write_bytes(asyncio.run(_draw(found)))
        if not as_json:
            output.print(f"\nDrawn: {plot}", style="dim")


async def _draw(found: Timeline) -> bytes:
    labels = english_labels(found.monthly_counts)
    title = f"{shorten(found.topic, 36, placeholder=' …')}: {labels.title}"
    event_markers = [event.quote.citation.published for event in found.events]
    return await draw_in_process(found.monthly_counts, replace(labels, title=title), event_markers)


def _timeline_fields(found: Timeline) -> dict[str, Any]:
    return {
        "topic": found.topic,
        "status": found.status.value,
        "respelt": list(found.respelt),
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
            zip(map(str, found.monthly_counts.periods), found.monthly_counts.totals, strict=True)
        ),
    }


def _print_timeline(found: Timeline) -> None:
    print_respelt(found.respelt)
    if found.status is Status.NOT_ANSWERED:
        output.print("The coverage has nothing on this topic.", style="bold")
        output.print("\nClosest coverage, not on it:", style="dim")
    elif found.status is Status.NO_MATCH:
        scope = " from this outlet and these days" if found.filters != Filters() else ""
        output.print(f"Nothing with a date in the coverage is on this topic{scope}.", style="bold")
    for number, event in enumerate(found.events, 1):
        output.print()
        day = spell_date(event.quote.citation.published)
        output.print(f"{day}{_reported_by(event)}", style="bold")
        print_quote(event.quote, number)
    for number, quote in enumerate(found.related, 1):
        output.print()
        print_quote(quote, number)
    if found.left_out:
        output.print(f"\nFurther events: {found.left_out:,}.", style="dim")
    print_undated(found.undated)


def _reported_by(event: Event) -> str:
    """Return how many articles and outlets report the event; nothing for one article."""
    if event.articles == 1:
        return ""
    outlets = len(event.outlets)
    return f" · in {event.articles} articles" + (f" of {outlets} outlets" if outlets > 1 else "")


if __name__ == "__main__":
    run(timeline)
