"""Build the index from article files: `python scripts/build_index.py articles/ --index DIR`."""

import shlex
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from watchfiles import DefaultFilter
from watchfiles import watch as watch_files

from index.build.encoder import load_encoder
from index.build.options import KEPT_EDITIONS, BuildOptions
from index.build.places import build, move_index, preview
from index.encoders.base import TextEncoder
from index.encoders.torch_encoder import cuda_is_available
from index.errors import CoverageError, NoArticlesError
from index.formats.folders import FORMATS
from index.milvus.address import MilvusAddress
from index.places import Place, own_models
from index.reader.opening import ON, identify_reader
from scripts._build_report import print_preview, print_report, print_skipped
from scripts._console import (
    DEFAULT_INDEX_DIR,
    IndexDir,
    Model,
    as_text,
    complain,
    errors,
    output,
    read_place,
    run,
)
from scripts._progress import shown_progress

# Files that change together are indexed together: after a second without a change, or after ten.
_QUIET_MS, _WAIT_MS = 1_000, 10_000
STOPPED = "Stopped; an unfinished build changes nothing, and the next one continues from there."


def build_index(
    articles: Annotated[
        list[Path] | None,
        typer.Argument(
            help=f"Files or folders: {FORMATS}.",
            exists=True,
            show_default=False,
        ),
    ] = None,
    index_dir: IndexDir = DEFAULT_INDEX_DIR,
    model: Model = "",
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Only show what would change and what looks suspicious."),
    ] = False,
    allow_shrink: Annotated[
        bool,
        typer.Option("--allow-shrink", help="Continue if more than a fifth of the articles goes."),
    ] = False,
    keep: Annotated[
        int, typer.Option(min=1, help="How many snapshots stay on disk, the new one included.")
    ] = KEPT_EDITIONS,
    keep_versions: Annotated[
        bool,
        typer.Option(
            "--keep-versions",
            envvar="KEEP_VERSIONS",
            help="Keep the text before of articles that change or go, for 90 days.",
        ),
    ] = False,
    reader: Annotated[
        str,
        typer.Option(
            envvar="READER",
            help="The reader that every bot on an index in Milvus has to use; `off` for any.",
            callback=as_text,
        ),
    ] = ON,
    source: Annotated[
        str,
        typer.Option(
            "--from",
            help="Move another index here, between a folder and Milvus; nothing is encoded again.",
        ),
    ] = "",
    watch: Annotated[
        bool, typer.Option("--watch", help="Build again whenever the files change.")
    ] = False,
) -> None:
    """Read articles, embed what is new and put a new index into use.

    A bad file is skipped with its reason. The index in use stays until the new one is complete;
    a running bot takes the new one up by itself.

    Example: `python scripts/build_index.py examples/coverage --index coverage-index`
    """
    place = read_place(index_dir)
    # A file's name need not be UTF-8; the index, which keeps the command, is.
    command = (
        shlex.join(["build_index.py", *sys.argv[1:]]).encode(errors="backslashreplace").decode()
    )
    if bool(articles) == bool(source):
        raise typer.BadParameter("give files or folders of ARTICLES, or --from INDEX")
    options = BuildOptions(allow_shrink=allow_shrink, keep=keep, keep_versions=keep_versions)
    if isinstance(place, MilvusAddress) and not dry_run:
        options = replace(options, reader=identify_reader(reader, own_models(place)))
    if source:
        _move(read_place(source), place, command, options)
        return
    articles = articles or []
    if dry_run:
        _preview(articles, place, model)
        return
    encoder = _load_encoder(model, place)
    run_build = partial(_build, articles, place, encoder, command, options)
    if watch:
        _keep_building(run_build, articles, place)
    else:
        run_build()


def _preview(articles: list[Path], place: Place, model: str) -> None:
    """Print what a build would change."""
    with shown_progress() as progress:
        summary = preview(articles, place, progress)
    print_preview(summary, model)


def _load_encoder(model: str, place: Place) -> TextEncoder:
    with errors.status("Loading the embedding model …"):
        # Torch is only loaded to ask for a card if there may be one.
        has_card = shutil.which("nvidia-smi") is not None and cuda_is_available()
        return load_encoder(model, place, device="cuda" if has_card else None)


def _build(
    articles: list[Path],
    place: Place,
    encoder: TextEncoder,
    command: str,
    options: BuildOptions,
) -> None:
    """Build once, and print what that did; what was skipped is printed even if nothing is left."""
    try:
        with shown_progress() as progress:
            summary = build(articles, place, encoder, command, replace(options, progress=progress))
    except NoArticlesError as error:
        print_skipped(error.skipped, errors)
        raise
    print_report(summary, place)


def _move(source: Place, target: Place, command: str, options: BuildOptions) -> None:
    """Make an edition of another index, and print what it holds."""
    with shown_progress() as progress:
        summary = move_index(source, target, command, replace(options, progress=progress))
    print_report(summary, target)


def _keep_building(build: Callable[[], None], articles: list[Path], place: Place) -> None:
    """Build now and after every change, until Ctrl-C."""
    is_due = True
    own = [place.resolve()] if isinstance(place, Path) else []
    # It also yields after a second without a change: the first time when it has begun to watch.
    for changes in watch_files(
        *articles,
        watch_filter=DefaultFilter(ignore_paths=own),
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
    """Build; the next change may mend a failure."""
    try:
        build()
    except CoverageError as error:
        complain(str(error))


if __name__ == "__main__":
    run(build_index, stopped=STOPPED)
