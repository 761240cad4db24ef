"""CSV and TSV files → articles: a header that names the columns, then one article per row.

A quotation mark that is never closed would join the rows after it into one value. Such a row is
read without quoting; what can't be read so is skipped, and nothing after it is.
"""

import csv
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from index.errors import ArticleFormatError, NotTextError
from index.formats.addresses import web_address
from index.formats.field_names import field_of, names_text
from index.formats.fields import Fields, UnreadDates
from index.formats.lines import DAMAGED, is_damaged, iter_lines
from index.formats.make_article import make_article
from index.models import Article, Skipped

_DELIMITERS = (",", ";", "\t", "|")
_SEPARATOR_LINE = "sep="  # how Excel states the delimiter, in a line before the header
_SHOWN_COLUMNS = 8
# A quotation mark inside of a value is doubled; some databases escape it.
_DOUBLED: dict[str, Any] = {}
_ESCAPED: dict[str, Any] = {"escapechar": "\\", "doublequote": False}
_MOST_LINES = 20_000  # of a row: more is a quotation mark that nothing closes
csv.field_size_limit(2**31 - 1)  # an article is longer than the 131,072 characters it starts with


class _Row(NamedTuple):
    """The values of a row, or why there are none, and the number of its first line."""

    line: int
    values: list[str]
    problem: str | None = None


def read_csv_file(path: Path, article_id: str) -> Iterator[Article | Skipped]:
    """Read one article a row; `article_id` stands in, with the row's line, for a missing id."""
    lines = iter_lines(path, "")
    unread = UnreadDates()
    try:
        table = _Table(path, lines)
        for row in table.rows():
            if row.values == table.columns:
                continue  # the header of another file that was put to this one
            yield _read_row(path, table.columns, row, article_id, unread)
    except NotTextError as error:
        yield Skipped(str(path), str(error))
    except DAMAGED as error:
        yield Skipped(str(path), f"damaged archive: {error}")
    finally:
        lines.close()
    yield from unread.report(path)


class _Table:
    """The rows of a file, by its header."""

    def __init__(self, path: Path, lines: Iterator[str]) -> None:
        self._lines = lines
        self._number = 0  # of the line read last
        self._unread = deque[str]()  # lines that a row took and gave back
        header = self._next_filled()
        stated = header.strip().strip('"')
        delimiters: tuple[str, ...] = _DELIMITERS
        if stated.lower().startswith(_SEPARATOR_LINE):
            delimiters = (stated[len(_SEPARATOR_LINE) :][:1] or ",",)
            header = self._next_filled()
        self._delimiter, self.columns = _read_header(path, header, delimiters)

    def rows(self) -> Iterator[_Row]:
        """Yield the rows in order, without blank lines."""
        while (line := self._next()) is not None:
            if line.strip("\r\n"):
                yield self._row(line)

    def _row(self, line: str) -> _Row:
        """Return the row that begins on this line, over further lines if a value has them."""
        number, problem = self._number, ""
        for dialect in (_DOUBLED, _ESCAPED) if '\\"' in line else (_DOUBLED,):
            taken: list[str] = []
            try:
                values = next(self._reader(chain([line], self._taking(taken)), dialect))
                found = self._problem(values)
            except (csv.Error, StopIteration) as error:
                values, found = [], f"not CSV: {error}"
            if found is None and not self._swallows_rows(taken):
                return _Row(number, values)
            self._give_back(taken)
            problem = problem or found or "not CSV: a quotation mark that is not closed"
        return self._row_as_written(number, line, problem)

    def _row_as_written(self, number: int, line: str, problem: str) -> _Row:
        """Return the row with its quotation marks, if they set no delimiter apart."""
        values = line.rstrip("\r\n").split(self._delimiter)
        quoted = line.split('"')[1::2]
        closed = quoted if line.count('"') % 2 == 0 else quoted[:-1]
        is_clear = not any(self._delimiter in each for each in closed)
        if is_clear and self._looks_like_row(values):
            return _Row(number, values)
        return _Row(number, [], problem)

    def _problem(self, values: list[str]) -> str | None:
        if len(values) == len(self.columns):
            return None
        found = f"{len(values)} values in {len(self.columns)} columns"
        return f'{found}: put values with the delimiter into "…"'

    def _swallows_rows(self, taken: list[str]) -> bool:
        """Tell whether the further lines of a row look like rows themselves."""
        split = [line.rstrip("\r\n").split(self._delimiter) for line in taken]
        rows = sum(self._looks_like_row(values) for values in split)
        return len(self.columns) > 2 and rows * 2 > len(split)

    def _looks_like_row(self, values: list[str]) -> bool:
        """Tell whether there is a value a column, with a digit in a date and http in an address."""
        if len(values) != len(self.columns):
            return False
        for column, value in zip(self.columns, values, strict=True):
            field = field_of(column)
            if field == "published" and value and not any(each.isdigit() for each in value):
                return False
            if field == "url" and value and web_address(value) is None:
                return False
        return True

    def _reader(self, lines: Iterator[str], dialect: Mapping[str, Any]) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self._delimiter, strict=True, **dialect)

    def _taking(self, taken: list[str]) -> Iterator[str]:
        """Yield further lines for a row, noting them."""
        while len(taken) < _MOST_LINES and (line := self._next()) is not None:
            taken.append(line)
            yield line

    def _give_back(self, lines: list[str]) -> None:
        self._unread.extendleft(reversed(lines))
        self._number -= len(lines)

    def _next(self) -> str | None:
        line = self._unread.popleft() if self._unread else next(self._lines, None)
        self._number += line is not None
        return line

    def _next_filled(self) -> str:
        while (line := self._next()) is not None:
            if line.strip():
                return line
        return ""


def _read_header(path: Path, line: str, delimiters: tuple[str, ...]) -> tuple[str, list[str]]:
    """Return the delimiter under which the header names the text, and the columns."""
    read = [(mark, next(csv.reader([line], delimiter=mark), [])) for mark in delimiters]
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


def _read_row(
    path: Path, columns: list[str], row: _Row, stem: str, unread: UnreadDates
) -> Article | Skipped:
    place = f"{path}:{row.line}"
    if row.problem:
        return Skipped(place, row.problem)
    if any(is_damaged(value) for value in row.values):
        return Skipped(place, "not UTF-8 and no other encoding: save it as UTF-8")
    fields = Fields(dict(zip(columns, row.values, strict=True)))
    own_id = fields.line("id") or f"{stem}:{row.line}"
    try:
        article = make_article(path, fields.text() or "", own_id, fields)
    except ArticleFormatError as error:
        return Skipped(place, error.reason)
    unread.add(article, fields)
    return article
