"""Build the index from article files: `python scripts/build_index.py articles/ --index DIR`."""

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from watchfiles import DefaultFilter
from watchfiles import watch as watch_files

from index.build.encoder import load_encoder
from index.build.pipeline import build_snapshot, preview_changes
from index.errors import CoverageError
from index.snapshot.publishing import KEPT_SNAPSHOTS
from scripts._build_report import print_report
from scripts._console import DEFAULT_INDEX_DIR, IndexDir, Model, complain, errors, output, run
from scripts._progress import shown_progress

# Files that come together are indexed together: once nothing has come for a second, or after ten.
_QUIET_MS, _WAIT_MS = 1_000, 10_000
STOPPED = "Stopped; an unfinished build changes nothing, and the next one goes on from there."


def build_index(
    articles: Annotated[
        list[Path],
        typer.Argument(
            help="Files or folders: .html, .txt, .md, .csv, .json, .jsonl, .jsonl.gz.", exists=True
        ),
    ],
    index_dir: IndexDir = DEFAULT_INDEX_DIR,
    model: Model = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would be added, changed, removed.")
    ] = False,
    allow_shrink: Annotated[
        bool,
        typer.Option("--allow-shrink", help="Go on where more than a fifth of the articles goes."),
    ] = False,
    keep: Annotated[
        int, typer.Option(min=1, help="How many snapshots stay on disk, the new one included.")
    ] = KEPT_SNAPSHOTS,
    watch: Annotated[
        bool, typer.Option("--watch", help="Build again whenever the files change.")
    ] = False,
) -> None:
    """Read articles, embed what is new and put a new index into use.

    A bad file is skipped with its reason. The index in use stays until the new one is complete;
    a running bot takes the new one up by itself.

    Example: `python scripts/build_index.py examples/coverage --index coverage-index`
    """
    if dry_run:
        with shown_progress() as progress:
            summary = preview_changes(articles, index_dir, progress)
        print_report(summary, index_dir, would_be=True)
        return
    with errors.status("Loading the embedding model …"):
        encoder = load_encoder(model, index_dir)
    command = shlex.join(["build_index.py", *sys.argv[1:]])

    def build() -> None:
        with shown_progress() as progress:
            summary = build_snapshot(
                articles,
                index_dir,
                encoder,
                command,
                progress=progress,
                allow_shrink=allow_shrink,
                keep=keep,
            )
        print_report(summary, index_dir)

    if watch:
        _keep_building(build, articles, index_dir)
    else:
        build()


def _keep_building(build: Callable[[], None], articles: list[Path], index_dir: Path) -> None:
    """Build now and after every change, until Ctrl-C."""
    is_due = True
    # It yields after a second without a change, too: the first time, as it has begun to watch.
    for changes in watch_files(
        *articles,
        watch_filter=DefaultFilter(ignore_paths=[index_dir.resolve()]),
        debounce=_WAIT_MS,
        step=_QUIET_MS,
        rust_timeout=_QUIET_MS,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        if changes or is_due:
            _build_or_complain(build)
            output.print("Watching for changes; Ctrl-C ends it.")
        is_due = False


def _build_or_complain(build: Callable[[], None]) -> None:
    """Build; what fails now may be mended by the next change."""
    try:
        build()
    except CoverageError as error:
        complain(str(error))


if __name__ == "__main__":
    run(build_index, stopped=STOPPED)
