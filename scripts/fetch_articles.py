"""Fetch articles into a folder: `python scripts/fetch_articles.py ADDRESS --out DIR`."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from index.web.archive import Archive
from index.web.download import Downloader
from index.web.fetch import Fetch, FetchSummary
from index.web.http_client import Connections
from scripts._console import errors, output, run
from scripts._progress import shown_progress

_SHOWN_FAILURES = 20
_LONGEST_LINE = 500  # characters


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

    An article that is in the folder is fetched again only if its feed says that it was updated.

    Example: `python scripts/fetch_articles.py https://example.org/feed.xml --out articles/`
    """
    connections = Connections(allow_private=allow_private)
    with shown_progress() as progress:
        fetch = Fetch(Archive(out), Downloader(connections, delay), limit, progress)
        try:
            asyncio.run(_run(fetch, connections, addresses))
            is_stopped = False
        except KeyboardInterrupt:
            is_stopped = True
    _show(fetch.summary, out, limit)
    if is_stopped:
        errors.print("Stopped; what was fetched is kept. Run it again to go on.")
    if is_stopped or fetch.summary.is_failure:
        sys.exit(130 if is_stopped else 1)


async def _run(fetch: Fetch, connections: Connections, addresses: list[str]) -> None:
    async with connections:
        await fetch.run(addresses)


def _show(summary: FetchSummary, out: Path, limit: int) -> None:
    counts = ", ".join(f"{number:,} {kept}" for kept, number in summary.kept.items())
    _print(f"{counts}, {len(summary.failed):,} failed → {out}")
    if summary.from_feeds:
        from_feeds = f"{summary.from_feeds:,} of the new in the words of the feed"
        _print(f"{from_feeds}, as the page gave no article")
    if summary.unmodified:
        _print(f"Not modified since the last time: {summary.unmodified:,} feeds and sitemaps")
    for address in summary.empty:
        _print(f"Lists no article: {address}")
    for left_out in summary.left_out:
        _print(f"Left out by --limit {limit}: {left_out}")
    if summary.failed:
        _print("Failed:")
    for error in summary.failed[:_SHOWN_FAILURES]:
        _print(f"  {error.address}: {error.reason}")
    if len(summary.failed) > _SHOWN_FAILURES:
        _print(f"  … and {len(summary.failed) - _SHOWN_FAILURES:,} more")


def _print(line: str) -> None:
    # Addresses and reasons are untrusted: print one line, without control characters.
    shown = "".join(each if each.isprintable() else "\ufffd" for each in line[:_LONGEST_LINE])
    output.print(shown)


if __name__ == "__main__":
    run(fetch_articles)
