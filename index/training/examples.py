"""Examples as values and in a file: questions with windows that answer them, and that do not."""

import gzip
import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from index.errors import InputFileError
from index.models import Span

# What reading a file raises that is another, or was cut.
_DAMAGED = (OSError, EOFError, ValueError, LookupError, TypeError, StopIteration, zlib.error)


@dataclass(frozen=True, slots=True)
class Example:
    """A question with windows; the first `right` of them answer it.

    `spans` holds for each right window where its answer stands (characters), or None if that is
    not known. `title` is the article's, empty if unknown.
    """

    question: str
    windows: tuple[int, ...]
    right: int
    spans: tuple[Span | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """All examples, with the windows that they name by place and the title of each window."""

    windows: list[str]
    titles: list[str]
    examples: list[Example]


def write_examples(collection: Collection, path: Path) -> None:
    """Write them as gzipped JSON lines: a line of counts, the windows, the examples."""
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=9) as file:
        counts = {"windows": len(collection.windows), "examples": len(collection.examples)}
        print(json.dumps(counts), file=file)
        for window, title in zip(collection.windows, collection.titles, strict=True):
            print(json.dumps([window, title], ensure_ascii=False), file=file)
        for example in collection.examples:
            print(json.dumps(asdict(example), ensure_ascii=False), file=file)


def read_examples(path: Path) -> Collection:
    """Read what `write_examples` wrote; raise InputFileError if the file is another, or cut."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            counts = json.loads(next(file))
            windows = [json.loads(next(file)) for _ in range(counts["windows"])]
            examples = [_example(json.loads(line)) for line in file]
    except _DAMAGED as error:
        raise InputFileError(path, "not a file of `prepare`, or cut short") from error
    return Collection([one for one, _ in windows], [title for _, title in windows], examples)


def _example(fields: dict[str, Any]) -> Example:
    spans = tuple(one and Span(*one) for one in fields["spans"])
    return Example(fields["question"], tuple(fields["windows"]), fields["right"], spans)


def merge(collections: Iterable[Collection]) -> Collection:
    """Return all examples as one collection."""
    merged = Collection([], [], [])
    for one in collections:
        before = len(merged.windows)
        merged.windows.extend(one.windows)
        merged.titles.extend(one.titles)
        merged.examples.extend(
            replace(each, windows=tuple(place + before for place in each.windows))
            for each in one.examples
        )
    return merged
