"""Files that an operator writes: a JSON object a line, its fields of known types."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import InputFileError
from index.text.surrogates import LONE_SURROGATE

_SHOWN = 60  # characters of what was found


@dataclass(frozen=True, slots=True)
class JsonLine:
    """The object of a line, and where that stands.

    The methods raise InputFileError if a field is of another type: nothing is converted, as
    `"false"` would be true.
    """

    path: Path
    number: int
    fields: dict[str, Any]

    def text(self, name: str) -> str:
        """Return a text that is not blank."""
        value = self.fields[name]
        if not isinstance(value, str) or not value.strip():
            raise self.error(name, "a text")
        return value

    def flag(self, name: str) -> bool:
        """Return true or false; true without the field."""
        value = self.fields.get(name, True)
        if not isinstance(value, bool):
            raise self.error(name, "true or false")
        return value

    def error(self, name: str, expected: str) -> InputFileError:
        """Return the error that a field is not what was expected."""
        found = json.dumps(self.fields[name], ensure_ascii=False)[:_SHOWN]
        return InputFileError(
            self.path, f'"{name}": expected {expected}, found {found}', self.number
        )


def read_json_lines(path: Path, expected: str, *required: str) -> Iterator[JsonLine]:
    """Yield the lines that are not blank; raise InputFileError for one that is no such object.

    `expected` says what such lines are, `required` are the fields that each has.
    """
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _read(path, number, line, expected, required)


def _read(
    path: Path, number: int, line: bytes, expected: str, required: tuple[str, ...]
) -> JsonLine:
    try:
        fields = json.loads(line)
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 (byte {error.start} of the line): save it as UTF-8"
        raise InputFileError(path, reason, number) from None
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict) or not fields.keys() >= set(required):
        found = line.decode("utf-8", "backslashreplace").strip()[:_SHOWN]
        raise InputFileError(path, f"{expected}, found {found}", number)
    if LONE_SURROGATE.search(json.dumps(fields, ensure_ascii=False)):
        raise InputFileError(path, "half of a character (a lone surrogate) in it", number)
    return JsonLine(path, number, fields)
