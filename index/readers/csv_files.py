"""CSV files → articles: a header line that names the columns, then an article a row."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ArticleFormatError, NotTextError
from index.models import Article, Skipped
from index.readers.fields import Fields, make_article, names_text
from index.readers.lines import is_damaged, iter_lines

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS = (",", ";", "\t")
_SHOWN_COLUMNS = 8
csv.field_size_limit(2**31 - 1)  # an article is longer than the 131,072 characters it starts with


def read_csv_file(path: Path, article_id: str) -> Iterator[Article | Skipped]:
    """Read one article a row; `article_id` stands in, with the row's line, for a missing id."""
    lines = iter_lines(path, "")
    try:
        number, header = next((each for each in enumerate(lines, 1) if each[1].strip()), (1, ""))
        delimiter, columns = _read_header(path, header)
        rows = csv.reader(lines, delimiter=delimiter, strict=True)
        yield from _iter_rows(path, rows, number, columns, article_id)
    except NotTextError as error:
        yield Skipped(str(path), str(error))
    finally:
        lines.close()


def _read_header(path: Path, line: str) -> tuple[str, list[str]]:
    """Return the delimiter under which the header names the text, and the columns."""
    read = [(mark, next(csv.reader([line], delimiter=mark), [])) for mark in _DELIMITERS]
    for delimiter, columns in read:
        if names_text(columns):
            return delimiter, columns
    columns = max((columns for _, columns in read), key=len)
    found = ", ".join(" ".join(each.split())[:40] for each in columns[:_SHOWN_COLUMNS]) or "nothing"
    raise ArticleFormatError(
        path,
        f'no column "text" (found: {found}); '
        "expected a header with text, title, outlet, url, published",
    )


def _iter_rows(
    path: Path, rows: "Reader", header: int, columns: list[str], stem: str
) -> Iterator[Article | Skipped]:
    while True:
        line = header + rows.line_num + 1
        try:
            values = next(rows)
            if values:
                yield _read_row(path, dict(_pair(path, columns, values)), f"{stem}:{line}")
        except StopIteration:
            return
        except csv.Error as error:
            yield Skipped(f"{path}:{line}", f"not CSV: {error}")
        except ArticleFormatError as error:
            yield Skipped(f"{path}:{line}", error.reason)


def _pair(path: Path, columns: list[str], values: list[str]) -> Iterator[tuple[str, str]]:
    if len(values) != len(columns):
        found = f"{len(values)} values in {len(columns)} columns"
        raise ArticleFormatError(path, f'{found}: put values with the delimiter into "…"')
    if any(is_damaged(value) for value in values):
        raise ArticleFormatError(path, "not UTF-8 and no other encoding: save it as UTF-8")
    return zip(columns, values, strict=True)


def _read_row(path: Path, row: dict[str, str], article_id: str) -> Article:
    fields = Fields(row)
    return make_article(path, fields.text() or "", fields.line("id") or article_id, fields)
