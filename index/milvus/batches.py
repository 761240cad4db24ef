"""Rows and numbers in batches that a request can hold."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
_LARGEST = 8 << 20  # bytes, well below the 64 MB of a request
_MOST_ROWS = 1_000
_MOST_NAMED = 500  # numbers or terms in the condition of a query


def batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Divide rows into lists of at most about 8 MB and a thousand rows."""
    batch: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        taken = sum(map(_size, row.values()))
        if batch and (size + taken > _LARGEST or len(batch) == _MOST_ROWS):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += taken
    if batch:
        yield batch


def portions(named: Sequence[T]) -> Iterator[Sequence[T]]:
    """Divide what a query asks for by name into as many as its condition may hold."""
    for first in range(0, len(named), _MOST_NAMED):
        yield named[first : first + _MOST_NAMED]


def _size(value: object) -> int:
    """Return about how many bytes a value takes."""
    if isinstance(value, str):
        return len(value.encode())
    if isinstance(value, list):
        return sum(map(_size, value)) if value and isinstance(value[0], str) else 4 * len(value)
    return 8 * len(value) if isinstance(value, dict) else int(getattr(value, "nbytes", 8))
