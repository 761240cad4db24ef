"""Files of questions: JSON lines with `id` and `question`, and right answers to measure against.

`date` is the day a question was asked, which "this week" refers to; today by default.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeGuard

from index.dates.partial_date import Precision
from index.dates.reading import read_date
from index.errors import InputFileError
from index.evaluation.metrics import LabelledQuestion
from scripts._json_lines import JsonLine, read_json_lines

_EXPECTED = 'expected lines such as {"id": "1", "question": "who …?"}'


def read_questions(path: Path) -> Iterator[LabelledQuestion]:
    """Yield the questions in order; raise InputFileError for a line that is not one."""
    is_empty = True
    for line in read_json_lines(path, _EXPECTED, "id", "question"):
        is_empty = False
        yield LabelledQuestion(
            id=_read_id(line),
            text=line.text("question"),
            answers=_read_answers(line),
            articles=_read_articles(line),
            is_answerable=line.flag("answerable"),
            asked_on=_read_day(line),
        )
    if is_empty:
        raise InputFileError(path, f"no question in it, {_EXPECTED}")


def _read_id(line: JsonLine) -> str | int:
    value = line.fields["id"]
    if not _is_name(value):
        raise line.error("id", "a text or a whole number")
    return value


def _read_answers(line: JsonLine) -> tuple[str, ...]:
    values = line.fields.get("answers", [])
    # No other numbers: 2.50 would become "2.5".
    if not isinstance(values, list) or not all(map(_is_name, values)):
        raise line.error("answers", "a list of texts or whole numbers")
    return tuple(map(str, values))


def _read_articles(line: JsonLine) -> frozenset[str]:
    values = line.fields.get("evidence", [])
    if not isinstance(values, list) or not all(
        isinstance(each, dict) and _is_name(each.get("article_id")) for each in values
    ):
        raise line.error("evidence", 'a list such as [{"article_id": "1"}]')
    return frozenset(str(each["article_id"]) for each in values)


def _read_day(line: JsonLine) -> date | None:
    value = line.fields.get("date")
    if value is None:
        return None
    found = read_date(value)
    if not (found and found.has_year and found.precision >= Precision.DAY):
        raise line.error("date", 'a day, such as "2022-11-23"')
    return found.first


def _is_name(value: object) -> TypeGuard[str | int]:
    return isinstance(value, str | int) and not isinstance(value, bool)
