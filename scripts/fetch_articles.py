"""Fetch articles into a folder: `python scripts/fetch_articles.py ADDRESS --out DIR`."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Annotated

import rich.progress
import typer
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

from index.web.archive import Archive
from index.web.connections import Connections
from index.web.download import Downloader
from index.web.fetch import Fetch, Progress, Summary
from scripts.console import errors, output, run

_SHOWN_FAILURES = 20
_LONGEST_LINE = 500  # characters
_LINE_EVERY = 10.0  # seconds, where there is no terminal to draw a bar on


def fetch_articles(
    addresses: Annotated[
        list[str], typer.Argument(help="Feeds (RSS, Atom), sitemaps and pages: https://…")
    ],
    out: Annotated[Path, typer.Option(help="Folder of the articles.", file_okay=False)] = Path(
        "articles"
    ),
    delay: Annotated[
        float, typer.Option(min=0.0, help="Seconds between two requests to one host.")
    ] = 1.0,
    limit: Annotated[
        int, typer.Option(min=1, help="Newest articles to take of each address.")
    ] = 200,
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Fetch from machines of your own network, too."),
    ] = False,
) -> None:
    """Fetch articles into a folder of Markdown files for `build_index.py`.

    What is there already is not fetched again, unless its feed says that it was updated.

    Example: `python scripts/fetch_articles.py https://example.org/feed.xml --out articles/`
    """
    connections = Connections(allow_private=allow_private)
    with _progress() as progress:
        fetch = Fetch(Archive(out), Downloader(connections, delay), limit, progress)
        try:
            asyncio.run(_run(fetch, connections, addresses))
            is_stopped = False
        except KeyboardInterrupt:
            is_stopped = True
    _show(fetch.summary, out, limit)
    if is_stopped:
        errors.print("Stopped; what was fetched is kept. Run it again to go on.", highlight=False)
    if is_stopped or fetch.summary.is_failure:
        sys.exit(130 if is_stopped else 1)


async def _run(fetch: Fetch, connections: Connections, addresses: list[str]) -> None:
    async with connections:
        await fetch.run(addresses)


@contextmanager
def _progress() -> Iterator[Progress]:
    if not errors.is_terminal:
        yield _Lines()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with rich.progress.Progress(*columns, console=errors) as bars:
        yield _Bars(bars)


class _Bars:
    """Draws the addresses looked at, then the articles fetched."""

    def __init__(self, bars: rich.progress.Progress) -> None:
        self._bars = bars
        self._listed = bars.add_task("Reading feeds", total=None)
        self._fetched = bars.add_task("Fetching articles", total=None, visible=False)

    def listed(self, done: int, total: int) -> None:
        """Show how many of the addresses given have been looked at."""
        self._bars.update(self._listed, completed=done, total=total)

    def fetched(self, done: int, total: int) -> None:
        """Show how many of the listed articles have been dealt with."""
        self._bars.update(self._fetched, completed=done, total=total, visible=True)


class _Lines:
    """Prints a line now and then, for a log."""

    def __init__(self) -> None:
        self._printed_at = -_LINE_EVERY

    def listed(self, done: int, total: int) -> None:
        """Say how many of the addresses given have been looked at."""
        self._say(f"Looked at {done:,} of {total:,} addresses")

    def fetched(self, done: int, total: int) -> None:
        """Say how many of the listed articles have been dealt with."""
        self._say(f"Fetched {done:,} of {total:,} articles")

    def _say(self, line: str) -> None:
        if monotonic() - self._printed_at >= _LINE_EVERY:
            self._printed_at = monotonic()
            errors.print(line, highlight=False)


def _show(summary: Summary, out: Path, limit: int) -> None:
    counts = ", ".join(f"{number:,} {kept}" for kept, number in summary.kept.items())
    _print(f"{counts}, {len(summary.failed):,} failed → {out}")
    if summary.from_feeds:
        from_feeds = f"{summary.from_feeds:,} of the new in the words of the feed"
        _print(f"{from_feeds}, as the page gave no article")
    if summary.unmodified:
        _print(f"Not modified since the last time: {summary.unmodified:,} feeds and sitemaps")
    for left_out in summary.left_out:
        _print(f"Left out by --limit {limit}: {left_out}")
    if summary.failed:
        _print("Failed:")
    for error in summary.failed[:_SHOWN_FAILURES]:
        _print(f"  {error.address}: {error.reason}")
    if len(summary.failed) > _SHOWN_FAILURES:
        _print(f"  … and {len(summary.failed) - _SHOWN_FAILURES:,} more")


def _print(line: str) -> None:
    # Addresses and reasons come from strangers: nothing but one line may come of them.
    shown = "".join(each if each.isprintable() else "\ufffd" for each in line[:_LONGEST_LINE])
    output.print(shown, highlight=False, markup=False)


if __name__ == "__main__":
    run(fetch_articles)
