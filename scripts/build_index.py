"""Build the index from article files: `python scripts/build_index.py articles/ --index DIR`."""

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from index.build import Summary, build_snapshot
from index.encoder import Encoder
from scripts.console import DEFAULT_INDEX_DIR, IndexDir, Model, errors, output, run

_SHOWN_SKIPS = 20


def build_index(
    articles: Annotated[
        list[Path],
        typer.Argument(
            help="Files or folders: .html, .txt, .md, .csv, .json, .jsonl, .jsonl.gz.", exists=True
        ),
    ],
    index_dir: IndexDir = DEFAULT_INDEX_DIR,
    model: Model = "",
) -> None:
    """Read articles, embed their passages and put a new index into use.

    A bad file is skipped with its reason. The index in use stays until the new one is complete.

    Example: `python scripts/build_index.py examples/coverage --index coverage-index`
    """
    with errors.status("Loading the embedding model …"):
        encoder = Encoder(model)
    command = shlex.join(["build_index.py", *sys.argv[1:]])
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors) as bars:
        summary = build_snapshot(articles, index_dir, encoder, _Bars(bars), command)
    _show(summary)


class _Bars:
    """Shows a build's progress: articles read, then passages encoded."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._read = bars.add_task("Reading articles", total=None)
        self._encoded = bars.add_task("Encoding passages", total=None, visible=False)

    def read(self, articles: int) -> None:
        """Show how many articles have been read."""
        self._bars.update(self._read, completed=articles)

    def encoded(self, passages: int, total: int) -> None:
        """Show how many of all passages have been encoded."""
        self._bars.update(self._encoded, completed=passages, total=total, visible=True)


def _show(summary: Summary) -> None:
    counts = (
        f"{summary.articles:,} articles, {summary.sentences:,} sentences, "
        f"{summary.passages:,} passages in {summary.seconds:.1f} s"
    )
    output.print(f"Indexed {counts} → {summary.folder}", highlight=False, markup=False)
    if not summary.articles:
        output.print("The coverage is empty: add articles and build again.", highlight=False)
    if not summary.skipped:
        return
    output.print(f"Skipped {len(summary.skipped):,}:", highlight=False)
    for skipped in summary.skipped[:_SHOWN_SKIPS]:
        output.print(f"  {skipped.place}: {skipped.reason}", highlight=False, markup=False)
    if len(summary.skipped) > _SHOWN_SKIPS:
        output.print(f"  … and {len(summary.skipped) - _SHOWN_SKIPS:,} more", highlight=False)


if __name__ == "__main__":
    run(build_index)
