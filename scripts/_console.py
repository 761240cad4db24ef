"""Shared by the commands: options, the console, one line and an exit code for expected errors."""

import codecs
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from dotenv import load_dotenv
from rich.console import Console

from index.errors import CoverageError
from index.milvus.address import read_address
from index.places import Place

# Text is printed as it is: articles and questions may contain [brackets] and :colons:.
output = Console(soft_wrap=True, markup=False, highlight=False, emoji=False)
errors = Console(stderr=True, soft_wrap=True, markup=False, highlight=False, emoji=False)


def as_text(typed: str) -> str:
    """Refuse an argument with a byte that the encoding of the command line lacks."""
    try:
        typed.encode()
    except UnicodeEncodeError as error:
        encoding = sys.getfilesystemencoding().upper()
        reason = f"character {error.start + 1} of {typed!r} is not {encoding}"
        raise typer.BadParameter(f"{reason}: check the encoding of the terminal") from None
    return typed


IndexDir = Annotated[
    str,
    typer.Option(
        "--index",
        envvar="INDEX_DIR",
        help="Folder of the index, or milvus://HOST:PORT/NAME.",
        show_default=True,
    ),
]
Model = Annotated[
    str,
    typer.Option(
        "--model",
        envvar="EMBEDDING_MODEL",
        help="A sentence-transformers name or folder; empty for the bundled model.",
        show_default=False,
        callback=as_text,
    ),
]
ReaderName = Annotated[
    str,
    typer.Option(
        "--reader",
        envvar="READER",
        help="`on`, `off`, or a sentence-transformers CrossEncoder name or folder.",
        callback=as_text,
    ),
]
Threshold = Annotated[
    float,
    typer.Option(
        envvar="ANSWER_THRESHOLD",
        min=0.0,
        max=1.0,
        help="Least probability of an answer; below it the question is refused.",
    ),
]
Outlet = Annotated[str, typer.Option(help="Only this outlet.")]
Since = Annotated[str, typer.Option(help="Only from this day on, such as `last week`.")]
Until = Annotated[str, typer.Option(help="Only up to this day, such as `2022-11`.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
DEFAULT_INDEX_DIR = "coverage-index"


def run(*commands: Callable[..., None], stopped: str = "Stopped.") -> None:
    """Run a command as a program, or several by their names; settings may stand in `.env`.

    `stopped` is what Ctrl-C prints: what became of the work so far.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal or a pipe in an old encoding shows \u0442 for a letter that it lacks.
            stream.reconfigure(errors="backslashreplace")
    with _expected_failures(stopped):
        _load_settings(Path(".env"))
    app = typer.Typer(
        add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown"
    )

    for command in commands:
        app.command()(_guarded(command, stopped))
    app()


def _guarded(command: Callable[..., None], stopped: str) -> Callable[..., None]:
    @wraps(command)
    def guarded(*args: object, **kwargs: object) -> None:
        with _expected_failures(stopped):
            command(*args, **kwargs)

    return guarded


def _load_settings(path: Path) -> None:
    if not path.is_file():
        return
    try:
        text = path.read_text("utf-8")
        # UTF-16 without a mark of its own decodes, with zeros between the letters.
        place = text.find("\0")
    except UnicodeDecodeError as error:
        text, place = "", error.start
    if place >= 0:
        fail(f"{path} is not UTF-8 (byte {place}): save it as UTF-8")
    load_dotenv(stream=StringIO(text))


def read_place(index_dir: str) -> Place:
    """Return where the index is; settings of Milvus are in the environment or `.env`."""
    return read_address(index_dir, os.environ)


@contextmanager
def _expected_failures(stopped: str) -> Iterator[None]:
    """Turn an expected failure into one line on stderr and exit code 1; Ctrl-C into 130."""
    try:
        yield
    except CoverageError as error:
        fail(str(error))
    except KeyboardInterrupt:
        errors.print(stopped)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`); nothing is left to say to anyone.
        sys.stderr.close()
        sys.exit(141)
    except OSError as error:
        file = f" {error.filename}" if error.filename else ""
        fail(f"cannot go on:{file} {error.strerror or error}")


def in_a_folder(path: Path | None) -> Path | None:
    """Refuse a file in a missing folder at once, not after all the work for it is done."""
    if path and not path.parent.is_dir():
        raise typer.BadParameter(f"the folder {path.parent} does not exist: create it first")
    return path


def print_json(fields: object) -> None:
    """Print a value as JSON, in ASCII unless the output is UTF-8: valid in any encoding."""
    is_utf8 = codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8"
    print(json.dumps(fields, ensure_ascii=not is_utf8, indent=2))


def complain(message: str) -> None:
    """Print an error on stderr."""
    errors.print(f"error: {message}", style="red")


def fail(message: str) -> NoReturn:
    """Print an error on stderr and exit with code 1."""
    complain(message)
    sys.exit(1)
