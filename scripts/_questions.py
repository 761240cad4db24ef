"""Files of questions: JSON lines with `id` and `question`, and right answers to measure against.

`date` is the day a question was asked, which "this week" refers to; today by default.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from index.dates.partial_date import Precision
from index.dates.reading import read_date
from index.errors import InputFileError
from index.evaluation.metrics import LabelledQuestion

_EXPECTED = 'expected lines such as {"id": "1", "question": "who …?"}'
_SHOWN = 60  # characters of a line


def read_questions(path: Path) -> Iterator[LabelledQuestion]:
    """Yield the questions in order; raise InputFileError for a line without one."""
    is_empty = True
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                is_empty = False
                yield _question(path, number, line)
    if is_empty:
        raise InputFileError(path, f"no question in it, {_EXPECTED}")


def _question(path: Path, number: int, line: bytes) -> LabelledQuestion:
    try:
        fields = json.loads(line)
        return LabelledQuestion(
            id=fields["id"],
            text=str(fields["question"]),
            answers=tuple(map(str, fields.get("answers", []))),
            articles=frozenset(str(each["article_id"]) for each in fields.get("evidence", [])),
            is_answerable=bool(fields.get("answerable", True)),
            asked_on=_day(fields.get("date")),
        )
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 (byte {error.start} of the line): save it as UTF-8"
        raise InputFileError(path, reason, number) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        found = line.decode("utf-8", "backslashreplace").strip()[:_SHOWN]
        raise InputFileError(path, f"{_EXPECTED}, found {found}", number) from None


def _day(value: object) -> date | None:
    found = read_date(value)
    has_day = found and found.has_year and found.precision >= Precision.DAY
    return found.first if found and has_day else None
