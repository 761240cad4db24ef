"""Every expected failure is in one tree, and its line says what was found and what to do."""

import inspect
import re
from pathlib import Path

import pytest

from index import errors
from index.errors import (
    ArticleFormatError,
    CoverageError,
    EncoderExportError,
    FeedbackError,
    IndexWriteError,
    InputFileError,
    NotTextError,
    first_line,
)

TREE = {
    name: error
    for name, error in inspect.getmembers(errors, inspect.isclass)
    if issubclass(error, Exception) and not name.startswith("_")
}


def test_drawing_shows_every_error_below_its_parent():
    drawing = re.compile(r" {4}[ │├└─]*\w+Error( |$)")
    lines = [line for line in errors.__doc__.splitlines() if drawing.match(line)]
    path, drawn = [], {}
    for line in lines:
        mark = re.match(r"(?P<branches>[ │├└─]*)(?P<name>\w+)", line)
        depth = (len(mark["branches"]) - 4) // 4
        path = [*path[:depth], mark["name"]]
        drawn[mark["name"]] = path[-2] if depth else None

    parents = {
        name: next((each.__name__ for each in error.__mro__[1:] if each.__name__ in TREE), None)
        for name, error in TREE.items()
    }

    assert drawn == parents


def test_every_error_of_the_index_is_in_the_tree():
    defined = {
        name
        for path in (Path(errors.__file__).parent).rglob("*.py")
        for name in re.findall(r"^class (\w+Error)\(", path.read_text("utf-8"), re.MULTILINE)
    }

    assert {name for name in defined if not name.startswith("_")} == set(TREE)
    assert all(issubclass(error, CoverageError) for error in TREE.values())


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (InputFileError(Path("a.jsonl"), "no question", 7), "a.jsonl:7: no question"),
        (ArticleFormatError(Path("a.md"), "no text"), "a.md: no text"),
        (NotTextError("a PDF document"), "a PDF document"),
        (FeedbackError(Path("votes.db"), "no such file"), "votes.db: no such file"),
        (
            IndexWriteError(Path("idx"), "disk {full}"),
            "cannot write the index in idx: disk {full}; the index in use was not changed, and "
            "the next build continues from here",
        ),
        (
            EncoderExportError("my/model", "no graph"),
            "cannot write the embedding model 'my/model' for use without torch: no graph; keep "
            "torch installed where the index is asked",
        ),
    ],
)
def test_line_names_the_thing_and_the_reason(error, line):
    assert str(error) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Cannot read it.\nSee the manual.", "Cannot read it"),
        ("Wrong field 'size':\n  a word", "Wrong field 'size'"),
        ("", "KeyboardError"),
    ],
)
def test_first_line_can_stand_inside_of_a_line(text, line):
    class KeyboardError(Exception):
        pass

    assert first_line(KeyboardError(text)) == line
