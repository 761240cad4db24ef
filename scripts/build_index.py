"""Build the index from article files: `python scripts/build_index.py articles/ --index DIR`."""

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from watchfiles import watch as changes_in

from index.build import build_snapshot, preview_changes
from index.encoder import Encoder
from index.errors import CoverageError
from index.publishing import KEPT_SNAPSHOTS
from scripts.build_progress import shown_progress
from scripts.build_report import print_report
from scripts.console import DEFAULT_INDEX_DIR, IndexDir, Model, complain, errors, output, run

_QUIET_MS = 1_000  # a folder that changes is left alone until it has been quiet for so long


def build_index(
    articles: Annotated[
        list[Path],
        typer.Argument(help="Files or folders of articles; the README lists formats.", exists=True),
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
        encoder = Encoder(model)
    command = shlex.join(["build_index.py", *sys.argv[1:]])

    def build() -> None:
        with shown_progress() as progress:
            summary = build_snapshot(
                articles,
                index_dir,
                encoder,
                progress,
                command,
                allow_shrink=allow_shrink,
                keep=keep,
            )
        print_report(summary, index_dir)

    if not watch:
        build()
        return
    _build_or_complain(build)
    output.print("Watching for changes; Ctrl-C ends it.", highlight=False)
    for _ in changes_in(*articles, debounce=_QUIET_MS, step=_QUIET_MS // 2, raise_interrupt=True):
        _build_or_complain(build)


def _build_or_complain(build: Callable[[], None]) -> None:
    """Build; what fails now may be mended by the next change."""
    try:
        build()
    except CoverageError as error:
        complain(str(error))


if __name__ == "__main__":
    run(build_index)
